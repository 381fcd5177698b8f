#include <algorithm>
#include <optional>
#include <unordered_map>

#include "lib/rules/party.hpp"

namespace sandoq::rules_detail {
namespace {

using method_code = proportional_rule::method_code;
using remainder_code = proportional_rule::remainder_code;
using repair_code = proportional_rule::repair_code;
using overflow_code = proportional_rule::overflow_code;

/// How far seats that are left may go.
struct extra_limits {
  bool members = false;  ///< no party gets more seats than it has members
  bool once = false;     ///< no party gets two
};

class seat_giver {
 public:
  seat_giver(const proportional_rule& part, std::vector<party*> taking, std::uint32_t seats,
             step_log& log)
      : part_(part), taking_(std::move(taking)), seats_(seats), log_(log) {
    for (std::size_t i = 0; i < taking_.size(); ++i) {
      all_.push_back(static_cast<std::uint32_t>(i));
      place_of_.emplace(taking_[i]->subject, all_.back());
    }
  }

  std::uint32_t by_quota(const integer& base);
  std::uint32_t by_divisors() { return by_averages(seats_, all_, {}); }
  std::uint32_t take_off_overflow();

 private:
  // Below, parties go by their place in taking_; in steps and ties by their subjects.
  party& at(std::uint32_t place) { return *taking_[place]; }
  subject_list subjects_of(const subject_list& places) {
    subject_list out;
    for (const std::uint32_t place : places) {
      out.push_back(at(place).subject);
    }
    return out;
  }
  subject_list stand(const subject_list& places, std::uint32_t room);
  bool full(std::uint32_t place, const extra_limits& limits) {
    return limits.members && at(place).seats >= at(place).members.size();
  }
  void give(std::uint32_t place, const fraction& why) {
    ++at(place).seats;
    log_.add(step_kind::seat_more, {at(place).subject},
             std::vector<fraction>{why, fraction(at(place).seats)});
  }
  std::optional<fraction> quotient(std::uint32_t place);
  fraction claim_left(std::uint32_t place) { return claims_[place] - first_[place]; }
  std::uint32_t by_averages(std::uint32_t room, const subject_list& allowed, extra_limits limits);
  template <class Value>
  std::uint32_t by_rounds(std::uint32_t room, const subject_list& allowed, extra_limits limits,
                          const Value& value_of);
  std::uint32_t fill(std::uint32_t room, const subject_list& allowed, extra_limits limits);
  template <class Value>
  void take_back(std::uint32_t excess, const Value& value_of);

  const proportional_rule& part_;
  std::vector<party*> taking_;
  std::uint32_t seats_;
  step_log& log_;
  subject_list all_;
  std::unordered_map<std::uint32_t, std::uint32_t> place_of_;  // by subject
  std::vector<fraction> claims_;
  std::vector<std::uint32_t> first_;
};

// Equal parties in their order for so many seats, as places in taking_.
subject_list seat_giver::stand(const subject_list& places, std::uint32_t room) {
  subject_list order =
      log_.parties(subjects_of(places), room, part_.list_tie,
                   [&](std::uint32_t subject) { return at(place_of_.at(subject)).votes; });
  for (std::uint32_t& entry : order) {
    entry = place_of_.at(entry);
  }
  return order;
}

// Votes by the divisor of the party's next seat; nothing behind the last divisor of a custom list.
std::optional<fraction> seat_giver::quotient(std::uint32_t place) {
  const std::uint32_t held = at(place).seats;
  const integer& votes = at(place).votes;
  switch (part_.method) {
    case method_code::custom:
      if (held >= part_.divisors.size()) {
        return std::nullopt;
      }
      return fraction(votes) / exact(part_.divisors[held]);
    case method_code::sainte_lague_modified:
      return held == 0 ? ratio(votes * 5, 7) : ratio(votes, integer(held) * 2 + 1);
    case method_code::sainte_lague:
      return ratio(votes, integer(held) * 2 + 1);
    default:
      return ratio(votes, integer(held) + 1);
  }
}

std::uint32_t seat_giver::by_averages(std::uint32_t room, const subject_list& allowed,
                                      extra_limits limits) {
  std::vector<std::optional<fraction>> next(taking_.size());
  const auto renew = [&](std::uint32_t place) {
    next[place] = full(place, limits) ? std::nullopt : quotient(place);
  };
  std::for_each(allowed.begin(), allowed.end(), renew);
  while (room > 0) {
    subject_list best;
    for (const std::uint32_t place : allowed) {
      if (!next[place] || (!best.empty() && *next[place] < *next[best.front()])) {
        continue;
      }
      if (!best.empty() && *next[place] > *next[best.front()]) {
        best.clear();
      }
      best.push_back(place);
    }
    if (best.empty()) {
      return room;
    }
    const fraction value = *next[best.front()];
    for (const std::uint32_t place : stand(best, room)) {
      if (room == 0) {
        break;
      }
      give(place, value);
      --room;
      if (limits.once) {
        next[place].reset();
      } else {
        renew(place);
      }
    }
  }
  return 0;
}

template <class Value>
std::uint32_t seat_giver::by_rounds(std::uint32_t room, const subject_list& allowed,
                                    extra_limits limits, const Value& value_of) {
  while (room > 0) {
    subject_list here;
    for (const std::uint32_t place : allowed) {
      if (!full(place, limits)) {
        here.push_back(place);
      }
    }
    if (here.empty()) {
      return room;
    }
    for (const subject_list& group : groups_by(here, value_of)) {
      if (room == 0) {
        break;
      }
      for (const std::uint32_t place : stand(group, room)) {
        if (room == 0) {
          break;
        }
        give(place, value_of(place));
        --room;
      }
    }
    if (limits.once) {
      return room;
    }
  }
  return 0;
}

std::uint32_t seat_giver::fill(std::uint32_t room, const subject_list& allowed,
                               extra_limits limits) {
  if (!part_.by_quota() || part_.remainder == remainder_code::highest_average) {
    return by_averages(room, allowed, limits);
  }
  if (part_.remainder == remainder_code::highest_share) {
    return by_rounds(room, allowed, limits,
                     [&](std::uint32_t place) { return fraction(at(place).votes); });
  }
  return by_rounds(room, allowed, limits, [&](std::uint32_t place) { return claim_left(place); });
}

// The parties of lowest value give one seat back each, in rounds.
template <class Value>
void seat_giver::take_back(std::uint32_t excess, const Value& value_of) {
  while (excess > 0) {
    subject_list holders;
    std::copy_if(all_.begin(), all_.end(), std::back_inserter(holders),
                 [&](std::uint32_t place) { return at(place).seats > 0; });
    auto groups = groups_by(holders, value_of);
    std::reverse(groups.begin(), groups.end());
    for (const subject_list& group : groups) {
      if (excess == 0) {
        break;
      }
      const auto size = static_cast<std::uint32_t>(group.size());
      const std::uint32_t keep = size > excess ? size - excess : 0;
      const subject_list order = stand(group, keep > 0 ? keep : size);
      for (std::size_t i = keep; i < order.size(); ++i) {
        party& giving = at(order[i]);
        --giving.seats;
        --excess;
        log_.add(step_kind::seat_back, {giving.subject},
                 std::vector<fraction>{value_of(order[i]), fraction(giving.seats)});
      }
    }
  }
}

std::uint32_t seat_giver::by_quota(const integer& base) {
  const fraction quota = part_.method == method_code::hare    ? ratio(base, seats_)
                         : part_.method == method_code::droop ? fraction(base / (seats_ + 1) + 1)
                         : part_.method == method_code::hagenbach_bischoff
                             ? ratio(base, integer(seats_) + 1)
                             : ratio(base, integer(seats_) + 2);
  log_.add(step_kind::quota, {}, quota);
  std::uint32_t given = 0;
  std::vector<fraction> shown;
  for (const std::uint32_t place : all_) {
    claims_.push_back(fraction(at(place).votes) / quota);
    first_.push_back(rounded(claims_.back(), part_.rounding).convert_to<std::uint32_t>());
    at(place).seats = first_.back();
    shown.emplace_back(first_.back());
    given += first_.back();
  }
  log_.add(step_kind::claims, subjects_of(all_), claims_);
  log_.add(step_kind::first_seats, subjects_of(all_), shown);
  if (given < seats_) {
    return fill(seats_ - given, all_, {false, part_.one_extra != 0});
  }
  if (part_.repair == repair_code::smallest_claim) {
    take_back(given - seats_, [&](std::uint32_t place) { return claim_left(place); });
  } else if (part_.repair == repair_code::smallest_share) {
    take_back(given - seats_, [&](std::uint32_t place) { return fraction(at(place).votes); });
  }
  return 0;
}

std::uint32_t seat_giver::take_off_overflow() {
  subject_list over;
  std::vector<fraction> excess;
  std::uint32_t left[2] = {0, 0};  // of lists, of independents
  for (const std::uint32_t place : all_) {
    party& p = at(place);
    const auto most = static_cast<std::uint32_t>(p.members.size());
    if (p.seats > most) {
      over.push_back(p.subject);
      excess.emplace_back(p.seats - most);
      left[p.independent ? 1 : 0] += p.seats - most;
      p.seats = most;
    }
  }
  if (over.empty()) {
    return 0;
  }
  log_.add(step_kind::overflow, over, excess);
  std::uint32_t empty = 0;
  for (const bool independent : {false, true}) {
    const overflow_code code = independent ? part_.pool_overflow : part_.list_overflow;
    subject_list allowed;
    std::copy_if(all_.begin(), all_.end(), std::back_inserter(allowed), [&](std::uint32_t place) {
      return code == overflow_code::all ||
             (code == overflow_code::lists && !at(place).independent) ||
             (code == overflow_code::independents && at(place).independent);
    });
    empty += fill(left[independent ? 1 : 0], allowed, {true, false});
  }
  return empty;
}

}  // namespace

std::uint32_t give_seats(const proportional_rule& part, std::vector<party*> taking,
                         const integer& base, std::uint32_t seats, step_log& log) {
  seat_giver giver(part, std::move(taking), seats, log);
  const std::uint32_t empty = part.by_quota() ? giver.by_quota(base) : giver.by_divisors();
  return empty + giver.take_off_overflow();
}

}  // namespace sandoq::rules_detail
