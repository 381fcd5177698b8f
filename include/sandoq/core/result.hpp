#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace sandoq {

/// What is wrong with an input. The place and the reason in `error` say the rest.
enum class errc {
  truncated,         ///< the input ends before the field does
  trailing_bytes,    ///< bytes are left after the last field
  too_large,         ///< a length or count above its bound
  bad_encoding,      ///< not the canonical form of any value
  bad_text,          ///< not valid UTF-8
  out_of_range,      ///< a number outside its range
  not_in_group,      ///< bytes that are no group element
  identity_element,  ///< the identity where it must not stand
  bad_statement,     ///< a statement that no proof may be about
  bad_witness,       ///< a witness that does not fit its statement
  bad_proof,         ///< a proof that does not hold
  bad_signature,     ///< a signature that does not hold
  mismatch,          ///< two values that must agree and do not
  duplicate,         ///< a value that occurs twice and must not
  missing,           ///< a value that must be present
  not_found,         ///< a value outside the searched range
  unsupported,       ///< a version, suite or option that this build does not know
  io,                ///< reading or writing failed
};

/// The name of a code, as text reports print it.
[[nodiscard]] std::string_view name_of(errc code) noexcept;

/// Bad input from outside: what (code, reason) and where (place).
struct error {
  errc code;
  std::string place;   ///< field or path, outermost first, e.g. "ballot 7/contest 2/alpha @64"
  std::string reason;  ///< one sentence: what is wrong and, where useful, what to do
};

/// A value, or the reason why there is none.
template <class T>
using result = tl::expected<T, error>;

/// Builds the failed state of any result<T>.
[[nodiscard]] tl::unexpected<error> fail(errc code, std::string_view place,
                                         std::string_view reason);

/// Puts an outer place in front of the place of an error: "outer/inner".
[[nodiscard]] tl::unexpected<error> fail_within(std::string_view outer, error inner);

/// One line: "place: reason (code)"; io stands without its name.
[[nodiscard]] std::string to_string(const error& e);

}  // namespace sandoq
