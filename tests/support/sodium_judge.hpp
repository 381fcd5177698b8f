#pragma once

// What a judge of proofs needs who trusts nothing of ours: libsodium's hash, scalars and
// ristretto255, and the transcript of section 30 written a second time.

#include <gtest/gtest.h>
#include <sodium.h>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "sandoq/core/bytes.hpp"

namespace sandoq::testing::sodium {

using octets = std::vector<unsigned char>;
using value = std::array<unsigned char, 32>;  // a scalar or an element

inline void put(octets& out, const octets& more) {
  out.insert(out.end(), more.begin(), more.end());
}
inline void put_int(octets& out, std::uint64_t x, int size_bytes) {
  for (int i = 0; i < size_bytes; ++i) {
    out.push_back(static_cast<unsigned char>(x >> (8 * i)));
  }
}
inline void put_frame(octets& out, const octets& data) {
  put_int(out, data.size(), 4);
  put(out, data);
}
inline octets from_text(std::string_view text) {
  return {text.begin(), text.end()};
}
inline octets from_bytes(byte_view in) {
  octets out;
  for (const std::byte b : in) {
    out.push_back(std::to_integer<unsigned char>(b));
  }
  return out;
}
inline std::array<unsigned char, 64> sha512_of(const octets& data) {
  std::array<unsigned char, 64> out;
  crypto_hash_sha512(out.data(), data.data(), data.size());
  return out;
}

// Scalars, by libsodium.
inline value small(std::uint64_t x) {
  value out{};
  for (int i = 0; i < 8; ++i) {
    out[static_cast<std::size_t>(i)] = static_cast<unsigned char>(x >> (8 * i));
  }
  return out;
}
inline value operator+(const value& a, const value& b) {
  value out;
  crypto_core_ristretto255_scalar_add(out.data(), a.data(), b.data());
  return out;
}
inline value operator-(const value& a, const value& b) {
  value out;
  crypto_core_ristretto255_scalar_sub(out.data(), a.data(), b.data());
  return out;
}
inline value operator*(const value& a, const value& b) {
  value out;
  crypto_core_ristretto255_scalar_mul(out.data(), a.data(), b.data());
  return out;
}

/// A sum of multiples of elements, by libsodium.
class sum {
 public:
  void add(const value& scalar, const value& element) {
    value term;
    if (crypto_scalarmult_ristretto255(term.data(), scalar.data(), element.data()) != 0) {
      return;  // the identity: nothing to add
    }
    add(term);
  }
  void add_generator(const value& scalar) {
    value term;
    if (crypto_scalarmult_ristretto255_base(term.data(), scalar.data()) != 0) {
      return;
    }
    add(term);
  }
  void add(const value& element) {
    ASSERT_EQ(crypto_core_ristretto255_add(total_.data(), total_.data(), element.data()), 0);
  }
  [[nodiscard]] const value& total() const { return total_; }
  [[nodiscard]] bool is_zero() const { return total_ == value{}; }

 private:
  value total_{};
};

/// The records of section 30.1.
class records {
 public:
  explicit records(std::string_view label) {
    put_frame(state_, from_text("sandoq-1/transcript"));
    put_frame(state_, from_text(label));
  }
  void add(int type, std::string_view label, const octets& data) {
    state_.push_back(static_cast<unsigned char>(type));
    put_frame(state_, from_text(label));
    put_frame(state_, data);
  }
  void add_integer(std::string_view label, std::uint64_t x) {
    octets data;
    put_int(data, x, 8);
    add(2, label, data);
  }
  void add_elements(std::string_view label, const octets& joined) {
    octets data;
    put_int(data, joined.size() / 32, 4);
    put(data, joined);
    add(6, label, data);
  }
  value challenge(std::string_view label) {
    add(0x10, label, {});
    const auto digest = sha512_of(state_);
    add(0x11, label, {digest.begin(), digest.end()});
    value out;
    crypto_core_ristretto255_scalar_reduce(out.data(), digest.data());
    return out;
  }

 private:
  octets state_;
};

}  // namespace sandoq::testing::sodium
