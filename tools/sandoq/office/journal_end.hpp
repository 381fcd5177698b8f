#pragma once

#include <cstdint>
#include <filesystem>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// Sees to it that a device's journal ends as its state says: behind that many bytes comes the next
/// item, of which none, a part or all may stand there already; the rest is written, durably.
/// \return mismatch for a journal that is longer, shorter or otherwise than the state can explain;
/// io. Cost: that of one item, whatever the length of the journal.                     SPEC(85.6)
[[nodiscard]] result<void> finish_journal(const std::filesystem::path& path,
                                          std::uint64_t bytes_before, byte_view next);

}  // namespace sandoq::tool
