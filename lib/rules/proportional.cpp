#include <algorithm>

#include "lib/rules/methods.hpp"
#include "lib/rules/party.hpp"

namespace sandoq::rules_detail {
namespace {

/// One party's members on their way to its seats.                                    SPEC(76.12)
struct member_seats {
  const proportional_rule& part;
  const counted_contest& counted;
  const integer& total;       ///< V
  std::uint32_t house_seats;  ///< S
  step_log& log;

  std::uint64_t votes_of(std::uint32_t option) const { return counted.votes[option]; }
  subject_list jumped(const party& p) const;
  seat_taker taken(const party& p, std::uint32_t alternates) const;
};

// Those who reach the share by their own votes first, most votes first; then list order.
subject_list member_seats::jumped(const party& p) const {
  const bool per_seat = part.jump_base == proportional_rule::jump_code::votes_per_seat;
  const fraction limit =
      exact(part.jump) * (per_seat ? ratio(total, house_seats) : fraction(p.votes));
  const auto jumps = [&](std::uint32_t option) {
    return votes_of(option) > 0 && fraction(votes_of(option)) >= limit;
  };
  subject_list order = p.members;
  const auto middle = std::stable_partition(order.begin(), order.end(), jumps);
  std::stable_sort(order.begin(), middle,
                   [&](std::uint32_t a, std::uint32_t b) { return votes_of(a) > votes_of(b); });
  return order;
}

seat_taker member_seats::taken(const party& p, std::uint32_t alternates) const {
  seat_taker out{log, p.seats, alternates};
  if (p.independent || part.order == proportional_rule::order_code::votes) {
    const auto groups = groups_by(p.members, [&](std::uint32_t o) { return votes_of(o); });
    std::for_each(groups.begin(), groups.end(), [&](const subject_list& g) { out.take(g); });
  } else {
    const bool fixed = part.order == proportional_rule::order_code::fixed;
    for (const std::uint32_t option : fixed ? p.members : jumped(p)) {
      out.take({option});
    }
  }
  return out;
}

std::uint32_t alternates_of(const proportional_rule& part, std::uint32_t held,
                            std::uint32_t number) {
  if (part.alternates == proportional_rule::alternates_code::share) {
    return rounded(exact(part.alternates_share) * held, part.alternates_rounding)
        .convert_to<std::uint32_t>();
  }
  return part.alternates == proportional_rule::alternates_code::number ? number : 0;
}

// All alternates by votes, those with equal votes by the tie order.                  SPEC(76.13)
subject_list reserve_order(const subject_list& alternates, const counted_contest& counted,
                           step_log& log) {
  subject_list out;
  for (const subject_list& group :
       groups_by(alternates, [&](std::uint32_t o) { return counted.votes[o]; })) {
    const subject_list order = log.options(group, 1);
    out.insert(out.end(), order.begin(), order.end());
  }
  log.add(step_kind::reserve, out);
  return out;
}

// The subjects of those parties that a condition picks, and their votes.
void show_parties(std::span<const party> parties, step_log& log) {
  subject_list all;
  subject_list failing;
  std::vector<fraction> votes;
  for (const party& p : parties) {
    all.push_back(p.subject);
    votes.emplace_back(p.votes);
    if (!p.passing) {
      failing.push_back(p.subject);
    }
  }
  log.add(step_kind::votes, all, votes);
  if (!failing.empty()) {
    log.add(step_kind::below_threshold, failing);
  }
}

}  // namespace

void fill_by_lists(const proportional_rule& part, std::span<const party_list> lists,
                   const counted_contest& counted, places_to_fill places, step_log& log,
                   allocation& out) {
  std::vector<party> parties = parties_of(part, lists, counted);
  integer total = 0;
  for (const party& p : parties) {
    total += p.votes;
  }
  std::vector<party*> taking;
  integer passing = 0;
  for (party& p : parties) {
    const bool free = !part.threshold || (p.independent && part.threshold->applies ==
                                                               threshold_rule::scope_code::lists);
    p.passing = free || passes(*part.threshold, p.votes, counted, total, places.seats);
    if (p.passing && p.votes > 0) {
      taking.push_back(&p);
      passing += p.votes;
    }
  }
  show_parties(parties, log);
  const bool all = part.quota_votes == proportional_rule::quota_code::all;
  const std::uint32_t empty =
      taking.empty() ? places.seats
                     : give_seats(part, taking, all ? total : passing, places.seats, log);
  const member_seats members{part, counted, total, places.seats, log};
  subject_list alternates;
  for (const party* p : taking) {
    const std::uint32_t reserves = alternates_of(part, p->seats, places.alternates);
    if (p->seats == 0 && reserves == 0) {
      continue;
    }
    const seat_taker taken = members.taken(*p, reserves);
    log.add(step_kind::party, {p->subject}, fraction(p->seats));
    log.add(step_kind::elected, taken.elected);
    log.add(step_kind::alternates, taken.reserves);
    out.parties.push_back({p->subject, to_options(taken.elected), to_options(taken.reserves)});
    const party_outcome& seated = out.parties.back();
    out.elected.insert(out.elected.end(), seated.elected.begin(), seated.elected.end());
    out.alternates.insert(out.alternates.end(), seated.alternates.begin(), seated.alternates.end());
    alternates.insert(alternates.end(), taken.reserves.begin(), taken.reserves.end());
  }
  if (part.vacancy != proportional_rule::vacancy_code::same_party) {
    out.reserve = to_options(reserve_order(alternates, counted, log));
  }
  if (empty > 0) {
    log.add(step_kind::empty_seats, {}, fraction(empty));
  }
}

}  // namespace sandoq::rules_detail
