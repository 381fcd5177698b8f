#include "lib/ballot/opened_ballot.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "lib/ballot/contest_proof.hpp"
#include "sandoq/ballot/journal_check.hpp"

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

}  // namespace

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

byte_array<32> opened_seed(const election_context& election, const ballot_item& ballot,
                           const challenge_item& challenge) {
  std::vector<byte_array<32>> board_seeds;
  for (const seed_opening& opened : challenge.board_seeds) {
    board_seeds.push_back(opened.seed);
  }
  return revealed_ballot_seed(election.seeds(ballot.place), challenge.number,
                              challenge.device_seed.seed, board_seeds);
}

verification emit_opened(equation_sink<ristretto255>& sink, const election_context& election,
                         const ballot_item& ballot, const decoded_ballot& decoded,
                         const challenge_item& challenge, const byte_array<32>& seed) {
  const auto contests = election.index().contests_of(ballot.style);
  for (std::size_t c = 0; c < decoded.size(); ++c) {
    if (auto outcome = emit_opened_contest(sink, election, contests[c], ballot, decoded[c],
                                           challenge.choices[c], seed);
        !outcome) {
      return outcome;
    }
  }
  return verification::ok();
}

}  // namespace sandoq
