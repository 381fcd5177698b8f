#pragma once

#include <numeric>

#include "tests/unit/rules/members_again.hpp"

namespace sandoq::testing {

/// Everything that an allocation to parties is asked.
struct party_contest {
  rule law;
  std::vector<party_list> lists;
  counted_contest counted;
  places_to_fill places;
  tie_order ties;
  proportional_rule& part() { return std::get<proportional_rule>(law.method); }
};

/// One of the codes 1..highest.
template <class Code>
Code some_code(rule_numbers& numbers, Code highest) {
  return static_cast<Code>(1 + numbers.below(static_cast<std::uint32_t>(highest)));
}

inline rule_fraction lowest_terms(std::uint32_t numerator, std::uint32_t denominator) {
  const std::uint32_t common = std::gcd(numerator, denominator);
  return {numerator / common, denominator / common};
}

/// Divisors that rise by fractions, 1 to 12 of them: the last parties may find none.
inline std::vector<rule_fraction> some_divisors(rule_numbers& numbers) {
  std::vector<rule_fraction> out;
  std::uint32_t numerator = 0;
  const std::uint32_t denominator = 1 + numbers.below(9);
  for (std::uint32_t left = 1 + numbers.below(12); left > 0; --left) {
    numerator += 1 + numbers.below(15);
    out.push_back(lowest_terms(numerator, denominator));
  }
  return out;
}

inline std::optional<threshold_rule> some_threshold(rule_numbers& numbers) {
  threshold_rule out;
  out.base = some_code(numbers, threshold_rule::base_code::votes_per_seat);
  const std::uint32_t parts = 2 + numbers.below(12);
  out.share = lowest_terms(1 + numbers.below(2), parts);
  out.strict = static_cast<std::uint8_t>(numbers.below(2));
  out.applies = some_code(numbers, threshold_rule::scope_code::lists);
  return out;
}

inline rule some_party_rule(rule_numbers& numbers) {
  using p = proportional_rule;
  p part = divisors(some_code(numbers, p::method_code::custom));
  if (part.by_quota()) {
    part.rounding = some_code(numbers, p::rounding_code::half_even);
    part.remainder = some_code(numbers, p::remainder_code::highest_average);
    part.one_extra = static_cast<std::uint8_t>(numbers.below(2));
    part.repair = some_code(numbers, p::repair_code::keep);
  } else if (part.method == p::method_code::custom) {
    part.divisors = some_divisors(numbers);
  }
  if (numbers.below(2) == 0) {
    part.threshold = some_threshold(numbers);
  }
  part.base = some_code(numbers, p::base_code::list_ballots);
  part.quota_votes = some_code(numbers, p::quota_code::passing);
  part.independents = some_code(numbers, p::independents_code::excluded);
  part.list_overflow = some_code(numbers, p::overflow_code::nobody);
  part.pool_overflow = some_code(numbers, p::overflow_code::nobody);
  part.order = some_code(numbers, p::order_code::quota_jump);
  if (part.order == p::order_code::quota_jump) {
    part.jump = lowest_terms(1, 1 + numbers.below(5));
    part.jump_base = some_code(numbers, p::jump_code::party_votes);
  }
  part.alternates = static_cast<p::alternates_code>(numbers.below(3));
  if (part.alternates == p::alternates_code::share) {
    part.alternates_share = lowest_terms(1 + numbers.below(6), 1 + numbers.below(6));
    part.alternates_rounding = some_code(numbers, p::rounding_code::ceiling);
  }
  part.vacancy = some_code(numbers, p::vacancy_code::votes);
  part.list_tie = some_code(numbers, p::tie_code::votes_then_lot);
  rule out = law_of(part);
  out.ballot.code = ballot_rule::list_code::separate;
  return out;
}

/// Short lists and some who stand alone; some have no vote. Few votes in all: then many are equal.
inline party_contest some_party_contest(rule_numbers& numbers, bool few_votes) {
  party_contest out{some_party_rule(numbers), {}, {}, {}, {}};
  const std::uint32_t n = 3 + numbers.below(12);
  const std::uint32_t most = few_votes ? 4 : 400;
  std::vector<option_index> free;
  for (std::uint32_t i = 0; i < n; ++i) {
    out.counted.votes.push_back(numbers.below(4) == 0 ? 0 : numbers.below(most));
    free.emplace_back(i);
  }
  std::shuffle(free.begin(), free.end(), numbers.engine());
  while (!free.empty() && numbers.below(6) > 0) {
    party_list list{"list " + std::to_string(out.lists.size()), {}, {}};
    for (std::uint32_t size = 1 + numbers.below(5); size > 0 && !free.empty(); --size) {
      list.options.push_back(free.back());
      free.pop_back();
    }
    out.lists.push_back(std::move(list));
  }
  out.counted.valid = std::accumulate(out.counted.votes.begin(), out.counted.votes.end(),
                                      std::uint64_t{numbers.below(most)});
  out.counted.ballots = out.counted.valid + numbers.below(most);
  if (out.part().base == proportional_rule::base_code::list_ballots) {
    for (std::size_t i = 0; i < out.lists.size(); ++i) {
      out.counted.list_ballots.push_back(numbers.below(3 * most));
    }
  }
  out.places = {1 + numbers.below(n), numbers.below(std::min(n, 5U))};
  out.ties = some_ties(numbers, n);
  return out;
}

/// A second count that the library was compared with, and what happened in it.
struct compared_count {
  allocation answer;
  seats_seen seen;
  std::size_t ties = 0;
  std::size_t ties_of_parties = 0;
};

inline compared_count agreed(party_contest& given) {
  const members_again again(given.part(), given.lists, given.counted, given.places, given.ties);
  const auto made = allocate(given.law, given.lists, given.counted, given.places, given.ties);
  EXPECT_TRUE(made.has_value()) << to_string(made.error());
  if (made) {
    EXPECT_EQ(made->parties, again.answer().parties);
    EXPECT_EQ(made->elected, again.answer().elected);
    EXPECT_EQ(made->alternates, again.answer().alternates);
    EXPECT_EQ(made->reserve, again.answer().reserve);
    EXPECT_EQ(steps_of(*made, step_kind::tie), again.ties());
  }
  return {again.answer(), again.seen(), again.ties().size(), again.ties_of_parties()};
}

}  // namespace sandoq::testing
