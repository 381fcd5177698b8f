#pragma once

#include "sandoq/core/hash.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq {

/// SHA-512 over secret and public parts, giving a secret. Wipes its state. Constant time in the
/// content.
class secret_sha512 {
 public:
  secret_sha512() noexcept = default;
  secret_sha512& operator=(const secret_sha512&) = delete;
  ~secret_sha512() { detail::wipe(&state_, sizeof state_); }

  /// A second state, made on purpose: what comes after a common beginning is hashed apart.
  [[nodiscard]] secret_sha512 clone() const noexcept { return *this; }

  /// Hashes public bytes after those before.
  secret_sha512& update(byte_view data) noexcept {
    state_.update(data);
    return *this;
  }
  /// Hashes secret bytes; their number is public.
  secret_sha512& update(const secret_bytes& data) noexcept {
    state_.update(expose_for_secret_ops(data));
    return *this;
  }
  /// Hashes N secret bytes.
  template <std::size_t N>
  secret_sha512& update(const secret<byte_array<N>>& data) noexcept {
    state_.update(expose_for_secret_ops(data));
    return *this;
  }

  [[nodiscard]] secret<byte_array<64>> finish() const noexcept {
    secret<byte_array<64>> out;
    state_.finish_into(expose_for_secret_ops(out));
    return out;
  }

 private:
  secret_sha512(const secret_sha512&) noexcept = default;
  sha512 state_;
};

}  // namespace sandoq
