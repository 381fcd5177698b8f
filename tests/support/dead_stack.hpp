#pragma once

// What a function leaves behind on the stack. It runs on a stack of its own, an ordinary block of
// memory, so that all of it can be read afterwards.

#include <ucontext.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/contract.hpp"

#if defined(__SANITIZE_ADDRESS__)
#define SANDOQ_STACK_IS_PLAIN 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || \
    __has_feature(thread_sanitizer)
#define SANDOQ_STACK_IS_PLAIN 0
#endif
#endif
#ifndef SANDOQ_STACK_IS_PLAIN
#define SANDOQ_STACK_IS_PLAIN 1
#endif

namespace sandoq::testing {

/// False where a sanitizer keeps objects elsewhere or does not follow a change of stacks.
inline constexpr bool stack_is_plain = SANDOQ_STACK_IS_PLAIN != 0;

namespace detail {

inline const std::function<void()>*& body_on_own_stack() {
  static const std::function<void()>* body = nullptr;
  return body;
}

inline void run_body() {
  (*body_on_own_stack())();
}

}  // namespace detail

/// The whole stack after f() ran on it, painted before. f runs once unseen, so that what is done at
/// first use only (binding of shared libraries, tables) does not show. Not for concurrent use.
inline bytes stack_after(const std::function<void()>& f) {
  constexpr std::size_t stack_bytes = 256 * 1024;
  f();
  bytes stack(stack_bytes, std::byte{0xA5});
  ucontext_t here{};
  ucontext_t there{};
  SANDOQ_EXPECTS(getcontext(&there) == 0, "a context");
  there.uc_stack.ss_sp = stack.data();
  there.uc_stack.ss_size = stack.size();
  there.uc_link = &here;
  detail::body_on_own_stack() = &f;
  makecontext(&there, &detail::run_body, 0);
  SANDOQ_EXPECTS(swapcontext(&here, &there) == 0, "a change of stacks");
  return stack;
}

/// Whether any `piece_bytes` bytes in a row of a secret stand in memory: half a copy counts too.
inline bool holds_piece_of(byte_view memory, byte_view secret_octets,
                           std::size_t piece_bytes = 16) {
  for (std::size_t at = 0; at + piece_bytes <= secret_octets.size(); ++at) {
    const byte_view piece = secret_octets.subspan(at, piece_bytes);
    if (std::search(memory.begin(), memory.end(), piece.begin(), piece.end()) != memory.end()) {
      return true;
    }
  }
  return false;
}

}  // namespace sandoq::testing
