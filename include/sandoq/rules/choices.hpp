#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sandoq/ballot/party_list.hpp"
#include "sandoq/ballot/rule.hpp"

namespace sandoq {

/// One thing that a voter entered. SPEC(76.2)
struct ballot_entry {
  /// What the index is of.
  enum class entry_kind : std::uint8_t { option = 1, list, strike };
  entry_kind kind = entry_kind::option;
  std::uint32_t index = 0;  ///< of the option, or of the list
};

/// What became of a ballot: `refused` is not taken by the device at all.
enum class ballot_reading : std::uint8_t { counted, blank, cancelled, refused };

/// A ballot in votes.
struct read_ballot {
  ballot_reading reading = ballot_reading::cancelled;
  std::vector<std::uint32_t> votes;   ///< one an option; all 0 unless counted
  std::optional<std::uint32_t> list;  ///< that got a vote of its own
};

/// Reads entries, in their order, by the ballot rule.                                  SPEC(76.2)
/// \pre the lists keep check_party_lists(lists, options). Cost: linear.
[[nodiscard]] read_ballot read_choices(const ballot_rule& ballot, std::span<const party_list> lists,
                                       std::uint32_t options,
                                       std::span<const ballot_entry> entries);

}  // namespace sandoq
