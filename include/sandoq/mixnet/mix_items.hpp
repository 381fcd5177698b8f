#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/signature.hpp"

namespace sandoq {

/// A node whose ballots go into a group, with its hash in the tally tree.
struct mixed_place {
  node_index node;
  digest32 hash;
  friend bool operator==(const mixed_place&, const mixed_place&) = default;
};

/// Whose ballots of one contest are mixed together.                              SPEC(60.1)
/// SPEC(60.2) Decoding checks structure: bounds of the list of nodes, trailing bytes.
struct mix_group {
  static constexpr std::size_t max_places = 4096;

  std::uint32_t group = 0;  ///< from 1, over all contests
  contest_index contest;
  std::vector<mixed_place> places;
  std::uint64_t ballots = 0;      ///< of the contest, added up over the places
  std::uint32_t ciphertexts = 0;  ///< N, what the first stage takes

  [[nodiscard]] static result<mix_group> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const mix_group&, const mix_group&) = default;
};

/// What one mixer says of its stage. The list it puts out stands beside it.            SPEC(60.2)
/// Decoding checks structure: the proof's bound, trailing bytes.
struct mix_stage {
  static constexpr std::size_t max_proof_bytes = std::size_t{15} << 20U;

  std::uint32_t group = 0;
  std::uint32_t stage = 0;  ///< from 1
  board_index board;
  trustee_index trustee;
  digest32 previous;  ///< shuffle_list_hash of what it takes, without fillings
  digest32 list;      ///< the same of what it puts out
  bytes proof;        ///< 48.9
  wire_signature signature;

  [[nodiscard]] static result<mix_stage> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  /// H("mix/stage"; bytes before the signature), which the trustee signs with purpose "mix".
  [[nodiscard]] digest32 signed_digest() const;
  friend bool operator==(const mix_stage&, const mix_stage&) = default;
};

/// One part of a list of elements. What the elements are is not looked at.             SPEC(60.2)
struct mix_elements {
  static constexpr std::size_t max_elements = 131'072;
  static constexpr std::size_t element_bytes = 32;

  bytes octets;  ///< of 1 to max_elements elements

  [[nodiscard]] static result<mix_elements> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const mix_elements&, const mix_elements&) = default;
};

/// Announces the factors by which one trustee opens the last list of a group.          SPEC(60.2)
struct mix_factors {
  std::uint32_t group = 0;
  board_index board;
  trustee_index trustee;
  std::uint32_t count = 0;  ///< of the elements in the parts that follow

  [[nodiscard]] static result<mix_factors> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const mix_factors&, const mix_factors&) = default;
};

}  // namespace sandoq
