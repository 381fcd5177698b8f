#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "sandoq/core/ids.hpp"
#include "sandoq/threshold/opened_list.hpp"
#include "sandoq/threshold/opening_policy.hpp"

namespace sandoq {

/// What a mixed list came to: `list_opening` hands it to `results_check`, in the order of the
/// groups.                                                                             SPEC(60.6)
struct opened_group {
  opening_set set;  ///< number of the request, places, and the group
  contest_index contest;
  std::uint64_t ballots = 0;  ///< as the group says
  /// Of slots: how often each code stands in it, that of code c at c - 1, n + L in all. Of packed
  /// ballots: permitted choices and invalid votes.
  std::variant<std::vector<std::uint64_t>, opened_choices> content;
};

}  // namespace sandoq
