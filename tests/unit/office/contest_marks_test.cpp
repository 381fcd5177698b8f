// Marks of contests whose ballots are mixed, as a booth reads them. SPEC(76.2)

#include "tools/sandoq/office/contest_marks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sandoq/core/secret.hpp"
#include "tests/support/ballot_forms.hpp"
#include "tests/support/mixed_contests.hpp"
#include "tests/support/must.hpp"
#include "tests/support/sample_election.hpp"

namespace sandoq::tool::contest_marks_test {
namespace {

using testing::must;

/// A council of slots with lists, a ranking with a write-in, a question.
class ContestMarks : public ::testing::Test {
 protected:
  ContestMarks() { testing::mix_contests(plan); }

  result<contest_selection> read(std::size_t contest, std::string_view marks) const {
    const contest_index index(static_cast<std::uint32_t>(contest));
    return read_marks(plan.contests[contest], must(terms_of({}, index, plan.contests[contest])),
                      marks);
  }
  /// Octets of the choice: of slots one an option, of a ranking four a rank, then the text.
  std::vector<int> choices(std::size_t contest, std::string_view marks) const {
    std::vector<int> out;
    const contest_selection made = must(read(contest, marks));
    for (const std::byte each : expose_for_secret_ops(made.choices())) {
      out.push_back(std::to_integer<int>(each));
    }
    return out;
  }
  std::string refusal(std::size_t contest, std::string_view marks) const {
    const auto made = read(contest, marks);
    EXPECT_FALSE(made) << marks;
    return made ? "" : to_string(made.error());
  }
  std::string id(std::size_t contest, std::size_t option) const {
    return plan.contests[contest].options[option].id;
  }

  manifest plan = testing::sample_manifest();
};

TEST_F(ContestMarks, EnterTheCodeOfAList) {
  std::vector<int> members(11);
  members[0] = members[2] = members[7] = 1;
  EXPECT_EQ(choices(0, "list:red"), members);
  members[2] = 0;
  EXPECT_EQ(choices(0, "strike:" + id(0, 2) + " list:red"), members);
}

TEST_F(ContestMarks, AreSingleOptionsBesides) {
  std::vector<int> two(11);
  two[1] = two[5] = 1;
  EXPECT_EQ(choices(0, id(0, 5) + " " + id(0, 1)), two);
  EXPECT_EQ(choices(0, "blank").back(), 1);
}

TEST_F(ContestMarks, RankTheBestFirst) {
  const std::vector<int> made = choices(1, id(1, 2) + " " + id(1, 0));
  EXPECT_EQ(made[0], 3);
  EXPECT_EQ(made[4], 1);
  EXPECT_EQ(made[8], 0);
}

TEST_F(ContestMarks, TakeAWriteInToTheEndOfTheLine) {
  const std::vector<int> made = choices(1, id(1, 0) + " text:  Ada  Lovelace ");
  const std::string text(made.begin() + 12, made.end());
  EXPECT_EQ(text, "Ada  Lovelace" + std::string(20, '\0'));
  // Decomposed e with acute, and the Arabic yeh, are written one way.
  const std::vector<int> normal = choices(1, id(1, 0) + " text: e\u0301\u064a");
  EXPECT_EQ(std::string(normal.begin() + 12, normal.begin() + 16), "\u00e9\u06cc");
}

TEST_F(ContestMarks, SayWhatIsWrong) {
  EXPECT_NE(refusal(0, "list:green").find("has no list green"), std::string::npos);
  EXPECT_NE(refusal(0, "list:red list:blue").find("one list at most"), std::string::npos);
  EXPECT_NE(refusal(0, "list:red strike:nobody").find("has no option nobody"), std::string::npos);
  EXPECT_NE(refusal(0, "list:red text: a").find("no room for a write-in"), std::string::npos);
  EXPECT_NE(refusal(2, "list:red").find("lists have no codes"), std::string::npos);
  EXPECT_NE(refusal(2, "strike:" + id(2, 0)).find("nobody can be struck"), std::string::npos);
  EXPECT_NE(refusal(1, id(1, 0) + " " + id(1, 0)).find("contest " + plan.contests[1].id),
            std::string::npos);
  EXPECT_NE(refusal(1, id(1, 0) + " text: " + std::string(34, 'a')).find("room for 33 bytes"),
            std::string::npos);
  EXPECT_NE(refusal(1, id(1, 0) + " text: \xff").find("no text"), std::string::npos);
}

// An id that looks like a word of this form is the id.
TEST_F(ContestMarks, AreIdsFirst) {
  plan.contests[0].options[4].id = "list:red";
  plan.contests[0].options[5].id = "text:";
  const std::vector<int> made = choices(0, "text: list:red");
  EXPECT_EQ(made[4], 1);
  EXPECT_EQ(made[5], 1);
  EXPECT_EQ(made[0], 0);
}

// Several votes for one option; whatever people mark too much is for the rule.        SPEC(50.10)
TEST_F(ContestMarks, AreReadAsTheRuleSays) {
  ballot_rule rule;
  rule.min_votes = 1;
  rule.max_votes = 3;
  rule.max_each = 2;
  const auto use = [&](std::uint32_t options) {
    plan.contests[0] = testing::contest_with(contest_encoding::packed_subset, options, rule, 2, 1);
    plan.contests[0].text_bytes = 3;
  };
  use(3);
  EXPECT_EQ(choices(0, "o2 o0 o2"), (std::vector<int>{1, 0, 0, 0, 1, 1, 0, 0, 0, 0}));
  EXPECT_EQ(choices(0, "o2 o2 o2 o1 o0"), (std::vector<int>{0, 0, 1, 0, 1, 1, 0, 0, 0, 0}));
  rule.overvote = ballot_rule::overvote_policy::cancel;
  use(3);
  EXPECT_EQ(choices(0, "o2 o2 o2 text: no"), (std::vector<int>{0, 0, 0, 0, 0, 0, 1, 0, 0, 0}));
  EXPECT_EQ(choices(0, "o2 text: no"), (std::vector<int>{0, 0, 0, 0, 1, 0, 0, 'n', 'o', 0}));
  use(300);
  std::string all;
  for (int i = 0; i < 300; ++i) {
    all += "o" + std::to_string(i) + " ";
  }
  EXPECT_EQ(choices(0, all)[600], 1);
  rule.overvote = ballot_rule::overvote_policy::reject;
  use(300);
  EXPECT_NE(refusal(0, all).find("at most 3 may be marked"), std::string::npos);
  rule.overvote = ballot_rule::overvote_policy::truncate;
  use(300);
  const std::vector<int> cut = choices(0, all);
  EXPECT_EQ(std::count(cut.begin(), cut.end(), 1), 3);
  EXPECT_EQ(cut[0] + cut[2] + cut[4], 3);
  std::string endless;
  for (int i = 0; i < 8193; ++i) {
    endless += "o7 ";
  }
  EXPECT_NE(refusal(0, endless).find("at most 8192"), std::string::npos);
}

}  // namespace
}  // namespace sandoq::tool::contest_marks_test
