#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandoq/core/result.hpp"
#include "sandoq/record/head.hpp"
#include "sandoq/record/segment.hpp"

namespace sandoq {

/// A directory that is said to be a record. Opens regular files only, follows no symlink in it, and
/// believes no size.                                                                  SPEC(80.1)
class record_reader {
 public:
  /// io or missing if it is no directory that can be listed.
  [[nodiscard]] static result<record_reader> open(const std::filesystem::path& directory);

  [[nodiscard]] const std::filesystem::path& directory() const noexcept { return directory_; }

  /// head.pb: a regular file of at most 16 MiB, one item, well formed.                SPEC(80.5)
  [[nodiscard]] result<record_head> read_head() const;

  /// The directory holds exactly head.pb and the listed files, all regular and of the listed sizes.
  /// Their content is not read.
  [[nodiscard]] result<void> check_listing(const record_head& head) const;

  /// Opens one file of the record.
  [[nodiscard]] result<segment_reader> open_file(std::string_view name,
                                                 segment_reader::byte_taker taker = {}) const;

 private:
  explicit record_reader(std::filesystem::path directory) : directory_(std::move(directory)) {}

  std::filesystem::path directory_;
};

/// The items of several files of a record as one stream. Each file must be, at its end, the one
/// that the head lists, so a file that changes between two passes is noticed.
class item_stream {
 public:
  /// \pre reader outlives the stream
  item_stream(const record_reader& reader, std::vector<listed_file> files)
      : reader_(&reader), files_(std::move(files)) {}

  /// The next item; false at the end of the last file. The item's view holds until the next call.
  [[nodiscard]] result<bool> next(segment_item& item);

  /// "ballots-000001.pb item 7", of the item that next() gave last.
  [[nodiscard]] std::string place() const;

 private:
  const record_reader* reader_;
  std::vector<listed_file> files_;
  std::size_t file_ = 0;
  std::optional<segment_reader> segment_;
};

/// The ballot files of a head, in order. \pre the head is decoded, here and below
[[nodiscard]] std::vector<listed_file> ballot_files_of(const record_head& head);
/// Its mix files, in order; none if there is no group.
[[nodiscard]] std::vector<listed_file> mix_files_of(const record_head& head);
/// The file of that name. \pre the head lists it, as every head does for all others
[[nodiscard]] const listed_file& listed_file_of(const record_head& head, std::string_view name);

}  // namespace sandoq
