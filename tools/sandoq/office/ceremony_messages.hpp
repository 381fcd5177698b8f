#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bulletin.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/threshold/attempt.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/commitments.hpp"

namespace sandoq::tool {

/// The seat of one trustee.
struct trustee_seat {
  board_index board;
  trustee_index trustee;
  friend bool operator==(const trustee_seat&, const trustee_seat&) = default;
};

[[nodiscard]] inline trustee_seat seat_of(const dkg_origin& origin) {
  return {origin.board, origin.trustee};
}

/// A message and where it was found.
template <class Item>
struct found_item {
  Item item;
  std::string file;
};

/// The messages of one attempt that hold by themselves, each list in trustee order.
struct attempt_messages {
  std::vector<found_item<dkg_absence>> absences;
  std::vector<found_item<dkg_commit>> commits;
  std::vector<found_item<dkg_reveal>> reveals;
  std::vector<found_item<dkg_deal>> deals;
  std::vector<found_item<dkg_complaint>> complaints;
  std::vector<found_item<dkg_confirm>> confirms;
};

/// All that a bulletin holds of a key ceremony, by attempts.                           SPEC(85.7)
struct ceremony_messages {
  ceremony_context election;
  std::vector<board> boards;     ///< with the keys of the roster
  std::vector<board_keys> keys;  ///< the same keys, of those who sign
  std::map<std::uint32_t, attempt_messages> attempts;
  std::vector<ignored_message> ignored;  ///< what does not decode

  [[nodiscard]] static ceremony_messages of(const bulletin& from, std::vector<board> boards);

  /// Of that number; empty if there are none.
  [[nodiscard]] const attempt_messages& at(std::uint32_t number) const;
  /// The absences of that number that concern `who`, signed by those who are left.
  [[nodiscard]] std::vector<dkg_absence> absences_of(std::uint32_t number,
                                                     const participants& who) const;
  /// The complaint of one participant of a board about another one.
  [[nodiscard]] static bool is_of(const participants& who, const dkg_complaint& complaint);
  /// Of every board t_b of these participants of an attempt, and so many that fewer than t_b are
  /// left, have revealed in a later one: they never take its key, and nobody else can use it.
  ///                                                                                SPEC(85.7)
  [[nodiscard]] bool is_overtaken(std::uint32_t number, const participants& who) const;
  /// What confirmations of these items carry. \pre complete, and nobody is guilty
  /// \return nothing if a coefficient does not decode                                    SPEC(55.4)
  [[nodiscard]] std::optional<digest32> transcript_of(const attempt_context& present,
                                                      const ceremony_items& items) const;
};

/// The messages of participants.
template <class Item>
[[nodiscard]] std::vector<Item> of_participants(const std::vector<found_item<Item>>& found,
                                                const participants& who) {
  std::vector<Item> out;
  for (const auto& each : found) {
    if (who.contains(each.item.origin.board, each.item.origin.trustee)) {
      out.push_back(each.item);
    }
  }
  return out;
}

/// Who of the participants is not among the senders.
template <class Item>
[[nodiscard]] std::vector<trustee_seat> missing(const std::vector<Item>& found,
                                                const participants& who) {
  std::vector<trustee_seat> out;
  for (std::uint32_t b = 0; b < who.boards(); ++b) {
    for (const trustee_index j : who.of(board_index(b))) {
      const trustee_seat seat{board_index(b), j};
      if (std::none_of(found.begin(), found.end(),
                       [&](const Item& item) { return seat_of(item.origin) == seat; })) {
        out.push_back(seat);
      }
    }
  }
  return out;
}

}  // namespace sandoq::tool
