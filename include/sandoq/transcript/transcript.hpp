#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/literal.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/encoded_element.hpp"

namespace sandoq {

/// The running hash from which a proof's challenges come: everything public that a proof speaks of
/// is absorbed, typed and labelled, before the challenge that depends on it. Labels are literals of
/// the protocol, so nothing from outside can become one. Holds public data only; a copy continues
/// on its own.                                                                    SPEC(30.1)
class transcript {
 public:
  /// Begins a transcript of that purpose.
  explicit transcript(literal label) noexcept;

  /// A byte string, with its length.
  void absorb_bytes(literal label, byte_view data) noexcept;
  /// An integer, as 8 bytes.
  void absorb_integer(literal label, std::uint64_t value) noexcept;

  /// A scalar.
  template <prime_order_group G>
  void absorb_scalar(literal label, const scalar_of<G>& value) noexcept {
    absorb(record_type::scalar, label, G::encode_scalar(value));
  }
  /// A list: count and items.
  template <prime_order_group G>
  void absorb_scalars(literal label, std::span<const scalar_of<G>> values) noexcept {
    open_list(record_type::scalars, label, values.size(), G::scalar_bytes);
    for (const auto& value : values) {
      state_.update(G::encode_scalar(value));
    }
  }

  /// Encodes the element, which costs an inverse square root: use the forms below where the bytes
  /// are at hand.
  template <prime_order_group G>
  void absorb_element(literal label, const element_of<G>& value) noexcept {
    absorb(record_type::element, label, G::encode(value));
  }
  /// The same from the bytes at hand.
  template <prime_order_group G>
  void absorb_element(literal label, const encoded_element<G>& value) noexcept {
    absorb(record_type::element, label, value.view());
  }
  /// \pre octets.size() == G::element_bytes
  template <prime_order_group G>
  void absorb_encoded_element(literal label, byte_view octets) noexcept {
    SANDOQ_EXPECTS(octets.size() == G::element_bytes, "the bytes of one element");
    absorb(record_type::element, label, octets);
  }

  /// A list: count and items. Encodes every element.
  template <prime_order_group G>
  void absorb_elements(literal label, std::span<const element_of<G>> values) noexcept {
    open_list(record_type::elements, label, values.size(), G::element_bytes);
    for (const auto& value : values) {
      state_.update(G::encode(value));
    }
  }
  /// The same list from the bytes at hand.
  template <prime_order_group G>
  void absorb_elements(literal label, std::span<const encoded_element<G>> values) noexcept {
    open_list(record_type::elements, label, values.size(), G::element_bytes);
    for (const auto& value : values) {
      state_.update(value.view());
    }
  }
  /// The same list from the concatenated bytes of its elements, as they stand on the wire.
  /// \pre octets.size() is a multiple of G::element_bytes
  template <prime_order_group G>
  void absorb_encoded_elements(literal label, byte_view octets) noexcept {
    SANDOQ_EXPECTS(octets.size() % G::element_bytes == 0, "whole elements");
    open_list(record_type::elements, label, octets.size() / G::element_bytes, G::element_bytes);
    state_.update(octets);
  }

  /// A challenge that depends on everything so far; bad_proof if it is 0, which makes the proof
  /// invalid. Later challenges depend on it.                                      SPEC(30.2)
  template <prime_order_group G>
  [[nodiscard]] result<scalar_of<G>> challenge(literal label) {
    const scalar_of<G> c = G::scalar_from_wide(squeeze(label).octets);
    if (c == scalar_of<G>{}) {
      return fail(errc::bad_proof, label.view(), "the challenge is zero");
    }
    return c;
  }

  /// The 64 bytes behind a challenge.                                                   SPEC(30.2)
  [[nodiscard]] digest64 squeeze(literal label) noexcept;

  /// 64 bytes that depend on everything so far, without changing the state.             SPEC(30.3)
  [[nodiscard]] digest64 fork(literal label) const noexcept;

 private:
  enum class record_type : std::uint8_t {
    octets = 0x01,
    integer = 0x02,
    scalar = 0x03,
    element = 0x04,
    scalars = 0x05,
    elements = 0x06,
    squeeze = 0x10,
    squeezed = 0x11,
    fork = 0x12,
  };
  void absorb(record_type type, literal label, byte_view data) noexcept;
  /// Everything of a list's record but its items. \pre count and size fit into 32 bits
  void open_list(record_type type, literal label, std::size_t count,
                 std::size_t item_bytes) noexcept;

  sha512 state_;
};

}  // namespace sandoq
