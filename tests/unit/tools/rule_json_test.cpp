#include "tools/sandoq/rule_json.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <variant>

#include "tests/support/vector_file.hpp"

namespace sandoq::tool {
namespace {

using testing::vector_value;

constexpr std::string_view path = "76-rules/vectors/rules.json";

std::string refusal(const std::string& text) {
  const auto root = parse_strictly(text);
  if (!root) {
    return to_string(root.error());
  }
  json_walk walk;
  (void)rule_from_json(walk, *root, "rule");
  return walk.problem() ? to_string(*walk.problem()) : "";
}

rule read(const json& value) {
  json_walk walk;
  rule out = rule_from_json(walk, value, "rule");
  EXPECT_FALSE(walk.problem()) << to_string(*walk.problem()) << "\n" << value.dump();
  return out;
}

// The reference writes its own JSON form beside the canonical bytes.
TEST(RuleJson, IsThatOfTheReference) {
  std::size_t compared = 0;
  for (const vector_value& v : testing::load_vectors(path)) {
    if (v.at("kind").text() != "rule" || !v.has("json")) {
      continue;
    }
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const json given = parse_strictly(v.at("json").text()).value();
    EXPECT_EQ(read(given).encode(), v.at("bytes").octets());
    EXPECT_EQ(rule_to_json(rule::decode(v.at("bytes").octets()).value()).dump(), given.dump());
    ++compared;
  }
  EXPECT_GE(compared, 10U);
}

TEST(RuleJson, KeepsEveryRuleThatTheReferenceAllocatesBy) {
  std::set<bytes> seen;
  for (const vector_value& v : testing::load_vectors(path)) {
    if (v.at("kind").text() != "allocation") {
      continue;
    }
    const bytes data = v.at("rule").octets();
    if (seen.insert(data).second) {
      const auto law = rule::decode(data);
      if (law) {  // some allocations are refused for their rule
        EXPECT_EQ(read(rule_to_json(*law)).encode(), data) << v.at("comment").text();
      }
    }
  }
  EXPECT_GT(seen.size(), 50U);
}

std::string plurality(const std::string& ballot, const std::string& part) {
  return R"({"format":1,"ballot":{"min":0,"max":2,"each":1,)" + ballot + R"(},"plurality":{)" +
         part + "}}";
}
const std::string plain = R"("overvote":"truncate","list_code":"none","form":"free")";

TEST(RuleJson, SaysWhereSomethingIsWrong) {
  EXPECT_EQ(refusal(plurality(plain, R"("runoff":2)")), "");
  const auto expect = [](const std::string& text, const std::string& place,
                         const std::string& reason) {
    const std::string told = refusal(text);
    EXPECT_NE(told.find(place), std::string::npos) << told;
    EXPECT_NE(told.find(reason), std::string::npos) << told;
  };
  expect(plurality(plain, R"("runoff":2,"runof":2)"), "rule.plurality.runof", "unknown member");
  expect(plurality(plain, R"("runoff":2,"runoff":2)"), "", "\"runoff\" is written twice");
  expect(plurality(plain, ""), "rule.plurality.runoff", "is missing");
  expect(plurality(plain, R"("runoff":"2")"), "rule.plurality.runoff", "whole number");
  expect(plurality(plain, R"("runoff":17)"), "rule", "rule.plurality: ");
  expect(plurality(plain + R"(,"strike":1)", R"("runoff":0)"), "rule.ballot.strike", "true or");
  expect(plurality(plain + R"(,"strike":null)", R"("runoff":0)"), "rule.ballot.strike", "true or");
  expect(plurality(R"("overvote":"","list_code":"none","form":"free")", R"("runoff":0)"),
         "rule.ballot.overvote", "one of reject, truncate, void");
  expect(plurality(R"("list_code":"none","form":"free")", R"("runoff":0)"), "rule",
         "rule.ballot: overvote is missing");
  expect(R"({"format":2,"ballot":{},"ranking":{}})", "rule.format", "must be 1");
  expect(R"({"format":1,"ballot":{},"ranking":{},"plurality":{}})", "rule", "exactly one");
  expect(R"({"format":1,"ballot":{}})", "rule", "exactly one");
  expect("[]", "rule", "must be an object");
  for (const char* share : {"1", "1/", "/2", "01/2", "1/02", "-1/2", "1/2 ", "4294967296/1", ""}) {
    expect(plurality(plain, R"("runoff":0,"threshold":{"share":")" + std::string(share) + "\"}"),
           "rule.plurality.threshold.share", "fraction of whole numbers");
  }
  expect(
      plurality(plain, R"("runoff":0,"threshold":{"share":"2/4","base":"votes","applies":"all"})"),
      "rule", "rule.fraction: ");
}

TEST(RuleJson, ListsNameOptionsById) {
  const std::vector<option_entry> options{{"a", {}}, {"b", {}}, {"c", {}}};
  const std::map<std::string, std::uint32_t> known{{"a", 0}, {"b", 1}, {"c", 2}};
  const auto read_lists = [&](const std::string& text, std::string& told) {
    json_walk walk;
    auto out = party_lists_from_json(walk, parse_strictly(text).value(), "lists", known);
    told = walk.problem() ? to_string(*walk.problem()) : "";
    return out;
  };
  const std::string good =
      R"([{"id":"one","labels":{"en":"One"},"options":["c","a"]},{"id":"two","labels":{},"options":["b"]}])";
  std::string told;
  const auto lists = read_lists(good, told);
  EXPECT_EQ(told, "");
  const std::vector<party_list> expected{
      {"one", {{"en", "One"}}, {option_index(2), option_index(0)}}, {"two", {}, {option_index(1)}}};
  EXPECT_EQ(lists, expected);
  EXPECT_EQ(party_lists_to_json(lists, options).dump(), good);
  const auto expect = [&](const std::string& text, const std::string& place) {
    (void)read_lists(text, told);
    EXPECT_NE(told.find(place), std::string::npos) << told;
  };
  expect(R"([{"id":"one","labels":{},"options":["a","x"]}])", "lists[0].options[1]");
  expect(R"([{"id":"one","labels":{},"options":["a","a"]}])", "lists[0].options[1]");
  expect(R"([{"id":"one","labels":{},"options":["a"]},{"id":"two","labels":{},"options":["a"]}])",
         "lists[1].options[0]");
  expect(R"([{"id":"one","labels":{},"options":["a"]},{"id":"one","labels":{},"options":["b"]}])",
         "lists[1].id");
  expect(R"([{"id":"one","labels":{},"options":[]}])", "lists[0].options");
  expect(R"([{"id":"one","labels":{},"option":["a"]}])", "lists[0].option");
}

}  // namespace
}  // namespace sandoq::tool
