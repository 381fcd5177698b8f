#include "sandoq/core/hash.hpp"

#include <sodium/crypto_hash_sha512.h>

#include <algorithm>
#include <limits>
#include <new>
#include <type_traits>

#include "sandoq/core/contract.hpp"

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

digest64 sha512::finish() const noexcept {
  sha512 copy = *this;
  digest64 out;
  crypto_hash_sha512_final(state_in(copy.state_),
                           reinterpret_cast<unsigned char*>(out.octets.data()));
  return out;  // final() wipes the copy
}

digest64 sha512::of(byte_view data) noexcept {
  return sha512().update(data).finish();
}

void update_framed(sha512& state, byte_view data) noexcept {
  SANDOQ_EXPECTS(data.size() <= std::numeric_limits<std::uint32_t>::max(),
                 "a frame of 4 GiB or more cannot be hashed");
  byte_array<4> length;
  for (std::size_t i = 0; i < length.size(); ++i) {
    length[i] = static_cast<std::byte>((data.size() >> (8 * i)) & 0xFFU);
  }
  state.update(length).update(data);
}

framed_hash::framed_hash(literal tag) noexcept {
  update_framed(state_, bytes_of("sandoq-1"));
  update_framed(state_, bytes_of(tag.view()));
}

framed_hash& framed_hash::update(byte_view data) noexcept {
  state_.update(data);
  return *this;
}

digest64 framed_hash::digest_wide() const noexcept {
  return state_.finish();
}

digest32 framed_hash::digest() const noexcept {
  const digest64 wide = digest_wide();
  digest32 out;
  std::copy_n(wide.octets.begin(), out.octets.size(), out.octets.begin());
  return out;
}

}  // namespace sandoq
