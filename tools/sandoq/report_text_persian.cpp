#include <fmt/core.h>

#include <algorithm>

#include "manifest_names.hpp"
#include "report.hpp"
#include "report_text_parts.hpp"
#include "report_words.hpp"
#include "shown_text.hpp"
#include "standings.hpp"

namespace sandoq::tool {
namespace {

constexpr language in = language::persian;

using text_parts::padded;

std::string line(const std::string& text) {
  return text_parts::line(in, text);
}

/// What keeps its own direction amid Persian: ids, hashes and English sentences go left to right.
std::string left_to_right(std::string_view text) {
  return "\u2066" + shown(text) + "\u2069";
}

std::string named(const label_list& labels, std::string_view id) {
  return text_parts::named(in, labels, id);
}

std::string heading(const record_verdict& found, pinning pinned) {
  const report_words& words = words_of(in);
  std::string out(words.report);
  if (found.election) {
    out += ": " + named(found.election->title, found.election->election);
  }
  out = line(out);
  out += line(fmt::format("{}: {}", words.domain,
                          !found.domain                             ? words.no_domain
                          : *found.domain == election_domain::drill ? words.drill
                                                                    : words.real));
  const check_outcome* pin = found.checks.find("manifest.pin");
  if (pinned == pinning::absent) {
    out += line(std::string(words.not_pinned));
  } else if (pin != nullptr && pin->status == check_status::pass) {
    out += line(std::string(words.pinned));
  } else {
    const bool failed = pin != nullptr && pin->status == check_status::fail;
    out += line(std::string(failed ? words.pin_failed : words.pin_not_run));
  }
  return out;
}

std::string identity(const record_verdict& found) {
  const report_words& words = words_of(in);
  std::string out;
  if (found.manifest_hash) {
    out += line(fmt::format("{}: {}", words.manifest_hash,
                            left_to_right(to_hex(found.manifest_hash->view()))));
  }
  if (!found.election) {
    return out;
  }
  for (const board_entry& board : found.election->boards) {
    out += line(named(board.labels, board.id));
    for (const trustee_entry& trustee : board.trustees) {
      out += line(fmt::format("  {}: {}", named(trustee.labels, trustee.id),
                              left_to_right(to_hex(trustee.signing_key.octets))));
    }
  }
  return out;
}

std::string checks(const record_verdict& found) {
  const report_words& words = words_of(in);
  std::size_t width = 0;
  for (const std::string_view status : words.statuses) {
    width = std::max(width, columns(status));
  }
  std::string out;
  for (const check_outcome& check : found.checks.checks()) {
    const std::string status(words.statuses[static_cast<std::size_t>(check.status)]);
    out += line(fmt::format("{}  {}  {}", padded(status, width), sentence_of(in, check.id),
                            left_to_right(check.id)));
    if (check.status == check_status::fail) {
      out += line(fmt::format("{}  {} {}", std::string(width, ' '), words.failed_at,
                              left_to_right(check.place)));
      out += line(fmt::format("{}  {} {}", std::string(width, ' '), words.reason,
                              left_to_right(check.reason)));
    }
  }
  return out + line(fmt::format("{}: {}", words.verdict,
                                found.accepted ? words.verdict_accepted : words.verdict_rejected));
}

/// 0 if the verdict does not count such an option.
std::uint64_t votes_of(const record_verdict& found, std::string_view contest,
                       std::string_view option) {
  for (const contest_counts& counts : found.counts) {
    for (const option_count& count : counts.options) {
      if (counts.contest == contest && count.option == option) {
        return count.votes;
      }
    }
  }
  return 0;
}

std::string remark_of(const std::string& remark) {
  return remark.empty() ? std::string()
                        : fmt::format("{}{}: \u2068{}\u2069", words_of(in).comma,
                                      words_of(in).remark, shown(remark));
}

std::string note(std::string_view matter, const std::string& of, const std::string& within,
                 std::string_view told, const std::string& remark) {
  return line(fmt::format("{}: {}{}{}: {}{}", matter, of, words_of(in).comma, within, told,
                          remark_of(remark)));
}

/// What no check decides and every report shows.                                     SPEC(90.4)
std::string notes(const record_verdict& found, const manifest_names& names) {
  const report_words& words = words_of(in);
  const auto device = [&words](device_index number) {
    return fmt::format(fmt::runtime(words.device), number_text(in, number.value()));
  };
  std::string out;
  for (const excluded_journal& item : found.exclusions) {
    const std::string ballots =
        fmt::format(fmt::runtime(words.excluded_ballots), number_text(in, item.cast_items));
    out += note(
        words.excluded, named(names.place(item.branch_id), item.branch_id), device(item.device),
        fmt::format("{}{}{}", exclusion_reason_text(in, item), words.comma, ballots), item.remark);
  }
  for (const recovered_device& item : found.recoveries) {
    out += note(
        words.recovered, named(names.place(item.branch_id), item.branch_id), device(item.device),
        fmt::format(fmt::runtime(words.recovered_ballots), number_text(in, item.cast_ballots)),
        item.remark);
  }
  for (const absent_trustee& item : found.absences) {
    out += note(words.absent, named(names.trustee(item.board_id, item.trustee_id), item.trustee_id),
                named(names.board(item.board_id), item.board_id),
                fmt::format(fmt::runtime(words.absent_from), number_text(in, item.attempt)),
                item.remark);
  }
  for (const shut_out_trustee& item : found.shut_out) {
    out +=
        note(words.shut_out, named(names.trustee(item.board_id, item.trustee_id), item.trustee_id),
             named(names.board(item.board_id), item.board_id), words.no_share, {});
  }
  return out;
}

std::string subtotals(const record_verdict& found, const manifest_names& names) {
  const report_words& words = words_of(in);
  std::string out;
  for (const place_counts& part : found.subtotals) {
    const contest_entry* entry = names.contest(part.counts.contest);
    std::string places;
    for (const std::string& place : part.places) {
      places += (places.empty() ? "" : std::string(words.comma)) + named(names.place(place), place);
    }
    out += line(
        fmt::format("{}: {}{}{}{}{}: {}", words.subtotals, places, words.comma,
                    named(entry == nullptr ? label_list{} : entry->labels, part.counts.contest),
                    words.comma, words.ballots, number_text(in, part.ballots)));
    for (const option_count& count : part.counts.options) {
      out += line(fmt::format("  {}  {}",
                              line_of(count) == standing::blank
                                  ? std::string(words.blank)
                                  : named(option_labels(entry, count.option), count.option),
                              number_text(in, count.votes)));
    }
  }
  return out;
}

std::string ties(const record_verdict& found, const manifest_names& names) {
  const report_words& words = words_of(in);
  std::string out;
  for (const tie_outcome& tie : found.ties) {
    const contest_entry* entry = names.contest(tie.contest);
    std::uint64_t votes = 0;
    std::string options;
    for (const std::string& option : tie.options) {
      options += (options.empty() ? "" : std::string(words.comma)) +
                 named(option_labels(entry, option), option);
      votes = votes_of(found, tie.contest, option);
    }
    const std::string contest = named(entry == nullptr ? label_list{} : entry->labels, tie.contest);
    const std::string seats = number_text(in, tie.seats);
    const std::string alternates = number_text(in, tie.alternates);
    if (tie.state == tie_state::open) {
      out += line(fmt::format(
          "{}: {} {}", contest,
          fmt::format(fmt::runtime(words.tie), number_text(in, votes), options, seats, alternates),
          words.tie_open));
    } else {
      const bool lot = tie.state == tie_state::resolved_with_lot;
      out +=
          line(fmt::format("{}: {}", contest,
                           fmt::format(fmt::runtime(words.tie_resolved), number_text(in, votes),
                                       words.decided_by[lot ? 1 : 0], options, seats, alternates)));
    }
  }
  return out;
}

std::string contest(const record_verdict& found, const contest_result& result) {
  const report_words& words = words_of(in);
  const contest_entry& entry = found.election->contests[result.contest.value()];
  const std::vector<standing_row> rows = standings_of(entry, result, found.ties, found.allocations);
  std::vector<std::string> names;
  std::size_t width = 0;
  std::size_t digits = 0;
  for (const standing_row& row : rows) {
    names.push_back(text_parts::name_of(in, row));
    width = std::max(width, columns(names.back()));
    digits = std::max(digits, columns(text_parts::votes_of(in, row)));
  }
  std::string out = line(fmt::format("{}: {}: {}{}{}: {}{}{}: {}", named(entry.labels, entry.id),
                                     words.seats, number_text(in, entry.seats), words.comma,
                                     words.alternates, alternates_text(in, entry), words.comma,
                                     words.floor, floor_text(in, entry)));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string_view how = words.standings[static_cast<std::size_t>(rows[i].how)];
    const std::string votes = text_parts::votes_of(in, rows[i]);
    out += line(fmt::format("  {}  {}{}{}{}", padded(names[i], width),
                            std::string(digits - columns(votes), ' '), votes,
                            how.empty() ? "" : "  ", how));
  }
  return out + text_parts::below_contest(in, found, entry);
}

std::string phase_lines(const std::vector<stopwatch::phase>& seconds) {
  const report_words& words = words_of(in);
  std::string out = std::string(words.time) + ": ";
  double all = 0;
  for (const auto& [name, spent] : seconds) {
    out += fmt::format("{} {}{}", phase_name(in, name), seconds_text(in, spent), words.comma);
    all += spent;
  }
  return line(fmt::format("{}{} {} {}", out, words.in_all, seconds_text(in, all), words.second));
}

}  // namespace

std::string verdict_in_persian(const record_verdict& v, pinning pinned,
                               const std::vector<stopwatch::phase>& seconds) {
  std::string out = heading(v, pinned);
  if (pinned == pinning::absent) {
    out += identity(v);
  }
  const manifest_names names(v);
  out += checks(v) + notes(v, names);
  if (v.accepted) {
    out += line(fmt::format("{}: {}", words_of(in).ballots_cast, number_text(in, v.ballots)));
    for (const contest_result& result : v.results) {
      out += contest(v, result);
    }
    out += subtotals(v, names) + text_parts::groups(in, v) + ties(v, names);
  }
  return out + phase_lines(seconds);
}

}  // namespace sandoq::tool
