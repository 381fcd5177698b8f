#pragma once

#include <cstddef>

#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/canonical.hpp"

namespace sandoq {

/// How many elements a ballot has: those of the ciphertexts and of the proof of each contest.
[[nodiscard]] std::size_t count_elements(const ballot_item& ballot) noexcept;

/// Writes their bytes, contest by contest, ciphertexts first: the order of the wire, and of hints.
/// SPEC(80.7)
void write_elements(byte_writer& out, const ballot_item& ballot);

}  // namespace sandoq
