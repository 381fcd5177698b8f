#include "sandoq/record/segment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <vector>

namespace sandoq {
namespace {

bytes from(std::initializer_list<int> octets) {
  bytes out;
  for (const int octet : octets) {
    out.push_back(static_cast<std::byte>(octet));
  }
  return out;
}

bytes pattern(std::size_t size) {
  bytes out(size);
  for (std::size_t i = 0; i < size; ++i) {
    out[i] = static_cast<std::byte>(i * 131 + (i >> 8));
  }
  return out;
}

// A source that gives one byte a call, so that every boundary falls everywhere.
class dripping_source final : public segment_source {
 public:
  explicit dripping_source(byte_view data) : data_(data) {}
  result<std::size_t> read(byte_span out) override {
    if (data_.empty()) {
      return 0;
    }
    out[0] = data_[0];
    data_ = data_.subspan(1);
    return 1;
  }

 private:
  byte_view data_;
};

class failing_source final : public segment_source {
 public:
  result<std::size_t> read(byte_span) override { return fail(errc::io, "disk", "gone"); }
};

struct outcome {
  std::vector<std::pair<std::uint32_t, bytes>> items;
  std::optional<error> failure;
};

outcome read_all(std::unique_ptr<segment_source> source) {
  segment_reader reader(std::move(source), "x.pb");
  outcome out;
  segment_item item;
  while (true) {
    const auto more = reader.next(item);
    if (!more) {
      out.failure = more.error();
      return out;
    }
    if (!*more) {
      return out;
    }
    EXPECT_EQ(item.number, out.items.size() + 1);
    out.items.emplace_back(item.kind, bytes(item.canonical.begin(), item.canonical.end()));
  }
}

outcome read_all(byte_view data) {
  return read_all(memory_source(data));
}

errc refusal(byte_view data) {
  const outcome out = read_all(data);
  EXPECT_TRUE(out.failure.has_value());
  return out.failure ? out.failure->code : errc::io;
}

TEST(Segment, ReadsWhatItWrites) {
  bytes file;
  std::vector<std::pair<std::uint32_t, bytes>> expected;
  // Sizes around the lengths of varints and around the buffer of 64 KiB.
  for (const std::size_t size :
       {0U, 1U, 122U, 123U, 124U, 125U, 127U, 128U, 16'379U, 16'384U, 65'530U, 65'536U, 200'000U}) {
    const std::size_t before = file.size();
    append_item(file, item_kind::ballot, pattern(size));
    EXPECT_EQ(framed_item_bytes(item_kind::ballot, size), file.size() - before);
    expected.emplace_back(21U, pattern(size));
  }
  const outcome out = read_all(file);
  EXPECT_FALSE(out.failure);
  EXPECT_EQ(out.items, expected);
  const outcome dripped = read_all(std::make_unique<dripping_source>(file));
  EXPECT_FALSE(dripped.failure);
  EXPECT_EQ(dripped.items, expected);
}

TEST(Segment, TakesAnItemOf16MiBAndNoMore) {
  bytes file;
  append_item(file, item_kind::manifest, pattern(max_item_bytes));
  EXPECT_EQ(read_all(file).items.size(), 1U);
  // The same with a length one greater, in both places, and the byte that belongs to it.
  bytes larger = from({0x88, 0x80, 0x80, 0x08, 0x08, 0x02, 0x12, 0x81, 0x80, 0x80, 0x08});
  larger.resize(larger.size() + max_item_bytes + 1);
  EXPECT_EQ(refusal(larger), errc::too_large);
}

TEST(Segment, HashesTheWholeFileWhateverItHolds) {
  bytes file;
  append_item(file, item_kind::ballot, pattern(100'000));
  append_item(file, item_kind::cast, pattern(20));
  file.push_back(std::byte{0});  // rubbish behind
  file.resize(file.size() + 150'000, std::byte{7});
  segment_reader reader(memory_source(file), "x.pb");
  segment_item item;
  while (true) {
    const auto more = reader.next(item);
    if (!more) {
      break;
    }
    ASSERT_TRUE(*more);
  }
  const auto totals = reader.finish();
  ASSERT_TRUE(totals);
  EXPECT_EQ(totals->size_bytes, file.size());
  EXPECT_EQ(totals->hash, sha512::of(file));
}

TEST(Segment, AcceptsAnEmptyFile) {
  const outcome out = read_all(byte_view{});
  EXPECT_FALSE(out.failure);
  EXPECT_TRUE(out.items.empty());
}

// item: 06 | 08 15 | 12 02 | aa bb
TEST(Segment, RefusesEveryOtherForm) {
  ASSERT_FALSE(read_all(from({0x06, 0x08, 0x15, 0x12, 0x02, 0xaa, 0xbb})).failure);
  // overlong varints: length of the item, kind, length of the bytes
  EXPECT_EQ(refusal(from({0x86, 0x00, 0x08, 0x15, 0x12, 0x02, 0xaa, 0xbb})), errc::bad_encoding);
  EXPECT_EQ(refusal(from({0x07, 0x08, 0x95, 0x00, 0x12, 0x02, 0xaa, 0xbb})), errc::bad_encoding);
  EXPECT_EQ(refusal(from({0x07, 0x08, 0x15, 0x12, 0x82, 0x00, 0xaa, 0xbb})), errc::bad_encoding);
  // overlong tags
  EXPECT_EQ(refusal(from({0x07, 0x88, 0x00, 0x15, 0x12, 0x02, 0xaa, 0xbb})), errc::bad_encoding);
  // fields in the other order
  EXPECT_EQ(refusal(from({0x06, 0x12, 0x02, 0xaa, 0xbb, 0x08, 0x15})), errc::bad_encoding);
  // a field missing
  EXPECT_EQ(refusal(from({0x02, 0x08, 0x15})), errc::truncated);
  EXPECT_EQ(refusal(from({0x02, 0x08, 0x15, 0x02, 0x08, 0x15})), errc::bad_encoding);
  EXPECT_EQ(refusal(from({0x04, 0x12, 0x02, 0xaa, 0xbb})), errc::bad_encoding);
  EXPECT_EQ(refusal(from({0x00})), errc::truncated);
  // a field twice, an unknown field, bytes behind the fields
  EXPECT_EQ(refusal(from({0x08, 0x08, 0x15, 0x08, 0x15, 0x12, 0x02, 0xaa, 0xbb})),
            errc::bad_encoding);
  EXPECT_EQ(refusal(from({0x08, 0x08, 0x15, 0x12, 0x02, 0xaa, 0xbb, 0x18, 0x01})),
            errc::bad_encoding);
  EXPECT_EQ(refusal(from({0x07, 0x08, 0x15, 0x12, 0x02, 0xaa, 0xbb, 0x00})), errc::bad_encoding);
  // wrong wire types
  EXPECT_EQ(refusal(from({0x06, 0x09, 0x15, 0x12, 0x02, 0xaa, 0xbb})), errc::bad_encoding);
  EXPECT_EQ(refusal(from({0x06, 0x08, 0x15, 0x10, 0x02, 0xaa, 0xbb})), errc::bad_encoding);
  // kind zero, kind of more than 32 bits
  EXPECT_EQ(refusal(from({0x06, 0x08, 0x00, 0x12, 0x02, 0xaa, 0xbb})), errc::out_of_range);
  EXPECT_EQ(refusal(from({0x0a, 0x08, 0x80, 0x80, 0x80, 0x80, 0x10, 0x12, 0x02, 0xaa, 0xbb})),
            errc::out_of_range);
  ASSERT_FALSE(
      read_all(from({0x0a, 0x08, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x12, 0x02, 0xaa, 0xbb})).failure);
  // lengths that do not fit each other
  EXPECT_EQ(refusal(from({0x05, 0x08, 0x15, 0x12, 0x02, 0xaa, 0xbb})), errc::bad_encoding);
  EXPECT_EQ(refusal(from({0x06, 0x08, 0x15, 0x12, 0x01, 0xaa, 0xbb})), errc::bad_encoding);
}

TEST(Segment, BelievesNoLength) {
  // 2^35 - 1 in five bytes, and ten bytes of 0xff.
  EXPECT_EQ(refusal(from({0xff, 0xff, 0xff, 0xff, 0x7f, 0x08, 0x15, 0x12, 0x00})),
            errc::bad_encoding);
  EXPECT_EQ(refusal(from({0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})),
            errc::bad_encoding);
  EXPECT_EQ(
      refusal(from({0xff, 0xff, 0xff, 0xff, 0x7f, 0x08, 0x15, 0x12, 0xff, 0xff, 0xff, 0xff, 0x7f})),
      errc::too_large);
  // 16 MiB claimed, two bytes there.
  EXPECT_EQ(refusal(from({0x87, 0x80, 0x80, 0x08, 0x08, 0x15, 0x12, 0x80, 0x80, 0x80, 0x08, 1, 2})),
            errc::truncated);
}

TEST(Segment, RefusesEveryTruncation) {
  bytes file;
  append_item(file, item_kind::ballot, pattern(200));
  const std::size_t boundary = file.size();
  append_item(file, item_kind::cast, pattern(20));
  for (std::size_t length = 1; length < file.size(); ++length) {
    const outcome out = read_all(byte_view(file).first(length));
    EXPECT_EQ(out.failure.has_value(), length != boundary) << length;
    if (out.failure) {
      EXPECT_EQ(out.failure->code, errc::truncated) << length;
    }
  }
}

TEST(Segment, NamesThePlace) {
  bytes file;
  append_item(file, item_kind::ballot, pattern(3));
  file.push_back(std::byte{0x06});
  file.push_back(std::byte{0x55});
  const outcome out = read_all(file);
  ASSERT_TRUE(out.failure);
  EXPECT_EQ(out.failure->place, "x.pb item 2 @8");
}

TEST(Segment, ReportsAFailingSource) {
  const outcome out = read_all(std::make_unique<failing_source>());
  ASSERT_TRUE(out.failure);
  EXPECT_EQ(out.failure->code, errc::io);
}

// Whatever is read can be written again to the same bytes: there is one form only.
TEST(Segment, HasOneFormOnly) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  bytes file;
  for (int i = 0; i < 4; ++i) {
    append_item(file, item_kind::cast, pattern(random() % 40));
  }
  for (int trial = 0; trial < 20'000; ++trial) {
    bytes changed = file;
    for (auto edits = 1 + random() % 3; edits > 0; --edits) {
      changed[random() % changed.size()] = static_cast<std::byte>(random());
    }
    const outcome out = read_all(changed);
    bytes again;
    for (const auto& [kind, canonical] : out.items) {
      append_item(again, static_cast<item_kind>(kind), canonical);
    }
    ASSERT_TRUE(std::equal(again.begin(), again.end(), changed.begin()));
    if (!out.failure) {
      ASSERT_EQ(again.size(), changed.size());
    }
  }
}

}  // namespace
}  // namespace sandoq
