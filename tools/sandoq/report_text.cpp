#include <fmt/core.h>
#include <utf8proc.h>

#include <algorithm>
#include <string_view>

#include "report.hpp"
#include "report_text_parts.hpp"
#include "report_words.hpp"
#include "shown_text.hpp"
#include "standings.hpp"

namespace sandoq::tool {
namespace {

using text_parts::named;
using text_parts::padded;

const char* mark(check_status status) {
  switch (status) {
    case check_status::pass:
      return "pass   ";
    case check_status::fail:
      return "FAIL   ";
    case check_status::not_run:
      return "not run";
  }
  return "not run";
}

std::string list_of(const std::vector<std::string>& ids) {
  std::string out;
  for (const std::string& id : ids) {
    out += (out.empty() ? "" : ", ") + shown(id);
  }
  return out;
}

std::string contest_in_words(const record_verdict& v, const contest_result& result) {
  const contest_entry& entry = v.election->contests[result.contest.value()];
  const report_words& words = words_of(language::english);
  const std::vector<standing_row> rows = standings_of(entry, result, v.ties, v.allocations);
  std::vector<std::string> names;
  std::size_t width = 0;
  for (const standing_row& row : rows) {
    names.push_back(text_parts::name_of(language::english, row));
    width = std::max(width, columns(names.back()));
  }
  std::string out =
      fmt::format("{}: {}, {}, {}\n", named(language::english, entry.labels, entry.id),
                  counted(entry.seats, "seat"),
                  rule_counts_alternates(entry) ? "alternates by its rule"
                                                : counted(entry.alternates, "alternate"),
                  floor_text(language::english, entry));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string_view how = words.standings[static_cast<std::size_t>(rows[i].how)];
    out +=
        fmt::format("  {}  {:>10}{}{}\n", padded(names[i], width),
                    text_parts::votes_of(language::english, rows[i]), how.empty() ? "" : "  ", how);
  }
  return out + text_parts::below_contest(language::english, v, entry);
}

std::string subtotals_in_words(const record_verdict& v) {
  std::string out;
  for (const place_counts& part : v.subtotals) {
    out += fmt::format("{} in {}, {} ballots\n", shown(part.counts.contest), list_of(part.places),
                       with_separators(part.ballots));
    std::size_t width = 0;
    for (const option_count& row : part.counts.options) {
      width = std::max(width, columns(shown(row.option)));
    }
    for (const option_count& row : part.counts.options) {
      out += fmt::format("  {}  {:>10}\n", padded(shown(row.option), width),
                         with_separators(row.votes));
    }
  }
  return out;
}

std::string ties_in_words(const record_verdict& v) {
  std::string out;
  for (const tie_outcome& tie : v.ties) {
    out += fmt::format("{}: equal votes for {} and {}: ", shown(tie.contest),
                       counted(tie.seats, "seat"), counted(tie.alternates, "alternate"));
    if (tie.state == tie_state::open) {
      out += fmt::format("{}. Still open: the record is closed before the tie is resolved.\n",
                         list_of(tie.options));
    } else {
      out += fmt::format("decided by {}, in the order {}.\n",
                         tie.state == tie_state::resolved ? "attributes" : "attributes and lot",
                         list_of(tie.options));
    }
  }
  return out;
}

}  // namespace

std::size_t columns(std::string_view utf8) {
  std::size_t n = 0;
  while (!utf8.empty()) {
    utf8proc_int32_t c = -1;
    const utf8proc_ssize_t size =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()),
                         static_cast<utf8proc_ssize_t>(utf8.size()), &c);
    n += size > 0 ? static_cast<std::size_t>(utf8proc_charwidth(c)) : 1;
    utf8.remove_prefix(size > 0 ? static_cast<std::size_t>(size) : 1);
  }
  return n;
}

plain_counts counts_of(const record_verdict& v) {
  plain_counts out;
  for (const contest_counts& contest : v.counts) {
    plain_contest& entry = out.emplace_back(plain_contest{contest.contest, {}});
    for (const option_count& count : contest.options) {
      entry.options.emplace_back(count.option, count.votes);
    }
  }
  return out;
}

std::string checks_in_words(const record_verdict& v) {
  std::string out;
  for (const check_outcome& check : v.checks.checks()) {
    out += fmt::format("{}  {:<23} {}\n", mark(check.status), check.id,
                       sentence_of(language::english, check.id));
    if (check.status == check_status::fail) {
      out += fmt::format("{:9}at {}: {}\n", "", shown(check.place), shown(check.reason));
    }
  }
  out += fmt::format("verdict: {}\n", v.accepted ? "accept" : "reject");
  return out;
}

std::string notes_in_words(const record_verdict& v) {
  std::string out;
  for (const excluded_journal& journal : v.exclusions) {
    out += fmt::format(
        "the boards excluded the journal of device {} of branch {} ({}){}{}: {} cast ballots in "
        "its "
        "evidence are not counted\n",
        journal.device.value(), shown(journal.branch_id), journal.reason_name,
        journal.remark.empty() ? "" : ", ", shown(journal.remark),
        with_separators(journal.cast_items));
  }
  for (const recovered_device& device : v.recoveries) {
    out += fmt::format(
        "the boards closed the journal of device {} of branch {} in its place{}{}: {} cast ballots "
        "in it are counted\n",
        device.device.value(), shown(device.branch_id), device.remark.empty() ? "" : ", ",
        shown(device.remark), with_separators(device.cast_ballots));
  }
  for (const absent_trustee& trustee : v.absences) {
    out += fmt::format("trustee {} of board {} stayed away from attempt {} of the ceremony{}{}\n",
                       shown(trustee.trustee_id), shown(trustee.board_id), trustee.attempt,
                       trustee.remark.empty() ? "" : ", ", shown(trustee.remark));
  }
  for (const shut_out_trustee& trustee : v.shut_out) {
    out += fmt::format("trustee {} of board {} was shut out and holds no share of the key\n",
                       shown(trustee.trustee_id), shown(trustee.board_id));
  }
  return out;
}

std::string identity_in_words(const record_verdict& v) {
  std::string out;
  if (v.manifest_hash) {
    out += fmt::format("manifest hash  {}\n", to_hex(v.manifest_hash->view()));
  }
  for (const board_identity& board : v.boards) {
    for (std::size_t i = 0; i < board.signing_keys.size(); ++i) {
      out += fmt::format("board {}, trustee {}  {}\n", shown(board.id), i + 1,
                         to_hex(board.signing_keys[i].octets));
    }
  }
  return out;
}

std::string verdict_in_english(const record_verdict& v, pinning pinned,
                               const std::vector<stopwatch::phase>& seconds) {
  std::string out = !v.domain                             ? "a record that names no domain"
                    : *v.domain == election_domain::drill ? "a record of a drill"
                                                          : "a record of a real election";
  if (pinned == pinning::present) {
    const check_outcome* pin = v.checks.find("manifest.pin");
    out += pin != nullptr && pin->status == check_status::pass
               ? ", checked against the manifest that was agreed on\n"
               : ", not shown to be of the manifest that was agreed on\n";
  } else {
    out +=
        ": only inner consistency was checked, since no manifest was pinned; compare these "
        "with what was published\n" +
        identity_in_words(v);
  }
  out += checks_in_words(v) + notes_in_words(v);
  if (v.accepted) {
    out += fmt::format("{} ballots\n{}", with_separators(v.ballots), results_in_words(v));
  }
  return fmt::format("{}{}\n", out, phases_in_words(seconds));
}

std::string results_table(const plain_counts& counts) {
  std::string out;
  for (const plain_contest& contest : counts) {
    auto rows = contest.options;
    auto options = rows.end();
    while (options != rows.begin() &&
           ((options - 1)->first == "blank" || (options - 1)->first == "invalid")) {
      --options;
    }
    std::stable_sort(rows.begin(), options,
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::size_t width = 0;
    for (const auto& row : rows) {
      width = std::max(width, columns(shown(row.first)));
    }
    out += shown(contest.contest) + "\n";
    for (const auto& [option, votes] : rows) {
      out += fmt::format("  {}  {:>10}\n", padded(shown(option), width), with_separators(votes));
    }
  }
  return out;
}

std::string results_in_words(const record_verdict& v) {
  std::string out;
  for (const contest_result& result : v.results) {
    out += contest_in_words(v, result);
  }
  return out + subtotals_in_words(v) + text_parts::groups(language::english, v) + ties_in_words(v);
}

std::string phases_in_words(const std::vector<stopwatch::phase>& seconds) {
  std::string out;
  double all = 0;
  for (const auto& [name, spent] : seconds) {
    out += fmt::format("{}{} {:.2f} s", out.empty() ? "" : ", ", name, spent);
    all += spent;
  }
  return fmt::format("{}; in all {:.2f} s", out, all);
}

}  // namespace sandoq::tool
