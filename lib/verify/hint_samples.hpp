#pragma once

#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/bytes.hpp"

namespace sandoq {

/// Whether the first of a ballot's hints is one of the two roots that 80.7 asks for, or the ballot
/// has no elements. Cost: one decoding.                                                SPEC(80.7)
[[nodiscard]] bool first_hint_fits(byte_view hints, const ballot_item& ballot);
/// The same of the last.
[[nodiscard]] bool last_hint_fits(byte_view hints, const ballot_item& ballot);

}  // namespace sandoq
