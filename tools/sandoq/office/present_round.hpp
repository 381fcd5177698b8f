#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ceremony_state.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/threshold/ceremony_secret.hpp"
#include "trustee_home.hpp"
#include "trustee_rounds.hpp"

/// \file
/// Where a trustee stands in the key ceremony, found again at every visit from folder and bulletin.
/// SPEC(55) SPEC(85.7)
namespace sandoq::tool {

/// The ceremony as it stands and this trustee's place in it.
struct present_round {
  ceremony_state state;
  std::shared_ptr<const ceremony_plan> plan;

  [[nodiscard]] std::uint32_t attempt() const { return state.present().attempt; }
  [[nodiscard]] std::string place() const { return fmt::format("attempt {}", attempt()); }
};

/// \return missing if the ceremony cannot go on.
[[nodiscard]] result<present_round> look(const trustee_at_work& work);
/// The plan of an attempt of that number, which gives up the present one.
[[nodiscard]] result<present_round> give_up(present_round now, std::uint32_t attempt);

/// The trustee takes part, and the rounds before this one are complete.
[[nodiscard]] result<void> admit(const trustee_at_work& work, const present_round& now,
                                 ceremony_stage round);

/// Whoever has revealed in an attempt never makes a message of a lower one or takes its key, and
/// whoever has a share makes no more messages at all: of two keys that one withheld confirmation
/// can complete, honest trustees serve one. SPEC(85.7)
[[nodiscard]] result<void> check_no_later_reveal(const trustee_at_work& work,
                                                 std::uint32_t attempt);
[[nodiscard]] result<void> check_may_make(const trustee_at_work& work, std::uint32_t attempt);

/// What the folder keeps of the present attempt, which is still what it was when it was begun.
[[nodiscard]] result<stored_attempt> memory_of(const trustee_at_work& work,
                                               const present_round& now);

/// The trustee after its round 1, 2 or 3, from what it has kept and published.
/// \pre the messages of the rounds before are complete
[[nodiscard]] result<committed_trustee> come_back(const trustee_at_work& work,
                                                  const present_round& now);
[[nodiscard]] result<revealed_trustee> come_back_revealed(const trustee_at_work& work,
                                                          const present_round& now);
[[nodiscard]] result<dealt_trustee> come_back_dealt(const trustee_at_work& work,
                                                    const present_round& now);

/// The message of that trustee, or null.
template <class Item>
const Item* own_of(const std::vector<Item>& items, const trustee_seat& seat) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) {
    return item.origin.board == seat.board && item.origin.trustee == seat.trustee;
  });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace sandoq::tool
