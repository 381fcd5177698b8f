#pragma once

#include "tests/unit/rules/seats_again.hpp"

namespace sandoq::testing {

/// A whole allocation to parties and their members, a second time.
class members_again {
 public:
  using p = proportional_rule;
  members_again(const p& part, std::span<const party_list> lists, const counted_contest& counted,
                places_to_fill places, const tie_order& ties)
      : part_(part),
        counted_(counted),
        places_(places),
        equals_(ties),
        seats_(part, lists, counted, places.seats, equals_) {
    seats_.count();
    ties_of_parties_ = equals_.ties().size();
    for (const party_again& party : seats_.parties()) {
      seat(party);
    }
    if (part.vacancy != p::vacancy_code::same_party) {
      put_alternates_together();
    }
  }

  const allocation& answer() const { return out_; }
  const seats_seen& seen() const { return seats_.seen(); }
  const std::vector<allocation_step>& ties() const { return equals_.ties(); }
  std::size_t ties_of_parties() const { return ties_of_parties_; }

 private:
  std::uint32_t alternates_of(std::int64_t seats) const {
    if (part_.alternates != p::alternates_code::share) {
      return part_.alternates == p::alternates_code::none ? 0 : places_.alternates;
    }
    // Twice the share less twice what is counted so far: the next one is there from a half on.
    std::uint32_t out = 0;
    const auto twice_left = [&] {
      return exact_number(exact_number(2 * part_.alternates_share.numerator * seats,
                                       part_.alternates_share.denominator) -
                          2 * exact_number(out));
    };
    while (twice_left() >= 2) {
      ++out;
    }
    const bool up = part_.alternates_rounding == p::rounding_code::ceiling ? twice_left() > 0
                    : part_.alternates_rounding == p::rounding_code::half_up
                        ? twice_left() >= 1
                        : part_.alternates_rounding == p::rounding_code::half_even &&
                              (twice_left() > 1 || (twice_left() == 1 && out % 2 == 1));
    return out + (up ? 1 : 0);
  }

  // The place of a member in a list that has an order: jumpers by votes, all others after them.
  std::pair<std::uint64_t, std::size_t> place_of(const party_again& party, std::size_t at) const {
    const std::uint64_t votes = counted_.votes[party.members[at]];
    const exact_number base = part_.jump_base == p::jump_code::votes_per_seat
                                  ? exact_number(seats_.all_votes() / places_.seats)
                                  : party.votes;
    const bool jumps = part_.order == p::order_code::quota_jump &&
                       votes >= exact_number(part_.jump.numerator, part_.jump.denominator) * base;
    return {jumps ? votes : 0, party.members.size() - at};
  }

  void seat(const party_again& party) {
    const bool listed = !party.independent && part_.order != p::order_code::votes;
    std::map<std::pair<std::uint64_t, std::size_t>, numbers_of_subjects, std::greater<>> groups;
    for (std::size_t at = 0; at < party.members.size(); ++at) {
      groups[listed ? place_of(party, at)
                    : std::pair(counted_.votes[party.members[at]], std::size_t{0})]
          .push_back(party.members[at]);
    }
    const auto held = static_cast<std::uint32_t>(party.seats);
    const seated_options seated =
        cut_from_groups(groups, {held, alternates_of(party.seats)}, equals_);
    if (seated.elected.empty() && seated.alternates.empty()) {
      return;
    }
    out_.parties.push_back({party.subject, seated.elected, seated.alternates});
    out_.elected.insert(out_.elected.end(), seated.elected.begin(), seated.elected.end());
    out_.alternates.insert(out_.alternates.end(), seated.alternates.begin(),
                           seated.alternates.end());
  }

  void put_alternates_together() {
    std::map<std::uint64_t, numbers_of_subjects> groups;
    for (const option_index option : out_.alternates) {
      groups[counted_.votes[option.value()]].push_back(option.value());
    }
    for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
      for (const std::uint32_t option : equals_.options(group->second, 1)) {
        out_.reserve.emplace_back(option);
      }
    }
  }

  const p& part_;
  const counted_contest& counted_;
  places_to_fill places_;
  equals_again equals_;
  seats_again seats_;
  std::size_t ties_of_parties_ = 0;
  allocation out_;
};

}  // namespace sandoq::testing
