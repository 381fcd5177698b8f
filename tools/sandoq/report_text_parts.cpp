#include "report_text_parts.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "manifest_names.hpp"
#include "report.hpp"
#include "report_words.hpp"
#include "shown_text.hpp"
#include "transcript_words.hpp"

namespace sandoq::tool::text_parts {
namespace {

constexpr std::size_t most_counts = 10;
/// So many are shown; a report is for people.
constexpr std::size_t most_texts = 400;

/// Indented lines of a name and a number, which stand below each other.
std::string table(language in, const std::vector<std::array<std::string, 2>>& rows) {
  std::size_t width = 0;
  std::size_t digits = 0;
  for (const auto& [name, number] : rows) {
    width = std::max(width, columns(name));
    digits = std::max(digits, columns(number));
  }
  std::string out;
  for (const auto& [name, number] : rows) {
    out += line(in, fmt::format("  {}  {}{}", padded(name, width),
                                std::string(digits - columns(number), ' '), number));
  }
  return out;
}

std::string more(language in, std::string_view sentence, std::size_t all, std::size_t told) {
  return all <= told
             ? std::string()
             : line(in, "  " + fmt::format(fmt::runtime(sentence), number_text(in, all - told)));
}

std::string write_ins(language in, const contest_write_ins& written) {
  const report_words& words = words_of(in);
  std::vector<std::array<std::string, 2>> rows;
  for (const written_text* text : highest(written, most_texts)) {
    rows.push_back({"\u2068" + shown(text->text) + "\u2069", number_text(in, text->votes)});
  }
  return line(in, std::string(words.write_ins)) + table(in, rows) +
         more(in, words.more_write_ins, written.texts.size(), rows.size());
}

std::string group(language in, const manifest_names& names, const group_counts& part) {
  const report_words& words = words_of(in);
  const contest_entry* contest = names.contest(part.counts.contest);
  std::string out =
      fmt::format(fmt::runtime(words.group), number_text(in, part.group)) + ": " +
      named(in, contest == nullptr ? label_list{} : contest->labels, part.counts.contest);
  for (const std::string& place : part.places) {
    out += std::string(words.comma) + named(in, names.place(place), place);
  }
  out = line(in, fmt::format("{}{}{}: {}", out, words.comma, words.ballots,
                             number_text(in, part.ballots)));
  std::vector<std::array<std::string, 2>> rows;
  const auto add = [&](std::string name, std::uint64_t votes) {
    rows.push_back({std::move(name), number_text(in, votes)});
  };
  for (const option_count* count : highest(part.counts, most_counts)) {
    add(named(in, option_labels(contest, count->option), count->option), count->votes);
  }
  const std::size_t told = rows.size();
  std::size_t options = 0;
  for (const option_count& count : part.counts.options) {
    const standing kind = line_of(count);
    if (kind == standing::none) {
      ++options;
    } else {
      add(std::string(kind == standing::blank ? words.blank : words.invalid), count.votes);
    }
  }
  return out + table(in, rows) + more(in, words.more_options, options, told);
}

}  // namespace

std::string line(language in, const std::string& text) {
  return (in == language::persian ? "\u200F" : "") + text + "\n";
}

std::string padded(std::string_view text, std::size_t width) {
  return std::string(text) + std::string(width - std::min(width, columns(text)), ' ');
}

std::string named(language in, const label_list& labels, std::string_view id) {
  const bool persian = in == language::persian;
  const chosen_label name = label_in(in, labels, id);
  const bool isolated = persian || (name.text != id && own_label(in, labels).empty());
  const std::string text = isolated ? "\u2068" + shown(name.text) + "\u2069" : shown(name.text);
  if (name.text == id) {
    return text;
  }
  return persian ? text + " \u2066" + shown(id) + "\u2069"
                 : fmt::format("{} ({})", text, shown(id));
}

std::string name_of(language in, const standing_row& row) {
  const report_words& words = words_of(in);
  return row.option != nullptr ? named(in, row.option->labels, row.option->id)
         : row.list != nullptr
             ? fmt::format(fmt::runtime(words.list_line), named(in, row.list->labels, row.list->id))
         : row.how == standing::invalid ? std::string(words.invalid)
                                        : std::string(words.blank);
}

std::string votes_of(language in, const standing_row& row) {
  return row.votes ? number_text(in, *row.votes) : "\u2013";
}

std::string below_contest(language in, const record_verdict& found, const contest_entry& contest) {
  std::string out;
  if (const contest_seats* seats = allocation_of(contest, found.allocations); seats != nullptr) {
    if (seats->status == allocation_status::open) {
      out += line(in, std::string(words_of(in).allocation_open));
    }
    out += transcript_text(in, {contest.options, contest.lists}, seats->transcript);
  }
  if (const contest_write_ins* written = write_ins_of(contest, found.write_ins);
      written != nullptr) {
    out += write_ins(in, *written);
  }
  return out;
}

std::string groups(language in, const record_verdict& found) {
  if (found.groups.empty()) {
    return {};
  }
  const manifest_names names(found);
  std::string out = line(in, std::string(words_of(in).groups));
  for (const group_counts& part : found.groups) {
    out += group(in, names, part);
  }
  return out;
}

}  // namespace sandoq::tool::text_parts
