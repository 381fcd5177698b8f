#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "sandoq/threshold/commitments.hpp"

namespace sandoq {

/// The rounds of an attempt, in the order of its items in a record.                     SPEC(80.4)
enum class ceremony_round { absence = 1, commit, reveal, deal, complaint, confirm };

/// Whether an item begins an attempt: its first absence does, or its first commit if it has none.
/// \param last  the round of the item before, if there is one                          SPEC(80.4)
[[nodiscard]] constexpr bool begins_attempt(std::optional<ceremony_round> last,
                                            ceremony_round next) noexcept {
  if (next == ceremony_round::absence) {
    return last != ceremony_round::absence;
  }
  return next == ceremony_round::commit && last != ceremony_round::absence &&
         last != ceremony_round::commit;
}

/// Sorts the items of a ceremony into attempts, as they come in record order. Judges nothing:
/// whether items are in order, complete and signed is for others. Memory is bounded whatever comes:
/// of attempts, and of each list in one, it keeps one more than there may be, so that
/// ceremony.complete sees that there are too many; the rest is dropped.
class ceremony_collector {
 public:
  /// Takes the next item, an absence.
  void put(dkg_absence item);
  /// Of round 1.
  void put(dkg_commit item);
  /// Of round 2.
  void put(dkg_reveal item);
  /// Of round 3.
  void put(dkg_deal item);
  /// About a deal.
  void put(dkg_complaint item);
  /// Of round 4.
  void put(dkg_confirm item);

  /// All attempts so far, the present one last.
  [[nodiscard]] const std::vector<ceremony_items>& attempts() const noexcept { return attempts_; }

 private:
  ceremony_items& attempt_of(ceremony_round round);

  std::vector<ceremony_items> attempts_;
  std::optional<ceremony_round> last_;
};

}  // namespace sandoq
