#pragma once

#include <functional>
#include <map>
#include <optional>

#include "tests/unit/rules/equals_again.hpp"
#include "tests/unit/rules/parties_again.hpp"

namespace sandoq::testing {

/// Seats of all parties, a second time: whoever is first in one table of all that may have a seat
/// gets one, and the table is made anew. A round is no loop of its own: who had more seats since
/// the phase began comes after all others.
class seats_again {
 public:
  using p = proportional_rule;
  seats_again(const p& part, std::span<const party_list> lists, const counted_contest& counted,
              std::uint32_t seats, equals_again& equals)
      : part_(part), house_(seats), equals_(equals) {
    parties_again parties(part, lists, counted, seats);
    total_ = parties.all_votes();
    seen_ = parties.seen();
    taking_ = parties.taking_part();
  }

  /// Those that take part, with their seats.
  const std::vector<party_again>& parties() const { return taking_; }
  const seats_seen& seen() const { return seen_; }
  const exact_number& all_votes() const { return total_; }

  void count() {
    if (taking_.empty()) {
      return;
    }
    const auto anybody = [](const party_again&) { return true; };
    if (part_.by_quota()) {
      distribute_first();
      if (part_.repair != p::repair_code::keep) {
        take_back(given() - house_);
      }
      give(house_ - given(), part_.one_extra != 0, anybody);
    } else {
      give(house_, false, anybody);
    }
    move_overflow();
  }

 private:
  void distribute_first();
  std::int64_t give(std::int64_t room, bool once,
                    const std::function<bool(const party_again&)>& may);
  void take_back(std::int64_t excess);
  void move_overflow();
  std::optional<exact_number> divisor(std::int64_t held) const;
  std::optional<std::pair<std::int64_t, exact_number>> claim_to_next(
      const party_again& party) const;
  std::vector<party_again*> in_order(const std::vector<party_again*>& equal, std::int64_t places);
  std::int64_t given() const {
    std::int64_t out = 0;
    for (const party_again& party : taking_) {
      out += party.seats;
    }
    return out;
  }

  const p& part_;
  std::int64_t house_;
  equals_again& equals_;
  exact_number total_ = 0;
  std::vector<party_again> taking_;
  seats_seen seen_;
};

// Whole numbers of a claim are found by counting up to it: no quotient, no rest.
inline void seats_again::distribute_first() {
  exact_number base = part_.quota_votes == p::quota_code::all ? total_ : exact_number(0);
  for (const party_again& party : taking_) {
    base += part_.quota_votes == p::quota_code::all ? exact_number(0) : party.votes;
  }
  exact_number quota = base / (house_ + (part_.method == p::method_code::hare        ? 0
                                         : part_.method == p::method_code::imperiali ? 2
                                                                                     : 1));
  if (part_.method == p::method_code::droop) {
    quota = 1 + exact_number(numerator(quota) / denominator(quota));
  }
  for (party_again& party : taking_) {
    const exact_number claim = party.votes / quota;
    while (party.seats + 1 <= claim) {
      ++party.seats;
    }
    const exact_number twice = 2 * (claim - party.seats);
    const bool odd = party.seats % 2 == 1;
    party.seats += (part_.rounding == p::rounding_code::half_up && twice >= 1) ||
                           (part_.rounding == p::rounding_code::half_even &&
                            (twice > 1 || (twice == 1 && odd)))
                       ? 1
                       : 0;
    party.rest = claim - party.seats;
  }
}

inline std::optional<exact_number> seats_again::divisor(std::int64_t held) const {
  switch (part_.method) {
    case p::method_code::custom: {
      const auto at = static_cast<std::size_t>(held);
      return at < part_.divisors.size()
                 ? std::optional(
                       exact_number(part_.divisors[at].numerator, part_.divisors[at].denominator))
                 : std::nullopt;
    }
    case p::method_code::sainte_lague_modified:
      return held == 0 ? exact_number(7, 5) : exact_number(2 * held + 1);
    case p::method_code::sainte_lague:
      return exact_number(2 * held + 1);
    default:
      return exact_number(held + 1);
  }
}

inline std::optional<std::pair<std::int64_t, exact_number>> seats_again::claim_to_next(
    const party_again& party) const {
  if (!part_.by_quota() || part_.remainder == p::remainder_code::highest_average) {
    const auto by = divisor(party.seats);
    return by ? std::optional(std::pair(std::int64_t{0}, exact_number(party.votes / *by)))
              : std::nullopt;
  }
  const bool rests = part_.remainder == p::remainder_code::largest_remainder;
  return std::pair(-party.changed, rests ? party.rest : party.votes);
}

inline std::vector<party_again*> seats_again::in_order(const std::vector<party_again*>& equal,
                                                       std::int64_t places) {
  std::map<std::uint32_t, party_again*> by_subject;
  numbers_of_subjects subjects;
  for (party_again* party : equal) {
    by_subject[party->subject] = party;
    subjects.push_back(party->subject);
  }
  std::vector<party_again*> out;
  for (const std::uint32_t subject :
       equals_.parties(subjects, static_cast<std::size_t>(places), part_.list_tie,
                       [&](std::uint32_t s) { return by_subject[s]->votes; })) {
    out.push_back(by_subject[subject]);
  }
  return out;
}

/// What is left when nobody may have more.
inline std::int64_t seats_again::give(std::int64_t room, bool once,
                                      const std::function<bool(const party_again&)>& may) {
  for (party_again& party : taking_) {
    party.changed = 0;
  }
  while (room > 0) {
    std::map<std::pair<std::int64_t, exact_number>, std::vector<party_again*>> table;
    for (party_again& party : taking_) {
      const auto next = claim_to_next(party);
      if (next && may(party) && !(once && party.changed > 0)) {
        table[*next].push_back(&party);
      }
    }
    if (table.empty()) {
      return room;
    }
    for (party_again* party : in_order(table.rbegin()->second, room)) {
      party->seats += room > 0 ? 1 : 0;
      party->changed += room > 0 ? 1 : 0;
      room -= room > 0 ? 1 : 0;
    }
  }
  return 0;
}

inline void seats_again::take_back(std::int64_t excess) {
  while (excess > 0) {
    std::map<std::pair<std::int64_t, exact_number>, std::vector<party_again*>> table;
    for (party_again& party : taking_) {
      if (party.seats > 0) {
        const bool claims = part_.repair == p::repair_code::smallest_claim;
        table[{party.changed, claims ? party.rest : party.votes}].push_back(&party);
      }
    }
    auto giving = table.begin()->second;
    const std::int64_t keep = static_cast<std::int64_t>(giving.size()) - excess;
    if (keep > 0) {
      giving = in_order(giving, keep);
      giving.erase(giving.begin(), giving.begin() + keep);
    }
    for (party_again* party : giving) {
      --party->seats;
      ++party->changed;
      --excess;
    }
  }
}

inline void seats_again::move_overflow() {
  const auto room = [](const party_again& party) {
    return static_cast<std::int64_t>(party.members.size()) - party.seats;
  };
  for (party_again& party : taking_) {
    if (room(party) < 0) {
      (party.independent ? seen_.pool_over : seen_.lists_over) -= room(party);
      party.seats += room(party);
    }
  }
  const auto again = [&](std::int64_t seats, p::overflow_code code) {
    return seats - give(seats, false, [&](const party_again& party) {
             return room(party) > 0 && code != p::overflow_code::nobody &&
                    !(party.independent && code == p::overflow_code::lists) &&
                    !(!party.independent && code == p::overflow_code::independents);
           });
  };
  seen_.given_of_lists = again(seen_.lists_over, part_.list_overflow);
  seen_.given_of_pool = again(seen_.pool_over, part_.pool_overflow);
}

}  // namespace sandoq::testing
