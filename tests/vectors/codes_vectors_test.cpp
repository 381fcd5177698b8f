// spec/50-manifest/vectors/codes.json: what the codes of ballots stand for, which are permitted,
// and what a device makes of entries.

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "sandoq/ballot/ballot_codes.hpp"
#include "sandoq/ballot/selection_secret.hpp"
#include "tests/support/vector_file.hpp"
#include "tests/vectors/vector_fields.hpp"

namespace sandoq::codes_vectors_test {
namespace {

using testing::u32_of;
using testing::vector_value;

constexpr std::string_view path = "50-manifest/vectors/codes.json";

template <class Number>
std::vector<Number> numbers_of(const vector_value& list) {
  std::vector<Number> out;
  for (const vector_value& number : list.items()) {
    out.push_back(static_cast<Number>(number.number()));
  }
  return out;
}

contest_entry contest_of(const vector_value& v) {
  contest_entry out;
  out.id = "codes";
  out.scope = node_index(0);
  out.encoding = static_cast<contest_encoding>(u32_of(v.at("encoding")));
  for (std::uint32_t i = 0; i < u32_of(v.at("options")); ++i) {
    out.options.push_back({"o" + std::to_string(i), {}});
  }
  out.max_choices = u32_of(v.at("max"));
  out.min_choices = u32_of(v.at("min"));
  out.blank = v.at("blank").number() != 0 ? blank_option::counted : blank_option::absent;
  out.seats = 1;
  out.text_bytes = u32_of(v.at("text"));
  out.rule = seat_rule::by_law;
  out.law = rule::decode(v.at("rule").octets()).value();
  out.lists = decode_party_lists(v.at("lists").octets()).value();
  return out;
}

// A manifest with nothing but this contest, as far as check_rules() looks.
result<void> checked(const contest_entry& contest) {
  manifest m;
  m.election = "codes";
  m.boards = {{"board", {}, 1, {{"trustee", {}, {}, {}, {}, {}}}}};
  m.nodes = {{"country", node_level::nation, no_parent, {}},
             {"branch", node_level::branch, node_index(0), {}}};
  m.contests = {contest};
  m.styles = {{"style", {contest_index(0)}}};
  m.branch_styles = {{style_index(0)}};
  return m.check_rules();
}

class codes_vectors : public ::testing::Test {
 protected:
  template <class Each>
  static void for_each_accepted(const Each& each) {
    for (const vector_value& v : testing::load_vectors(path)) {
      SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
      if (v.at("refused").is_null()) {
        each(v, contest_of(v));
      }
    }
  }
};

TEST_F(codes_vectors, numbers) {
  std::size_t refused = 0;
  for (const vector_value& v : testing::load_vectors(path)) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const contest_entry contest = contest_of(v);
    const auto ok = checked(contest);
    EXPECT_EQ(ok.has_value(), v.at("refused").is_null()) << (ok ? "" : to_string(ok.error()));
    if (!ok) {
      EXPECT_TRUE(ok.error().place.starts_with("manifest/contest 0")) << to_string(ok.error());
      ++refused;
      continue;
    }
    const choice_limits limits = limits_of(contest);
    EXPECT_EQ(limits.options, u32_of(v.at("codes")));
    EXPECT_EQ(limits.max_choices, u32_of(v.at("most")));
    EXPECT_EQ(limits.min_choices, u32_of(v.at("least")));
  }
  EXPECT_GT(refused, 10U);
}

TEST_F(codes_vectors, choices) {
  for_each_accepted([](const vector_value& v, const contest_entry& contest) {
    const ballot_codes codes(contest);
    for (const vector_value& choice : v.at("choices").items()) {
      const auto chosen = numbers_of<std::uint32_t>(choice.at("codes"));
      EXPECT_EQ(codes.check(chosen).has_value(), choice.at("permitted").number() != 0)
          << choice.at("why").text();
    }
  });
}

TEST_F(codes_vectors, counts) {
  for_each_accepted([](const vector_value& v, const contest_entry& contest) {
    const ballot_codes codes(contest);
    for (const vector_value& each : v.at("counts").items()) {
      const auto read = codes.read(numbers_of<std::uint64_t>(each.at("counts")));
      EXPECT_EQ(read.votes, numbers_of<std::uint64_t>(each.at("votes")));
      if (!each.at("lists").is_null()) {
        EXPECT_EQ(read.list_ballots, numbers_of<std::uint64_t>(each.at("lists")));
      }
    }
  });
}

result<contest_selection> entered(const contest_terms& terms, const vector_value& entries) {
  const ballot_rule& rule = terms.codes.entries();
  std::vector<option_index> slots;
  std::vector<option_index> struck;
  list_entries made;
  for (const vector_value& entry : entries.items()) {
    const std::uint32_t index = u32_of(entry.items().at(1));
    switch (entry.items().at(0).number()) {
      case 1:
        slots.emplace_back(index);
        break;
      case 2:
        if (made.list != list_entries::no_list) {
          return fail(errc::duplicate, "entries", "a booth takes the code of one list");
        }
        made.list = index;
        break;
      default:
        struck.emplace_back(index);
    }
  }
  slots.resize(std::max<std::size_t>(slots.size(), rule.max_votes), contest_selection::no_option);
  made.slots = slots;
  made.struck = struck;
  const bool lists = made.list != list_entries::no_list || !struck.empty();
  return lists || rule.code != ballot_rule::list_code::none
             ? contest_selection::of_list(terms, made)
             : contest_selection::of_slots(terms, slots);
}

TEST_F(codes_vectors, entries) {
  for_each_accepted([](const vector_value& v, const contest_entry& contest) {
    const auto terms = terms_of(digest32{}, contest_index(0), contest);
    ASSERT_TRUE(terms) << to_string(terms.error());
    for (const vector_value& each : v.at("entries").items()) {
      const auto made = entered(*terms, each.at("entries"));
      const std::string& outcome = each.at("outcome").text();
      ASSERT_EQ(made.has_value(), outcome != "refused")
          << (made ? std::string() : to_string(made.error()));
      if (!made) {
        continue;
      }
      std::vector<std::uint32_t> codes;
      bool blank = false;
      const bytes octets = declassify<"choices of a test">(made->choices());
      for (std::uint32_t i = 0; i < octets.size(); ++i) {
        if (octets[i] != std::byte{0} && i < terms->limits.options) {
          codes.push_back(i + 1);
        }
        blank = blank || (octets[i] != std::byte{0} && i == terms->limits.options);
      }
      EXPECT_EQ(codes, numbers_of<std::uint32_t>(each.at("codes")));
      EXPECT_EQ(blank, outcome == "blank");
    }
  });
}

}  // namespace
}  // namespace sandoq::codes_vectors_test
