// Which parties there are, who of them takes part, and their seats with all that overflows: a
// second count with a list of parties that take seats one at a time.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <functional>
#include <map>
#include <numeric>

#include "tests/unit/rules/rules_fixture.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;
using p = proportional_rule;
using exact = boost::multiprecision::cpp_rational;
using seat_map = std::map<std::uint32_t, std::uint32_t>;

struct some_parties {
  std::vector<party_list> lists;
  counted_contest counted;
  [[nodiscard]] bool is_listed(std::uint32_t option) const {
    return std::any_of(lists.begin(), lists.end(), [&](const party_list& list) {
      return std::find(list.options.begin(), list.options.end(), option_index(option)) !=
             list.options.end();
    });
  }
};

// Up to five lists of up to five and some independents; a third of all have no vote.
some_parties draw_parties(rule_numbers& numbers, bool with_ballots) {
  some_parties out;
  const std::uint32_t options = 4 + numbers.below(12);
  std::vector<option_index> order;
  for (std::uint32_t i = 0; i < options; ++i) {
    order.emplace_back(i);
    out.counted.votes.push_back(numbers.below(3) == 0 ? 0 : 1 + numbers.below(1'000'000));
  }
  std::shuffle(order.begin(), order.end(), numbers.engine());
  std::size_t at = 0;
  for (std::uint32_t l = 0; l < 5 && at + 1 < order.size() && numbers.below(6) > 0; ++l) {
    party_list list{"list " + std::to_string(l), {}, {}};
    for (std::uint32_t left = 1 + numbers.below(5); left > 0 && at < order.size(); --left) {
      list.options.push_back(order[at++]);
    }
    out.lists.push_back(std::move(list));
    if (with_ballots) {
      out.counted.list_ballots.push_back(numbers.below(5) == 0 ? 0 : numbers.below(3'000'000));
    }
  }
  const auto& votes = out.counted.votes;
  out.counted.valid = std::accumulate(votes.begin(), votes.end(), std::uint64_t{1});
  out.counted.ballots = out.counted.valid + numbers.below(100'000);
  return out;
}

struct claimant {
  std::uint32_t subject = 0;
  bool list = false;
  exact votes = 0;
  std::uint32_t most = 0;  // members who can be seated
  exact claim = 0;
  std::uint32_t first = 0;
  std::uint32_t seats = 0;
};

/// One allocation of seats to parties, from the words of the specification.
class second_count {
 public:
  second_count(const p& part, const some_parties& given, std::uint32_t seats)
      : part_(part), given_(given), house_(seats) {
    add_parties();
    for (const claimant& each : all_) {
      total_ += each.votes;
    }
    std::copy_if(all_.begin(), all_.end(), std::back_inserter(in_),
                 [&](const claimant& each) { return each.votes > 0 && passes(each); });
  }

  seat_map answer() {
    if (!in_.empty()) {
      if (part_.by_quota()) {
        give_by_quota();
      } else {
        while (given() < house_ && give(everybody())) {
        }
      }
      put_right();
    }
    seat_map out;
    for (const claimant& each : in_) {
      if (each.seats > 0) {
        out[each.subject] = each.seats;
      }
    }
    return out;
  }
  [[nodiscard]] bool overflowed() const { return overflowed_; }
  [[nodiscard]] bool left_out() const { return in_.size() < all_.size(); }

 private:
  using chosen = std::function<bool(const claimant&)>;
  static chosen everybody() {
    return [](const claimant&) { return true; };
  }

  void add_parties() {
    const auto n = static_cast<std::uint32_t>(given_.counted.votes.size());
    const bool own_ballots = part_.base == p::base_code::list_ballots;
    for (std::uint32_t l = 0; l < given_.lists.size(); ++l) {
      claimant one{n + l, true};
      for (const option_index member : given_.lists[l].options) {
        const std::uint64_t votes = given_.counted.votes[member.value()];
        one.votes += own_ballots ? 0 : votes;
        one.most += own_ballots || votes > 0 ? 1 : 0;
      }
      one.votes += own_ballots ? given_.counted.list_ballots[l] : 0;
      all_.push_back(one);
    }
    claimant pool{n + static_cast<std::uint32_t>(given_.lists.size()), false};
    bool any = false;
    for (std::uint32_t i = 0; i < n; ++i) {
      const std::uint64_t votes = given_.counted.votes[i];
      if (given_.is_listed(i)) {
        continue;
      }
      any = true;
      if (part_.independents == p::independents_code::own) {
        all_.push_back({i, false, votes, votes > 0 ? 1U : 0U});
      }
      pool.votes += votes;
      pool.most += votes > 0 ? 1 : 0;
    }
    if (any && part_.independents == p::independents_code::pooled) {
      all_.push_back(pool);
    }
  }

  [[nodiscard]] bool passes(const claimant& each) const {
    using base = threshold_rule::base_code;
    if (!part_.threshold ||
        (part_.threshold->applies == threshold_rule::scope_code::lists && !each.list)) {
      return true;
    }
    const threshold_rule& bar = *part_.threshold;
    const exact of = bar.base == base::valid_ballots ? exact(given_.counted.valid)
                     : bar.base == base::all_ballots ? exact(given_.counted.ballots)
                     : bar.base == base::votes       ? total_
                                                     : total_ / house_;
    const exact needed = of * bar.share.numerator / bar.share.denominator;
    return bar.strict != 0 ? each.votes > needed : each.votes >= needed;
  }

  [[nodiscard]] std::uint32_t given() const {
    return std::accumulate(in_.begin(), in_.end(), 0U, [](std::uint32_t sum, const claimant& each) {
      return sum + each.seats;
    });
  }

  // The quotient by which a party asks for its next seat; 0 when its divisors are at an end.
  [[nodiscard]] exact quotient(const claimant& each) const {
    const std::uint32_t k = each.seats;
    switch (part_.method) {
      case p::method_code::sainte_lague:
        return each.votes / (2 * k + 1);
      case p::method_code::sainte_lague_modified:
        return k == 0 ? exact(each.votes * 5 / 7) : exact(each.votes / (2 * k + 1));
      case p::method_code::custom:
        return k < part_.divisors.size()
                   ? exact(each.votes * part_.divisors[k].denominator / part_.divisors[k].numerator)
                   : exact(0);
      default:
        return each.votes / (k + 1);
    }
  }

  // One seat more to whoever asks highest of those who may; false if nobody does.
  bool give(const chosen& may) {
    claimant* best = nullptr;
    for (claimant& each : in_) {
      if (may(each) && quotient(each) > 0 &&
          (best == nullptr || quotient(each) > quotient(*best))) {
        best = &each;
      }
    }
    if (best != nullptr) {
      ++best->seats;
    }
    return best != nullptr;
  }

  [[nodiscard]] exact rank(const claimant& each) const {
    return part_.remainder == p::remainder_code::largest_remainder ? exact(each.claim - each.first)
                                                                   : each.votes;
  }

  // `count` seats by the rule for too few: round after round in the order of rank, or by averages.
  void give_remaining(std::uint32_t count, const chosen& may) {
    if (!part_.by_quota() || part_.remainder == p::remainder_code::highest_average) {
      while (count > 0 && give(may)) {
        --count;
      }
      return;
    }
    std::vector<claimant*> order;
    for (claimant& each : in_) {
      order.push_back(&each);
    }
    std::sort(order.begin(), order.end(),
              [&](const claimant* a, const claimant* b) { return rank(*a) > rank(*b); });
    for (bool any = true; any && count > 0;) {
      any = false;
      for (claimant* each : order) {
        if (count > 0 && may(*each)) {
          ++each->seats;
          --count;
          any = true;
        }
      }
    }
  }

  void give_by_quota() {
    const exact quota = part_.method == p::method_code::hare
                            ? exact(quota_votes() / house_)
                            : exact(numerator(quota_votes()) / (house_ + 1) + 1);
    for (claimant& each : in_) {
      each.claim = each.votes / quota;
      const exact up = part_.rounding == p::rounding_code::half_up ? exact(1, 2) : exact(0);
      const exact lifted = each.claim + up;
      each.first = static_cast<std::uint32_t>(numerator(lifted) / denominator(lifted));
      each.seats = each.first;
    }
    while (given() > house_) {
      std::vector<claimant*> order;
      for (claimant& each : in_) {
        order.push_back(&each);
      }
      std::sort(order.begin(), order.end(), [&](const claimant* a, const claimant* b) {
        return part_.repair == p::repair_code::smallest_share
                   ? a->votes < b->votes
                   : a->claim - a->first < b->claim - b->first;
      });
      for (claimant* each : order) {
        each->seats -= given() > house_ && each->seats > 0 ? 1 : 0;
      }
    }
    if (given() < house_) {
      give_remaining(house_ - given(), everybody());
    }
  }
  [[nodiscard]] exact quota_votes() const {
    exact out = 0;
    for (const claimant& each : part_.quota_votes == p::quota_code::all ? all_ : in_) {
      out += each.votes;
    }
    return out;
  }

  // Seats beyond the members go to others, those of lists first.
  void put_right() {
    std::uint32_t of_lists = 0;
    std::uint32_t of_others = 0;
    for (claimant& each : in_) {
      if (each.seats > each.most) {
        (each.list ? of_lists : of_others) += each.seats - each.most;
        each.seats = each.most;
        overflowed_ = true;
      }
    }
    for (const auto& [count, to] :
         {std::pair{of_lists, part_.list_overflow}, {of_others, part_.pool_overflow}}) {
      const p::overflow_code code = to;
      give_remaining(count, [code](const claimant& each) {
        return each.seats < each.most &&
               (code == p::overflow_code::all || (code == p::overflow_code::lists && each.list) ||
                (code == p::overflow_code::independents && !each.list));
      });
    }
  }

  const p& part_;
  const some_parties& given_;
  std::uint32_t house_;
  exact total_ = 0;
  std::vector<claimant> all_;
  std::vector<claimant> in_;
  bool overflowed_ = false;
};

p draw_rule(rule_numbers& numbers) {
  p out;
  const auto any_of = [&](auto& code, std::uint32_t codes) {
    code = static_cast<std::remove_reference_t<decltype(code)>>(1 + numbers.below(codes));
  };
  if (numbers.below(2) == 0) {
    any_of(out.method, 2);
    any_of(out.rounding, 2);
    any_of(out.remainder, 3);
    any_of(out.repair, 2);
    any_of(out.quota_votes, 2);
  } else {
    out = divisors(static_cast<p::method_code>(5 + numbers.below(4)));
    rule_fraction last{0, 1 + numbers.below(3)};
    for (std::uint32_t i = 0; out.method == p::method_code::custom && i < 1 + numbers.below(9);
         ++i) {
      last.numerator += 1 + numbers.below(4);
      out.divisors.push_back({last.numerator / std::gcd(last.numerator, last.denominator),
                              last.denominator / std::gcd(last.numerator, last.denominator)});
    }
  }
  if (numbers.below(2) == 0) {
    out.threshold = threshold_rule{{1, 3 + numbers.below(20)}};
    any_of(out.threshold->base, 4);
    any_of(out.threshold->applies, 2);
    out.threshold->strict = static_cast<std::uint8_t>(numbers.below(2));
  }
  any_of(out.base, 2);
  any_of(out.independents, 3);
  any_of(out.list_overflow, 4);
  any_of(out.pool_overflow, 4);
  out.order = p::order_code::fixed;  // members without a vote are no tie
  return out;
}

TEST(RuleParties, GetTheirSeatsAndThoseThatOverflow) {
  rule_numbers numbers(61);
  int compared = 0, overflowed = 0, left_out = 0, empty = 0, custom = 0, by_ballots = 0;
  for (int round = 0; round < 6000; ++round) {
    const p part = draw_rule(numbers);
    const bool own_ballots = part.base == p::base_code::list_ballots;
    const some_parties given = draw_parties(numbers, own_ballots);
    rule law = law_of(part);
    law.ballot.code =
        own_ballots ? ballot_rule::list_code::separate : ballot_rule::list_code::members;
    const auto options = static_cast<std::uint32_t>(given.counted.votes.size());
    const std::uint32_t seats = 1 + numbers.below(options);
    const auto made = allocate(law, given.lists, given.counted, {seats, 0}, some_lot());
    ASSERT_TRUE(made.has_value()) << to_string(made.error());
    if (!made->ties.empty()) {
      continue;  // equal parties: one list with the votes of another, or with none
    }
    second_count again(part, given, seats);
    seat_map found;
    for (const party_outcome& party : made->parties) {
      found[party.subject] = static_cast<std::uint32_t>(party.elected.size());
    }
    ASSERT_EQ(found, again.answer()) << "round " << round;
    ++compared;
    overflowed += again.overflowed() ? 1 : 0;
    left_out += again.left_out() ? 1 : 0;
    empty += made->elected.size() < seats ? 1 : 0;
    custom += part.method == p::method_code::custom ? 1 : 0;
    by_ballots += own_ballots ? 1 : 0;
  }
  EXPECT_GT(compared, 4000);
  for (const int often : {overflowed, left_out, empty, custom, by_ballots}) {
    EXPECT_GT(often, 400);
  }
}

}  // namespace
}  // namespace sandoq
