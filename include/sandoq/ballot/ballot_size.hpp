#pragma once

#include <cstddef>
#include <cstdint>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// What every ballot has of one contest, whatever is chosen. SPEC(52.5)
struct contest_ballot_size {
  std::size_t ciphertexts = 0;  ///< pairs of elements, 64 bytes each
  std::size_t proof_bytes = 0;
};

/// \return out_of_range if the contest breaks the limits of its encoding, unsupported for an
/// encoding that there is none of. Cost: packed_shape::derive() for packed encodings.
[[nodiscard]] result<contest_ballot_size> contest_ballot_size_of(const contest_entry& contest);

/// The canonical bytes of every ballot of a style: they do not depend on what is chosen. SPEC(52.5)
/// \return out_of_range if the style or one of its contests does not exist or breaks 50.5.
[[nodiscard]] result<std::uint64_t> ballot_bytes(const manifest& source, style_index style);

/// What one cast ballot of a style adds to a record: ballot and cast, each in its frame.
/// SPEC(80.2) SPEC(52.1)
[[nodiscard]] result<std::uint64_t> ballot_record_bytes(const manifest& source, style_index style);

}  // namespace sandoq
