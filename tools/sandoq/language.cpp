#include "language.hpp"

#include <fmt/core.h>

#include <array>
#include <cmath>

#include "persian_calendar.hpp"
#include "progress.hpp"

namespace sandoq::tool {
namespace {

constexpr std::string_view arabic_letter_mark = "\u061C";

constexpr std::array<const char*, 12> gregorian_months{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<const char*, 12> persian_months{"فروردین", "اردیبهشت", "خرداد", "تیر",
                                                     "مرداد",   "شهریور",   "مهر",   "آبان",
                                                     "آذر",     "دی",       "بهمن",  "اسفند"};

std::string in_persian(std::string_view ascii) {
  std::string out;
  for (const char c : ascii) {
    if (c >= '0' && c <= '9') {
      out += "\xDB";  // U+06F0..U+06F9
      out += static_cast<char>(0xB0 + (c - '0'));
    } else if (c == ',') {
      out += "\u066C";
    } else if (c == '.') {
      out += "\u066B";
    } else if (c == '%') {
      out += "\u066A";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string_view tag_of(language in) noexcept {
  return in == language::persian ? "fa" : "en";
}

std::string digits_in(language in, std::string_view ascii) {
  return in == language::persian ? in_persian(ascii) : std::string(ascii);
}

std::string number_text(language in, std::uint64_t n) {
  return digits_in(in, with_separators(n));
}

std::string percent_text(language in, std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) {
    return "\u2013";
  }
  const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  const std::string ascii = fmt::format("{:.1f}%", std::round(10 * percent) / 10);
  return in == language::persian ? std::string(arabic_letter_mark) + in_persian(ascii) : ascii;
}

std::string tenths_text(language in, double value) {
  return digits_in(in, fmt::format("{:.1f}", value));
}

std::string seconds_text(language in, double seconds) {
  return digits_in(in, fmt::format("{:.2f}", seconds));
}

std::string time_text(language in, std::chrono::sys_seconds when) {
  const auto day = std::chrono::floor<std::chrono::days>(when);
  const std::chrono::hh_mm_ss clock(when - day);
  const std::string hour =
      fmt::format("{:02}:{:02}", clock.hours().count(), clock.minutes().count());
  if (in == language::persian) {
    const persian_date date = persian_date_of(day);
    return fmt::format("{} {} {}، ساعت {} به وقت جهانی", in_persian(std::to_string(date.day)),
                       persian_months[static_cast<std::size_t>(date.month - 1)],
                       in_persian(std::to_string(date.year)), in_persian(hour));
  }
  const std::chrono::year_month_day date(day);
  return fmt::format("{} {} {}, {} UTC", static_cast<unsigned>(date.day()),
                     gregorian_months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), hour);
}

std::string_view own_label(language wanted, const label_list& labels) {
  const std::string_view tag = tag_of(wanted);
  for (const label& entry : labels) {
    const std::string_view has = entry.language;
    if (has == tag || (has.substr(0, 2) == tag && has.substr(2, 1) == "-")) {
      return entry.text;
    }
  }
  return {};
}

chosen_label label_in(language wanted, const label_list& labels, std::string_view id) {
  if (const std::string_view own = own_label(wanted, labels); !own.empty()) {
    return {tag_of(wanted), own};
  }
  for (const label& entry : labels) {
    if (!entry.text.empty()) {
      return {entry.language, entry.text};
    }
  }
  return {{}, id};
}

}  // namespace sandoq::tool
