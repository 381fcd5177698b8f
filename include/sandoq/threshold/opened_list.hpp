#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/packed.hpp"
#include "sandoq/proofs/shuffle_shape.hpp"

namespace sandoq {

/// c*G for the codes c = 1 ... n + k of a contest of slots, by encoding. Immutable once made, for
/// any number of threads. Memory: 36 bytes a code.                                     SPEC(60.6)
class slot_code_table {
 public:
  /// \param codes  n + k. Cost: an addition and an encoding each, and sorting.
  explicit slot_code_table(std::uint32_t codes);

  /// c, or nothing for any other bytes. \pre 32 bytes. Cost: a binary search.
  [[nodiscard]] std::optional<std::uint32_t> find(byte_view octets) const;
  [[nodiscard]] std::uint32_t codes() const noexcept {
    return static_cast<std::uint32_t>(by_octets_.size());
  }

 private:
  std::vector<std::pair<byte_array<32>, std::uint32_t>> by_octets_;
};

/// How often each code stands in an opened list of slots: that of code c at c - 1.     SPEC(60.6)
/// \param shape   of the list as it went into the mix; width 1
/// \param opened  M of each ciphertext of the last list
/// \return mismatch if not exactly mn - N of them are the identity: those are the fillings (48.2);
/// not_found, naming the first ciphertext that holds neither the identity nor a code.
/// \pre shape.total() elements. Cost: a look-up each, by all workers.
[[nodiscard]] result<std::vector<std::uint64_t>> count_codes(
    const slot_code_table& table, const shuffle_shape& shape,
    const encoded_elements<ristretto255>& opened, executor& workers);

/// What an opened list of packed ballots says. Places are those of ciphertexts in the list.
struct opened_choices {
  std::vector<packed_choice> valid;  ///< in the list's order
  std::vector<std::size_t> invalid;  ///< ascending; their elements are the evidence
};

/// Reads an opened list of packed ballots, N in all: permitted choices and invalid votes. Of the
/// ciphertexts that hold the identity in all places the first mn - N are the fillings; whoever
/// packs a ballot may encrypt the identity, so any more of them are invalid votes.
///                                                                         SPEC(60.6) SPEC(47.4)
/// \param shape   of the list as it went into the mix
/// \param opened  M_1 ... M_w of each ciphertext of the last list
/// \return mismatch if fewer than mn - N ciphertexts hold the identity in all places.
/// \pre shape.total()*w elements, w = numbers.shape().width(). Cost: packed_numbers::read each, by
/// all workers.
[[nodiscard]] result<opened_choices> read_choices(const packed_numbers& numbers,
                                                  const shuffle_shape& shape,
                                                  const encoded_elements<ristretto255>& opened,
                                                  executor& workers);

}  // namespace sandoq
