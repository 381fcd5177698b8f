#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "sandoq/ballot/manifest.hpp"

namespace sandoq::tool {

/// The languages in which the tool reports.
enum class language : std::uint8_t { english, persian };

/// "en" or "fa".
[[nodiscard]] std::string_view tag_of(language in) noexcept;

/// Digits, comma, point and percent sign as the language writes them; all else stays.
[[nodiscard]] std::string digits_in(language in, std::string_view ascii);

/// "1,234,567", in Persian with Persian digits and the Arabic thousands separator U+066C.
[[nodiscard]] std::string number_text(language in, std::uint64_t n);

/// "45.3%"; in Persian digits, U+066B and U+066A behind an Arabic letter mark, so that the sign
/// stands to the left of the number wherever the text is put. A dash if whole is 0.
[[nodiscard]] std::string percent_text(language in, std::uint64_t part, std::uint64_t whole);

/// "2.5", in Persian with Persian digits and U+066B.
[[nodiscard]] std::string tenths_text(language in, double value);

/// "0.25", in Persian with Persian digits and U+066B.
[[nodiscard]] std::string seconds_text(language in, double seconds);

/// "22 November 2026, 01:42 UTC"; in Persian the date of the Solar Hijri calendar.
[[nodiscard]] std::string time_text(language in, std::chrono::sys_seconds when);

/// What to call a thing in a language: the label of that language, or else the first label of any,
/// or else the id.
struct chosen_label {
  std::string_view language;  ///< tag of the label; empty for an id
  std::string_view text;
};
[[nodiscard]] chosen_label label_in(language wanted, const label_list& labels, std::string_view id);

/// The label of exactly that language ("fa", "fa-IR"), or empty.
[[nodiscard]] std::string_view own_label(language wanted, const label_list& labels);

}  // namespace sandoq::tool
