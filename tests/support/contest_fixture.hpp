#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/proofs/bit_vector.hpp"
#include "sandoq/proofs/bit_vector_prove.hpp"
#include "sandoq/proofs/bit_vector_recompute.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::testing {

/// An election with one contest under a random key, and a prover for it.
template <proving_group G>
class contest_fixture {
 public:
  contest_fixture(const choice_limits& limits, deterministic_random& random)
      : shape_(*bit_vector_shape::derive(limits)),
        e0_{random.octets<32>()},
        e1_{random.octets<32>()},
        contest_id_("contest " + std::to_string(random.below(1000))),
        descriptor_{random.octets<32>()},
        election_(std::make_unique<proof_election<G>>(*proof_election<G>::make(
            e0_, e1_, election_domain::drill, encoded_element<G>(random_key(random)),
            {.bits = shape_.bits()}))),
        tables_(*election_) {}

  static element_of<G> random_key(deterministic_random& random) {
    element_of<G> key{};
    while (G::is_identity(key)) {
      key = G::from_uniform_bytes(random.octets<64>());
    }
    return key;
  }

  [[nodiscard]] const bit_vector_shape& shape() const { return shape_; }
  [[nodiscard]] const digest32& e0() const { return e0_; }
  [[nodiscard]] const proof_election<G>& election() const { return *election_; }
  [[nodiscard]] const prover_tables<G>& tables() const { return tables_; }

  [[nodiscard]] bit_vector_context<G> context(std::uint32_t number = 1) const {
    return {.election = *election_,
            .shape = shape_,
            .contest_id = contest_id_,
            .descriptor = descriptor_,
            .branch = branch_index(7),
            .device = device_index(2),
            .number = serial(number),
            .style = style_index(3),
            .digits = 1234};
  }

  /// Encrypts and proves permitted choices by the constant-time prover.
  [[nodiscard]] result<bit_vector_ballot<G>> make(std::span<const std::uint8_t> choices,
                                                  const byte_array<32>& seed,
                                                  std::uint32_t number = 1) const {
    const nonce_seed secret_seed(seed);
    const auto where = context(number);
    auto encrypted =
        encrypt_choices(tables_, where, secret_bytes(std::as_bytes(choices)), secret_seed);
    if (!encrypted) {
      return tl::unexpected<error>(encrypted.error());
    }
    auto proof = prove(tables_, bit_vector_statement<G>{where, encrypted->ciphertexts},
                       encrypted->witness, secret_seed);
    if (!proof) {
      return tl::unexpected<error>(proof.error());
    }
    return bit_vector_ballot<G>{std::move(encrypted->ciphertexts), std::move(*proof)};
  }

  [[nodiscard]] verification check(const bit_vector_ballot<G>& ballot,
                                   std::uint32_t number = 1) const {
    const auto where = context(number);
    return verify(bit_vector_statement<G>{where, ballot.ciphertexts}, ballot.proof);
  }

 private:
  bit_vector_shape shape_;
  digest32 e0_;
  digest32 e1_;
  std::string contest_id_;
  digest32 descriptor_;
  std::unique_ptr<proof_election<G>> election_;  // the tables point into it
  prover_tables<G> tables_;
};

/// True iff the limits allow these choices; counted plainly.
inline bool permitted(const bit_vector_shape& shape, std::span<const std::uint8_t> choices) {
  std::uint32_t marks = 0;
  for (std::uint32_t i = 0; i < shape.options(); ++i) {
    marks += choices[i];
  }
  if (shape.counts_blank() && choices[shape.options()] != 0) {
    return marks == 0;
  }
  return marks >= shape.minimum() && marks <= shape.limit();
}

/// Random choices that the contest allows.
inline std::vector<std::uint8_t> random_choices(const bit_vector_shape& shape,
                                                deterministic_random& random) {
  std::vector<std::uint8_t> choices(shape.ciphertexts());
  if (shape.counts_blank() && random.below(8) == 0) {
    choices.back() = 1;
    return choices;
  }
  const std::uint64_t marks =
      shape.minimum() + random.below(shape.limit() - shape.minimum() + std::uint64_t{1});
  for (std::uint64_t made = 0; made < marks;) {
    std::uint8_t& choice = choices[random.below(shape.options())];
    made += choice == 0 ? 1 : 0;
    choice = 1;
  }
  return choices;
}

}  // namespace sandoq::testing
