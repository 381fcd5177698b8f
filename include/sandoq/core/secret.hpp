#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/choice.hpp"

namespace sandoq {

namespace detail {

/// Overwrites memory with zeros in a way the optimiser may not drop.
void wipe(void* data, std::size_t size_bytes) noexcept;

/// Overwrites the stack below the caller's frame: what functions that it called have left there.
template <std::size_t SizeBytes>
[[gnu::noinline]] void wipe_dead_stack() noexcept {
  std::byte area[SizeBytes];
  wipe(area, sizeof area);
}

/// In a ctime build, tells the checker that these bytes are secret or public again; otherwise
/// nothing.
void mark_secret(const void* data, std::size_t size_bytes) noexcept;
void mark_public(const void* data, std::size_t size_bytes) noexcept;

template <std::size_t N>
struct reason_text {
  char text[N]{};
  consteval reason_text(const char (&literal_text)[N]) {  // NOLINT(google-explicit-constructor)
    std::copy_n(literal_text, N, text);
  }
  static constexpr std::size_t length = N - 1;
};

}  // namespace detail

/// A value that must not become known: move-only, wiped when it ends or is moved from, with no
/// comparison, no printing and no implicit way out. Registers and stack copies that the compiler
/// makes are beyond its reach (docs/side_channels.md); made_by avoids the copies of the language.
///
/// Ways out: declassify<"reason">(s) for everyone; expose_for_secret_ops(s) for constant-time code
/// that puts its output into a secret again.
template <class T>
class secret {
  static_assert(std::is_trivially_copyable_v<T>, "wiping works on plain memory only");

 public:
  /// What is kept secret.
  using value_type = T;

  /// Holds T{}.
  secret() noexcept : value_{} {}
  /// Classifies a value. The caller wipes the original, if it outlives this call.
  explicit secret(const T& value) noexcept : value_(value) {
    detail::mark_secret(&value_, sizeof value_);
  }
  /// Holds what make() returns, made in this very memory, so that no copy of it is left elsewhere.
  template <class Make>
  [[nodiscard]] static secret made_by(Make&& make) noexcept(noexcept(make())) {
    return secret(std::in_place, make);
  }
  /// Takes the value; the other one is wiped.
  secret(secret&& other) noexcept : value_(other.value_) { other.clear(); }
  secret& operator=(secret&& other) noexcept {
    if (this != &other) {
      value_ = other.value_;
      other.clear();
    }
    return *this;
  }
  secret(const secret&) = delete;
  secret& operator=(const secret&) = delete;
  ~secret() { detail::wipe(&value_, sizeof value_); }

  /// A second copy, made on purpose.
  [[nodiscard]] secret clone() const noexcept {
    secret out;
    out.value_ = value_;
    return out;
  }

  bool operator==(const secret&) const = delete;

  /// Trusted constant-time code only: the value, to be used without branching or indexing on it.
  friend const T& expose_for_secret_ops(const secret& s) noexcept { return s.value_; }
  /// The same, to be written.
  friend T& expose_for_secret_ops(secret& s) noexcept { return s.value_; }
  friend const T& expose_for_secret_ops(secret&& s) = delete;

 private:
  template <class Make>
  secret(std::in_place_t, Make& make) noexcept(noexcept(make())) : value_(make()) {
    detail::mark_secret(&value_, sizeof value_);
  }
  void clear() noexcept {
    detail::wipe(&value_, sizeof value_);
    detail::mark_public(&value_, sizeof value_);
  }

  T value_;
};

/// Releases a secret. The reason says why the value gives nothing away, and is what reviewers
/// search for; docs/side_channels.md lists every use.
template <detail::reason_text Reason, class T>
[[nodiscard]] T declassify(const secret<T>& s) noexcept {
  static_assert(Reason.length >= 8, "say why this may become public");
  T out = expose_for_secret_ops(s);
  detail::mark_public(&out, sizeof out);
  return out;
}

/// Releases a secret truth value.
template <detail::reason_text Reason>
[[nodiscard]] bool declassify(choice c) noexcept {
  static_assert(Reason.length >= 8, "say why this may become public");
  std::uint64_t bit = c.bit();
  detail::mark_public(&bit, sizeof bit);
  return bit != 0;
}

/// A byte string of public length and secret content, wiped at its end.
class secret_bytes {
 public:
  secret_bytes() = default;
  /// size_bytes zero bytes, which count as secret already.
  explicit secret_bytes(std::size_t size_bytes) : data_(size_bytes) {
    detail::mark_secret(data_.data(), data_.size());
  }
  /// Copies and classifies.
  explicit secret_bytes(byte_view data) : data_(data.begin(), data.end()) {
    detail::mark_secret(data_.data(), data_.size());
  }
  /// Takes the bytes; the other one is empty.
  secret_bytes(secret_bytes&& other) noexcept : data_(std::exchange(other.data_, {})) {}
  secret_bytes& operator=(secret_bytes&& other) noexcept {
    if (this != &other) {
      detail::wipe(data_.data(), data_.size());
      data_ = std::exchange(other.data_, {});
    }
    return *this;
  }
  secret_bytes(const secret_bytes&) = delete;
  secret_bytes& operator=(const secret_bytes&) = delete;
  ~secret_bytes() { detail::wipe(data_.data(), data_.size()); }

  [[nodiscard]] std::size_t size() const noexcept { return data_.size(); }
  [[nodiscard]] secret_bytes clone() const { return secret_bytes(byte_view(data_)); }
  bool operator==(const secret_bytes&) const = delete;

  /// Trusted constant-time code only: the bytes, to be used without branching or indexing on them.
  friend byte_view expose_for_secret_ops(const secret_bytes& s) noexcept { return s.data_; }
  /// The same, to be written.
  friend byte_span expose_for_secret_ops(secret_bytes& s) noexcept { return s.data_; }
  friend byte_view expose_for_secret_ops(secret_bytes&& s) = delete;

 private:
  bytes data_;
};

/// Releases a copy of secret bytes.
template <detail::reason_text Reason>
[[nodiscard]] bytes declassify(const secret_bytes& s) {
  static_assert(Reason.length >= 8, "say why this may become public");
  const byte_view view = expose_for_secret_ops(s);
  bytes out(view.begin(), view.end());
  detail::mark_public(out.data(), out.size());
  return out;
}

}  // namespace sandoq
