#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "exchange_items.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// What a message is about: its kind and the numbers of attempt, board, trustee, branch, device ...
/// that it names, so that places ascend in the order of these. Where several messages may stand
/// side by side, because none of them shows who made it, a hash of the message comes behind.
///                                                                                     SPEC(85.1)
using message_place = std::vector<std::uint32_t>;

/// \return truncated for a message that is too short to say what it is about; mismatch for a kind
/// that does not belong into a bulletin.
[[nodiscard]] result<message_place> place_of_message(std::uint32_t kind, byte_view canonical);

/// The place of one of several messages that differ in the list behind them, by its hash.
[[nodiscard]] message_place with_list(message_place place, const digest32& list);

/// Whether a place is the other one, or below it.
[[nodiscard]] bool begins_with(const message_place& place, const message_place& begin);

/// Where the signatures of a trustee under something with that digest are; with the bytes of the
/// signature behind, the place of one of them.                                         SPEC(85.2)
[[nodiscard]] message_place place_of_signatures(item_kind of, const digest32& digest,
                                                board_index board, trustee_index trustee);
/// Where the quorum is that was chosen for it.
[[nodiscard]] message_place place_of_agreed(item_kind of, const digest32& digest);

/// "dkg_commit", "seed_root", "kind 99"
[[nodiscard]] std::string name_of_message(std::uint32_t kind);

}  // namespace sandoq::tool
