#pragma once

#include <cstdint>
#include <string>

#include "sandoq/ballot/manifest.hpp"

namespace sandoq::tool {

/// How many different ballots of a contest there are.
struct choice_count {
  std::string exact;       ///< in decimal
  std::uint32_t log2 = 0;  ///< rounded down
};

/// Choices that the contest permits, the blank one included, without write-ins.
/// \pre the contest keeps 50.5. Cost: n*L multiplications of long numbers at most.
[[nodiscard]] choice_count count_choices(const contest_entry& contest);

/// "1,024", or "about 2^193" where nobody would read the number.
[[nodiscard]] std::string words_of(const choice_count& count);

}  // namespace sandoq::tool
