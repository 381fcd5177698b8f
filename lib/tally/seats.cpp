#include "sandoq/tally/seats.hpp"

#include <algorithm>
#include <cstddef>

namespace sandoq {
namespace {

// Options with at least one vote, most votes first, among equals in option order.
std::vector<option_index> ranked(std::span<const std::uint64_t> counts) {
  std::vector<option_index> order;
  for (std::uint32_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0) {
      order.emplace_back(i);
    }
  }
  std::stable_sort(order.begin(), order.end(), [&](option_index a, option_index b) {
    return counts[a.value()] > counts[b.value()];
  });
  return order;
}

}  // namespace

seat_allocation plurality_at_large(std::span<const std::uint64_t> counts, seat_limits limits) {
  seat_allocation out;
  std::uint32_t seats = limits.seats;
  std::uint32_t alternates = limits.alternates;
  const auto order = ranked(counts);
  for (std::size_t begin = 0; begin < order.size() && (seats > 0 || alternates > 0);) {
    std::size_t end = begin + 1;
    while (end < order.size() && counts[order[end].value()] == counts[order[begin].value()]) {
      ++end;
    }
    const std::vector<option_index> group(order.begin() + static_cast<std::ptrdiff_t>(begin),
                                          order.begin() + static_cast<std::ptrdiff_t>(end));
    const auto size = static_cast<std::uint32_t>(group.size());
    if (size <= seats) {
      out.elected.insert(out.elected.end(), group.begin(), group.end());
      seats -= size;
    } else if (seats == 0 && size <= alternates) {
      out.alternates.insert(out.alternates.end(), group.begin(), group.end());
      alternates -= size;
    } else {
      const std::uint32_t shared = std::min(alternates, size - seats);
      out.ties.push_back({seats, shared, group});
      alternates -= shared;
      seats = 0;
    }
    begin = end;
  }
  return out;
}

}  // namespace sandoq
