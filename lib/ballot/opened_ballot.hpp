#pragma once

#include "lib/ballot/decoded_ballot.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"

namespace sandoq {

/// All of 52.6 but the ballot itself: form, numbers, places, and seeds under the opening's roots.
[[nodiscard]] verification check_opened(const election_context& election,
                                        const opening_item& opening, const ballot_item& ballot,
                                        const challenge_item& challenge);

/// The seed that a challenge reveals of its ballot. \pre check_opened holds
[[nodiscard]] byte_array<32> opened_seed(const election_context& election,
                                         const ballot_item& ballot,
                                         const challenge_item& challenge);

/// Emits that the ballot is the one that choices and seed give. \pre check_opened holds, decoded is
/// of the ballot, and the weights are drawn after ballot and challenge.     SPEC(52.6) SPEC(40.9)
[[nodiscard]] verification emit_opened(equation_sink<ristretto255>& sink,
                                       const election_context& election, const ballot_item& ballot,
                                       const decoded_ballot& decoded,
                                       const challenge_item& challenge, const byte_array<32>& seed);

}  // namespace sandoq
