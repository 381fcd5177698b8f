#pragma once

#include "sandoq/ballot/rule.hpp"

namespace sandoq::testing {

/// A rule of lists, largest remainders by Hare's quota unless changed.
inline proportional_rule hare() {
  proportional_rule out;
  out.one_extra = 1;
  return out;
}
inline proportional_rule divisors(proportional_rule::method_code method) {
  proportional_rule out;
  out.method = method;
  out.rounding = {};
  out.remainder = {};
  out.repair = {};
  return out;
}
inline rule law_of(const proportional_rule& part) {
  ballot_rule ballot;
  ballot.code = ballot_rule::list_code::members;
  return {ballot, part};
}

}  // namespace sandoq::testing
