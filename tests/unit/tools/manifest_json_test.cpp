#include "tools/sandoq/manifest_json.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tools/sandoq/label_text.hpp"
#include "tools/sandoq/scenario.hpp"

namespace sandoq::tool {
namespace {

std::string village() {
  return manifest_to_json(village_scenario({0, 1}).plan);
}

std::string changed(const std::string& from, const std::string& to) {
  std::string text = village();
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

void expect_refused(const std::string& text, const std::string& place) {
  const auto read = manifest_from_json(text);
  ASSERT_FALSE(read) << place;
  EXPECT_NE(to_string(read.error()).find(place), std::string::npos) << to_string(read.error());
}

TEST(ManifestJson, ReadsWhatItWrites) {
  const manifest original = village_scenario({0, 1}).plan;
  const auto read = manifest_from_json(manifest_to_json(original));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(*read, original);
  EXPECT_EQ(read->encode(), original.encode());
}

TEST(ManifestJson, KeepsWhatIsOptional) {
  manifest full = village_scenario({0, 1}).plan;
  full.authority = authority_entry{"authority", {{"en", "Authority"}}, {}, {}};
  full.authority->signing_key.octets.fill(std::byte{7});
  full.authority->signing_proof.octets.fill(std::byte{9});
  full.beacon = {{"en", "a published figure"}, {"fa", "\u0634\u0627\u062e\u0635"}};
  full.contests[0].attributes = {{"degree", {{"en", "Degree"}}}, {"age", {}}};
  const auto read = manifest_from_json(manifest_to_json(full));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(*read, full);
}

std::string without(std::string text, const std::string& from, const std::string& to) {
  const auto begin = text.find(from);
  const auto end = text.find(to, begin);
  EXPECT_NE(end, std::string::npos) << from;
  return text.erase(begin, end - begin);
}

TEST(ManifestJson, WhatIsOptionalMayBeLeftOut) {
  manifest bare = village_scenario({0, 1}).plan;
  bare.authority.reset();
  bare.beacon.clear();
  bare.eligibility = eligibility_log::none;
  for (contest_entry& contest : bare.contests) {
    contest.floor = 0;
    contest.attributes.clear();
  }
  std::string text = without(manifest_to_json(bare), "\"beacon\":", "\"tree\":");
  for (std::size_t i = 0; i < bare.contests.size(); ++i) {
    const auto rule = text.find("\"plurality-at-large\",");
    ASSERT_NE(rule, std::string::npos);
    text.erase(rule + 20, text.find('}', rule) - rule - 20);
  }
  const auto read = manifest_from_json(text);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(*read, bare);
}

TEST(ManifestJson, KnowsEveryLevel) {
  const std::string place = "{\"id\":\"%\",\"level\":\"%\",\"labels\":{},\"children\":[";
  std::string text = village();
  const auto begin = text.find("\"tree\": ") + 8;
  const auto end = text.find("\"contests\": [", begin);
  std::string tree;
  for (const char* level :
       {"nation", "province", "constituency", "county", "city", "district", "neighbourhood"}) {
    std::string node = place;
    while (node.find('%') != std::string::npos) {
      node.replace(node.find('%'), 1, level);
    }
    tree += node;
  }
  tree += "{\"id\":\"b\",\"level\":\"branch\",\"labels\":{},\"styles\":[]}]}]}]}]}]}]}]}";
  std::string eight = text.substr(0, begin) + tree + "," + text.substr(end);
  for (const char* scope : {"\"scope\": \"upper\"", "\"scope\": \"lower\""}) {
    eight.replace(eight.find(scope), 16, "\"scope\": \"city\"");
  }
  const auto read = manifest_from_json(eight);
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_EQ(read->nodes.size(), 8U);
  for (std::uint8_t i = 0; i < 8; ++i) {
    EXPECT_EQ(read->nodes[i].level, static_cast<node_level>(i));
  }
  EXPECT_EQ(manifest_from_json(manifest_to_json(*read)).value(), *read);
}

TEST(ManifestJson, NamesThePlaceOfAnError) {
  expect_refused(changed("\"max\": 3", "\"max\": -3"), "contests[0].max");
  expect_refused(changed("\"max\": 3", "\"max\": 3.5"), "contests[0].max");
  expect_refused(changed("\"max\": 3", "\"max\": 4294967296"), "contests[0].max");
  expect_refused(changed("\"max\": 3", "\"max\": 1e9999"), "is no JSON text: number overflow");
  expect_refused(changed("\"threshold\": 2", "\"threshold\": \"2\""), "boards[0].threshold");
  expect_refused(changed("\"seats\": 3,", ""), "contests[0].seats");
  expect_refused(changed("\"seats\": 3,", "\"seats\": 3, \"chairs\": 3,"), "contests[0].chairs");
  expect_refused(changed("\"seats\": 3,", "\"seats\": 3, \"seats\": 4,"), "twice");
  expect_refused(changed("\"scope\": \"upper\"", "\"scope\": \"nowhere\""), "contests[0].scope");
  expect_refused(changed("\"drill\"", "\"Drill\""), "domain");
  expect_refused(changed("\"sandoq-1\"", "\"sandoq-2\""), "suite");
  expect_refused(changed("\"format\": 1", "\"format\": 2"), "format");
  expect_refused(changed("plurality-at-large", "lottery"), "contests[0].rule");
  expect_refused(changed("\"level\": \"district\"", "\"level\": \"quarter\""), "tree.children[0]");
  expect_refused(changed("\"tokens\"", "\"some\""), "eligibility");
  expect_refused(changed("\"floor\": 0", "\"floor\": \"0\""), "contests[0].floor");
  expect_refused(changed("\"attributes\": []", "\"attributes\": [{\"id\": 3, \"labels\": {}}]"),
                 "contests[2].attributes[0].id");
  expect_refused(changed("\"authority\": {", "\"authority\": {\"extra\": 1,"), "authority.extra");
  expect_refused(village() + "x", "is no JSON text: parse error at line");
  expect_refused("", "is no JSON text: parse error at line 1");
  expect_refused("[]", "must be an object");
  expect_refused("{", "is no JSON text: parse error at line 1");
}

TEST(ManifestJson, ADeepTreeIsRefusedNotFollowed) {
  std::string deep = "{\"id\":\"x\",\"level\":\"nation\",\"labels\":{},\"children\":[";
  std::string text = village();
  const auto begin = text.find("\"tree\": ") + 8;
  const auto end = text.find("\"contests\": [", begin);
  std::string tree;
  for (int i = 0; i < 2000; ++i) {
    tree += deep;
  }
  for (int i = 0; i < 2000; ++i) {
    tree += "]}";
  }
  expect_refused(text.substr(0, begin) + tree + "," + text.substr(end), "deeper");
}

// The library copies and removes what is nested by calling itself: without a bound the stack ends.
TEST(ManifestJson, ADeepTextIsRefusedAndNotFollowed) {
  const std::string deep(100'000, '[');
  const std::string ends(100'000, ']');
  expect_refused("{\"contests\":" + deep + ends + "}", "nested deeper than 64");
  std::string objects;
  for (int i = 0; i < 65; ++i) {
    objects += "{\"a\":";
  }
  expect_refused(objects + "0" + std::string(65, '}'), "nested deeper than 64");
}

// Without a bound the time grows with the square of the members: minutes for a file of some MB.
TEST(ManifestJson, AWideObjectIsRefusedNotSearched) {
  std::string wide = "{";
  for (int i = 0; i < 100'000; ++i) {
    wide += "\"m" + std::to_string(i) + "\":{\"a\":1},";
  }
  expect_refused(wide + "\"last\":1}", "more than 64 members");
}

TEST(LabelText, ComposesAndUsesPersianLetters) {
  EXPECT_EQ(*normalised_label("en", "e\u0301"), "\u00e9");
  EXPECT_EQ(*normalised_label("fa", "\u0639\u0644\u064A \u0643"), "\u0639\u0644\u06CC \u06A9");
  EXPECT_EQ(*normalised_label("ar", "\u0639\u0644\u064A"), "\u0639\u0644\u064A");
  // The half-space (zero-width non-joiner) is part of Persian spelling and stays.
  EXPECT_EQ(*normalised_label("fa", "\u0645\u06CC\u200C\u0631\u0648\u062F"),
            "\u0645\u06CC\u200C\u0631\u0648\u062F");
  EXPECT_FALSE(normalised_label("fa", "\xFF"));
}

}  // namespace
}  // namespace sandoq::tool
