#include "sandoq/ballot/challenge.hpp"

#include <string>

#include "lib/ballot/contest_proof.hpp"
#include "lib/ballot/opened_ballot.hpp"

namespace sandoq {

verification verify_challenge(const election_context& election, const opening_item& opening,
                              const ballot_item& ballot, const challenge_item& challenge) {
  if (auto ok = check_opened(election, opening, ballot, challenge); !ok) {
    return ok;
  }
  const auto decoded = decode_ballot(ballot);
  const byte_array<32> seed = opened_seed(election, ballot, challenge);
  const auto contests = election.index().contests_of(ballot.style);
  for (std::size_t i = 0; i < contests.size(); ++i) {
    const std::string place = "contest " + std::to_string(i) + ": ";
    if (auto ok = check_choices(election.terms(contests[i]), challenge.choices[i]); !ok) {
      return verification::rejected(place + to_string(ok.error()));
    }
    checking_sink<ristretto255> sink(election.proofs().bases());
    if (!decoded ||
        !emit_opened_contest(sink, election, contests[i], ballot, (*decoded)[i],
                             challenge.choices[i], seed) ||
        !sink.holds()) {
      return verification::rejected(
          place + "these choices and seeds give another ballot than the device committed to");
    }
  }
  return verification::ok();
}

}  // namespace sandoq
