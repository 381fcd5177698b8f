#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string>
#include <utility>

#include "sandoq/core/contract.hpp"
#include "sandoq/elgamal/small_dlog.hpp"

namespace sandoq {

namespace detail {

inline constexpr std::uint64_t small_dlog_max_bound = std::uint64_t{1} << 40U;
inline constexpr std::uint64_t small_dlog_max_width = std::uint64_t{1} << 20U;
inline constexpr std::size_t small_dlog_chunk = 1024;

/// The first eight bytes of an encoding (all of a shorter one).
inline std::uint64_t table_key(byte_view octets) noexcept {
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(octets.size(), 8); ++i) {
    key |= std::to_integer<std::uint64_t>(octets[i]) << (8 * i);
  }
  return key;
}

/// The slot where the search for a key starts. Encodings of multiples of G look random, those of
/// small groups do not, hence the multiplication.
inline std::size_t first_slot(std::uint64_t key, std::size_t slots) noexcept {
  return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> 20U) & (slots - 1);
}

/// As many baby steps as all searches together make giant steps.
inline std::uint64_t balanced_width(std::uint64_t bound, std::uint64_t searches) noexcept {
  const double root = std::sqrt(static_cast<double>(bound) * static_cast<double>(searches));
  const double top = static_cast<double>(std::min(bound + 1, small_dlog_max_width));
  return static_cast<std::uint64_t>(std::clamp(root, 1.0, top));
}

}  // namespace detail

template <prime_order_group G>
small_dlog<G>::small_dlog(std::uint64_t bound, std::uint64_t searches)
    : bound_(bound), width_(detail::balanced_width(bound, searches)) {
  SANDOQ_EXPECTS(bound <= detail::small_dlog_max_bound, "counts are at most 2^40");
  slots_.resize(std::bit_ceil(2 * static_cast<std::size_t>(width_)));
  std::vector<element_of<G>> chunk;
  bytes octets;
  element_of<G> next = G::identity();
  for (std::uint64_t done = 0; done < width_; done += chunk.size()) {
    chunk.clear();
    const auto size = std::min<std::uint64_t>(detail::small_dlog_chunk, width_ - done);
    for (std::uint64_t i = 0; i < size; ++i) {
      chunk.push_back(next);
      next += G::generator();
    }
    octets.resize(chunk.size() * G::element_bytes);
    G::encode_batch(octets, chunk);
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      insert(detail::table_key(byte_view(octets).subspan(i * G::element_bytes, G::element_bytes)),
             static_cast<std::uint32_t>(done + i));
    }
  }
  giant_step_ = next;  // width*G
}

template <prime_order_group G>
void small_dlog<G>::insert(std::uint64_t key, std::uint32_t step) {
  std::size_t at = detail::first_slot(key, slots_.size());
  while (slots_[at].step_plus_1 != 0) {
    at = (at + 1) & (slots_.size() - 1);
  }
  slots_[at] = {key, step + 1};
}

template <prime_order_group G>
result<std::uint64_t> small_dlog<G>::find_vartime(const element_of<G>& e) const {
  element_of<G> rest = e;
  for (std::uint64_t base = 0; base <= bound_; base += width_) {
    const std::uint64_t key = detail::table_key(G::encode(rest));
    for (std::size_t at = detail::first_slot(key, slots_.size()); slots_[at].step_plus_1 != 0;
         at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].key != key) {
        continue;
      }
      // Eight bytes are not the whole element: confirm.
      const std::uint64_t m = base + slots_[at].step_plus_1 - 1;
      if (m <= bound_ && G::mul_base_vartime(G::scalar_from_u64(m)) == e) {
        return m;
      }
    }
    rest -= giant_step_;
  }
  return fail(errc::not_found, "count",
              "no value from 0 to " + std::to_string(bound_) + " has this element");
}

}  // namespace sandoq
