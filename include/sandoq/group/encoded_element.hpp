#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/concept.hpp"

namespace sandoq {

template <prime_order_group G>
class encoded_elements;

/// A public element together with its canonical bytes. Encoding costs an inverse square root, so an
/// element that is both hashed and computed with keeps both forms; they always belong together.
template <prime_order_group G>
class encoded_element {
 public:
  /// The canonical bytes.
  using octets_type = std::array<std::byte, G::element_bytes>;

  /// The identity.
  encoded_element() : encoded_element(G::identity()) {}
  /// Encodes e.
  explicit encoded_element(const element_of<G>& e) : element_(e), octets_(G::encode(e)) {}
  /// Reads G::element_bytes canonical bytes; errors as G::decode.
  [[nodiscard]] static result<encoded_element> decode(byte_view in) {
    auto element = G::decode(in);
    if (!element) {
      return tl::unexpected<error>(std::move(element.error()));
    }
    encoded_element out(*element, octets_type{});
    for (std::size_t i = 0; i < G::element_bytes; ++i) {
      out.octets_[i] = in[i];
    }
    return out;
  }

  [[nodiscard]] const element_of<G>& element() const noexcept { return element_; }
  [[nodiscard]] const octets_type& octets() const noexcept { return octets_; }
  [[nodiscard]] byte_view view() const noexcept { return octets_; }
  [[nodiscard]] bool is_identity() const noexcept { return G::is_identity(element_); }

  /// Compares bytes, which are canonical.
  friend bool operator==(const encoded_element& a, const encoded_element& b) noexcept {
    return a.octets_ == b.octets_;
  }

 private:
  friend class encoded_elements<G>;
  encoded_element(const element_of<G>& e, const octets_type& octets)
      : element_(e), octets_(octets) {}

  element_of<G> element_;
  octets_type octets_;
};

}  // namespace sandoq
