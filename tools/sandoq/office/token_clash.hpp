#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "exchange_items.hpp"
#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"

namespace sandoq::tool {

/// Where a token was used: at a device, or in the signed log of a branch whose devices' lists in
/// this bulletin do not name it.
struct token_use {
  branch_index branch;
  std::optional<device_index> device;
  friend auto operator<=>(const token_use&, const token_use&) = default;
};

/// Tokens that two devices have taken: a device cannot know what another one takes. No record can
/// hold both.                                                               SPEC(52.9) SPEC(85.3)
struct token_clash {
  token_use first;  ///< in record order
  token_use second;
  digest32 token;          ///< the lowest of them
  std::size_t tokens = 1;  ///< how many they are
};

/// What a branch puts into the record, as far as it is known.
struct branch_tokens {
  /// The log that the boards have signed; until then the lists of the devices stand for it.
  std::optional<eligibility_item> log;
  std::vector<device_tokens> lists;  ///< of the devices that are not excluded

  /// Whether a list has it. Cost: a search in each list.
  [[nodiscard]] std::optional<device_index> taken_at(const digest32& token) const;
};

/// Every pair of places at which the same tokens were used, in record order. Compares all branches.
/// Cost: sorts all tokens of the election.                                             SPEC(85.3)
[[nodiscard]] std::vector<token_clash> find_clashes(
    const std::map<branch_index, branch_tokens>& branches);

}  // namespace sandoq::tool
