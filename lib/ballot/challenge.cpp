#include "sandoq/ballot/challenge.hpp"

#include <cstdint>
#include <span>
#include <string>

#include "lib/ballot/opened_ballot.hpp"
#include "sandoq/proofs/bit_vector.hpp"
#include "sandoq/proofs/bit_vector_recompute.hpp"

namespace sandoq {
namespace {

result<contest_ballot> recompute(const bit_vector_context<ristretto255>& context,
                                 std::span<const std::uint8_t> choices,
                                 const byte_array<32>& seed) {
  auto computed = recompute_vartime<ristretto255>(context, choices, seed);
  if (!computed) {
    return tl::unexpected<error>(std::move(computed.error()));
  }
  return contest_ballot{encode_ciphertexts(computed->ciphertexts), encode(computed->proof)};
}

}  // namespace

verification verify_challenge(const election_context& election, const opening_item& opening,
                              const ballot_item& ballot, const challenge_item& challenge) {
  if (auto ok = check_opened(election, opening, ballot, challenge); !ok) {
    return ok;
  }
  const byte_array<32> seed = opened_seed(election, ballot, challenge);
  const auto contests = election.index().contests_of(ballot.style);
  for (std::size_t i = 0; i < contests.size(); ++i) {
    const std::string place = "contest " + std::to_string(i);
    auto expected =
        recompute(election.proof_context(contests[i], ballot), challenge.choices[i], seed);
    if (!expected) {
      return verification::rejected(place + ": " + to_string(expected.error()));
    }
    if (*expected != ballot.contests[i]) {
      return verification::rejected(
          place + ": these choices and seeds give another ballot than the device committed to");
    }
  }
  return verification::ok();
}

}  // namespace sandoq
