#include <nlohmann/json.hpp>

#include "report.hpp"
#include "standings.hpp"

namespace sandoq::tool {
namespace {

using json = nlohmann::ordered_json;

json counts_object(const plain_counts& counts) {
  json out = json::object();
  for (const plain_contest& contest : counts) {
    json& options = out[contest.contest] = json::object();
    for (const auto& [option, votes] : contest.options) {
      options[option] = votes;
    }
  }
  return out;
}

json votes_object(const contest_counts& counts) {
  json out = json::object();
  for (const option_count& row : counts.options) {
    out[row.option] = row.votes;
  }
  return out;
}

json subtotals_array(const record_verdict& v) {
  json out = json::array();
  for (const place_counts& part : v.subtotals) {
    out.push_back({{"contest", part.counts.contest},
                   {"nodes", part.places},
                   {"ballots", part.ballots},
                   {"counts", votes_object(part.counts)}});
  }
  return out;
}

json groups_array(const record_verdict& v) {
  json out = json::array();
  for (const group_counts& group : v.groups) {
    out.push_back({{"group", group.group},
                   {"contest", group.counts.contest},
                   {"nodes", group.places},
                   {"ballots", group.ballots},
                   {"counts", votes_object(group.counts)}});
  }
  return out;
}

json write_ins_object(const record_verdict& v) {
  json out = json::object();
  for (const contest_write_ins& written : v.write_ins) {
    json& texts = out[written.contest] = json::object();
    for (const written_text& text : written.texts) {
      texts[text.text] = text.votes;
    }
  }
  return out;
}

json steps_array(const allocation_transcript& transcript) {
  json out = json::array();
  for (const allocation_step& step : transcript.steps) {
    out.push_back({{"kind", static_cast<int>(step.kind)},
                   {"subjects", step.subjects},
                   {"values", step.values}});
  }
  return out;
}

json allocations_array(std::span<const contest_seats> allocations) {
  json out = json::array();
  for (const contest_seats& seats : allocations) {
    out.push_back({{"contest", seats.contest},
                   {"state", seats.status == allocation_status::open ? "open" : "decided"},
                   {"elected", seats.elected},
                   {"alternates", seats.alternates},
                   {"runoff", seats.runoff},
                   {"steps", steps_array(seats.transcript)}});
  }
  return out;
}

const char* name_of(tie_state state) {
  switch (state) {
    case tie_state::open:
      return "open";
    case tie_state::resolved:
      return "resolved";
    case tie_state::resolved_with_lot:
      return "resolved-with-lot";
  }
  return "open";
}

json ties_array(const record_verdict& v) {
  json out = json::array();
  for (const tie_outcome& tie : v.ties) {
    out.push_back({{"contest", tie.contest},
                   {"seats", tie.seats},
                   {"alternates", tie.alternates},
                   {"state", name_of(tie.state)},
                   {"options", tie.options}});
  }
  return out;
}

/// Who got seats and alternates, those by a resolved tie among them; by a contest's own rule in the
/// order of its allocation.
json outcomes_object(const record_verdict& v) {
  json out = json::object();
  for (const contest_result& result : v.results) {
    const contest_entry& contest = v.election->contests[result.contest.value()];
    json& found = out[contest.id] = {{"elected", json::array()}, {"alternates", json::array()}};
    if (const contest_seats* seats = allocation_of(contest, v.allocations); seats != nullptr) {
      found["elected"] = seats->elected;
      found["alternates"] = seats->alternates;
      continue;
    }
    for (const standing_row& row : standings_of(contest, result, v.ties, v.allocations)) {
      if (row.how == standing::elected) {
        found["elected"].push_back(row.option->id);
      } else if (row.how == standing::alternate) {
        found["alternates"].push_back(row.option->id);
      }
    }
  }
  return out;
}

json exclusions_array(const record_verdict& v) {
  json out = json::array();
  for (const excluded_journal& journal : v.exclusions) {
    out.push_back({{"branch", journal.branch_id},
                   {"device", journal.device.value()},
                   {"reason", journal.reason},
                   {"remark", journal.remark},
                   {"cast", journal.cast_items}});
  }
  return out;
}

json recoveries_array(const record_verdict& v) {
  json out = json::array();
  for (const recovered_device& device : v.recoveries) {
    out.push_back({{"branch", device.branch_id},
                   {"device", device.device.value()},
                   {"remark", device.remark},
                   {"cast", device.cast_ballots}});
  }
  return out;
}

json absences_array(const record_verdict& v) {
  json out = json::array();
  for (const absent_trustee& trustee : v.absences) {
    out.push_back({{"attempt", trustee.attempt},
                   {"board", trustee.board_id},
                   {"trustee", trustee.trustee_id},
                   {"remark", trustee.remark}});
  }
  return out;
}

json shut_out_array(const record_verdict& v) {
  json out = json::array();
  for (const shut_out_trustee& trustee : v.shut_out) {
    out.push_back({{"board", trustee.board_id}, {"trustee", trustee.trustee_id}});
  }
  return out;
}

}  // namespace

std::string verdict_to_json(const record_verdict& v, const std::vector<stopwatch::phase>& seconds,
                            pinning pinned, const std::vector<extra_member>& extras) {
  json out;
  out["verdict"] = v.accepted ? "accept" : "reject";
  out["checks"] = json::array();
  for (const check_outcome& check : v.checks.checks()) {
    out["checks"].push_back({{"id", check.id},
                             {"status", name_of(check.status)},
                             {"place", check.place},
                             {"reason", check.reason}});
  }
  out["counts"] = counts_object(counts_of(v));
  out["ballots"] = v.ballots;
  out["seconds"] = json::object();
  for (const auto& [name, spent] : seconds) {
    out["seconds"][name] = spent;
  }
  out["pinned"] = pinned == pinning::present;
  out["manifest"] = v.manifest_hash ? to_hex(v.manifest_hash->view()) : "";
  out["domain"] = v.domain ? name_of(*v.domain) : "";
  out["subtotals"] = subtotals_array(v);
  out["ties"] = ties_array(v);
  out["outcomes"] = outcomes_object(v);
  out["groups"] = groups_array(v);
  out["write_ins"] = write_ins_object(v);
  out["allocations"] = allocations_array(v.allocations);
  out["exclusions"] = exclusions_array(v);
  out["recoveries"] = recoveries_array(v);
  out["absences"] = absences_array(v);
  out["shut_out"] = shut_out_array(v);
  for (const extra_member& extra : extras) {
    out[extra.name] = extra.text;
  }
  // Places and reasons may quote bytes of a broken record: replace what is not UTF-8.
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string counts_to_json(const plain_counts& counts, std::uint64_t ballots,
                           std::span<const contest_seats> seats) {
  const json out{{"counts", counts_object(counts)},
                 {"ballots", ballots},
                 {"allocations", allocations_array(seats)}};
  return out.dump();
}

}  // namespace sandoq::tool
