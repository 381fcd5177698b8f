#pragma once

#include <string>
#include <string_view>

#include "language.hpp"
#include "sandoq/verify/verify_record.hpp"
#include "standings.hpp"

/// What the text reports of both languages have in common.
namespace sandoq::tool::text_parts {

/// A line that runs in the language's direction whatever it begins with.
[[nodiscard]] std::string line(language in, const std::string& text);

/// Name and, where it says something else, the id: "Candidate 301 (301)", in Persian without
/// parentheses. A name of another language keeps its direction, in Persian every name and id.
[[nodiscard]] std::string named(language in, const label_list& labels, std::string_view id);

/// With spaces behind it, so that it takes so many columns of a terminal.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);

/// What the first column of a contest's table says.
[[nodiscard]] std::string name_of(language in, const standing_row& row);
/// A dash for an option of a ranking.
[[nodiscard]] std::string votes_of(language in, const standing_row& row);

/// What stands under the table of a contest: whether its seats are still open, the steps of its own
/// rule, and what was written in it. Empty for a contest without a rule of its own and texts.
[[nodiscard]] std::string below_contest(language in, const record_verdict& found,
                                        const contest_entry& contest);

/// What each mixed group came to: its ten highest counts, blank and invalid votes.
[[nodiscard]] std::string groups(language in, const record_verdict& found);

}  // namespace sandoq::tool::text_parts
