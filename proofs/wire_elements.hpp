#pragma once

// Between the elements of a proof and their places in a record.

#include <algorithm>
#include <cstddef>
#include <utility>

#include "sandoq/elgamal/wire.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq::wire {

/// Decodes all at once; only after a failure one by one, to name the culprit.
template <class PlaceOf>
[[nodiscard]] result<encoded_elements<ristretto255>> decode_named(byte_view octets,
                                                                  PlaceOf&& place_of) {
  using G = ristretto255;
  auto decoded = encoded_elements<G>::decode(octets);
  if (decoded) {
    return decoded;
  }
  for (std::size_t i = 0; i * G::element_bytes < octets.size(); ++i) {
    auto one = G::decode(octets.subspan(i * G::element_bytes, G::element_bytes));
    if (!one) {
      return fail(one.error().code, place_of(i), one.error().reason);
    }
  }
  return decoded;
}

/// The i-th element of canonical octets.
[[nodiscard]] inline wire_element element_at(byte_view octets, std::size_t i) {
  wire_element out;
  const byte_view in = octets.subspan(i * ristretto255::element_bytes, ristretto255::element_bytes);
  std::copy(in.begin(), in.end(), out.octets.begin());
  return out;
}

/// A scalar below q; the error's place is `name`.
template <class Name>
[[nodiscard]] result<ristretto255::scalar> decode_named_scalar(const wire_scalar& in,
                                                               const Name& name) {
  auto scalar = ristretto255::decode_scalar(in.view());
  if (!scalar) {
    return fail(scalar.error().code, name, scalar.error().reason);
  }
  return *scalar;
}

}  // namespace sandoq::wire
