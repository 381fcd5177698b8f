#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq {

/// The canonical encoding (00.2) of values some of which are secret, for what a program keeps
/// between two runs. Structure (which fields, how long) is public; the whole of the bytes counts as
/// secret. Grows without leaving copies: what it outgrows is wiped. SPEC(00.2)
class secret_writer {
 public:
  /// Nothing written yet.
  secret_writer() = default;

  /// One byte of public data.
  void u8(std::uint8_t value);
  /// Two public bytes, little-endian.
  void u16(std::uint16_t value);
  /// Four public bytes, little-endian.
  void u32(std::uint32_t value);
  /// Eight public bytes, little-endian.
  void u64(std::uint64_t value);
  /// The count before the items of a list. \pre items < 2^32
  void count(std::size_t items);
  /// Public bytes whose number both sides know.
  void fixed(byte_view data);
  /// u32 length, then public bytes. \pre data.size() < 2^32
  void var(byte_view data);

  /// Secret bytes whose number both sides know.
  template <std::size_t N>
  void fixed(const secret<byte_array<N>>& data) {
    append(expose_for_secret_ops(data));
  }
  /// u32 length, which is public, then secret bytes. \pre data.size() < 2^32
  void var(const secret_bytes& data);

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// All that was written, marked secret as a whole.
  [[nodiscard]] secret_bytes take() &&;

 private:
  void append(byte_view data);

  secret_bytes room_;
  std::size_t size_ = 0;
};

/// Reads what a secret_writer wrote, field after field, and keeps the first failure: after it every
/// read gives an empty value, so a decoder reads straight through and asks once at its end. Public
/// fields come out as plain values, secret ones as secrets. No length or count is believed before
/// it was compared with the bytes that are left. Constant time in the secret fields.
class secret_reader {
 public:
  /// \param data  must outlive the reader \param item  what it is, for the places of errors
  secret_reader(const secret_bytes& data, std::string_view item)
      : in_(expose_for_secret_ops(data)), item_(item) {}

  [[nodiscard]] bool good() const noexcept { return !error_.has_value(); }

  /// Public fields of fixed width, little-endian.
  [[nodiscard]] std::uint8_t u8(std::string_view field);
  /// Two bytes.
  [[nodiscard]] std::uint16_t u16(std::string_view field);
  /// Four bytes.
  [[nodiscard]] std::uint32_t u32(std::string_view field);
  /// Eight bytes.
  [[nodiscard]] std::uint64_t u64(std::string_view field);
  /// The count of a list of `least` to `most` items of at least min_item_bytes each.
  [[nodiscard]] std::size_t count(std::size_t least, std::size_t most, std::size_t min_item_bytes,
                                  std::string_view field);
  /// The next N bytes, which are public.
  template <std::size_t N>
  [[nodiscard]] byte_array<N> fixed(std::string_view field) {
    byte_array<N> out{};
    const bytes read = released(N, field);
    std::copy(read.begin(), read.end(), out.begin());
    return out;
  }
  /// A public field of at most max_bytes.
  [[nodiscard]] bytes var(std::size_t max_bytes, std::string_view field);

  /// The next N bytes, which are secret.
  template <std::size_t N>
  [[nodiscard]] secret<byte_array<N>> secret_fixed(std::string_view field) {
    const byte_view read = next(N, field);
    return secret<byte_array<N>>::made_by([&read] {
      byte_array<N> out{};
      std::copy(read.begin(), read.end(), out.begin());
      return out;
    });
  }
  /// A secret field of at most max_bytes; its length is public.
  [[nodiscard]] secret_bytes secret_var(std::size_t max_bytes, std::string_view field);

  /// The value of a step, or an empty one after keeping its failure within `field`.
  template <class T>
  [[nodiscard]] T take(result<T> step, std::string_view field) {
    if (step) {
      return std::move(*step);
    }
    keep(fail_within(field, std::move(step.error())).value());
    return T{};
  }
  /// Refuses a value that was read and is not allowed. The first refusal counts.
  void refuse(errc code, std::string_view field, std::string_view reason);
  /// Everything was read and nothing refused.
  [[nodiscard]] result<void> finish();

 private:
  void keep(error e);
  byte_view next(std::size_t size_bytes, std::string_view field);
  bytes released(std::size_t size_bytes, std::string_view field);
  std::uint64_t integer(std::size_t size_bytes, std::string_view field);

  byte_reader in_;
  std::string_view item_;
  std::optional<error> error_;
};

}  // namespace sandoq
