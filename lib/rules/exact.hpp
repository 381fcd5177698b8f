#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <string>

#include "sandoq/ballot/rule.hpp"

namespace sandoq::rules_detail {

/// Integers and fractions of any size: no count overflows, nothing is rounded unasked.
using integer = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>,
                                              boost::multiprecision::et_off>;
using fraction = boost::multiprecision::number<
    boost::multiprecision::rational_adaptor<boost::multiprecision::cpp_int_backend<>>,
    boost::multiprecision::et_off>;

[[nodiscard]] inline fraction ratio(const integer& top, const integer& bottom) {
  return fraction(top, bottom);
}

[[nodiscard]] inline fraction exact(const rule_fraction& value) {
  return fraction(integer(value.numerator), integer(value.denominator));
}

[[nodiscard]] inline integer top_of(const fraction& value) {
  return boost::multiprecision::numerator(value);
}
[[nodiscard]] inline integer bottom_of(const fraction& value) {
  return boost::multiprecision::denominator(value);
}

/// "N", or "N/D" in lowest terms.
[[nodiscard]] std::string to_text(const fraction& value);

/// \pre value is not negative
[[nodiscard]] integer rounded(const fraction& value, proportional_rule::rounding_code how);

}  // namespace sandoq::rules_detail
