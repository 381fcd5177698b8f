#pragma once

#include <fmt/core.h>

#include <iterator>
#include <string>
#include <string_view>

#include "html_text.hpp"
#include "report_words.hpp"
#include "sandoq/verify/verify_record.hpp"

/// The parts of report_html(), each for one language.
namespace sandoq::tool::report_parts {

/// What every part needs.
struct page {
  const record_verdict& found;
  language in;
  const report_words& words;

  [[nodiscard]] std::string number(std::uint64_t n) const { return number_text(in, n); }
  [[nodiscard]] std::string percent(std::uint64_t part, std::uint64_t whole) const {
    return percent_text(in, part, whole);
  }
  [[nodiscard]] std::string label(const label_list& labels, std::string_view id) const {
    return html_label(in, label_in(in, labels, id));
  }
};

/// Label and, where it says something else, the id.
[[nodiscard]] std::string name_and_id(const page& p, const label_list& labels, std::string_view id);

/// What no check decides and every report shows; empty if there is nothing of it.     SPEC(90.4)
[[nodiscard]] std::string notes(const page& p);
/// \pre the record is accepted
[[nodiscard]] std::string results(const page& p);
/// The steps of a contest's own rule, closed, and under them what voters wrote in it; empty if it
/// has neither.
[[nodiscard]] std::string below_contest(const page& p, const contest_entry& contest);
/// A closed table for every set of places that was opened besides the totals; empty if there is
/// none.
[[nodiscard]] std::string subtotals(const page& p);
/// The same for every mixed group.
[[nodiscard]] std::string groups(const page& p);
/// \pre the record is accepted
[[nodiscard]] std::string places(const page& p);
/// The checks that failed, with place and reason; empty if none did.
[[nodiscard]] std::string failed_checks(const page& p);
[[nodiscard]] std::string checks(const page& p);

/// The style sheet, for screen, phone and paper.
[[nodiscard]] std::string_view style() noexcept;

/// A bar; the longest of a table has part == whole. It has no text: the numbers stand beside it.
[[nodiscard]] std::string bar(std::uint64_t part, std::uint64_t whole);

}  // namespace sandoq::tool::report_parts
