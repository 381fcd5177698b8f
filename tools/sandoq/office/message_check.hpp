#pragma once

#include <cstdint>
#include <map>
#include <span>

#include "exchange_items.hpp"
#include "running_election.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/mixnet/mix_items.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/tally/ties.hpp"
#include "sandoq/threshold/attempt.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "sandoq/threshold/list_opening.hpp"
#include "sandoq/threshold/opening.hpp"
#include "statements.hpp"

/// \file
/// What one message says about itself: it is signed by whom it names, or shows otherwise that it is
/// theirs. A message that does not counts as never published.                          SPEC(85.1)
namespace sandoq::tool {

/// What has no check of its own (a statement, an entry; a signature while its key is not known) can
/// at least be read, a statement's item without its quorum too. Good for every other kind.
/// SPEC(85.2)
[[nodiscard]] result<void> check_form(std::uint32_t kind, byte_view canonical);

/// The trustee is one of the roster, the attempt has a number, and the signature holds.
template <class Item>
[[nodiscard]] result<void> check_ceremony_message(const ceremony_context& context,
                                                  std::span<const board_keys> boards,
                                                  literal purpose, const Item& item);
/// The same of an absence: as many of each board as are needed have signed, all validly. Whether
/// one of them is absent as well is for the reading of the whole ceremony.             SPEC(85.7)
[[nodiscard]] result<void> check_absence_item(const ceremony_context& context,
                                              std::span<const board_keys> boards,
                                              const dkg_absence& item);

/// The trustee that it names has signed that digest, as one of these boards who is not shut out.
/// \return mismatch for a kind that no quorum signs                                    SPEC(85.3)
[[nodiscard]] result<void> check_signature(const election_hashes& election,
                                           std::span<const board_keys> boards,
                                           const statement_signature& item);

/// The device's half of an opening: its place is a branch, its capacity at least 1, key proof and
/// signature hold.                                                           SPEC(52.2) SPEC(85.2)
[[nodiscard]] result<void> check_announcement(const running_election& election,
                                              const announcement& announced);
/// All of 52.2: announcement, roots, quorum.
[[nodiscard]] result<void> check_opening_item(const running_election& election,
                                              const opening_item& opening);
/// Signed by a trustee who holds a share.                                              SPEC(85.2)
[[nodiscard]] result<void> check_seed_root(const running_election& election, const seed_root& root);
/// Signed by the key of that opening. \pre of the same device, here and below          SPEC(52.7)
[[nodiscard]] result<void> check_device_close(const running_election& election,
                                              const opening_item& opening, const close_item& close);
[[nodiscard]] result<void> check_device_tokens(const running_election& election,
                                               const opening_item& opening,
                                               const device_tokens& tokens);
/// Signed by the authority.                                                            SPEC(75.4)
[[nodiscard]] result<void> check_attribute_item(const running_election& election,
                                                const tie_attributes& item);
/// Whether it gives every option of the other the same values: an authority that is asked for more
/// of a contest states all of it anew.                                                 SPEC(85.1)
[[nodiscard]] bool includes(const tie_attributes& whole, const tie_attributes& part);
/// Whether it has every token of the other: a device signs its list anew at every cast.
[[nodiscard]] inline bool includes(const device_tokens& whole, const device_tokens& part) {
  return whole.includes(part);
}
/// The quorum holds; of a lot_commit the one of some board.                            SPEC(85.3)
[[nodiscard]] result<void> check_agreed(const running_election& election,
                                        const agreed_quorum& agreed);
/// Requests that the boards have signed: number, and hash.
using signed_requests = std::multimap<std::uint32_t, digest32>;
/// Signed by a trustee who holds a share, as an answer to the request of its number; for a sum or,
/// without its factors, for a mixed list.                                  SPEC(55.8) SPEC(55.11)
template <class Answer>
[[nodiscard]] result<void> check_answer(const running_election& election,
                                        const signed_requests& requests, const Answer& answer);
/// Signed by a trustee who holds a share. Its list and its proof are not looked at.    SPEC(60.3)
[[nodiscard]] result<void> check_stage(const running_election& election, const mix_stage& stage);

}  // namespace sandoq::tool
