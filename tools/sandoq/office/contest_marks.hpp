#pragma once

#include <string_view>

#include "sandoq/ballot/contest.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/ballot/selection_secret.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// Reads what a voter has marked in one contest, as a booth's screen hands it over:
///
/// - `OPTION-ID OPTION-ID`: in a ranking best first; twice for two votes, where that is allowed
/// - `blank`, or nothing at all: no option is marked
/// - `list:LIST-ID`: the code of a list, where lists have codes
/// - `list:LIST-ID strike:OPTION-ID`: a member whom the code shall give no vote, where that is
///   allowed
/// - `OPTION-ID text: WORDS`: a write-in, to the end of the line, where there is room for one
///
/// They are separated by blanks, or by tabs (`separated_by_tabs`). What is an option's id is that
/// option, whatever it looks like. A write-in is put into Unicode's normal form C. The time that it
/// takes depends on the text.
///
/// \return what is wrong, with the contest's id
[[nodiscard]] result<contest_selection> read_marks(const contest_entry& contest,
                                                   const contest_terms& terms,
                                                   std::string_view marks);

/// Whether an option or list of that contest has a blank in its id, so that tabs separate entries.
[[nodiscard]] bool separated_by_tabs(const contest_entry& contest);

/// Without blanks, tabs and the end of a line at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace sandoq::tool
