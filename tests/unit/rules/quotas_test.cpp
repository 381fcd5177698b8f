// Every quota with every rounding, repair and order of remainders, in whole numbers: a claim is a
// whole and a rest, both over the same denominator.

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "tests/unit/rules/rules_fixture.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;
using p = proportional_rule;

class quota_seats {
 public:
  quota_seats(const p& part, std::vector<std::uint64_t> votes, std::int64_t total,
              std::uint32_t seats)
      : part_(part), votes_(std::move(votes)), house_(seats) {
    const std::int64_t s = seats;
    top_ = part.method == p::method_code::droop ? total / (s + 1) + 1 : total;
    bottom_ = part.method == p::method_code::hare                 ? s
              : part.method == p::method_code::droop              ? 1
              : part.method == p::method_code::hagenbach_bischoff ? s + 1
                                                                  : s + 2;
  }

  std::vector<std::uint32_t> answer() {
    for (std::size_t i = 0; i < votes_.size(); ++i) {
      first_.push_back(rounded(claim(i)));
    }
    out_ = first_;
    if (given() > house_ && part_.repair != p::repair_code::keep) {
      take_back();
    } else if (given() < house_) {
      give_more();
    }
    return std::vector<std::uint32_t>(out_.begin(), out_.end());
  }

 private:
  // Of the quota's numerator, so claim / top_ is the claim in seats.
  std::int64_t claim(std::size_t i) const { return static_cast<std::int64_t>(votes_[i]) * bottom_; }
  std::int64_t rounded(std::int64_t over_top) const {
    const std::int64_t whole = over_top / top_;
    const std::int64_t twice = 2 * (over_top % top_);
    const bool up = part_.rounding == p::rounding_code::half_up ? twice >= top_
                    : part_.rounding == p::rounding_code::half_even
                        ? twice > top_ || (twice == top_ && whole % 2 == 1)
                        : false;
    return whole + (up ? 1 : 0);
  }
  std::int64_t given() const { return std::accumulate(out_.begin(), out_.end(), std::int64_t{0}); }

  // Lists in ascending order of what is left of their claims, or of their votes.
  std::vector<std::size_t> ascending(bool by_claim) const {
    std::vector<std::size_t> out(votes_.size());
    std::iota(out.begin(), out.end(), std::size_t{0});
    std::sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) {
      return by_claim ? claim(a) - first_[a] * top_ < claim(b) - first_[b] * top_
                      : votes_[a] < votes_[b];
    });
    return out;
  }

  void take_back() {
    while (given() > house_) {
      for (const std::size_t i : ascending(part_.repair == p::repair_code::smallest_claim)) {
        out_[i] -= given() > house_ && out_[i] > 0 ? 1 : 0;
      }
    }
  }

  void give_more() {
    if (part_.remainder == p::remainder_code::highest_average) {
      give_by_averages();
      return;
    }
    auto order = ascending(part_.remainder == p::remainder_code::largest_remainder);
    std::reverse(order.begin(), order.end());
    do {
      for (const std::size_t i : order) {
        out_[i] += given() < house_ ? 1 : 0;
      }
    } while (given() < house_ && part_.one_extra == 0);
  }

  void give_by_averages() {
    while (given() < house_) {
      std::size_t best = votes_.size();
      for (std::size_t i = 0; i < votes_.size(); ++i) {
        const bool may = part_.one_extra == 0 || out_[i] == first_[i];
        if (may &&
            (best == votes_.size() || votes_[i] * static_cast<std::uint64_t>(out_[best] + 1) >
                                          votes_[best] * static_cast<std::uint64_t>(out_[i] + 1))) {
          best = i;
        }
      }
      if (best == votes_.size()) {
        return;
      }
      ++out_[best];
    }
  }

  const p& part_;
  std::vector<std::uint64_t> votes_;
  std::int64_t house_;
  std::int64_t top_ = 0;
  std::int64_t bottom_ = 0;
  std::vector<std::int64_t> first_;
  std::vector<std::int64_t> out_;
};

// Only lists that pass take part; the quota is that of all votes or of theirs.
std::vector<std::uint32_t> counted_again(const p& part, const std::vector<std::uint64_t>& votes,
                                         std::uint32_t seats) {
  const auto total = std::accumulate(votes.begin(), votes.end(), std::uint64_t{0});
  std::vector<std::uint64_t> passing;
  for (const std::uint64_t v : votes) {
    if (!part.threshold || v * part.threshold->share.denominator >= total) {
      passing.push_back(v);
    }
  }
  std::vector<std::uint32_t> out(votes.size(), 0);
  if (passing.empty()) {
    return out;
  }
  const bool all = part.quota_votes == p::quota_code::all;
  const auto base = all ? total : std::accumulate(passing.begin(), passing.end(), std::uint64_t{0});
  const auto seated = quota_seats(part, passing, static_cast<std::int64_t>(base), seats).answer();
  for (std::size_t i = 0, k = 0; i < votes.size(); ++i) {
    if (k < passing.size() && votes[i] == passing[k]) {
      out[i] = seated[k++];
    }
  }
  return out;
}

TEST(RuleQuotas, AreThoseOfWholeNumbers) {
  rule_numbers numbers(41);
  int larger = 0;
  int smaller = 0;
  for (int round = 0; round < 15; ++round) {
    // The first has a seat too many by halves, the second too few with one list and one extra seat.
    const auto votes = round == 0   ? std::vector<std::uint64_t>{3000, 2650, 1700, 1220, 1430}
                       : round == 1 ? std::vector<std::uint64_t>{600, 150, 130, 120}
                                    : some_votes(numbers);
    const auto given = lists_with(votes, 30);
    const std::uint32_t seats = round < 2 ? 21 : 1 + numbers.below(25);
    p part;
    if (round % 3 > 0) {
      const std::uint32_t parts = round == 1 ? 2 : 3 + numbers.below(4);
      part.threshold = threshold_rule{
          {1, parts}, threshold_rule::base_code::votes, 0, threshold_rule::scope_code::all};
      part.quota_votes = static_cast<p::quota_code>(round % 3);
    }
    for (std::uint32_t codes = 0; codes < 4 * 3 * 3 * 3 * 2; ++codes) {
      part.method = static_cast<p::method_code>(1 + codes % 4);
      part.rounding = static_cast<p::rounding_code>(1 + codes / 4 % 3);
      part.remainder = static_cast<p::remainder_code>(1 + codes / 12 % 3);
      part.repair = static_cast<p::repair_code>(1 + codes / 36 % 3);
      part.one_extra = static_cast<std::uint8_t>(codes / 108);
      const auto expected = counted_again(part, votes, seats);
      EXPECT_EQ(seats_by(part, given, seats), expected) << codes << ", seats " << seats;
      const std::uint32_t sum = std::accumulate(expected.begin(), expected.end(), 0U);
      larger += sum > seats ? 1 : 0;
      smaller += sum > 0 && sum < seats ? 1 : 0;
      EXPECT_TRUE(sum <= seats || part.repair == p::repair_code::keep);
    }
  }
  EXPECT_GT(larger, 0);
  EXPECT_GT(smaller, 0);
}

}  // namespace
}  // namespace sandoq
