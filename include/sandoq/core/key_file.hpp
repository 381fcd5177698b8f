#pragma once

#include <cstddef>
#include <cstdint>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// What trying one passphrase costs: passes over the memory, and the memory. Both stand in the
/// file. The names are those of libsodium for Argon2id.
struct passphrase_cost {
  static constexpr std::uint64_t max_operations = 16;
  static constexpr std::uint64_t min_memory_bytes = 8192;
  static constexpr std::uint64_t max_memory_bytes = std::uint64_t{4} << 30;

  std::uint64_t operations = 0;    ///< 1 to max_operations
  std::uint64_t memory_bytes = 0;  ///< within the bounds, a multiple of 1024

  /// 2 passes over 64 MiB: a fraction of a second.
  [[nodiscard]] static constexpr passphrase_cost interactive() noexcept {
    return {2, std::uint64_t{64} << 20};
  }
  /// 3 passes over 256 MiB: about a second.
  [[nodiscard]] static constexpr passphrase_cost moderate() noexcept {
    return {3, std::uint64_t{256} << 20};
  }
  /// 4 passes over 1 GiB: some seconds.
  [[nodiscard]] static constexpr passphrase_cost sensitive() noexcept {
    return {4, std::uint64_t{1} << 30};
  }
  friend bool operator==(const passphrase_cost&, const passphrase_cost&) = default;
};

/// out_of_range, with what was asked for, unless both numbers are within their bounds. So a file
/// from elsewhere cannot exhaust the machine: 16 passes over 4 GiB are the most it may ask for.
[[nodiscard]] result<void> check_cost(const passphrase_cost& cost);

/// A file under a passphrase as it lies on a disk: nothing of it is secret.
///   "sandoq-key-1\n" || u64 operations || u64 memory bytes || b16 salt || b24 nonce ||
///   var header || var box
/// key = Argon2id version 1.3 of the passphrase, that salt, parallelism 1, 32 bytes; box =
/// XChaCha20-Poly1305 of the content under key and nonce, with everything before `var box` as
/// associated data. Source: RFC 9106; draft-irtf-cfrg-xchacha-03.
struct key_file {
  static constexpr std::size_t max_header_bytes = 4096;
  static constexpr std::size_t max_content_bytes = 32 << 20;
  static constexpr std::size_t tag_bytes = 16;

  passphrase_cost cost;
  byte_array<16> salt{};
  byte_array<24> nonce{};
  bytes header;  ///< public and authenticated: what the file is, and whose
  bytes box;

  /// Structure and bounds, the cost too. \return bad_encoding if it is no such file; unsupported if
  /// it is one of another version; out_of_range if it asks for too much or nothing.
  [[nodiscard]] static result<key_file> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  /// Everything before `var box`.
  [[nodiscard]] bytes associated_data() const;
  friend bool operator==(const key_file&, const key_file&) = default;
};

/// The header of a file, without its passphrase, so that a program can say whose passphrase it
/// wants. Not authenticated: open_with_passphrase() gives one that is. \return as key_file::decode
[[nodiscard]] result<bytes> key_file_header(byte_view file);

}  // namespace sandoq
