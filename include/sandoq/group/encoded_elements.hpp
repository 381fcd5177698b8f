#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/encoded_element.hpp"

namespace sandoq {

/// A list of public elements together with their canonical bytes, one after another as on the wire.
/// What is hashed and what is computed with always belong together; see encoded_element.
template <prime_order_group G>
class encoded_elements {
 public:
  encoded_elements() = default;
  /// Encodes every element. Cost: an inverse square root each.
  explicit encoded_elements(std::vector<element_of<G>> elements)
      : elements_(std::move(elements)), octets_(elements_.size() * G::element_bytes) {
    G::encode_batch(octets_, elements_);
  }
  /// Reads octets.size() / G::element_bytes elements; the error names the first bad one
  /// ("element 7"). \pre octets.size() is a multiple of G::element_bytes
  [[nodiscard]] static result<encoded_elements> decode(byte_view octets) {
    SANDOQ_EXPECTS(octets.size() % G::element_bytes == 0, "whole elements");
    encoded_elements out;
    out.elements_.resize(octets.size() / G::element_bytes);
    if (auto done = G::decode_batch(out.elements_, octets); !done) {
      return tl::unexpected<error>(std::move(done.error()));
    }
    out.octets_.assign(octets.begin(), octets.end());
    return out;
  }

  /// Reads several lists that stand one after another, decoded as one batch; sizes are in elements.
  /// The error names the first bad element among all.
  /// \param hints  none, or 32 bytes for each element, where the group takes hints: they spare time
  ///               and decide nothing
  /// \pre octets.size() == G::element_bytes * (sum of sizes)
  [[nodiscard]] static result<std::vector<encoded_elements>> decode_lists(
      byte_view octets, std::span<const std::size_t> sizes, byte_view hints = {}) {
    std::vector<element_of<G>> all(octets.size() / G::element_bytes);
    if (auto done = decode_all(all, octets, hints); !done) {
      return tl::unexpected<error>(std::move(done.error()));
    }
    std::vector<encoded_elements> out(sizes.size());
    std::size_t first = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      SANDOQ_EXPECTS(sizes[i] <= all.size() - first, "octets for every list");
      const auto elements = std::span<const element_of<G>>(all).subspan(first, sizes[i]);
      const byte_view theirs =
          octets.subspan(first * G::element_bytes, sizes[i] * G::element_bytes);
      out[i].elements_.assign(elements.begin(), elements.end());
      out[i].octets_.assign(theirs.begin(), theirs.end());
      first += sizes[i];
    }
    SANDOQ_EXPECTS(octets.size() == first * G::element_bytes, "a list for all octets");
    return out;
  }

  /// Puts the other list behind this one.
  void append(const encoded_elements& other) {
    elements_.insert(elements_.end(), other.elements_.begin(), other.elements_.end());
    octets_.insert(octets_.end(), other.octets_.begin(), other.octets_.end());
  }

  [[nodiscard]] std::size_t size() const noexcept { return elements_.size(); }
  [[nodiscard]] std::span<const element_of<G>> elements() const noexcept { return elements_; }
  [[nodiscard]] const element_of<G>& operator[](std::size_t i) const noexcept {
    return elements_[i];
  }
  /// The i-th with its bytes; costs no encoding. \pre i < size()
  [[nodiscard]] encoded_element<G> at(std::size_t i) const {
    typename encoded_element<G>::octets_type octets;
    std::copy_n(octets_.begin() + static_cast<std::ptrdiff_t>(i * G::element_bytes),
                G::element_bytes, octets.begin());
    return encoded_element<G>(elements_[i], octets);
  }
  [[nodiscard]] byte_view octets() const noexcept { return octets_; }
  /// The bytes of `count` elements from `first` on. \pre first + count <= size()
  [[nodiscard]] byte_view octets(std::size_t first, std::size_t count) const noexcept {
    return octets().subspan(first * G::element_bytes, count * G::element_bytes);
  }

  /// Compares bytes, which are canonical.
  friend bool operator==(const encoded_elements& a, const encoded_elements& b) noexcept {
    return a.octets_ == b.octets_;
  }

 private:
  static result<void> decode_all(std::span<element_of<G>> out, byte_view octets, byte_view hints) {
    if constexpr (requires { G::decode_batch_hinted(out, octets, hints); }) {
      if (!hints.empty()) {
        return G::decode_batch_hinted(out, octets, hints);
      }
    }
    return G::decode_batch(out, octets);
  }

  std::vector<element_of<G>> elements_;
  bytes octets_;
};

}  // namespace sandoq
