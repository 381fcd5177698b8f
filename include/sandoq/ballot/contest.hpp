#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "sandoq/ballot/ballot_codes.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/bit_vector_shape.hpp"
#include "sandoq/proofs/packed.hpp"
#include "sandoq/proofs/slots_shape.hpp"

namespace sandoq {

/// What the proof of a contest needs to know of it, all derived from the manifest.     SPEC(50.6)
struct contest_terms {
  /// Of its encoding: n', N, weights; k, N; or the numbers of packed choices and their shape.
  using shape_form = std::variant<bit_vector_shape, slots_shape, packed_numbers>;

  contest_index index;
  std::string id;
  contest_encoding encoding = contest_encoding::bit_vector;
  choice_limits limits;  ///< of codes: n*, L*, Lmin* of 50.10
  shape_form shape;
  digest32 descriptor;  ///< absorbed by every ballot proof
  ballot_codes codes;   ///< what the ballot's codes stand for, and what voters may enter

  /// Ciphertexts of a ballot.                                                          SPEC(52.5)
  [[nodiscard]] std::size_t ciphertexts() const noexcept;
  /// \pre encoding == bit_vector
  [[nodiscard]] const bit_vector_shape& bits() const { return std::get<bit_vector_shape>(shape); }
  /// \pre encoding == slots
  [[nodiscard]] const slots_shape& slots() const { return std::get<slots_shape>(shape); }
  /// \pre is_packed(encoding)
  [[nodiscard]] const packed_numbers& packed() const { return std::get<packed_numbers>(shape); }
};

/// H("contest"; e0 || u32 index || contest || constants)                                SPEC(50.6)
[[nodiscard]] digest32 descriptor_hash(const digest32& e0, contest_index index,
                                       const contest_entry& contest,
                                       const contest_terms::shape_form& shape);

/// Cost: for packed subsets a table of n*L numbers, 4 MB for 21 of 5,063.
/// \return out_of_range if the contest's limits break 50.5.
[[nodiscard]] result<contest_terms> terms_of(const digest32& e0, contest_index index,
                                             const contest_entry& contest);

}  // namespace sandoq
