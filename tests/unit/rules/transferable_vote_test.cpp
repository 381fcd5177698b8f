// STV, paper by paper: every ballot is a paper of its own with a weight, and nothing is added up
// but when it is asked for. Weights are exact, as those of the rule are not: where the ninth digit
// may decide there is no answer here.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <optional>
#include <set>

#include "tests/unit/rules/rules_fixture.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;
using number = boost::multiprecision::cpp_rational;
using option_set = std::set<std::uint32_t>;

struct paper {
  std::vector<std::uint32_t> order;
  number weight = 1;
  std::optional<std::uint32_t> holder{};
};

class papers {
 public:
  papers(const counted_contest& counted, std::uint32_t seats) : seats_(seats) {
    std::uint64_t total = 0;
    for (const ranked_ballots& ballot : counted.rankings) {
      paper one;
      for (const auto& rank : ballot.ranks) {
        one.order.push_back(rank.front().value());
        left_.insert(rank.front().value());
      }
      papers_.insert(papers_.end(), one.order.empty() ? 0 : ballot.count, one);
      total += one.order.empty() ? 0 : ballot.count;
    }
    quota_ = total / (seats + 1) + 1;
    for (paper& one : papers_) {
      move(one);
    }
  }

  // Who is elected, or nothing where a tie must be broken.
  std::optional<option_set> count() {
    while (left_.size() > seats_ - elected_.size()) {
      if (!elect_reached()) {
        return std::nullopt;
      }
      if (elected_.size() == seats_ || left_.empty()) {
        return elected_;
      }
      const bool moved = surplus_.empty() ? eliminate() : transfer();
      if (!moved) {
        return std::nullopt;
      }
    }
    for (const std::uint32_t option : left_) {
      if (value(option) > 0) {
        elected_.insert(option);
      }
    }
    return elected_;
  }

 private:
  void move(paper& one) {
    const auto next = std::find_if(one.order.begin(), one.order.end(),
                                   [&](std::uint32_t option) { return left_.contains(option); });
    one.holder = next == one.order.end() ? std::nullopt : std::optional(*next);
  }
  bool equal(const number& a, const number& b) const {
    return moved_parts_ ? number(abs(a - b)) < number(1, 1'000'000) : a == b;
  }
  number value(std::uint32_t option) const {
    number out = 0;
    for (const paper& one : papers_) {
      out += one.holder == option ? one.weight : number(0);
    }
    return out;
  }
  void move_all_of(std::uint32_t option, const number& factor) {
    for (paper& one : papers_) {
      if (one.holder == option) {
        one.weight *= factor;
        move(one);
      }
    }
  }
  bool elect_reached() {
    std::vector<std::pair<number, std::uint32_t>> reached;
    for (const std::uint32_t option : left_) {
      if (moved_parts_ && equal(value(option), quota_)) {
        return false;
      }
      if (value(option) >= quota_) {
        reached.emplace_back(value(option), option);
      }
    }
    // With Droop's quota there can never be more of them than seats.
    EXPECT_LE(reached.size(), seats_ - elected_.size());
    for (const auto& [held, option] : reached) {
      left_.erase(option);
      elected_.insert(option);
      if (held > quota_) {
        surplus_.insert(option);
      }
    }
    return true;
  }
  // The option with the highest (or lowest) value, if it is alone with it.
  std::optional<std::uint32_t> extreme(const option_set& among, bool highest) const {
    std::vector<std::pair<number, std::uint32_t>> order;
    for (const std::uint32_t option : among) {
      order.emplace_back(highest ? number(-value(option)) : value(option), option);
    }
    std::sort(order.begin(), order.end());
    return order.size() > 1 && equal(order[0].first, order[1].first)
               ? std::nullopt
               : std::optional(order[0].second);
  }
  bool transfer() {
    const auto option = extreme(surplus_, true);
    if (option) {
      surplus_.erase(*option);
      moved_parts_ = true;
      const number held = value(*option);
      move_all_of(*option, number((held - quota_) / held));
    }
    return option.has_value();
  }
  bool eliminate() {
    const auto option = extreme(left_, false);
    if (option) {
      left_.erase(*option);
      move_all_of(*option, 1);
    }
    return option.has_value();
  }

  std::uint32_t seats_;
  number quota_;
  std::vector<paper> papers_;
  option_set left_;
  option_set elected_;
  option_set surplus_;
  bool moved_parts_ = false;
};

TEST(RuleTransferableVote, IsThatOfSinglePapers) {
  rule_numbers numbers(21);
  ranking_rule part;
  part.method = ranking_rule::method_code::stv;
  part.quota = ranking_rule::quota_code::droop;
  int decided = 0;
  for (int round = 0; round < 60; ++round) {
    const std::uint32_t n = 2 + numbers.below(5);
    const std::uint32_t seats = 1 + numbers.below(n);
    counted_contest counted;
    counted.votes.resize(n);
    for (int i = 0; i < 10; ++i) {
      ranked_ballots ballot{1 + numbers.below(7), {}};
      for (std::uint32_t option = 0; option < n; ++option) {
        ballot.ranks.push_back({option_index(option)});
      }
      std::shuffle(ballot.ranks.begin(), ballot.ranks.end(), numbers.engine());
      ballot.ranks.resize(numbers.below(n + 1));
      counted.rankings.push_back(std::move(ballot));
    }
    const auto expected = papers(counted, seats).count();
    const auto made = allocate({ballot_rule{}, part}, {}, counted, {seats, 0}, some_lot());
    ASSERT_TRUE(made.has_value());
    if (expected) {
      option_set elected;
      for (const option_index option : made->elected) {
        elected.insert(option.value());
      }
      EXPECT_EQ(elected, *expected);
      EXPECT_TRUE(made->ties.empty()) << "nobody was equal to anybody";
      ++decided;
    }
  }
  EXPECT_GT(decided, 10);
}

// Voters who put the same options first, before all others, and are more than k quotas get k of
// them.
TEST(RuleTransferableVote, SolidVotersGetTheirShare) {
  rule_numbers numbers(22);
  ranking_rule part;
  part.method = ranking_rule::method_code::stv;
  part.quota = ranking_rule::quota_code::droop;
  for (int round = 0; round < 40; ++round) {
    counted_contest counted;
    counted.votes.resize(8);
    std::uint64_t solid = 0;
    std::uint64_t total = 0;
    for (int i = 0; i < 14; ++i) {
      std::vector<option_index> mine{option_index(0), option_index(1), option_index(2)};
      std::vector<option_index> others{option_index(3), option_index(4), option_index(5),
                                       option_index(6), option_index(7)};
      std::shuffle(mine.begin(), mine.end(), numbers.engine());
      std::shuffle(others.begin(), others.end(), numbers.engine());
      const bool first = numbers.below(2) == 0;
      ranked_ballots ballot{1 + numbers.below(9), {}};
      total += ballot.count;
      solid += first ? ballot.count : 0;
      for (const auto* half : {first ? &mine : &others, first ? &others : &mine}) {
        for (const option_index option : *half) {
          ballot.ranks.push_back({option});
        }
      }
      counted.rankings.push_back(std::move(ballot));
    }
    const std::uint32_t seats = 1 + numbers.below(5);
    const auto made = allocate({ballot_rule{}, part}, {}, counted, {seats, 0}, some_lot()).value();
    const std::uint64_t quotas = solid / (total / (seats + 1) + 1);
    const auto got = std::count_if(made.elected.begin(), made.elected.end(),
                                   [](option_index option) { return option.value() < 3; });
    EXPECT_GE(static_cast<std::uint64_t>(got), std::min<std::uint64_t>(quotas, 3));
    EXPECT_EQ(made.elected.size(), seats);
  }
}

}  // namespace
}  // namespace sandoq
