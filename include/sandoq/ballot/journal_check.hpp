#pragma once

#include <span>

#include "sandoq/ballot/contest.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/manifest_index.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/signature.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// The context of the proof of a device key, before the Schnorr proof on (G, device key).
/// SPEC(52.2)
[[nodiscard]] transcript device_key_transcript(const chain_context& election,
                                               const device_place& place);

/// What the device and the boards sign at opening and close.                   SPEC(52.2)
/// SPEC(52.7)
[[nodiscard]] signed_message device_message(const chain_context& election,
                                            const opening_item& item);
/// The same for the boards.
[[nodiscard]] signed_message board_message(const chain_context& election, const opening_item& item);
/// What the device signs at close.
[[nodiscard]] signed_message device_message(const chain_context& election, const close_item& item);
/// What the boards sign at close.
[[nodiscard]] signed_message board_message(const chain_context& election, const close_item& item);
/// What the boards sign in place of a close.                                             SPEC(52.7)
[[nodiscard]] signed_message board_message(const chain_context& election,
                                           const recovery_item& item);

/// All of 52.2: capacity, number of board roots, device key, key proof, device signature, quorum,
/// in this order; one equation for the key proof and one a signature. The place is not judged here.
verification emit(equation_sink<ristretto255>& sink, const election_context& election,
                  const opening_item& opening);
/// The same, each equation checked at once; the reason names the part that fails.
verification verify(const election_context& election, const opening_item& opening);

/// The signatures of 52.7: the device's, by the key of its opening, and the quorum's.
verification emit(equation_sink<ristretto255>& sink, const election_context& election,
                  const opening_item& opening, const close_item& close);
/// The same, each equation checked at once; the reason names the part that fails.
verification verify(const election_context& election, const opening_item& opening,
                    const close_item& close);

/// The rest of 52.7: the counters add up and are those that were counted, and the last link is the
/// journal's.
[[nodiscard]] result<void> check_close(const close_item& close, const journal_counters& counted,
                                       const digest32& last_link);
/// The same of what stands in place of a close.
[[nodiscard]] result<void> check_close(const recovery_item& recovery,
                                       const journal_counters& counted, const digest32& last_link);

/// Style, digits and sizes of a ballot: the style exists and is given at the branch, digits are at
/// most 10,000, and every contest has n' ciphertexts and N - 1 responses.  SPEC(52.5) SPEC(45.4)
/// Needs no key, so it can be judged where the election key could not be.
/// \pre terms has one entry a contest of the index
[[nodiscard]] result<void> check_form(const manifest_index& index,
                                      std::span<const contest_terms> terms,
                                      const ballot_item& ballot);
/// The same with the election's own.
[[nodiscard]] result<void> check_form(const election_context& election, const ballot_item& ballot);

}  // namespace sandoq
