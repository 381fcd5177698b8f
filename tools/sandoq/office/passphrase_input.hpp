#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq::tool {

/// Where a passphrase comes from. Never an argument and never the environment, which others on the
/// same machine can read.
struct passphrase_origin {
  std::string file;  ///< its first line, without a byte order mark; empty: the terminal
};

/// Characters that a new passphrase must have at least.
inline constexpr std::size_t least_passphrase_characters = 12;
/// And how many of them must differ: a row of blanks is none.
inline constexpr std::size_t least_different_characters = 5;

/// Asks for the passphrase of a key. \return bad_text if it is not UTF-8 or holds control
/// characters; missing if it is empty; io with what to do if there is no terminal, or if others can
/// read the file. In Unicode NFC.                                                       SPEC(85.5)
[[nodiscard]] result<secret_bytes> ask_passphrase(const passphrase_origin& from,
                                                  const std::string& question);

/// Asks for a new one, on a terminal twice. \return as above; mismatch if both differ; out_of_range
/// if it is too short or repeats itself.
[[nodiscard]] result<secret_bytes> ask_new_passphrase(const passphrase_origin& from,
                                                      const std::string& question);

/// A passphrase in the form in which it is used. \return bad_text, missing
[[nodiscard]] result<secret_bytes> normalised_passphrase(const secret_bytes& typed);

/// \return out_of_range if it has fewer characters, or fewer different ones, than a new one must
/// have. \pre normalised
[[nodiscard]] result<void> check_new_passphrase(const secret_bytes& passphrase);

}  // namespace sandoq::tool
