#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/record/head.hpp"
#include "sandoq/record/record_reader.hpp"
#include "sandoq/record/segment.hpp"

namespace sandoq {

/// Where an item stands; as text only when somebody asks.
struct item_place {
  std::string_view file;       ///< of the head's list, which outlives it
  std::uint64_t number = 0;    ///< from 1 inside the file
  std::size_t file_index = 0;  ///< among the ballot files
  /// Elements of the ballots before it in the file, evidence aside: where its hints begin.
  std::uint64_t elements_before = 0;
  /// "ballots-000001.pb item 7"
  [[nodiscard]] std::string text() const {
    return std::string(file) + " item " + std::to_string(number);
  }
};

/// Up to about 1 MiB of one ballot file: the bytes that were read, and the items in them.
struct ballot_block {
  struct item {
    std::uint32_t kind;
    std::uint64_t number;
    std::uint64_t offset;  // in the file
    std::size_t begin;     // in octets
    std::size_t size;
  };
  /// What a whole file came to.
  struct ending {
    std::uint64_t items;
    std::uint64_t size_bytes;
    digest64 hash;  ///< once the block was hashed
  };

  std::size_t file = 0;   ///< among the ballot files
  bool is_first = false;  ///< of the file
  bytes raw;              ///< of the file, block by block, to be hashed
  bytes octets;           ///< canonical bytes of the items
  std::vector<item> items;
  std::optional<error> broken;      ///< why no more items of the file can be read; its bytes go on
  std::optional<error> unreadable;  ///< nothing comes after it
  std::optional<ending> end;        ///< of the file

  [[nodiscard]] segment_item at(std::size_t i) const noexcept {
    const item& it = items[i];
    return {it.kind, byte_view(octets).subspan(it.begin, it.size), it.number, it.offset};
  }
};

/// Reads ballot files block by block, to their ends, whatever is in them. Memory: a block, which is
/// larger only if one of its items is.                                                SPEC(80.6)
class ballot_block_reader {
 public:
  /// \param threads  that share the blocks, which are smaller where there would be too few of them
  /// \pre both outlive the reader
  ballot_block_reader(const record_reader& reader, const std::vector<listed_file>& files,
                      unsigned threads);
  ballot_block_reader(const ballot_block_reader&) = delete;
  ballot_block_reader& operator=(const ballot_block_reader&) = delete;

  /// The next block, in place of what is in `out`, whose room is kept up to 4 MiB; false after the
  /// last file or what is unreadable.
  [[nodiscard]] bool next(ballot_block& out);

 private:
  [[nodiscard]] bool open(ballot_block& out);
  [[nodiscard]] result<bool> read_items(ballot_block& out);
  [[nodiscard]] result<bool> pass_over(const ballot_block& out);

  const record_reader* reader_;
  const std::vector<listed_file>* files_;
  std::size_t block_bytes_;
  std::size_t file_ = 0;
  std::optional<segment_reader> segment_;
  bytes* raw_ = nullptr;  // where the bytes go that are read
  bool is_broken_ = false;
  bool is_over_ = false;
};

/// Hashes the files of blocks that come in order.
class ballot_file_hash {
 public:
  /// Completes the end of the file, if that is in the block.
  void take(ballot_block& block);

 private:
  sha512 hash_;
};

}  // namespace sandoq
