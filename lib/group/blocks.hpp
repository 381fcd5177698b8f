#pragma once

// Long lists are worked on in blocks, by all workers; what comes out stands in the list's order.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/contract.hpp"
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

/// One list of all parts, each of which is freed when it has been taken.
[[nodiscard]] inline encoded_elements<ristretto255> joined(
    std::vector<encoded_elements<ristretto255>> parts) {
  encoded_elements<ristretto255> out;
  for (auto& part : parts) {
    out.append(std::exchange(part, {}));
  }
  return out;
}

/// Decodes a list by all workers; nothing if an element does not decode: which one, only the caller
/// can name. \pre octets.size() is a multiple of 32. Cost: a decoding each.
[[nodiscard]] inline std::optional<encoded_elements<ristretto255>> decode_by_blocks(
    byte_view octets, executor& workers) {
  using elements = encoded_elements<ristretto255>;
  constexpr std::size_t block = 1024;
  constexpr std::size_t size = ristretto255::element_bytes;
  SANDOQ_EXPECTS(octets.size() % size == 0, "whole elements");
  std::atomic<bool> all_good = true;
  auto parts = by_blocks<elements>(workers, octets.size() / size, block, [&](index_range range) {
    auto part =
        elements::decode(octets.subspan(range.begin * size, (range.end - range.begin) * size));
    if (!part) {
      all_good = false;
      return elements();
    }
    return std::move(*part);
  });
  if (!all_good) {
    return std::nullopt;
  }
  return joined(std::move(parts));
}

}  // namespace sandoq::detail
