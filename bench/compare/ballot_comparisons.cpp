// Ballots of one contest, 3 of n = 20 with blank, beside the multiplications and additions that
// proofs of 0 or 1 for every ciphertext, and one of the sum, would take through libsodium's byte
// interface, without any hashing.

#include <memory>
#include <vector>

#include "bench/bench_election.hpp"
#include "bench/compare/comparison.hpp"
#include "bench/sodium_ops.hpp"

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
side verify_selections() {
  constexpr std::size_t count = 512;
  auto& election = bench::election_of::options(options);
  const auto ballots = election.ballots(count);
  return {count * options, [&election, ballots] {
            sequential_executor here;
            const ballot_verifier verifier(election.context());
            for (const ballot_outcome& outcome : verifier.verify(ballots, here)) {
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
       verify_selections,
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
