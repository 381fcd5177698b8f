// Every rule of sections 50.3 to 50.7 that needs no key, each by a manifest that breaks only it.

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/sample_election.hpp"

namespace sandoq {
namespace {

struct breach {
  std::string name;
  std::function<void(manifest&)> change;
  errc code;
  std::string place;   // part of the error's place
  std::string reason;  // part of the error's reason
};

std::vector<breach> board_breaches() {
  return {
      {"board id twice", [](manifest& m) { m.boards[1].id = m.boards[0].id; }, errc::duplicate,
       "board 1", "occurs twice"},
      {"trustee id twice in a board",
       [](manifest& m) { m.boards[0].trustees[2].id = m.boards[0].trustees[0].id; },
       errc::duplicate, "board 0 \"board-0\"/trustee 3", "occurs twice"},
      {"one person in two boards",
       [](manifest& m) { m.boards[1].trustees[0].id = m.boards[0].trustees[1].id; },
       errc::duplicate, "board 1", "occurs twice"},
      {"threshold 0", [](manifest& m) { m.boards[0].threshold = 0; }, errc::out_of_range, "board 0",
       "threshold"},
      {"threshold above trustees", [](manifest& m) { m.boards[0].threshold = 4; },
       errc::out_of_range, "board 0", "threshold"},
      {"threshold 1 of 3", [](manifest& m) { m.boards[0].threshold = 1; }, errc::out_of_range,
       "board 0", "single trustee"},
      {"threshold 2 of 1", [](manifest& m) { m.boards[1].threshold = 2; }, errc::out_of_range,
       "board 1", "threshold"},
  };
}

std::vector<breach> tree_breaches() {
  return {
      {"node id twice", [](manifest& m) { m.nodes[6].id = m.nodes[3].id; }, errc::duplicate,
       "node 6", "occurs twice"},
      {"level 8", [](manifest& m) { m.nodes[4].level = static_cast<node_level>(8); },
       errc::out_of_range, "node 4", "level"},
      {"root with a parent", [](manifest& m) { m.nodes[0].parent = node_index(0); },
       errc::bad_encoding, "node 0", "root"},
      {"second root", [](manifest& m) { m.nodes[7].parent = no_parent; }, errc::bad_encoding,
       "node 7", "parent"},
      {"own parent", [](manifest& m) { m.nodes[5].parent = node_index(5); }, errc::bad_encoding,
       "node 5", "parent"},
      {"parent after child", [](manifest& m) { m.nodes[4].parent = node_index(5); },
       errc::bad_encoding, "node 4", "parent"},
      {"subtree in two parts", [](manifest& m) { m.nodes[9].parent = node_index(1); },
       errc::bad_encoding, "node 9", "depth-first"},
      {"child of a closed subtree",
       [](manifest& m) {
         m.nodes[8].parent = node_index(5);
         m.nodes[7].level = node_level::branch;
         m.branch_styles.push_back({style_index(0)});
       },
       errc::bad_encoding, "node 8", "depth-first"},
      {"level not below the parent's", [](manifest& m) { m.nodes[5].level = node_level::city; },
       errc::bad_encoding, "node 5", "level"},
      {"level above the parent's", [](manifest& m) { m.nodes[2].level = node_level::nation; },
       errc::bad_encoding, "node 2", "level"},
      {"branch with a node below it",
       [](manifest& m) {
         m.nodes[5].level = node_level::branch;
         m.branch_styles.push_back({style_index(0)});
       },
       errc::bad_encoding, "node 5", "branch has no nodes below"},
      {"district without a branch",
       [](manifest& m) {
         m.nodes[8].level = node_level::district;
         m.branch_styles.pop_back();
       },
       errc::bad_encoding, "node 8", "must be a branch"},
      {"last node not a branch",
       [](manifest& m) {
         m.nodes[9].level = node_level::city;
         m.branch_styles.pop_back();
       },
       errc::bad_encoding, "node 9", "must be a branch"},
  };
}

std::vector<breach> contest_breaches() {
  return {
      {"contest id twice", [](manifest& m) { m.contests[2].id = m.contests[0].id; },
       errc::duplicate, "contest 2", "occurs twice"},
      {"scope outside the tree", [](manifest& m) { m.contests[1].scope = node_index(10); },
       errc::out_of_range, "contest 1", "scope"},
      {"encoding 0", [](manifest& m) { m.contests[1].encoding = static_cast<contest_encoding>(0); },
       errc::unsupported, "contest 1", "encoding"},
      {"encoding 5", [](manifest& m) { m.contests[1].encoding = static_cast<contest_encoding>(5); },
       errc::unsupported, "contest 1", "encoding"},
      {"rule 0", [](manifest& m) { m.contests[1].rule = static_cast<seat_rule>(0); },
       errc::unsupported, "contest 1", "rule"},
      {"rule 3", [](manifest& m) { m.contests[1].rule = static_cast<seat_rule>(3); },
       errc::unsupported, "contest 1", "rule"},
      {"rule 2 without the rule", [](manifest& m) { m.contests[1].rule = seat_rule::by_law; },
       errc::missing, "contest 1", "rule"},
      {"option id twice",
       [](manifest& m) { m.contests[0].options[9].id = m.contests[0].options[0].id; },
       errc::duplicate, "contest 0 \"council\"/option 9", "occurs twice"},
      {"option called blank", [](manifest& m) { m.contests[1].options[1].id = "blank"; },
       errc::out_of_range, "option 1", "blank"},
      {"max 0", [](manifest& m) { m.contests[1].max_choices = 0; }, errc::out_of_range, "contest 1",
       "most choices"},
      {"max above n", [](manifest& m) { m.contests[1].max_choices = 4; }, errc::out_of_range,
       "contest 1", "most choices"},
      {"min above max", [](manifest& m) { m.contests[0].min_choices = 4; }, errc::out_of_range,
       "contest 0", "fewest choices"},
      {"blank without minimum", [](manifest& m) { m.contests[0].min_choices = 0; },
       errc::out_of_range, "contest 0", "blank"},
      {"seats 0", [](manifest& m) { m.contests[1].seats = 0; }, errc::out_of_range, "contest 1",
       "seats"},
      {"seats above n",
       [](manifest& m) {
         m.contests[1].seats = 4;
         m.contests[1].alternates = 0;
       },
       errc::out_of_range, "contest 1", "seats"},
      {"seats and alternates above n", [](manifest& m) { m.contests[1].alternates = 3; },
       errc::out_of_range, "contest 1", "alternates"},
      {"attribute id twice",
       [](manifest& m) { m.contests[0].attributes[1].id = m.contests[0].attributes[0].id; },
       errc::duplicate, "contest 0 \"council\"/attribute 1", "occurs twice"},
      {"attributes without an authority", [](manifest& m) { m.authority.reset(); }, errc::missing,
       "contest 0", "authority"},
      {"too many ciphertexts in all",
       [](manifest& m) {
         // 17 stand already: 31 contests of 1,024 options reach 31,761, and 32 go beyond.
         contest_entry wide = m.contests[1];
         wide.scope = node_index(0);
         wide.options.clear();
         for (int i = 0; i < 1024; ++i) {
           wide.options.push_back({std::to_string(i), {}});
         }
         for (int i = 0; i < 32; ++i) {
           wide.id = "wide-" + std::to_string(i);
           m.contests.push_back(wide);
         }
       },
       errc::too_large, "contest 34", "32785 ciphertexts"},
      {"alternates that overflow", [](manifest& m) { m.contests[1].alternates = 0xffffffffU; },
       errc::out_of_range, "contest 1", "alternates"},
  };
}

std::vector<breach> style_breaches() {
  return {
      {"style id twice", [](manifest& m) { m.styles[2].id = m.styles[1].id; }, errc::duplicate,
       "style 2", "occurs twice"},
      {"contest twice in a style", [](manifest& m) { m.styles[1].contests[1] = contest_index(0); },
       errc::bad_encoding, "style 1", "ascending"},
      {"contests not ascending",
       [](manifest& m) { std::swap(m.styles[1].contests[0], m.styles[1].contests[1]); },
       errc::bad_encoding, "style 1", "ascending"},
      {"contest that does not exist",
       [](manifest& m) { m.styles[1].contests[1] = contest_index(3); }, errc::out_of_range,
       "style 1", "contest 3 of 3"},
      {"style twice at a branch",
       [](manifest& m) {
         m.branch_styles[0] = {style_index(1), style_index(1)};
       },
       errc::bad_encoding, "branch 3", "ascending"},
      {"styles not ascending",
       [](manifest& m) { std::swap(m.branch_styles[0][0], m.branch_styles[0][1]); },
       errc::bad_encoding, "branch 3", "ascending"},
      {"style that does not exist", [](manifest& m) { m.branch_styles[1][0] = style_index(3); },
       errc::out_of_range, "branch 4", "style 3 of 3"},
      {"branch without a list", [](manifest& m) { m.branch_styles.pop_back(); }, errc::missing,
       "branch 9", "no list of styles"},
      {"a list too many", [](manifest& m) { m.branch_styles.push_back({style_index(0)}); },
       errc::mismatch, "branch styles", "6 lists"},
      {"scope beside the branch", [](manifest& m) { m.branch_styles[4] = {style_index(1)}; },
       errc::mismatch, "branch 9", "council+mayor"},
      {"scope in another province", [](manifest& m) { m.branch_styles[2] = {style_index(2)}; },
       errc::mismatch, "branch 6", "council+question"},
      {"scope at another branch", [](manifest& m) { m.contests[1].scope = node_index(4); },
       errc::mismatch, "branch 3", "council+mayor"},
      {"scope at the branch before", [](manifest& m) { m.contests[1].scope = node_index(3); },
       errc::mismatch, "branch 4", "council+mayor"},
  };
}

void expect_refused(const std::vector<breach>& breaches) {
  for (const breach& b : breaches) {
    manifest m = testing::sample_manifest();
    b.change(m);
    // What breaks a rule is well formed: structure and rules are different checks.
    EXPECT_TRUE(manifest::decode(m.encode()).has_value()) << b.name;
    const auto rules = m.check_rules();
    ASSERT_FALSE(rules.has_value()) << b.name;
    EXPECT_EQ(rules.error().code, b.code) << b.name << ": " << to_string(rules.error());
    EXPECT_NE(rules.error().place.find(b.place), std::string::npos)
        << b.name << ": " << to_string(rules.error());
    EXPECT_NE(rules.error().reason.find(b.reason), std::string::npos)
        << b.name << ": " << to_string(rules.error());
  }
}

TEST(manifest_rules, the_sample_keeps_them) {
  const auto rules = testing::sample_manifest().check_rules();
  EXPECT_TRUE(rules.has_value()) << (rules ? "" : to_string(rules.error()));
}

TEST(manifest_rules, boards_and_trustees) {
  expect_refused(board_breaches());
}
TEST(manifest_rules, tree_of_places) {
  expect_refused(tree_breaches());
}
TEST(manifest_rules, contests) {
  expect_refused(contest_breaches());
}
TEST(manifest_rules, styles_and_branches) {
  expect_refused(style_breaches());
}

TEST(manifest_rules, a_branch_may_be_a_whole_election) {
  manifest m = testing::sample_manifest();
  m.nodes = {{"only", node_level::branch, no_parent, {}}};
  for (contest_entry& contest : m.contests) {
    contest.scope = node_index(0);
  }
  m.branch_styles = {{style_index(0), style_index(1), style_index(2)}};
  EXPECT_TRUE(m.check_rules().has_value());
}

TEST(manifest_rules, the_edges_of_the_limits_are_allowed) {
  manifest m = testing::sample_manifest();
  contest_entry& contest = m.contests[1];
  contest.max_choices = contest.min_choices = contest.seats = 3;
  contest.alternates = 0;
  EXPECT_TRUE(m.check_rules().has_value());
  contest.blank = blank_option::counted;
  EXPECT_TRUE(m.check_rules().has_value());
  m.boards[0].threshold = 3;
  EXPECT_TRUE(m.check_rules().has_value());
}

}  // namespace
}  // namespace sandoq
