#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "ballot_file.hpp"

namespace sandoq::tool {

/// Plain counts: contest -> option (or "blank") -> votes.
using plain_counts = std::map<std::string, std::map<std::string, std::uint64_t>>;

/// Counts ballots in the clear: what an election over them must come to.
[[nodiscard]] plain_counts count_in_the_clear(const ballot_file& file);

}  // namespace sandoq::tool
