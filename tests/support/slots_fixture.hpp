#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/proofs/slots.hpp"
#include "sandoq/proofs/slots_prove.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::testing {

/// The ciphertexts and the proof of a contest of slots.
struct slots_ballot {
  encoded_elements<ristretto255> ciphertexts;
  slots_proof<ristretto255> proof;
};

/// An election with one contest of slots under a random key, and a prover for it.
class slots_fixture {
 public:
  using G = ristretto255;

  slots_fixture(const choice_limits& limits, deterministic_random& random)
      : shape_(*slots_shape::derive(limits)),
        descriptor_{random.octets<32>()},
        election_(std::make_unique<proof_election<G>>(*proof_election<G>::make(
            {random.octets<32>()}, {random.octets<32>()}, election_domain::drill,
            encoded_element<G>(G::from_uniform_bytes(random.octets<64>())),
            {.slot_bits = shape_.bits()}))),
        tables_(*election_) {}

  [[nodiscard]] const slots_shape& shape() const { return shape_; }
  [[nodiscard]] const proof_election<G>& election() const { return *election_; }
  [[nodiscard]] const prover_tables<G>& tables() const { return tables_; }

  [[nodiscard]] slots_context<G> context(std::uint32_t number = 1) const {
    return {.election = *election_,
            .shape = shape_,
            .contest_id = "slots",
            .descriptor = descriptor_,
            .branch = branch_index(7),
            .device = device_index(2),
            .number = serial(number),
            .style = style_index(3),
            .digits = 1234};
  }

  /// A byte for each option, and for blank where it is counted.
  [[nodiscard]] std::vector<std::uint8_t> choices(std::span<const std::uint32_t> chosen) const {
    std::vector<std::uint8_t> out(shape_.options() + (shape_.counts_blank() ? 1 : 0));
    for (const std::uint32_t code : chosen) {
      out[code - 1] = 1;
    }
    if (shape_.counts_blank() && chosen.empty()) {
      out.back() = 1;
    }
    return out;
  }

  [[nodiscard]] result<slots_ballot> make(std::span<const std::uint8_t> choices,
                                          const byte_array<32>& seed,
                                          std::uint32_t number = 1) const {
    const nonce_seed secret_seed(seed);
    const auto where = context(number);
    auto encrypted =
        encrypt_slots(tables_, where, secret_bytes(std::as_bytes(choices)), secret_seed);
    if (!encrypted) {
      return tl::unexpected<error>(encrypted.error());
    }
    auto proof = prove(tables_, {where, encrypted->ciphertexts}, encrypted->witness, secret_seed);
    if (!proof) {
      return tl::unexpected<error>(proof.error());
    }
    return slots_ballot{std::move(encrypted->ciphertexts), std::move(*proof)};
  }

  [[nodiscard]] verification check(const slots_ballot& ballot, std::uint32_t number = 1) const {
    const auto where = context(number);
    return verify(slots_statement<G>{where, ballot.ciphertexts}, ballot.proof);
  }

 private:
  slots_shape shape_;
  digest32 descriptor_;
  std::unique_ptr<proof_election<G>> election_;  // the tables point into it
  prover_tables<G> tables_;
};

}  // namespace sandoq::testing
