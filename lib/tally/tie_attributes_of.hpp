#pragma once

#include <algorithm>
#include <span>

#include "sandoq/core/ids.hpp"
#include "sandoq/tally/ties.hpp"

namespace sandoq::detail {

/// The attributes of a contest, or nullptr.
[[nodiscard]] inline const tie_attributes* attributes_of(std::span<const tie_attributes> all,
                                                         contest_index contest) {
  const auto at = std::find_if(all.begin(), all.end(),
                               [contest](const auto& item) { return item.contest == contest; });
  return at == all.end() ? nullptr : &*at;
}

/// Are there values of this option? False for nullptr.
[[nodiscard]] inline bool has_values(const tie_attributes* attributes, option_index option) {
  return attributes != nullptr &&
         std::any_of(attributes->options.begin(), attributes->options.end(),
                     [option](const auto& entry) { return entry.option == option; });
}

}  // namespace sandoq::detail
