#include "sandoq/core/system_random.hpp"

#include <sodium/core.h>
#include <sodium/randombytes.h>

#include "sandoq/core/contract.hpp"

namespace sandoq {

system_random::system_random() noexcept {
  SANDOQ_EXPECTS(sodium_init() >= 0, "libsodium found no source of randomness");
}

void system_random::fill(byte_span out) noexcept {
  randombytes_buf(out.data(), out.size());
}

}  // namespace sandoq
