// IRV and STV with every quota, batches, equal ranks and ties: what each option holds of each
// ranking in one table, and every value a sum over the table when it is asked for.

#include <gtest/gtest.h>

#include "tests/unit/rules/rankings_again.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;
using ranking_code = ranking_rule::method_code;

struct transfers_seen {
  int shared = 0;    // laid in parts
  int together = 0;  // eliminated in a batch
  int rounded = 0;   // a ranking that lost something below 10^-9
  std::size_t tied = 0;
};

class table_of_papers {
 public:
  table_of_papers(const ranking_rule& part, const counted_contest& counted, std::uint32_t seats,
                  equals_again& equals)
      : part_(part), seats_(seats), equals_(equals) {
    const auto rankings = read_again(part, counted);
    left_ = named_again(rankings);
    for (const auto& [ranks, count] : rankings) {
      all_ += count;
      rows_.push_back({ranks, {}});
      lay(rows_.back(), count);
    }
  }

  void count() {
    if (all_ == 0) {
      return;
    }
    part_.method == ranking_code::irv ? irv() : stv();
  }
  const numbers_of_subjects& elected() const { return elected_; }
  const std::vector<allocation_step>& shown() const { return shown_; }
  const transfers_seen& seen() const { return seen_; }

 private:
  struct row {
    ranks_again ranks;
    std::map<std::uint32_t, exact_number> held;
  };
  using groups = std::map<exact_number, numbers_of_subjects>;

  exact_number value(std::uint32_t option) const {
    exact_number out = 0;
    for (const row& one : rows_) {
      out += one.held.contains(option) ? one.held.at(option) : exact_number(0);
    }
    return out;
  }
  groups by_value(const rank_set& options) const {
    groups out;
    for (const std::uint32_t option : options) {
      out[value(option)].push_back(option);
    }
    return out;
  }

  void lay(row& to, const exact_number& amount) {
    const auto here = [&](const rank_set& rank) {
      numbers_of_subjects out;
      std::set_intersection(rank.begin(), rank.end(), left_.begin(), left_.end(),
                            std::back_inserter(out));
      return out;
    };
    const auto highest = std::find_if(to.ranks.begin(), to.ranks.end(),
                                      [&](const rank_set& rank) { return !here(rank).empty(); });
    if (highest == to.ranks.end()) {
      return;
    }
    const numbers_of_subjects takers = here(*highest);
    for (const std::uint32_t option : takers) {
      to.held[option] += amount / takers.size();
    }
    seen_.shared += takers.size() > 1 ? 1 : 0;
  }

  // Exhausted is what is in nobody's hands.
  void show() {
    allocation_step out{step_kind::count, {left_.begin(), left_.end()}, {}};
    exact_number hands = 0;
    for (const std::uint32_t option : left_) {
      out.values.push_back(value(option).str());
      hands += value(option);
    }
    for (const std::uint32_t option : elected_) {
      hands += value(option);
    }
    out.values.push_back(exact_number(all_ - hands).str());
    shown_.push_back(std::move(out));
  }

  void irv() {
    for (show(); shown_.back().values.back() != all_.str(); show()) {
      exact_number held = 0;
      for (const std::uint32_t option : left_) {
        held += value(option);
      }
      const auto best = *by_value(left_).rbegin();
      if (best.first > held / 2) {
        elected_ = best.second;
        return;
      }
      eliminate();
    }
  }

  void stv() {
    exact_number quota = all_ / seats_;
    if (part_.quota == ranking_rule::quota_code::droop) {
      quota = 1;
      while (quota * (seats_ + 1) <= all_) {
        ++quota;
      }
    }
    while (true) {
      show();
      const bool last = left_.size() <= seats_ - elected_.size();
      elect([&](const exact_number& held) { return last ? held > 0 : held >= quota; });
      if (last || elected_.size() == seats_ || left_.empty()) {
        return;
      }
      rank_set over;
      std::copy_if(elected_.begin(), elected_.end(), std::inserter(over, over.end()),
                   [&](std::uint32_t option) { return value(option) > quota; });
      over.empty() ? eliminate() : transfer(by_value(over).rbegin()->second, quota);
    }
  }

  // Equals ascend: with either quota there is room for all.
  template <class Reached>
  void elect(const Reached& reached) {
    const groups by = by_value(left_);
    for (auto group = by.rbegin(); group != by.rend() && reached(group->first); ++group) {
      ASSERT_LE(group->second.size(), seats_ - elected_.size());
      for (const std::uint32_t option : group->second) {
        left_.erase(option);
        elected_.push_back(option);
      }
    }
  }

  // The option is left with the quota, so it has no surplus again.
  void transfer(const numbers_of_subjects& equal, const exact_number& quota) {
    const std::uint32_t option = equals_.options(equal, 1).front();
    const exact_number remaining = quota / value(option);
    for (row& one : rows_) {
      const exact_number nanos = one.held[option] * (1 - remaining) * 1'000'000'000;
      const exact_number whole = numerator(nanos) / denominator(nanos);
      seen_.rounded += whole < nanos ? 1 : 0;
      one.held[option] *= remaining;
      lay(one, whole / 1'000'000'000);
    }
  }

  // All lowest groups that are less together than the next, if enough remain: the most that can.
  void eliminate() {
    numbers_of_subjects rising;
    const groups by = by_value(left_);
    for (const auto& [held, group] : by) {
      rising.insert(rising.end(), group.begin(), group.end());
    }
    std::size_t out = part_.batch != 0 ? left_.size() - (seats_ - elected_.size()) : 0;
    const auto hopeless = [&] {
      exact_number sum = 0;
      std::for_each(rising.begin(), rising.begin() + static_cast<std::ptrdiff_t>(out),
                    [&](std::uint32_t option) { sum += value(option); });
      return sum < value(rising[out]);
    };
    while (out > 0 && !hopeless()) {
      --out;
    }
    seen_.together += out > 1 ? 1 : 0;
    if (out == 0) {
      const numbers_of_subjects& lowest = by.begin()->second;
      rising = {equals_.options(lowest, lowest.size() - 1).back()};
      out = 1;
    }
    rising.resize(out);
    for (const std::uint32_t option : rising) {
      left_.erase(option);
    }
    for (const std::uint32_t option : rising) {
      for (row& one : rows_) {
        const exact_number held = one.held[option];
        one.held.erase(option);
        lay(one, held);
      }
    }
  }

  const ranking_rule& part_;
  std::uint32_t seats_;
  equals_again& equals_;
  exact_number all_ = 0;
  std::vector<row> rows_;
  rank_set left_;
  numbers_of_subjects elected_;
  std::vector<allocation_step> shown_;
  transfers_seen seen_;
};

transfers_seen compare_transfers(rule_numbers& numbers, const ranking_rule& part,
                                 std::uint32_t most) {
  const std::uint32_t n = 2 + numbers.below(6);
  const counted_contest counted = some_untidy_rankings(numbers, n, most);
  const std::uint32_t seats = part.method == ranking_code::irv ? 1 : 1 + numbers.below(n);
  const tie_order ties = some_ties(numbers, n);
  equals_again equals(ties);
  table_of_papers again(part, counted, seats, equals);
  again.count();
  const auto made = allocate({ballot_rule{}, part}, {}, counted, {seats, 1}, ties);
  EXPECT_TRUE(made.has_value());
  if (made) {
    EXPECT_EQ(steps_of(*made, step_kind::count), again.shown());
    const std::vector<option_index> elected(again.elected().begin(), again.elected().end());
    EXPECT_EQ(made->elected, elected);
    EXPECT_TRUE(made->alternates.empty());
    EXPECT_EQ(steps_of(*made, step_kind::tie), equals.ties());
  }
  transfers_seen out = again.seen();
  out.tied = equals.ties().size();
  return out;
}

// How many rounds saw what.
transfers_seen compare_many(rule_numbers& numbers, ranking_code method, int rounds) {
  transfers_seen out;
  for (int round = 0; round < rounds; ++round) {
    SCOPED_TRACE(round);
    const transfers_seen seen =
        compare_transfers(numbers, some_ranking_rule(numbers, method), round % 2 == 0 ? 3 : 1000);
    out.shared += seen.shared > 0 ? 1 : 0;
    out.together += seen.together > 0 ? 1 : 0;
    out.rounded += seen.rounded > 0 ? 1 : 0;
    out.tied += seen.tied > 0 ? 1U : 0U;
  }
  EXPECT_GT(out.shared, 50);
  EXPECT_GT(out.together, 20);
  EXPECT_GT(out.tied, 25U);
  return out;
}

// Every round: who has what, down to the last of nine digits.
TEST(RuleTransfers, OfSurplusesAreThoseOfATableOfPapers) {
  rule_numbers numbers(111);
  EXPECT_GT(compare_many(numbers, ranking_code::stv, 600).rounded, 40);
}

TEST(RuleTransfers, OfASingleSeatAreThoseOfATableOfPapers) {
  rule_numbers numbers(112);
  EXPECT_EQ(compare_many(numbers, ranking_code::irv, 300).rounded, 0);
}

}  // namespace
}  // namespace sandoq
