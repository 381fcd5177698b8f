#include <sodium/crypto_hash_sha512.h>

#include <new>
#include <type_traits>

#include "sandoq/core/hash.hpp"

namespace sandoq {
namespace {

using sodium_state = crypto_hash_sha512_state;
static_assert(sizeof(sodium_state) == 208 && alignof(sodium_state) <= 8,
              "the storage of sha512 holds libsodium's state");
static_assert(std::is_trivially_copyable_v<sodium_state>, "copying the storage copies the state");

// Works in place, so that hashing a secret leaves no second copy of the state behind.
sodium_state* state_in(byte_array<208>& storage) noexcept {
  return std::launder(reinterpret_cast<sodium_state*>(storage.data()));
}

const unsigned char* as_unsigned(byte_view data) noexcept {
  return reinterpret_cast<const unsigned char*>(data.data());
}

}  // namespace

sha512::sha512() noexcept : state_{} {
  crypto_hash_sha512_init(::new (state_.data()) sodium_state);
}

sha512& sha512::update(byte_view data) noexcept {
  if (!data.empty()) {
    crypto_hash_sha512_update(state_in(state_), as_unsigned(data), data.size());
  }
  return *this;
}

void sha512::finish_into(std::span<std::byte, 64> out) const noexcept {
  sha512 copy = *this;  // which final() wipes
  crypto_hash_sha512_final(state_in(copy.state_), reinterpret_cast<unsigned char*>(out.data()));
}

}  // namespace sandoq
