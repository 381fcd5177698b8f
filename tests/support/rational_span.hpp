#pragma once

// What a set of opened sums gives away, by brute force: the oracle of the opening policy.

#include <algorithm>
#include <boost/rational.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sandoq/core/ids.hpp"

namespace sandoq::testing {

/// A set of branches 1, 2, ... of a flat nation as bits.
using branch_bits = std::uint32_t;

/// Its nodes, as make_grounds() numbers them.
inline std::vector<node_index> nodes_of(branch_bits branches) {
  std::vector<node_index> out;
  for (std::uint32_t b = 0; branches >> b != 0; ++b) {
    if ((branches >> b & 1U) != 0) {
      out.emplace_back(b + 1);
    }
  }
  return out;
}

/// The ballots in a set of branches.
inline std::uint64_t size_of(branch_bits set, const std::vector<std::uint64_t>& ballots) {
  std::uint64_t out = 0;
  for (std::size_t b = 0; b < ballots.size(); ++b) {
    out += (set >> b & 1U) != 0 ? ballots[b] : 0;
  }
  return out;
}

/// The rational span of indicator vectors, kept in reduced row echelon form. The numbers that occur
/// are quotients of minors of 0/1 matrices with a few rows, far below 2^63.
class rational_span {
 public:
  using number = boost::rational<std::int64_t>;
  explicit rational_span(std::size_t dimension) : dimension_(dimension) {}

  void add(branch_bits indicator) {
    std::vector<number> row = vector_of(indicator);
    reduce(row);
    const std::size_t pivot = pivot_of(row);
    if (pivot == dimension_) {
      return;
    }
    const number lead = row[pivot];
    for (number& x : row) {
      x /= lead;
    }
    for (auto& other : rows_) {
      const number factor = other[pivot];
      for (std::size_t i = 0; i < dimension_; ++i) {
        other[i] -= factor * row[i];
      }
    }
    rows_.push_back(std::move(row));
  }
  [[nodiscard]] bool contains(branch_bits indicator) const {
    std::vector<number> row = vector_of(indicator);
    reduce(row);
    return pivot_of(row) == dimension_;
  }

 private:
  [[nodiscard]] std::vector<number> vector_of(branch_bits indicator) const {
    std::vector<number> out;
    for (std::size_t i = 0; i < dimension_; ++i) {
      out.emplace_back(indicator >> i & 1U);
    }
    return out;
  }
  [[nodiscard]] std::size_t pivot_of(const std::vector<number>& row) const {
    std::size_t i = 0;
    while (i < dimension_ && row[i] == number(0)) {
      ++i;
    }
    return i;
  }
  void reduce(std::vector<number>& row) const {
    for (const auto& base : rows_) {
      const number factor = row[pivot_of(base)];
      for (std::size_t i = 0; i < dimension_; ++i) {
        row[i] -= factor * base[i];
      }
    }
  }

  std::size_t dimension_;
  std::vector<std::vector<number>> rows_;
};

/// The fewest ballots of any nonempty 0/1 combination of the opened sums.
inline std::optional<std::uint64_t> fewest_in_span(const std::vector<branch_bits>& opened,
                                                   const std::vector<std::uint64_t>& ballots) {
  rational_span span(ballots.size());
  branch_bits counted = 0;  // branches with ballots: the others add nothing to any sum
  for (std::size_t b = 0; b < ballots.size(); ++b) {
    counted |= ballots[b] > 0 ? 1U << b : 0U;
  }
  for (const branch_bits set : opened) {
    span.add(set & counted);
  }
  std::optional<std::uint64_t> out;
  for (branch_bits v = 1; v < 1U << ballots.size(); ++v) {
    if ((v & ~counted) == 0 && span.contains(v)) {
      const std::uint64_t size = size_of(v, ballots);
      out = out ? std::min(*out, size) : size;
    }
  }
  return out;
}

}  // namespace sandoq::testing
