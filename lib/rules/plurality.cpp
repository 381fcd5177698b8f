#include "lib/rules/methods.hpp"

namespace sandoq::rules_detail {

bool passes(const threshold_rule& threshold, const integer& votes, const counted_contest& counted,
            const integer& total, std::uint32_t seats) {
  using base_code = threshold_rule::base_code;
  const integer base = threshold.base == base_code::valid_ballots ? integer(counted.valid)
                       : threshold.base == base_code::all_ballots ? integer(counted.ballots)
                                                                  : total;
  const integer parts = threshold.base == base_code::votes_per_seat ? seats : 1;
  const integer left = votes * threshold.share.denominator * parts;
  const integer right = base * threshold.share.numerator;
  return threshold.strict != 0 ? left > right : left >= right;
}

std::vector<option_index> to_options(const subject_list& subjects) {
  std::vector<option_index> out;
  out.reserve(subjects.size());
  for (const std::uint32_t subject : subjects) {
    out.emplace_back(subject);
  }
  return out;
}

void fill_by_plurality(const plurality_rule& part, const counted_contest& counted,
                       places_to_fill places, step_log& log, allocation& out) {
  const auto votes_of = [&](std::uint32_t option) { return counted.votes[option]; };
  integer total = 0;
  subject_list voted;
  std::vector<fraction> votes;
  for (std::uint32_t option = 0; option < counted.votes.size(); ++option) {
    total += votes_of(option);
    if (votes_of(option) > 0) {
      voted.push_back(option);
      votes.emplace_back(votes_of(option));
    }
  }
  log.add(step_kind::votes, voted, votes);
  subject_list passing;
  subject_list failing;
  for (const std::uint32_t option : voted) {
    const bool good =
        !part.threshold || passes(*part.threshold, votes_of(option), counted, total, places.seats);
    (good ? passing : failing).push_back(option);
  }
  if (!failing.empty()) {
    log.add(step_kind::below_threshold, failing);
  }
  seat_taker taker{log, places.seats, places.alternates};
  for (const subject_list& group : groups_by(passing, votes_of)) {
    taker.take(group);
  }
  const std::uint32_t open_seats = taker.seats;
  const bool again = part.runoff > 0 && open_seats > 0;
  // Those who failed take no seat: they stand for the run-off, or for the alternates that are left.
  seat_taker second{log, again ? part.runoff * open_seats : 0, again ? 0 : taker.alternates};
  for (const subject_list& group : groups_by(failing, votes_of)) {
    second.take(group);
  }
  const subject_list runoff = second.elected;
  taker.reserves.insert(taker.reserves.end(), second.reserves.begin(), second.reserves.end());
  log.add(step_kind::elected, taker.elected);
  log.add(step_kind::alternates, taker.reserves);
  if (!runoff.empty()) {
    log.add(step_kind::runoff, runoff, fraction(open_seats));
  } else if (open_seats > 0) {
    log.add(step_kind::empty_seats, {}, fraction(open_seats));
  }
  out.elected = to_options(taker.elected);
  out.alternates = to_options(taker.reserves);
  out.runoff = to_options(runoff);
}

}  // namespace sandoq::rules_detail
