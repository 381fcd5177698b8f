#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/ballot/ballot_codes.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/rules/choices.hpp"
#include "tests/support/list_rules.hpp"

namespace sandoq::testing {

/// A contest of n options with that ballot rule: two lists, one of the first `first` options and
/// one of the `second` behind them; the others are independent.
inline contest_entry contest_with(contest_encoding encoding, std::uint32_t n,
                                  const ballot_rule& ballot, std::uint32_t first,
                                  std::uint32_t second) {
  contest_entry out;
  out.id = "forms";
  out.encoding = encoding;
  for (std::uint32_t i = 0; i < n; ++i) {
    out.options.push_back({"o" + std::to_string(i), {}});
  }
  out.max_choices = ballot.max_votes;
  out.min_choices = ballot.min_votes;
  out.blank = ballot.min_votes > 0 ? blank_option::counted : blank_option::absent;
  out.seats = 1;
  out.rule = seat_rule::by_law;
  out.law = law_of(hare());
  out.law->ballot = ballot;
  std::uint32_t next = 0;
  for (const auto& [id, size] : {std::pair("red", first), std::pair("blue", second)}) {
    party_list list{id, {}, {}};
    for (std::uint32_t i = 0; i < size; ++i) {
      list.options.emplace_back(next++);
    }
    if (size > 0) {
      out.lists.push_back(std::move(list));
    }
  }
  return out;
}

/// A ballot rule at random that a manifest can have, if some encoding carries it.
template <class Numbers>
ballot_rule some_ballot_rule(Numbers& numbers, std::uint32_t options) {
  using b = ballot_rule;
  b out;
  out.code = static_cast<b::list_code>(1 + numbers.below(3));
  const bool codes = out.code != b::list_code::none;
  out.form = static_cast<b::list_form>((codes ? 1 : 2) + numbers.below(codes ? 3 : 2));
  const std::uint32_t each = 1 + numbers.below(3);
  const std::uint32_t most = options * (out.form == b::list_form::closed ? 1 : each);
  out.max_votes = std::min(each + numbers.below(4), most);
  out.max_each = std::min(each, out.max_votes);
  out.min_votes = numbers.below(out.max_votes + 1);
  out.exclusive = codes ? static_cast<std::uint8_t>(numbers.below(2)) : 0;
  out.strike = out.code == b::list_code::members ? static_cast<std::uint8_t>(numbers.below(2)) : 0;
  out.overvote = static_cast<b::overvote_policy>(1 + numbers.below(out.min_votes > 0 ? 3 : 2));
  return out;
}

}  // namespace sandoq::testing
