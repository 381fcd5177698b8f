#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/ballot/selection_secret.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// A ballot as a voter has filled it in.
struct filled_ballot {
  ballot_selection selection;
  std::uint16_t digits;  ///< of the voter's own, or ballot_item::no_digits
};

inline constexpr std::size_t max_choices_bytes = std::size_t{1} << 18;

/// Reads the choices that a booth's screen hands over, line by line:
///
///   STYLE-ID
///   CONTEST-ID: MARKS                   once for every contest of the style, in any order; what
///                                       MARKS are is said at read_marks()
///   digits 1234                         optional, anywhere after the style
///
/// Empty lines are skipped. The caller wipes the text; reading it takes a time that depends on it.
/// \return the line and what is wrong with it; too_large above 256 KiB.
[[nodiscard]] result<filled_ballot> read_choices(const manifest& plan,
                                                 const election_context& election,
                                                 branch_index branch, std::string_view text);

}  // namespace sandoq::tool
