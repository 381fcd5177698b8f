#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <utility>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// All items of a small segment that is for its owner alone: kind and canonical bytes.
/// \return as read_private; what is wrong with the segment.                  SPEC(80.2) SPEC(85.6)
[[nodiscard]] result<std::vector<std::pair<std::uint32_t, bytes>>> read_private_items(
    const std::filesystem::path& path, std::size_t max_bytes);

}  // namespace sandoq::tool
