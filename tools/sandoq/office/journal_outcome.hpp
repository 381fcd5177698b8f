#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "exchange_items.hpp"
#include "running_election.hpp"
#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/journal_recovery.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// The items of a journal without the exclusion that may stand in front: what an exclusion is over.
///                                                                                    SPEC(52.10)
[[nodiscard]] std::span<const journal_entry> evidence_in(std::span<const journal_entry> items);
/// The same without the close or recovery behind: what the device wrote before it ended.
[[nodiscard]] std::span<const journal_entry> unended(std::span<const journal_entry> items);

/// What a copy of a journal comes to. The journal is read once, however many ends are then compared
/// with it, and need not stay.                                                         SPEC(85.3)
class journal_outcome {
 public:
  /// \param items  as they were published, an end included or not; none for a device without a
  /// journal. Cost: hashes the journal twice.
  journal_outcome(const running_election& election, const device_place& place,
                  std::span<const journal_entry> items);

  /// Whether that close, recovery or exclusion is the one of this very journal. Signatures are not
  /// looked at. \return mismatch, or what is wrong with the journal.
  [[nodiscard]] result<void> gives(const statement& ending) const;

  /// How the last ballot is resolved by a recovery at that time, if it needs it. \pre gives() it
  [[nodiscard]] std::optional<void_item> resolution(time_ms time) const;

  /// Two copies with one hash hold the same items, exclusions in front left out. \return what is
  /// wrong if an item is of another device or stands in no journal.
  [[nodiscard]] result<digest32> evidence() const;

 private:
  [[nodiscard]] result<void> gives_close(const close_item& item) const;
  [[nodiscard]] result<void> gives_recovery(const recovery_item& item) const;
  [[nodiscard]] result<void> gives_exclusion(const exclusion_item& item) const;

  chain_context chain_;
  device_place place_;
  std::string name_;
  result<recovered_journal> counted_;  ///< of a recovery at time 0
  std::optional<digest32> open_code_;  ///< of the ballot that waits for its resolution
  result<exclusion_item> excluded_;    ///< at time 0
};

}  // namespace sandoq::tool
