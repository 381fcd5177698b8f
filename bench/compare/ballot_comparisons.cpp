// Ballots of one contest, 3 of n = 20 with blank, beside the multiplications and additions that
// proofs of 0 or 1 for every ciphertext, and one of the sum, would take through libsodium's byte
// interface, without any hashing.

#include <memory>
#include <vector>

#include "bench/bench_election.hpp"
#include "bench/compare/comparison.hpp"
#include "bench/sodium_ops.hpp"
#include "sandoq/ballot/ballot_elements.hpp"
#include "sandoq/ballot/hashed_ballot.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq::compare {
namespace {

using bench::require;
using bench::sodium_ops;

constexpr std::uint32_t options = 20;

/// Ciphertext r*G, r*K + m*G; the branch that holds: w*G, w*K; the other: z*G - c*alpha and
/// z*K - c*(beta - v*G). The sum: its ciphertext by additions, and w*G, w*K.
side encrypt_by_libsodium() {
  auto sodium = std::make_shared<sodium_ops>();
  return {1, [sodium] {
            sodium->base(options * 3 + 1);
            sodium->variable(options * 5 + 1);
            sodium->add(options * 4 + 2 * (options - 1));
          }};
}
/// z*G - c*alpha, z*K - c*(beta - v*G) for v = 0, 1, each compared with what was sent.
side verify_by_libsodium() {
  auto sodium = std::make_shared<sodium_ops>();
  return {1, [sodium] {
            sodium->base(2);
            sodium->variable(6);
            sodium->add(5);
          }};
}

side encrypt_ballot() {
  // Its tables are laid out for the kernel that is chosen now.
  auto election = std::make_shared<bench::election_of>(options);
  return {1, [election, number = std::uint32_t{0}]() mutable {
            require(!election->encrypt(++number).contests.empty());
          }};
}
/// Ballots as a record has them, and hints for the elements of each.
struct recorded_ballots {
  recorded_ballots(bench::election_of& election, std::size_t count, bool hinted) {
    for (const ballot_item& ballot : election.ballots(count)) {
      wire.push_back(ballot.encode());
      if (!hinted) {
        continue;
      }
      byte_writer elements;
      write_elements(elements, ballot);
      made.emplace_back(elements.view().size());
      ristretto255::make_hints(made.back(), elements.view());
    }
    hints.assign(made.begin(), made.end());
  }
  std::vector<bytes> wire;
  std::vector<bytes> made;
  std::vector<byte_view> hints;
};
side verify_selections(bool hinted) {
  constexpr std::size_t count = 512;
  auto& election = bench::election_of::options(options);
  auto given = std::make_shared<recorded_ballots>(election, count, hinted);
  return {count * options, [&election, given] {
            std::vector<hashed_ballot> ballots;
            ballots.reserve(count);
            for (const bytes& canonical : given->wire) {
              ballots.push_back(hashed_ballot::decode(canonical).value());
            }
            const checked_ballots checked =
                ballot_verifier(election.context()).verify_hashed(ballots, {}, given->hints);
            for (const ballot_outcome& outcome : checked.ballots) {
              require(outcome.has_value());
            }
          }};
}

}  // namespace

std::vector<comparison> ballot_comparisons() {
  return {
      {"verify_selection_batched",
       "selection of a ballot, n = 20, checked from its bytes in a batch",
       "libsodium, a proof of 0 or 1",
       {60, 35, 12},
       [] { return verify_selections(false); },
       verify_by_libsodium},
      {"verify_selection_hinted",
       "the same with hints",
       "libsodium, a proof of 0 or 1",
       {80, 45, 14},
       [] { return verify_selections(true); },
       verify_by_libsodium},
      {"encrypt_ballot_n20",
       "ballot, n = 20, encrypted with its proof, constant time",
       "libsodium, proofs of 0 or 1 and of the sum",
       {30, 15, 5},
       encrypt_ballot,
       encrypt_by_libsodium},
  };
}

}  // namespace sandoq::compare
