#pragma once

// What a constant-time checker is told about memory. Outside the ctime builds these are empty.

#include <cstddef>

#if defined(SANDOQ_CTIME_VALGRIND)
#include <valgrind/memcheck.h>
#elif defined(SANDOQ_CTIME_MSAN)
#include <sanitizer/msan_interface.h>
#endif

namespace sandoq::ctime {

inline void poison([[maybe_unused]] const void* data,
                   [[maybe_unused]] std::size_t size_bytes) noexcept {
#if defined(SANDOQ_CTIME_VALGRIND)
  VALGRIND_MAKE_MEM_UNDEFINED(data, size_bytes);
#elif defined(SANDOQ_CTIME_MSAN)
  __msan_allocated_memory(data, size_bytes);
#endif
}

inline void unpoison([[maybe_unused]] const void* data,
                     [[maybe_unused]] std::size_t size_bytes) noexcept {
#if defined(SANDOQ_CTIME_VALGRIND)
  VALGRIND_MAKE_MEM_DEFINED(data, size_bytes);
#elif defined(SANDOQ_CTIME_MSAN)
  __msan_unpoison(data, size_bytes);
#endif
}

/// True if any byte counts as secret.
inline bool is_poisoned([[maybe_unused]] const void* data,
                        [[maybe_unused]] std::size_t size_bytes) noexcept {
#if defined(SANDOQ_CTIME_VALGRIND)
  const auto* octets = static_cast<const unsigned char*>(data);
  for (std::size_t i = 0; i < size_bytes; ++i) {
    unsigned char undefined_bits = 0;
    VALGRIND_GET_VBITS(octets + i, &undefined_bits, 1);
    if (undefined_bits != 0) {
      return true;
    }
  }
  return false;
#elif defined(SANDOQ_CTIME_MSAN)
  return __msan_test_shadow(data, size_bytes) >= 0;
#else
  return false;
#endif
}

/// True when a checker really watches: a ctime program that runs without one proves nothing.
inline bool checker_is_running() noexcept {
#if defined(SANDOQ_CTIME_VALGRIND)
  return RUNNING_ON_VALGRIND != 0;
#elif defined(SANDOQ_CTIME_MSAN)
  return true;
#else
  return false;
#endif
}

}  // namespace sandoq::ctime
