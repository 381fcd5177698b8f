#include "lib/tally/list_division.hpp"

#include <algorithm>

namespace sandoq::detail {
namespace {

/// The best division of the first branches.
struct best_division {
  std::uint64_t parts = 0;
  std::uint64_t squares = 0;
  std::size_t last_begin = 0;
  bool exists = false;
};

bool is_better(const best_division& one, const best_division& other) {
  return one.parts != other.parts ? one.parts < other.parts : one.squares < other.squares;
}

}  // namespace

std::optional<std::vector<std::size_t>> divide(std::span<const branch_ballots> branches,
                                               const division_limits& limits) {
  std::vector<best_division> best(branches.size() + 1);
  best[0].exists = true;
  for (std::size_t end = 1; end <= branches.size(); ++end) {
    std::uint64_t ballots = 0;
    const std::size_t first = end - std::min(end, limits.branches);
    for (std::size_t begin = end; begin-- > first;) {
      ballots += branches[begin].ballots;
      if (ballots > limits.most) {
        break;
      }
      const best_division& before = best[begin];
      if (ballots < limits.least || !before.exists) {
        continue;
      }
      const best_division next{before.parts + 1, before.squares + ballots * ballots, begin, true};
      // An earlier begin goes before where all else is equal.
      if (!best[end].exists || !is_better(best[end], next)) {
        best[end] = next;
      }
    }
  }
  if (!best.back().exists) {
    return std::nullopt;
  }
  std::vector<std::size_t> begins;
  for (std::size_t end = branches.size(); end > 0; end = best[end].last_begin) {
    begins.push_back(best[end].last_begin);
  }
  std::reverse(begins.begin(), begins.end());
  return begins;
}

}  // namespace sandoq::detail
