#pragma once

#include <cstdint>
#include <string_view>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// Why a contest has its encoding. SPEC(50.9)
enum class encoding_reason : std::uint8_t {
  ranking,   ///< a ranking is opened as a whole
  write_in,  ///< only packed ballots have room for a text
  few,       ///< few options: sums of every place cost nothing
  many,      ///< more options than sums are worth
  choices,   ///< too many choices for slots
  opened,    ///< no proof shows that ballots keep the rule: they are opened as a whole
  lists      ///< too many options for the codes of lists beside them
};

struct encoding_choice {
  contest_encoding encoding;
  encoding_reason why;
};

/// The encoding that "auto" stands for. Reads options, max, text, lists and rule of the contest
/// alone, so that everyone chooses the same.
/// \return unsupported if there is none. SPEC(50.9)
[[nodiscard]] result<encoding_choice> choose_encoding(const contest_entry& contest);

/// Half a sentence that a person can read.
[[nodiscard]] std::string_view words_of(encoding_reason why);

}  // namespace sandoq::tool
