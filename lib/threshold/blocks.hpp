#pragma once

// Long lists are worked on in blocks, by all workers; what comes out stands in the list's order.

#include <algorithm>
#include <cstddef>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq::detail {

/// work(range) for each block of at most `block` of `count` items, in order of the blocks.
template <class Part, class Work>
[[nodiscard]] std::vector<Part> by_blocks(executor& workers, std::size_t count, std::size_t block,
                                          Work&& work) {
  std::vector<Part> out((count + block - 1) / block);
  workers.parallel_for(out.size(), [&](std::size_t i) noexcept {
    out[i] = work(index_range{i * block, std::min(count, (i + 1) * block)});
  });
  return out;
}

/// One list of all parts.
[[nodiscard]] inline encoded_elements<ristretto255> joined(
    const std::vector<encoded_elements<ristretto255>>& parts) {
  encoded_elements<ristretto255> out;
  for (const auto& part : parts) {
    out.append(part);
  }
  return out;
}

}  // namespace sandoq::detail
