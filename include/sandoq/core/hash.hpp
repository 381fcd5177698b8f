#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/literal.hpp"

namespace sandoq {

/// A 32-byte hash value; the tag-framed hashes of the record are of this size.
struct digest32 {
  byte_array<32> octets{};
  [[nodiscard]] byte_view view() const noexcept { return octets; }
  friend auto operator<=>(const digest32&, const digest32&) = default;
};

/// A full 64-byte SHA-512 value.
struct digest64 {
  byte_array<64> octets{};
  [[nodiscard]] byte_view view() const noexcept { return octets; }
  friend auto operator<=>(const digest64&, const digest64&) = default;
};

/// SHA-512 (FIPS 180-4), incremental. Copying copies the state, so a common prefix is hashed once.
/// Constant time in the content; the length is public. Does not wipe itself: for secret input use
/// secret_sha512 of core/secret_hash.hpp.
class sha512 {
 public:
  sha512() noexcept;
  /// Hashes these bytes after those before.
  sha512& update(byte_view data) noexcept;
  /// The hash of everything so far; the state itself stays as it is and may be updated further.
  [[nodiscard]] digest64 finish() const noexcept;
  /// The same into memory of the caller's; leaves no copy of it elsewhere.
  void finish_into(std::span<std::byte, 64> out) const noexcept;
  /// SHA-512(data).
  [[nodiscard]] static digest64 of(byte_view data) noexcept;

 private:
  static constexpr std::size_t state_bytes = 208;
  alignas(8) byte_array<state_bytes> state_;
};

/// H(tag, data) = the first 32 bytes of SHA-512(frame("sandoq-1") || frame(tag) || data), where
/// frame(x) = u32 little-endian length of x || x. SPEC(00.3) `data` is what was given to update(),
/// concatenated: parts of variable length must bring their own lengths (byte_writer does). For
/// public data: it does not wipe what it hashed.
class framed_hash {
 public:
  /// Begins with the two frames.
  explicit framed_hash(literal tag) noexcept;
  /// Hashes these bytes after those before.
  framed_hash& update(byte_view data) noexcept;
  [[nodiscard]] digest32 digest() const noexcept;
  [[nodiscard]] digest64 digest_wide() const noexcept;  ///< all 64 bytes

  /// H(tag, parts...), each part anything that converts to byte_view.
  template <class... Parts>
  [[nodiscard]] static digest32 of(literal tag, const Parts&... parts) noexcept {
    framed_hash h(tag);
    (h.update(byte_view(parts)), ...);
    return h.digest();
  }

 private:
  sha512 state_;
};

/// Feeds frame(x) = u32 little-endian length || x. \pre data.size() < 2^32
void update_framed(sha512& state, byte_view data) noexcept;

}  // namespace sandoq
