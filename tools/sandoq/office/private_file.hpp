#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

#include "lib/record/file.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"

/// \file
/// Files that are for their owner alone, mode 0600, each written whole and durably.
namespace sandoq::tool {

/// What a program cannot begin without and does not find is input that cannot be read: io instead
/// of missing, which is for what others have still to publish. A program ends with 2 over the one
/// and with 1 over the other.
[[nodiscard]] error unreadable(error problem);

/// Makes a folder that its owner alone may enter, if it is not there. \return as the check below
[[nodiscard]] result<void> make_private_directory(const std::filesystem::path& path);

/// A folder that is there, and that nobody but its owner may enter. \return missing or io
[[nodiscard]] result<void> check_private_directory(const std::filesystem::path& path);

/// Whether a path, which need not be there, is that folder or lies below it, links followed.
[[nodiscard]] bool lies_in(const std::filesystem::path& path, const std::filesystem::path& folder);

/// Writes a new file. \return duplicate if one of that name is there; io.
[[nodiscard]] result<void> write_private(const std::filesystem::path& path, byte_view data);

/// Puts another content in the place of a file, so that after a crash one of both is there whole;
/// then overwrites what it held before, unless that has a second name.
[[nodiscard]] result<void> replace_private(const std::filesystem::path& path, byte_view data);

/// Writes a file, in the place of one that may be there. \return as both above
[[nodiscard]] result<void> put_private(const std::filesystem::path& path, byte_view data);

/// Reads a regular file whole. \return missing, mismatch, too_large, or io, also if others may read
/// or change it
[[nodiscard]] result<bytes> read_private(const std::filesystem::path& path, std::size_t max_bytes);

/// Overwrites a file with zeros, waits for the disk, and removes it, with what a crash has left
/// beside it. What a disk of flash memory, a journal or a backup keeps of it, no program can reach.
[[nodiscard]] result<void> destroy_file(const std::filesystem::path& path);

/// How a file is called until it is whole, behind its name.
constexpr std::string_view part_extension = ".part";

/// The file in a folder that the one program holds that works there.
constexpr std::string_view folder_lock_name = "lock";

/// Takes a folder for this program alone, until the lock is closed. \return io if another program
/// has it, others may enter it, or there is no such folder.
[[nodiscard]] result<file_descriptor> lock_folder(const std::filesystem::path& path);

}  // namespace sandoq::tool
