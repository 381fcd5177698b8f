#pragma once

#include <compare>
#include <string_view>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// The 32 bytes of an element as they stand in a record: not yet known to be in the group.
/// SPEC(00.2)
struct wire_element {
  byte_array<32> octets{};
  [[nodiscard]] byte_view view() const noexcept { return octets; }
  friend auto operator<=>(const wire_element&, const wire_element&) = default;
};

/// The 32 bytes of a scalar as they stand in a record: not yet known to be below q.
struct wire_scalar {
  byte_array<32> octets{};
  [[nodiscard]] byte_view view() const noexcept { return octets; }
  friend auto operator<=>(const wire_scalar&, const wire_scalar&) = default;
};

/// A ciphertext as it stands in a record: alpha, beta. An array of them is the concatenation of
/// their bytes.
struct wire_ciphertext {
  wire_element alpha;
  wire_element beta;
  friend auto operator<=>(const wire_ciphertext&, const wire_ciphertext&) = default;
};
static_assert(sizeof(wire_ciphertext) == 64, "read as bytes by transcripts and hashes");

inline void write(byte_writer& out, const wire_element& e) {
  out.fixed(e.view());
}
inline void write(byte_writer& out, const wire_scalar& s) {
  out.fixed(s.view());
}
inline void write(byte_writer& out, const wire_ciphertext& c) {
  out.fixed(c.alpha.view());
  out.fixed(c.beta.view());
}

/// Structure only: fails with truncated, never looks at the value.
[[nodiscard]] result<wire_element> read_element(byte_reader& in, std::string_view field);
/// The same for a scalar.
[[nodiscard]] result<wire_scalar> read_scalar(byte_reader& in, std::string_view field);
/// The same for a ciphertext: alpha, then beta.
[[nodiscard]] result<wire_ciphertext> read_ciphertext(byte_reader& in, std::string_view field);

}  // namespace sandoq
