#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/record/segment.hpp"

/// \file
/// Files of a bulletin that hold one message and, behind it, a list of group elements: a mixer's
/// stage with what it puts out, an answer for a mixed list with its factors.           SPEC(85.1)
namespace sandoq::tool {

/// Whether a message of this kind has its list behind it and a file for itself.
[[nodiscard]] bool has_list(std::uint32_t kind) noexcept;

inline constexpr std::uint64_t max_list_file_bytes = std::uint64_t{1} << 30;

/// A hash of the elements that follow in a file. It tells files apart that begin with the same
/// message; what the elements are is not looked at. \return mismatch for any other item among them.
[[nodiscard]] result<digest32> hash_list(segment_reader& rest, const std::string& name);
/// The same hash of a list that is in memory.
[[nodiscard]] digest32 hash_list(byte_view elements);

/// What such a file holds.
struct list_message {
  bytes canonical;  ///< of its first item
  bytes elements;   ///< 32 bytes each
};
/// Reads one whole. \param name  for the words of errors
[[nodiscard]] result<list_message> read_list_file(const std::filesystem::path& file,
                                                  const std::string& name);

/// A file of one message and its list.
[[nodiscard]] bytes list_file(std::uint32_t kind, byte_view canonical, byte_view elements);

}  // namespace sandoq::tool
