#pragma once

// What a straightforward program over libsodium would do, one operation after the other.

#include <sodium.h>

#include <array>
#include <cstddef>
#include <cstdlib>

namespace sandoq::bench {

inline void require(bool good) {
  if (!good) {
    std::abort();  // the time of a wrong result is worth nothing
  }
}

/// libsodium's operations on random values.
class sodium_ops {
 public:
  sodium_ops() {
    require(sodium_init() >= 0);
    crypto_core_ristretto255_scalar_random(scalar_.data());
    crypto_core_ristretto255_random(point_.data());
    crypto_core_ristretto255_random(other_.data());
  }
  void base(std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) {
      require(crypto_scalarmult_ristretto255_base(out_.data(), scalar_.data()) == 0);
    }
  }
  void variable(std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) {
      require(crypto_scalarmult_ristretto255(out_.data(), scalar_.data(), point_.data()) == 0);
    }
  }
  void add(std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) {
      require(crypto_core_ristretto255_add(out_.data(), point_.data(), other_.data()) == 0);
    }
  }

 private:
  std::array<unsigned char, 32> scalar_{}, point_{}, other_{}, out_{};
};

}  // namespace sandoq::bench
