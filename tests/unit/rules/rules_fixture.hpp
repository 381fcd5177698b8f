#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "sandoq/rules/allocate.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/list_rules.hpp"

namespace sandoq::testing {

/// Numbers for a test, from the seed of the run and a name that keeps tests apart.
class rule_numbers {
 public:
  explicit rule_numbers(std::uint64_t test) : engine_(test_seed() * 31 + test) {}
  /// 0..bound-1
  std::uint32_t below(std::uint32_t bound) {
    return std::uniform_int_distribution<std::uint32_t>(0, bound - 1)(engine_);
  }
  std::mt19937_64& engine() { return engine_; }

 private:
  std::mt19937_64 engine_;
};

/// Some fixed lot: another order in every tie.
inline tie_order some_lot() {
  tie_order out;
  out.ticket = [](std::uint32_t tie, std::uint32_t subject) {
    return framed_hash::of("some lot",
                           bytes_of(std::to_string(tie) + " " + std::to_string(subject)));
  };
  return out;
}

/// Lists of `size` members with the votes given, most of them the first member's; nobody else.
struct listed_votes {
  std::vector<party_list> lists;
  counted_contest counted;
};
inline listed_votes lists_with(const std::vector<std::uint64_t>& votes, std::uint32_t size) {
  listed_votes out;
  for (const std::uint64_t total : votes) {
    party_list list{"list " + std::to_string(out.lists.size()), {}, {}};
    for (std::uint32_t i = 0; i < size; ++i) {
      list.options.emplace_back(static_cast<std::uint32_t>(out.counted.votes.size()));
      out.counted.votes.push_back(i == 0 ? total - (size - 1) : 1);
    }
    out.counted.ballots += total;
    out.lists.push_back(std::move(list));
  }
  out.counted.valid = out.counted.ballots;
  return out;
}

/// Seats of each list, also of those without.
inline std::vector<std::uint32_t> seats_of(const allocation& made, const listed_votes& given) {
  std::vector<std::uint32_t> out(given.lists.size(), 0);
  for (const party_outcome& party : made.parties) {
    out.at(party.subject - given.counted.votes.size()) =
        static_cast<std::uint32_t>(party.elected.size());
  }
  return out;
}

/// Distinct votes of up to 8 lists.
inline std::vector<std::uint64_t> some_votes(rule_numbers& numbers) {
  std::set<std::uint64_t> votes;
  const std::uint32_t lists = 1 + numbers.below(8);
  while (votes.size() < lists) {
    votes.insert(60 + numbers.below(1'000'000'000));
  }
  std::vector<std::uint64_t> out(votes.begin(), votes.end());
  std::shuffle(out.begin(), out.end(), numbers.engine());
  return out;
}

/// Seats of each list by a rule.
inline std::vector<std::uint32_t> seats_by(const proportional_rule& part, const listed_votes& given,
                                           std::uint32_t seats) {
  const auto made = allocate(law_of(part), given.lists, given.counted, {seats, 0}, some_lot());
  EXPECT_TRUE(made.has_value());
  return made ? seats_of(*made, given) : std::vector<std::uint32_t>();
}

}  // namespace sandoq::testing
