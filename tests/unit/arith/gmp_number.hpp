#pragma once

#include <gmp.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <vector>

namespace sandoq::testing {

/// A GMP integer with value semantics: the second opinion on all modular arithmetic.
class gmp_number {
 public:
  gmp_number() { mpz_init(value_); }
  explicit gmp_number(unsigned long value) { mpz_init_set_ui(value_, value); }
  gmp_number(const gmp_number& other) { mpz_init_set(value_, other.value_); }
  gmp_number& operator=(const gmp_number& other) {
    mpz_set(value_, other.value_);
    return *this;
  }
  ~gmp_number() { mpz_clear(value_); }

  /// Little-endian words, each of which may hold more than `radix_bits` bits.
  template <std::size_t N>
  static gmp_number from_limbs(const std::array<std::uint64_t, N>& limbs, unsigned radix_bits) {
    gmp_number out;
    for (std::size_t i = N; i-- > 0;) {
      mpz_mul_2exp(out.value_, out.value_, radix_bits);
      gmp_number limb;
      mpz_import(limb.value_, 1, -1, sizeof(std::uint64_t), 0, 0, &limbs[i]);
      mpz_add(out.value_, out.value_, limb.value_);
    }
    return out;
  }
  static gmp_number from_bytes(const std::byte* in, std::size_t size_bytes) {
    gmp_number out;
    mpz_import(out.value_, size_bytes, -1, 1, 0, 0, in);
    return out;
  }
  /// Little-endian words of 64 bits, and back.
  static gmp_number from_words(std::span<const std::uint64_t> words) {
    gmp_number out;
    mpz_import(out.value_, words.size(), -1, sizeof(std::uint64_t), 0, 0, words.data());
    return out;
  }
  [[nodiscard]] std::vector<std::uint64_t> to_words(std::size_t size) const {
    std::vector<std::uint64_t> out(size);
    mpz_export(out.data(), nullptr, -1, sizeof(std::uint64_t), 0, 0, value_);
    return out;
  }
  static gmp_number from_decimal(const char* text) {
    gmp_number out;
    mpz_set_str(out.value_, text, 10);
    return out;
  }
  static gmp_number power_of_two(std::size_t bits) {
    gmp_number out(1);
    mpz_mul_2exp(out.value_, out.value_, bits);
    return out;
  }

  template <std::size_t N>
  [[nodiscard]] std::array<std::byte, N> to_bytes() const {
    std::array<std::byte, N> out{};
    mpz_export(out.data(), nullptr, -1, 1, 0, 0, value_);
    return out;
  }
  [[nodiscard]] std::string text() const {
    std::vector<char> buffer(mpz_sizeinbase(value_, 10) + 2);
    return mpz_get_str(buffer.data(), 10, value_);
  }

  friend gmp_number operator+(gmp_number a, const gmp_number& b) {
    mpz_add(a.value_, a.value_, b.value_);
    return a;
  }
  friend gmp_number operator-(gmp_number a, const gmp_number& b) {
    mpz_sub(a.value_, a.value_, b.value_);
    return a;
  }
  friend gmp_number operator*(gmp_number a, const gmp_number& b) {
    mpz_mul(a.value_, a.value_, b.value_);
    return a;
  }
  /// The remainder in [0, m).
  friend gmp_number operator%(gmp_number a, const gmp_number& m) {
    mpz_mod(a.value_, a.value_, m.value_);
    return a;
  }
  friend bool operator==(const gmp_number& a, const gmp_number& b) {
    return mpz_cmp(a.value_, b.value_) == 0;
  }
  [[nodiscard]] gmp_number power(const gmp_number& exponent, const gmp_number& modulus) const {
    gmp_number out;
    mpz_powm(out.value_, value_, exponent.value_, modulus.value_);
    return out;
  }
  /// 1/a mod m, 0 for a = 0.
  [[nodiscard]] gmp_number inverse(const gmp_number& modulus) const {
    gmp_number out;
    if (mpz_sgn(value_) != 0) {
      mpz_invert(out.value_, value_, modulus.value_);
    }
    return out;
  }
  /// 1 for a square, -1 for none, 0 for 0, modulo an odd prime; Jacobi's symbol modulo any odd
  /// number.
  [[nodiscard]] int legendre(const gmp_number& prime) const {
    return mpz_legendre(value_, prime.value_);
  }

 private:
  mpz_t value_;
};

inline std::ostream& operator<<(std::ostream& out, const gmp_number& a) {
  return out << a.text();
}

}  // namespace sandoq::testing
