// Numbers of subsets and rankings, the elements that stand for them, encryption and proof: choices,
// texts, nonces and seed are secret.

#include <vector>

#include "sandoq/proofs/packed_prove.hpp"
#include "tests/ctime/ctime_program.hpp"
#include "tests/support/deterministic_random.hpp"

namespace {

using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
using testing::claim;
using testing::require;
using G = ristretto255;

secret_bytes of(const std::vector<std::uint8_t>& octets) {
  return secret_bytes(std::as_bytes(std::span(octets)));
}

void encrypt(const proof_election<G>& election, const packed_shape& shape,
             const packed_parts& parts, random_source& source) {
  claim(parts.octets, "parts");
  const prover_tables<G> tables(election);
  const packed_context<G> context{election,   shape,           "contest",
                                  digest32{}, branch_index(3), device_index(1),
                                  serial(1),  style_index(0),  10'000};
  const nonce_seed seed = random_secret<32>(source);
  const auto encrypted = encrypt_packed(tables, context, parts, seed);
  require(encrypted.has_value(), "encryption failed");
  for (const auto& r : encrypted->r) {
    claim(r, "encrypt_packed: nonce");
  }
  const packed_statement<G> statement{context, encrypted->ciphertexts};
  const auto proof = prove(statement, encrypted->r, seed);
  require(proof && verify(statement, *proof), "the proof does not hold");
}

}  // namespace

int main() {
  testing::require_checker();
  testing::deterministic_random source(47);
  const auto key = G::mul_base_vartime(G::scalar_from_u64(987654321));
  const auto election = *proof_election<G>::make(digest32{}, digest32{}, election_domain::drill,
                                                 encoded_element<G>(key), {});
  const auto subset = *packed_shape::derive(
      {.options = 4, .max_choices = 3, .min_choices = 1, .blank = blank_option::counted},
      packed_order::subset, 5);
  const packed_numbers subsets(subset);
  const auto chosen = parts_of_subset(subsets, of({0, 1, 0, 1, 0}), of({'a', 'b', 0, 0, 0}));
  require(chosen.has_value(), "a permitted subset was refused");
  require(!parts_of_subset(subsets, of({0, 0, 0, 0, 0}), of({0, 0, 0, 0, 0})),
          "a subset that is not permitted was accepted");
  encrypt(election, subset, *chosen, source);

  const auto ranking = *packed_shape::derive({.options = 4, .max_choices = 3, .min_choices = 1},
                                             packed_order::ranking);
  std::vector<secret<std::uint64_t>> ranks(3);
  ranks[0] = secret<std::uint64_t>(4);
  ranks[1] = secret<std::uint64_t>(2);
  ranks[2] = secret<std::uint64_t>(0);
  const auto ranked = parts_of_ranking(packed_numbers(ranking), ranks, of({}));
  require(ranked.has_value(), "a permitted ranking was refused");
  encrypt(election, ranking, *ranked, source);
  return 0;
}
