#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bulletin.hpp"
#include "running_election.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/result.hpp"
#include "statements.hpp"

namespace sandoq::tool {

/// Which of the journals in a bulletin count: those that the boards have opened or excluded; of
/// several of one device the one that its end is of.                                   SPEC(85.1)
class journal_judge {
 public:
  /// \pre both outlive it
  journal_judge(bulletin& board, const running_election& election)
      : board_(board), election_(election) {}

  /// Leaves aside those that neither an opening nor an exclusion of the boards begins.
  void keep_sound();

  /// The opening of a device, by whose key it signs: that of a journal, or the one that is stated
  /// and has a quorum. Nullptr if there is none, or more than one that are stated.     SPEC(85.1)
  [[nodiscard]] const opening_item* opening_at(const device_place& place);

  /// Leaves one journal a device, or none. \pre closes that their devices have not signed are left
  /// aside \return duplicate, with both names, where no end tells which.
  [[nodiscard]] result<void> claim();

 private:
  struct known_ends {
    std::vector<statement> by_boards;  ///< with a quorum; exclusions alone if there are any
    std::vector<statement> by_device;  ///< closes
  };
  struct sight;

  [[nodiscard]] std::optional<opening_item> stated_opening(const device_place& place) const;
  [[nodiscard]] std::vector<statement> stated(item_kind of, const device_place& place) const;
  void add_signed(std::vector<statement>& out, item_kind of, const device_place& place) const;
  [[nodiscard]] known_ends ends_of(std::span<const published_journal> all) const;
  [[nodiscard]] sight look_at(const published_journal& journal,
                              std::span<const statement> ends) const;
  [[nodiscard]] std::optional<published_journal> one_that_boards_ended(
      std::span<published_journal> all, std::span<const statement> ends);
  [[nodiscard]] result<std::optional<published_journal>> one_of_several(
      std::span<published_journal> all, std::span<const statement> closes);
  void leave(const published_journal& journal, const std::string& reason);

  bulletin& board_;
  const running_election& election_;
  std::map<device_place, std::optional<opening_item>> openings_;  ///< as they are asked for
};

}  // namespace sandoq::tool
