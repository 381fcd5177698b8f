// Codes of choices, encryption of slots and the slot prover: choices, nonces and seed are secret.
// The finished proof is verified in variable time, so a value that was not released on purpose is
// found as well.

#include <vector>

#include "sandoq/proofs/slots_prove.hpp"
#include "tests/ctime/ctime_program.hpp"
#include "tests/support/deterministic_random.hpp"

namespace {

using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
using testing::claim;
using testing::require;
using G = ristretto255;

secret_bytes marked(const std::vector<std::uint8_t>& choices) {
  return secret_bytes(std::as_bytes(std::span(choices)));
}

void codes(const slots_shape& shape) {
  const auto found = codes_of(shape, marked({0, 1, 1, 0, 0}));
  require(found.has_value(), "permitted choices were refused");
  for (const auto& code : found->codes) {
    claim(code, "codes_of");
  }
  require(!codes_of(shape, marked({1, 1, 1, 1, 0})) && !codes_of(shape, marked({0, 0, 0, 0, 0})) &&
              !codes_of(shape, marked({1, 0, 0, 0, 1})) &&
              !codes_of(shape, marked({2, 0, 0, 0, 0})),
          "choices that are not permitted were accepted");
}

void prove_contest(const prover_tables<G>& tables, const slots_shape& shape,
                   const std::vector<std::uint8_t>& choices, random_source& source) {
  const slots_context<G> context{tables.election(), shape,           "contest",
                                 digest32{},        branch_index(3), device_index(1),
                                 serial(1),         style_index(0),  10'000};
  const nonce_seed seed = random_secret<32>(source);
  const auto encrypted = encrypt_slots(tables, context, marked(choices), seed);
  require(encrypted.has_value(), "encryption failed");
  for (const auto& r : encrypted->witness.r) {
    claim(r, "encrypt_slots: nonce");
  }
  const slots_statement<G> statement{context, encrypted->ciphertexts};
  const auto proof = prove(tables, statement, encrypted->witness, seed);
  require(proof && verify(statement, *proof), "the proof does not hold");
}

}  // namespace

int main() {
  testing::require_checker();
  testing::deterministic_random source(46);
  // Four options, three slots, at least one, or blank.
  const auto shape = *slots_shape::derive(
      {.options = 4, .max_choices = 3, .min_choices = 1, .blank = blank_option::counted});
  codes(shape);
  const auto key = G::mul_base_vartime(G::scalar_from_u64(987654321));
  const auto election =
      *proof_election<G>::make(digest32{}, digest32{}, election_domain::drill,
                               encoded_element<G>(key), {.slot_bits = shape.bits()});
  const prover_tables<G> tables(election);
  prove_contest(tables, shape, {0, 1, 0, 1, 0}, source);
  prove_contest(tables, shape, {0, 0, 0, 0, 1}, source);
  return 0;
}
