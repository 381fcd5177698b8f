#include "sandoq/core/secret.hpp"

#include <cstring>

#include "lib/core/ctime.hpp"

namespace sandoq::detail {

void wipe(void* data, std::size_t size_bytes) noexcept {
  if (size_bytes == 0) {
    return;
  }
  std::memset(data, 0, size_bytes);
  // The compiler must assume that somebody reads the zeros.
  asm volatile("" : : "r"(data) : "memory");
}

void mark_secret(const void* data, std::size_t size_bytes) noexcept {
  ctime::poison(data, size_bytes);
}

void mark_public(const void* data, std::size_t size_bytes) noexcept {
  ctime::unpoison(data, size_bytes);
}

}  // namespace sandoq::detail
