#include "sandoq/record/head.hpp"

#include <gtest/gtest.h>

#include <random>

#include "sandoq/core/canonical.hpp"
#include "sandoq/record/items.hpp"

namespace sandoq {
namespace {

digest32 digest_of(int value) {
  digest32 out;
  out.octets.fill(static_cast<std::byte>(value));
  return out;
}

record_head example() {
  record_head head;
  head.domain = election_domain::drill;
  head.manifest_hash = digest_of(1);
  head.election_hash = digest_of(2);
  head.cast_ballots = 7;
  int n = 3;
  for (const char* name : {"manifest.pb", "ceremony.pb", "ballots-000001.pb", "ballots-000002.pb",
                           "tally.pb", "opening.pb"}) {
    head.files.push_back(
        {name, static_cast<std::uint64_t>(1000 + n), static_cast<std::uint32_t>(n), digest_of(n)});
    ++n;
  }
  wire_signature signature;
  signature.octets.fill(std::byte{9});
  head.signatures.boards = {{{1, signature}, {3, signature}}, {{2, signature}}};
  return head;
}

// The example field by field, written by hand from 80.5.
bytes by_hand() {
  byte_writer out;
  out.u32(1);
  out.text("sandoq-1");
  out.u8(2);
  out.fixed(digest_of(1).view());
  out.fixed(digest_of(2).view());
  out.u64(7);
  out.u32(6);
  int n = 3;
  for (const char* name : {"manifest.pb", "ceremony.pb", "ballots-000001.pb", "ballots-000002.pb",
                           "tally.pb", "opening.pb"}) {
    out.text(name);
    out.u64(static_cast<std::uint64_t>(1000 + n));
    out.u32(static_cast<std::uint32_t>(n));
    out.fixed(digest_of(n).view());
    ++n;
  }
  const bytes signature(64, std::byte{9});
  out.u32(2);
  out.u32(2);
  out.u32(1);
  out.fixed(signature);
  out.u32(3);
  out.fixed(signature);
  out.u32(1);
  out.u32(2);
  out.fixed(signature);
  return std::move(out).take();
}

// A head made by `change`, encoded without asking whether it is allowed.
template <class Change>
result<record_head> decoded_after(Change&& change) {
  record_head head = example();
  change(head);
  return record_head::decode(head.encode());
}

TEST(RecordHead, HasTheBytesOfTheSpecification) {
  EXPECT_EQ(example().encode(), by_hand());
  const auto decoded = record_head::decode(by_hand());
  ASSERT_TRUE(decoded) << to_string(decoded.error());
  EXPECT_EQ(*decoded, example());
}

TEST(RecordHead, IsSignedUpToTheQuorum) {
  const bytes whole = by_hand();
  const std::size_t quorum_bytes = 4 + (4 + 2 * 68) + (4 + 68);
  EXPECT_EQ(example().signed_digest(),
            framed_hash::of("head", byte_view(whole).first(whole.size() - quorum_bytes)));
}

TEST(RecordHead, TakesExactlyTheNamesOfARecord) {
  EXPECT_TRUE(decoded_after([](record_head& h) { h.files.erase(h.files.begin() + 3); }));
  EXPECT_FALSE(decoded_after([](record_head& h) { h.files.erase(h.files.begin() + 2); }));
  EXPECT_FALSE(decoded_after([](record_head& h) { h.files.clear(); }));
  EXPECT_FALSE(decoded_after([](record_head& h) { h.files.resize(4); }));
  EXPECT_FALSE(decoded_after([](record_head& h) { std::swap(h.files[0], h.files[1]); }));
  EXPECT_FALSE(decoded_after([](record_head& h) { std::swap(h.files[2], h.files[3]); }));
  EXPECT_FALSE(decoded_after([](record_head& h) { h.files[3].name = "ballots-000003.pb"; }));
  EXPECT_FALSE(decoded_after([](record_head& h) { h.files[0].name = "../manifest.pb"; }));
  EXPECT_FALSE(decoded_after([](record_head& h) { h.files[0].name = ""; }));
  EXPECT_FALSE(decoded_after([](record_head& h) { h.files.push_back(h.files.back()); }));
  EXPECT_FALSE(decoded_after([](record_head& h) { h.files[0].name = "head.pb"; }));
}

TEST(RecordHead, RefusesOtherFormatsSuitesAndDomains) {
  bytes other = by_hand();
  other[0] = std::byte{2};
  EXPECT_EQ(record_head::decode(other).error().code, errc::unsupported);
  other = by_hand();
  other[8] = std::byte{'S'};
  EXPECT_EQ(record_head::decode(other).error().code, errc::unsupported);
  for (const int domain : {0, 3, 255}) {
    other = by_hand();
    other[16] = static_cast<std::byte>(domain);
    EXPECT_EQ(record_head::decode(other).error().code, errc::out_of_range);
  }
}

TEST(RecordHead, RefusesTruncationsAndTrailingBytes) {
  const bytes whole = by_hand();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(record_head::decode(byte_view(whole).first(length))) << length;
  }
  bytes longer = whole;
  longer.push_back(std::byte{0});
  EXPECT_EQ(record_head::decode(longer).error().code, errc::trailing_bytes);
}

TEST(RecordHead, BelievesNoCount) {
  bytes other = by_hand();
  const std::size_t count_at = 4 + 12 + 1 + 32 + 32 + 8;
  for (std::size_t i = 0; i < 4; ++i) {
    other[count_at + i] = std::byte{0xff};
  }
  EXPECT_EQ(record_head::decode(other).error().code, errc::too_large);
}

TEST(RecordHead, HasOneEncodingOnly) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const bytes whole = by_hand();
  for (int trial = 0; trial < 20'000; ++trial) {
    bytes changed = whole;
    changed[random() % changed.size()] = static_cast<std::byte>(random());
    const auto decoded = record_head::decode(changed);
    if (decoded) {
      ASSERT_EQ(decoded->encode(), changed);
    }
  }
}

}  // namespace
}  // namespace sandoq
