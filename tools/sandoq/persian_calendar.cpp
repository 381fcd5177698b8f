#include "persian_calendar.hpp"

namespace sandoq::tool {
namespace {

/// Days from 1 Farvardin 1 to 1970-01-01.
constexpr int epoch_offset_days = 492'268;
constexpr int cycle_years = 33;
constexpr int cycle_days = 12'053;  // 33 years of 365 days and 8 leap days
constexpr int long_months = 6;      // of 31 days; the others have 30, the last 29 or 30

/// Days from 1 Farvardin 1 to 1 Farvardin of the year.
constexpr int days_before(int year) {
  return 365 * (year - 1) + (8 * year + 21) / cycle_years;
}

}  // namespace

persian_date persian_date_of(std::chrono::sys_days day) noexcept {
  const int days = static_cast<int>(day.time_since_epoch().count()) + epoch_offset_days;
  const int year = 1 + (cycle_years * days + 3) / cycle_days;
  const int of_year = days - days_before(year);
  const int month = of_year < 31 * long_months ? of_year / 31 : (of_year - long_months) / 30;
  const int before_month = month <= long_months ? 31 * month : 30 * month + long_months;
  return {year, month + 1, of_year - before_month + 1};
}

}  // namespace sandoq::tool
