#include "lib/verify/ballot_blocks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "sandoq/record/items.hpp"
#include "sandoq/record/segment.hpp"
#include "tests/support/temporary_directory.hpp"

namespace sandoq {
namespace {

// Items without content cost five bytes of a file each, and more than that in memory.
TEST(ballot_block_reader, bounds_blocks_of_empty_items) {
  constexpr std::size_t count = 1'000'000;
  const std::string item("\x04\x08\x15\x12\x00", 5);
  const testing::temporary_directory folder;
  {
    std::ofstream file(folder.path() / ballot_file_name(1), std::ios::binary);
    for (std::size_t i = 0; i < count; ++i) {
      file << item;
    }
  }
  const auto reader = record_reader::open(folder.path());
  ASSERT_TRUE(reader);
  const std::vector<listed_file> files = {{ballot_file_name(1), item.size() * count, count, {}}};
  for (const unsigned threads : {1U, 8U}) {
    ballot_block_reader blocks(*reader, files, threads);
    ballot_block block;
    std::size_t items = 0;
    std::size_t most = 0;
    while (blocks.next(block)) {
      ASSERT_FALSE(block.broken || block.unreadable);
      items += block.items.size();
      most = std::max(most, block.items.size());
    }
    EXPECT_EQ(items, count);
    EXPECT_LE(most, std::size_t{1} << 14);
  }
}

// One item of the largest size; the blocks after it give its room back.
TEST(ballot_block_reader, keeps_no_room_that_one_item_has_asked_for) {
  constexpr std::size_t small_items = 3000;
  bytes content;
  append_item(content, item_kind::ballot, bytes(max_item_bytes));
  for (std::size_t i = 0; i < small_items; ++i) {
    append_item(content, item_kind::cast, bytes(1000));
  }
  const testing::temporary_directory folder;
  std::ofstream(folder.path() / ballot_file_name(1), std::ios::binary)
      .write(reinterpret_cast<const char*>(content.data()),
             static_cast<std::streamsize>(content.size()));
  const auto reader = record_reader::open(folder.path());
  ASSERT_TRUE(reader);
  const std::vector<listed_file> files = {
      {ballot_file_name(1), content.size(), small_items + 1, {}}};
  ballot_block_reader blocks(*reader, files, 1);
  ballot_block block;
  ASSERT_TRUE(blocks.next(block));
  EXPECT_GE(block.octets.size(), max_item_bytes);
  while (blocks.next(block)) {
    ASSERT_FALSE(block.broken || block.unreadable);
    EXPECT_LE(block.raw.capacity() + block.octets.capacity(), std::size_t{8} << 20);
  }
}

}  // namespace
}  // namespace sandoq
