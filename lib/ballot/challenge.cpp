#include "sandoq/ballot/challenge.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/proofs/batch.hpp"
#include "sandoq/proofs/bit_vector.hpp"
#include "sandoq/proofs/bit_vector_recompute.hpp"

namespace sandoq {
namespace {

verification check_counts(const election_context& election, const opening_item& opening,
                          const ballot_item& ballot, const challenge_item& challenge) {
  if (challenge.place != ballot.place || challenge.number != ballot.number ||
      opening.place != ballot.place) {
    return verification::rejected("opening, ballot and challenge are not of one device and serial");
  }
  if (auto form = check_form(election, ballot); !form) {
    return verification::rejected(to_string(form.error()));
  }
  if (challenge.choices.size() != ballot.contests.size()) {
    return verification::rejected("it opens " + std::to_string(challenge.choices.size()) +
                                  " contests, the ballot has " +
                                  std::to_string(ballot.contests.size()));
  }
  if (challenge.board_seeds.size() != opening.board_roots.size()) {
    return verification::rejected("it reveals " + std::to_string(challenge.board_seeds.size()) +
                                  " seeds of boards, the opening committed to " +
                                  std::to_string(opening.board_roots.size()));
  }
  return verification::ok();
}

result<void> check_seeds(const seed_context& context, const opening_item& opening,
                         const challenge_item& challenge) {
  if (auto ok = check_seed(context, device_seed_role, challenge.number, opening.capacity,
                           opening.device_root, challenge.device_seed);
      !ok) {
    return ok;
  }
  for (std::uint32_t b = 0; b < challenge.board_seeds.size(); ++b) {
    if (auto ok = check_seed(context, seed_role_of(board_index(b)), challenge.number,
                             opening.capacity, opening.board_roots[b], challenge.board_seeds[b]);
        !ok) {
      return ok;
    }
  }
  return {};
}

byte_array<32> ballot_seed_of(const seed_context& context, const challenge_item& challenge) {
  std::vector<byte_array<32>> board_seeds;
  for (const seed_opening& opened : challenge.board_seeds) {
    board_seeds.push_back(opened.seed);
  }
  return revealed_ballot_seed(context, challenge.number, challenge.device_seed.seed, board_seeds);
}

result<contest_ballot> recompute(const bit_vector_context<ristretto255>& context,
                                 std::span<const std::uint8_t> choices,
                                 const byte_array<32>& seed) {
  auto computed = recompute_vartime<ristretto255>(context, choices, seed);
  if (!computed) {
    return tl::unexpected<error>(std::move(computed.error()));
  }
  return contest_ballot{encode_ciphertexts(computed->ciphertexts), encode(computed->proof)};
}

// All of 52.6 but the ballot itself.
verification check_opened(const election_context& election, const opening_item& opening,
                          const ballot_item& ballot, const challenge_item& challenge) {
  if (auto counts = check_counts(election, opening, ballot, challenge); !counts) {
    return counts;
  }
  const seed_context context = election.seeds(ballot.place);
  if (auto seeds = check_seeds(context, opening, challenge); !seeds) {
    return verification::rejected(to_string(seeds.error()));
  }
  return verification::ok();
}

// A challenged ballot whose elements decode, one part a contest.
struct opened_ballot {
  struct part {
    encoded_elements<ristretto255> ciphertexts;
    bit_vector_proof<ristretto255> proof;
  };
  std::size_t number;  // among all
  const challenged_ballot* what;
  byte_array<32> seed;
  std::vector<part> parts;

  verification emit(const election_context& election, equation_sink<ristretto255>& sink) const {
    const ballot_item& ballot = what->ballot->item();
    const auto contests = election.index().contests_of(ballot.style);
    for (std::size_t c = 0; c < parts.size(); ++c) {
      const auto context = election.proof_context(contests[c], ballot);
      if (auto outcome =
              emit_recomputed<ristretto255>(sink, {context, parts[c].ciphertexts}, parts[c].proof,
                                            what->challenge->choices[c], seed);
          !outcome) {
        return outcome;
      }
    }
    return verification::ok();
  }

  /// Covers all that the equations depend on.
  [[nodiscard]] digest32 hash() const {
    return framed_hash::of("verify/challenge", what->ballot->hash().view(),
                           what->challenge->encode());
  }
};

bool decode_parts(opened_ballot& out) {
  for (const contest_ballot& contest : out.what->ballot->item().contests) {
    auto ciphertexts = decode_ciphertexts(contest.ciphertexts);
    auto proof = decode(contest.proof);
    if (!ciphertexts || !proof) {
      return false;
    }
    out.parts.push_back({std::move(*ciphertexts), std::move(*proof)});
  }
  return true;
}

}  // namespace

std::vector<verification> verify_challenges(const election_context& election,
                                            std::span<const challenged_ballot> challenged,
                                            executor& workers) {
  std::vector<verification> out(challenged.size(), verification::ok());
  std::vector<opened_ballot> opened;
  std::vector<digest32> hashes;
  const auto look_at = [&](std::size_t i) {
    const challenged_ballot& c = challenged[i];
    out[i] = verify_challenge(election, *c.opening, c.ballot->item(), *c.challenge);
  };
  for (std::size_t i = 0; i < challenged.size(); ++i) {
    const challenged_ballot& c = challenged[i];
    out[i] = check_opened(election, *c.opening, c.ballot->item(), *c.challenge);
    if (!out[i]) {
      continue;
    }
    const seed_context context = election.seeds(c.ballot->item().place);
    opened_ballot next{i, &c, ballot_seed_of(context, *c.challenge), {}};
    if (!decode_parts(next)) {
      look_at(i);
      continue;
    }
    hashes.push_back(next.hash());
    opened.push_back(std::move(next));
  }
  const auto failures = verify_batch<ristretto255>(
      election.e1(), hashes, election.proofs().bases(),
      [&](std::size_t item, equation_sink<ristretto255>& sink) {
        return opened[item].emit(election, sink);
      },
      workers);
  for (const batch_failure& failure : failures) {
    look_at(opened[failure.item].number);
  }
  return out;
}

verification verify_challenge(const election_context& election, const opening_item& opening,
                              const ballot_item& ballot, const challenge_item& challenge) {
  if (auto ok = check_opened(election, opening, ballot, challenge); !ok) {
    return ok;
  }
  const byte_array<32> seed = ballot_seed_of(election.seeds(ballot.place), challenge);
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
