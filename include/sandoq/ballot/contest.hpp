#pragma once

#include <cstddef>
#include <string>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/bit_vector_shape.hpp"

namespace sandoq {

/// What the proof of a contest needs to know of it, all derived from the manifest. SPEC(50.6)
struct contest_terms {
  contest_index index;
  std::string id;
  bit_vector_shape shape;  ///< n', N, L, weights
  digest32 descriptor;     ///< absorbed by every ballot proof
};

/// H("contest"; e0 || u32 index || contest || u32 n' || u32 N || list of u32 weights)   SPEC(50.6)
[[nodiscard]] digest32 descriptor_hash(const digest32& e0, contest_index index,
                                       const contest_entry& contest, const bit_vector_shape& shape);

/// \return out_of_range if the contest's limits break 50.5.
[[nodiscard]] result<contest_terms> terms_of(const digest32& e0, contest_index index,
                                             const contest_entry& contest);

}  // namespace sandoq
