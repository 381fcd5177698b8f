// Elements and sums of multiples beside libsodium's byte interface.

#include <sodium.h>

#include <array>
#include <memory>
#include <vector>

#include "bench/compare/comparison.hpp"
#include "bench/sodium_ops.hpp"
#include "sandoq/core/system_random.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq::compare {
namespace {

using G = ristretto255;
using bench::require;

unsigned char* raw(std::byte* p) {
  return reinterpret_cast<unsigned char*>(p);
}
bytes random_wire(std::size_t n) {
  bytes out(32 * n);
  for (std::size_t i = 0; i < n; ++i) {
    crypto_core_ristretto255_random(raw(&out[32 * i]));
  }
  return out;
}

/// Running sums of n ciphertexts of 64 bytes each.
struct ciphertexts {
  explicit ciphertexts(std::size_t n) : wire(random_wire(2 * n)), hints(64 * n), decoded(2 * n) {
    G::make_hints(hints, wire);
  }
  bytes wire;
  bytes hints;
  std::vector<G::element> decoded;
  std::array<G::element, 2> sums;

  void add_up() {
    const std::size_t rows = decoded.size() / (2 * columns);
    std::vector<G::element> wide(2 * columns);  // several pairs of sums side by side
    for (std::size_t row = 0; row < rows; ++row) {
      G::add_many(wide, std::span(decoded).subspan(row * wide.size(), wide.size()));
    }
    for (std::size_t i = 0; i < wide.size(); ++i) {
      sums[i % 2] += wide[i];
    }
  }
  static constexpr std::size_t columns = 32;
};

constexpr std::size_t ciphertext_count = 1024;

side aggregate_by_libsodium() {
  auto data = std::make_shared<ciphertexts>(ciphertext_count / 8);
  return {ciphertext_count / 8, [data] {
            std::array<byte_array<32>, 2> sums{};
            for (std::size_t i = 0; i < 2 * ciphertext_count / 8; ++i) {
              auto* sum = raw(sums[i % 2].data());
              require(crypto_core_ristretto255_add(sum, sum, raw(&data->wire[32 * i])) == 0);
            }
          }};
}
side aggregate_from_wire() {
  auto data = std::make_shared<ciphertexts>(ciphertext_count);
  return {ciphertext_count, [data] {
            require(G::decode_batch(data->decoded, data->wire).has_value());
            data->add_up();
          }};
}
side aggregate_hinted() {
  auto data = std::make_shared<ciphertexts>(ciphertext_count);
  return {ciphertext_count, [data] {
            require(G::decode_batch_hinted(data->decoded, data->wire, data->hints).has_value());
            data->add_up();
          }};
}

side sum_of_multiples(std::size_t n) {
  struct terms {
    std::vector<G::scalar> scalars;
    std::vector<G::element> elements;
  };
  auto data = std::make_shared<terms>();
  system_random random;
  for (std::size_t i = 0; i < n; ++i) {
    byte_array<64> wide;
    random.fill(wide);
    data->scalars.push_back(G::scalar_from_wide(wide));
  }
  data->elements.resize(n);
  require(G::decode_batch(data->elements, random_wire(n)).has_value());
  return {n, [data] { static_cast<void>(G::msm_vartime(data->scalars, data->elements)); }};
}

}  // namespace

side multiply_by_libsodium() {
  auto sodium = std::make_shared<bench::sodium_ops>();
  return {8, [sodium] { sodium->variable(8); }};
}

std::vector<comparison> group_comparisons() {
  require(sodium_init() >= 0);
  return {
      {"aggregate_wire64",
       "ElGamal ciphertext of 64 bytes, both points validated, added",
       "libsodium, byte interface",
       {14, 8.5, 3.5},
       aggregate_from_wire,
       aggregate_by_libsodium},
      {"aggregate_hinted",
       "the same with hints",
       "libsodium, byte interface",
       {80, 40, 12},
       aggregate_hinted,
       aggregate_by_libsodium},
      {"msm_1024",
       "term of a sum of 1,024 multiples",
       "libsodium, scalar multiplication",
       {30, 20, 9},
       [] { return sum_of_multiples(1024); },
       multiply_by_libsodium},
      {"msm_65536",
       "term of a sum of 65,536 multiples",
       "libsodium, scalar multiplication",
       {38, 20, 9},
       [] { return sum_of_multiples(65536); },
       multiply_by_libsodium},
  };
}

}  // namespace sandoq::compare
