#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/proofs/bit_vector.hpp"
#include "sandoq/proofs/plaintext_knowledge.hpp"
#include "sandoq/proofs/slots.hpp"

namespace sandoq {

/// The ciphertexts of one contest on a ballot, and the proof that goes with its encoding. Which
/// encoding the contest has is for check_form; here the ballot says it of itself.      SPEC(52.1)
struct contest_ballot {
  static constexpr std::size_t max_ciphertexts = 1'025;
  static constexpr std::size_t max_slot_ciphertexts = 65;
  static constexpr std::size_t max_packed_ciphertexts = 16;
  /// Of a bit vector, of slots, of packed choices.
  using proof_form = std::variant<wire_bit_vector_proof, wire_slots_proof,
                                  plaintext_knowledge_proof<ristretto255>>;

  contest_ballot() = default;
  /// A bit vector.
  contest_ballot(std::vector<wire_ciphertext> list, wire_bit_vector_proof bits)
      : ciphertexts(std::move(list)), proof(std::move(bits)) {}
  /// Slots.
  contest_ballot(std::vector<wire_ciphertext> list, wire_slots_proof slots)
      : encoding(contest_encoding::slots), ciphertexts(std::move(list)), proof(std::move(slots)) {}
  /// A packed choice. \pre packed: packed_subset or packed_ranking
  contest_ballot(contest_encoding packed, std::vector<wire_ciphertext> list,
                 const plaintext_knowledge_proof<ristretto255>& knowledge)
      : encoding(packed), ciphertexts(std::move(list)), proof(knowledge) {}

  contest_encoding encoding = contest_encoding::bit_vector;
  std::vector<wire_ciphertext> ciphertexts;
  proof_form proof;  ///< of the encoding

  /// The proof of a bit vector. \pre encoding == bit_vector
  [[nodiscard]] const wire_bit_vector_proof& bits() const {
    return std::get<wire_bit_vector_proof>(proof);
  }
  [[nodiscard]] wire_bit_vector_proof& bits() { return std::get<wire_bit_vector_proof>(proof); }

  friend bool operator==(const contest_ballot&, const contest_ballot&) = default;
};

/// Structural decoding of one contest ballot inside a larger item.
[[nodiscard]] result<contest_ballot> read_contest_ballot(byte_reader& in);
void write(byte_writer& out, const contest_ballot& contest);

/// How many elements a contest ballot has: those of its ciphertexts, then those of its proof.
[[nodiscard]] std::size_t count_elements(const contest_ballot& contest) noexcept;
/// Of them those of the proof.
[[nodiscard]] std::size_t count_commitments(const contest_ballot& contest) noexcept;
/// Their bytes in the order of the wire.                                               SPEC(80.7)
void write_elements(byte_writer& out, const contest_ballot& contest);

/// What a challenge shows of one contest: what was chosen.                   SPEC(52.1) SPEC(52.6)
struct revealed_choices {
  static constexpr std::size_t max_bits = 1'025;
  static constexpr std::size_t max_codes = 64;
  static constexpr std::size_t max_text_bytes = 240;

  contest_encoding encoding = contest_encoding::bit_vector;
  std::vector<std::uint8_t> bits{};  ///< of a bit vector: n' bytes, each 0 or 1
  std::vector<std::uint32_t>
      codes{};         ///< else: of what was chosen, ascending, or ranks, best first
  std::string text{};  ///< of packed encodings: the write-in, without its padding
  friend bool operator==(const revealed_choices&, const revealed_choices&) = default;
};

/// Structural decoding inside a larger item.
[[nodiscard]] result<revealed_choices> read_revealed_choices(byte_reader& in);
void write(byte_writer& out, const revealed_choices& choices);

}  // namespace sandoq
