#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "ceremony_anchor.hpp"
#include "ceremony_messages.hpp"
#include "ceremony_state.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/threshold/attempt.hpp"
#include "sandoq/threshold/blame.hpp"
#include "sandoq/threshold/commitments.hpp"

namespace sandoq::tool {

/// Reports those of these messages that are not among the ones that count.
template <class Item>
void ignore_all(std::vector<ignored_message>& out, const std::vector<found_item<Item>>& found,
                const std::vector<Item>& but, const std::string& reason) {
  for (const auto& each : found) {
    if (std::find(but.begin(), but.end(), each.item) == but.end()) {
      out.push_back({each.file, reason});
    }
  }
}

/// Judges one attempt of a key ceremony by its messages: takes them up round by round, as far as
/// the rounds are complete; sets stage and waiting_for of `out`, and reports there what is left
/// aside. \param items  with the attempt's absences; the rounds are filled in
/// \return who is proved guilty; duplicate where a trustee confirms and complains.
/// Cost: that of find_guilty(), twice.                                       SPEC(55.5) SPEC(85.7)
[[nodiscard]] result<std::vector<guilty_trustee>> judge_messages(
    const ceremony_messages& messages, const std::optional<ceremony_anchor>& anchor,
    const attempt_context& present, ceremony_items& items, ceremony_state& out);

}  // namespace sandoq::tool
