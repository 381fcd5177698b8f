// The framing against Protocol Buffers' own code for spec/80-record/record.proto.

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/delimited_message_util.h>
#include <gtest/gtest.h>

#include <random>

#include "record.pb.h"
#include "sandoq/record/segment.hpp"

namespace sandoq {
namespace {

namespace pb = google::protobuf;

bytes random_bytes(std::mt19937& random, std::size_t size) {
  bytes out(size);
  for (std::byte& octet : out) {
    octet = static_cast<std::byte>(random());
  }
  return out;
}

TEST(SegmentProtobuf, ReadsOurs) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  bytes file;
  std::vector<bytes> expected;
  for (const std::size_t size : {1U, 100U, 127U, 128U, 5'000U, 70'000U}) {
    expected.push_back(random_bytes(random, size));
    append_item(file, item_kind::tally_node, expected.back());
  }
  pb::io::ArrayInputStream stream(file.data(), static_cast<int>(file.size()));
  for (const bytes& canonical : expected) {
    record::Item item;
    ASSERT_TRUE(pb::util::ParseDelimitedFromZeroCopyStream(&item, &stream, nullptr));
    EXPECT_EQ(item.kind(), 30U);
    EXPECT_EQ(item.canonical(),
              std::string(reinterpret_cast<const char*>(canonical.data()), canonical.size()));
  }
  EXPECT_EQ(stream.ByteCount(), static_cast<pb::int64>(file.size()));
}

TEST(SegmentProtobuf, WritesTheSame) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  bytes ours;
  std::string theirs;
  {
    pb::io::StringOutputStream stream(&theirs);
    for (const std::size_t size : {1U, 123U, 124U, 20'000U}) {
      const bytes canonical = random_bytes(random, size);
      record::Item item;
      item.set_kind(41);
      item.set_canonical(canonical.data(), canonical.size());
      ASSERT_TRUE(pb::util::SerializeDelimitedToZeroCopyStream(item, &stream));
      append_item(ours, item_kind::partial, canonical);
    }
  }
  ASSERT_EQ(theirs.size(), ours.size());
  EXPECT_TRUE(
      std::equal(ours.begin(), ours.end(), reinterpret_cast<const std::byte*>(theirs.data())));
}

}  // namespace
}  // namespace sandoq
