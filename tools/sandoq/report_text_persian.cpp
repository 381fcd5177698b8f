#include <fmt/core.h>

#include <algorithm>

#include "report.hpp"
#include "report_words.hpp"
#include "shown_text.hpp"
#include "standings.hpp"

namespace sandoq::tool {
namespace {

constexpr language in = language::persian;

/// A line that runs from right to left whatever it begins with.
std::string line(const std::string& text) {
  return "\u200F" + text + "\n";
}

/// What keeps its own direction amid Persian: ids, hashes and English sentences go left to right.
std::string left_to_right(std::string_view text) {
  return "\u2066" + shown(text) + "\u2069";
}

std::string called(const label_list& labels, std::string_view id) {
  const chosen_label name = label_in(in, labels, id);
  const std::string isolated = "\u2068" + shown(name.text) + "\u2069";
  return name.text == id ? isolated : isolated + " " + left_to_right(id);
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, columns(text)), ' ');
}

std::string heading(const record_verdict& found, pinning pinned) {
  const report_words& words = words_of(in);
  std::string out(words.report);
  if (found.election) {
    out += ": " + called(found.election->title, found.election->election);
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
    out += line(called(board.labels, board.id));
    for (const trustee_entry& trustee : board.trustees) {
      out += line(fmt::format("  {}: {}", called(trustee.labels, trustee.id),
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

std::string contest(const contest_entry& entry, const contest_result& result) {
  const report_words& words = words_of(in);
  const std::vector<standing_row> rows = standings_of(entry, result);
  std::vector<std::string> names;
  std::size_t width = 0;
  std::size_t digits = 0;
  for (const standing_row& row : rows) {
    names.push_back(row.option == nullptr ? std::string(words.blank)
                                          : called(row.option->labels, row.option->id));
    width = std::max(width, columns(names.back()));
    digits = std::max(digits, columns(number_text(in, row.votes)));
  }
  std::string out = line(called(entry.labels, entry.id));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string_view how = words.standings[static_cast<std::size_t>(rows[i].how)];
    const std::string votes = number_text(in, rows[i].votes);
    out += line(fmt::format("  {}  {}{}{}{}", padded(names[i], width),
                            std::string(digits - columns(votes), ' '), votes,
                            how.empty() ? "" : "  ", how));
  }
  return out;
}

std::string phases(const std::vector<stopwatch::phase>& seconds) {
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
  out += checks(v);
  if (v.accepted) {
    out += line(fmt::format("{}: {}", words_of(in).ballots_cast, number_text(in, v.ballots)));
    for (const contest_result& result : v.results) {
      out += contest(v.election->contests[result.contest.value()], result);
    }
  }
  return out + phases(seconds);
}

}  // namespace sandoq::tool
