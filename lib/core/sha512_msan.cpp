// A stand-in for sha512_sodium.cpp in builds under MSan, which must contain no code that MSan has
// not seen. It is no hash: it only mixes every input bit into every output byte, so that the marks
// of a secret travel through it as they do through SHA-512.

#include <array>
#include <cstring>

#include "sandoq/core/hash.hpp"

namespace sandoq {
namespace {

using words = std::array<std::uint64_t, 8>;

words load(const byte_array<208>& storage) noexcept {
  words state;
  std::memcpy(state.data(), storage.data(), sizeof state);
  return state;
}

void store(byte_array<208>& storage, const words& state) noexcept {
  std::memcpy(storage.data(), state.data(), sizeof state);
}

void mix(words& state, std::uint64_t value) noexcept {
  for (std::uint64_t& word : state) {
    value = (word ^ value) * 0x9E3779B97F4A7C15U;
    value ^= value >> 32U;
    word = value;
  }
}

}  // namespace

sha512::sha512() noexcept : state_{} {
  store(state_, {1, 2, 3, 4, 5, 6, 7, 8});
}

sha512& sha512::update(byte_view data) noexcept {
  words state = load(state_);
  for (const std::byte octet : data) {
    mix(state, std::to_integer<std::uint64_t>(octet));
  }
  store(state_, state);
  return *this;
}

void sha512::finish_into(std::span<std::byte, 64> out) const noexcept {
  words state = load(state_);
  mix(state, 0x100);
  mix(state, 0x101);
  std::memcpy(out.data(), state.data(), out.size());
}

}  // namespace sandoq
