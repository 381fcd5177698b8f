#pragma once

namespace sandoq::detail {

/// Prints the broken contract with its place and aborts. Never returns.
[[noreturn]] void contract_failure(const char* condition, const char* message, const char* file,
                                   int line) noexcept;

}  // namespace sandoq::detail

/// Checks what the caller promised. A failure is a bug in the calling program, never bad input
/// from outside (which gets a result<T>), so it aborts. The condition must be public data.
#define SANDOQ_EXPECTS(condition, message) \
  (static_cast<bool>(condition)            \
       ? static_cast<void>(0)              \
       : ::sandoq::detail::contract_failure(#condition, message, __FILE__, __LINE__))

/// Like SANDOQ_EXPECTS, for representation bounds inside hot arithmetic: checked only in builds
/// with SANDOQ_INVARIANTS, where it may look at secret data.
#ifdef SANDOQ_INVARIANTS
#define SANDOQ_INVARIANT(condition, message) SANDOQ_EXPECTS(condition, message)
#else
#define SANDOQ_INVARIANT(condition, message) static_cast<void>(0)
#endif
