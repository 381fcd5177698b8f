#include "tools/sandoq/manifest_json.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tools/sandoq/label_text.hpp"
#include "tools/sandoq/scenario.hpp"

namespace sandoq::tool {
namespace {

std::string village() {
  return manifest_to_json(village_scenario(0, 1).plan);
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
  const manifest original = village_scenario(0, 1).plan;
  const auto read = manifest_from_json(manifest_to_json(original));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(*read, original);
  EXPECT_EQ(read->encode(), original.encode());
}

TEST(ManifestJson, NamesThePlaceOfAnError) {
  expect_refused(changed("\"max\": 3", "\"max\": -3"), "contests[0].max");
  expect_refused(changed("\"max\": 3", "\"max\": 3.5"), "contests[0].max");
  expect_refused(changed("\"max\": 3", "\"max\": 4294967296"), "contests[0].max");
  expect_refused(changed("\"max\": 3", "\"max\": 1e9999"), "manifest");
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
  expect_refused(village() + "x", "manifest");
  expect_refused("", "manifest");
  expect_refused("[]", "manifest");
  expect_refused("{", "manifest");
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
