#pragma once

// What the programs of tests/ctime share. Each runs every function of its layer that takes a
// secret, under a checker that reports branches, addresses and system calls that depend on one. To
// cover a new function: call it here on marked secrets, and claim() what comes out.

#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include "lib/core/ctime.hpp"
#include "sandoq/core/choice.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq::testing {

/// Leaves with 3 if nobody watches: then the program would prove nothing.
inline void require_checker() {
  if (!ctime::checker_is_running()) {
    std::fprintf(stderr, "this program says nothing unless it runs under valgrind or MSan\n");
    std::exit(3);
  }
}

/// Leaves with 5 unless what must hold does: a wrong result would make the rest mean nothing.
inline void require(bool condition, const char* what) {
  if (!condition) {
    std::fprintf(stderr, "%s\n", what);
    std::exit(5);
  }
}

/// A secret truth value, marked. Its bit is what `value` says, but the checker does not know.
inline choice secret_choice(bool value) {
  const secret<std::uint64_t> bit(value ? 1U : 0U);
  return choice::from_bit(expose_for_secret_ops(bit));
}

namespace detail {
inline void claim_marked(const void* data, std::size_t size_bytes, const char* what) {
  if (!ctime::is_poisoned(data, size_bytes)) {
    std::fprintf(stderr, "%s: the result of a secret is not marked secret\n", what);
    std::exit(4);
  }
}
}  // namespace detail

/// The result must still count as secret: otherwise the checker lost track, and the rest of the run
/// would prove nothing.
template <class T>
void claim(const secret<T>& out, const char* what) {
  const T& inside = expose_for_secret_ops(out);
  detail::claim_marked(&inside, sizeof inside, what);
}
inline void claim(const secret_bytes& out, const char* what) {
  const byte_view inside = expose_for_secret_ops(out);
  detail::claim_marked(inside.data(), inside.size(), what);
}
inline void claim(choice out, const char* what) {
  const std::uint64_t mask = out.mask();
  detail::claim_marked(&mask, sizeof mask, what);
}

}  // namespace sandoq::testing
