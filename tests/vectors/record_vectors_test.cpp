// spec/80-record/vectors/record.json: segments and heads made and judged by the reference.

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/proofs/quorum.hpp"
#include "sandoq/record/head.hpp"
#include "sandoq/record/segment.hpp"
#include "tests/support/vector_file.hpp"

namespace sandoq {
namespace {

using testing::vector_value;
using item = std::pair<std::uint32_t, bytes>;

result<std::vector<item>> items_of(byte_view segment) {
  segment_reader reader(memory_source(segment), "vector");
  std::vector<item> out;
  segment_item next;
  while (true) {
    const auto more = reader.next(next);
    if (!more) {
      return tl::unexpected<error>(more.error());
    }
    if (!*more) {
      return out;
    }
    out.emplace_back(next.kind, bytes(next.canonical.begin(), next.canonical.end()));
  }
}

bool accepts_segment(const vector_value& v) {
  const bytes segment = v.at("bytes").octets();
  const auto read = items_of(segment);
  if (!read) {
    EXPECT_FALSE(read.error().reason.empty());
    return false;
  }
  if (v.has("items")) {
    std::vector<item> expected;
    bytes again;
    for (const vector_value& pair : v.at("items").items()) {
      expected.emplace_back(static_cast<std::uint32_t>(pair.at("kind").number()),
                            pair.at("canonical").octets());
      append_item(again, item_kind{expected.back().first}, expected.back().second);
    }
    EXPECT_EQ(*read, expected);
    EXPECT_EQ(again, segment) << "the writer frames items otherwise";
  }
  return true;
}

std::vector<board_keys> boards_of(const vector_value& v) {
  std::vector<board_keys> out;
  for (const vector_value& board : v.at("boards").items()) {
    board_keys keys;
    keys.threshold = static_cast<std::uint32_t>(board.at("threshold").number());
    for (const vector_value& key : board.at("signing_keys").items()) {
      keys.signing_keys.push_back(
          {*encoded_element<ristretto255>::decode(key.octets()), not_shared});
    }
    out.push_back(std::move(keys));
  }
  return out;
}

bool accepts_head(const vector_value& v) {
  const bytes canonical = v.at("bytes").octets();
  const auto head = record_head::decode(canonical);
  if (!head) {
    EXPECT_FALSE(head.error().reason.empty());
    return false;
  }
  EXPECT_EQ(head->encode(), canonical);
  if (v.has("names")) {
    const auto& names = v.at("names").items();
    EXPECT_EQ(head->files.size(), names.size());
    for (std::size_t i = 0; i < names.size() && i < head->files.size(); ++i) {
      EXPECT_EQ(head->files[i].name, names[i].text());
    }
  }
  if (v.has("boards")) {
    const digest32 digest = head->signed_digest();
    EXPECT_EQ(to_hex(digest.view()), v.at("digest").text());
    const signed_message message{"head", head->domain, head->election_hash, digest};
    const auto boards = boards_of(v);
    EXPECT_TRUE(verify(boards, message, head->signatures).holds());
  }
  return true;
}

// What an exclusion's order depends on: the number of items that follow it as evidence.
bytes content_of(item_kind kind, std::uint32_t evidence) {
  byte_writer out;
  if (kind == item_kind::exclusion) {
    out.fixed(bytes(4 + 4 + 8 + 1, std::byte{0}));
    out.u32(evidence);
  }
  return std::move(out).take();
}

bool accepts_order(const vector_value& v) {
  const std::string& file = v.at("file").text();
  const bool ballots = file == "ballots";
  const bool mix = file == "mix";
  item_order order;
  order.begin_file(ballots                 ? record_section::ballots
                   : mix                   ? record_section::mix
                   : file == "ceremony.pb" ? record_section::ceremony
                                           : record_section::opening);
  for (const vector_value& entry : v.at("kinds").items()) {
    const auto kind = static_cast<std::uint32_t>(entry.items().at(0).number());
    const auto evidence = static_cast<std::uint32_t>(entry.items().at(1).number());
    if (!order.next(kind, content_of(item_kind{kind}, evidence))) {
      return false;
    }
  }
  return order.end_file() && (!ballots || order.end_ballots()) && order.end_mix();
}

TEST(record_vectors, segments_heads_and_orders) {
  std::map<std::string, int> accepted;
  std::map<std::string, int> rejected;
  for (const vector_value& v : testing::load_vectors("80-record/vectors/record.json")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const std::string& kind = v.at("kind").text();
    ASSERT_TRUE(kind == "segment" || kind == "head" || kind == "order") << "unknown kind " << kind;
    const bool holds = kind == "segment" ? accepts_segment(v)
                       : kind == "head"  ? accepts_head(v)
                                         : accepts_order(v);
    EXPECT_EQ(holds, v.at("expect").text() == "accept");
    ++(holds ? accepted : rejected)[kind];
  }
  EXPECT_GE(accepted["segment"], 6);
  EXPECT_GE(rejected["segment"], 22);
  EXPECT_GE(accepted["head"], 1);
  EXPECT_GE(rejected["head"], 24);
  EXPECT_GE(accepted["order"], 10);
  EXPECT_GE(rejected["order"], 10);
}

}  // namespace
}  // namespace sandoq
