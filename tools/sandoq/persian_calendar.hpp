#pragma once

#include <chrono>

namespace sandoq::tool {

/// A date of the Solar Hijri calendar.
struct persian_date {
  int year = 1;
  int month = 1;  ///< 1 is Farvardin
  int day = 1;
  friend bool operator==(const persian_date&, const persian_date&) = default;
};

/// Leap years by the cycle of 33 years, which agrees with the official calendar until 1501 (2122).
/// \pre not before 622-03-22
[[nodiscard]] persian_date persian_date_of(std::chrono::sys_days day) noexcept;

}  // namespace sandoq::tool
