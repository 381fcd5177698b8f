#include "tools/sandoq/office/choices.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/secret.hpp"
#include "tests/support/small_election.hpp"
#include "tools/sandoq/rehearsal/filled_slip.hpp"

namespace sandoq::tool {
namespace {

/// A style with a contest "k of n" and one with blanks in its option ids.
class Choices : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    testing::scenario plan = testing::small_scenario();
    plan.votes.clear();
    small = std::make_unique<testing::small_election>(std::move(plan), testing::test_seed());
    small->make();
  }
  static void TearDownTestSuite() { small.reset(); }

  Choices() : plan(small->draft.election) {
    for (std::uint32_t s = 0; s < plan.styles.size(); ++s) {
      for (const branch_index branch : small->context().index().branches()) {
        if (plan.styles[s].contests.size() == 2 &&
            small->context().index().is_given(style_index{s}, branch)) {
          style = s;
          place = branch;
        }
      }
    }
    first = plan.contests[plan.styles[style].contests[0].value()];
    second = plan.contests[plan.styles[style].contests[1].value()];
  }

  result<filled_ballot> read(const std::string& text) {
    return read_choices(plan, small->context(), place, text);
  }
  std::string refusal(const std::string& text) {
    const auto out = read(text);
    EXPECT_FALSE(out) << text;
    return out ? "" : to_string(out.error());
  }
  /// Which options are marked, as the selection has it.
  static std::vector<int> marks(const filled_ballot& ballot, std::size_t contest) {
    std::vector<int> out;
    for (const std::byte each :
         expose_for_secret_ops(ballot.selection.selections()[contest].choices())) {
      out.push_back(std::to_integer<int>(each));
    }
    return out;
  }
  std::string name() const { return plan.styles[style].id; }

  static inline std::unique_ptr<testing::small_election> small;
  const manifest& plan;
  std::size_t style = 0;
  branch_index place;
  contest_entry first;
  contest_entry second;
};

TEST_F(Choices, AreReadLineByLine) {
  ASSERT_GE(first.max_choices, 2U);
  const std::string text = "\n  " + name() + "\r\n" + second.id + ": " + second.options[1].id +
                           "\n\ndigits 0427\n" + first.id + ":" + first.options[2].id + "  " +
                           first.options[0].id + "\n";
  const auto ballot = read(text);
  ASSERT_TRUE(ballot) << to_string(ballot.error());
  EXPECT_EQ(ballot->digits, 427);
  // Persian, Arabic, and both among ASCII.
  for (const char* digits :
       {"\u06f9\u06f8\u06f0\u06f1", "\u0669\u0668\u0660\u0661", "9\u06f8\u06601"}) {
    const auto same = read(name() + "\n" + first.id + ": " + first.options[0].id + "\n" +
                           second.id + ": " + second.options[1].id + "\ndigits " + digits);
    ASSERT_TRUE(same) << to_string(same.error());
    EXPECT_EQ(same->digits, 9801) << digits;
  }
  EXPECT_EQ(ballot->selection.style().value(), style);
  for (std::size_t o = 0; o < first.options.size(); ++o) {
    EXPECT_EQ(marks(*ballot, 0)[o], o == 0 || o == 2 ? 1 : 0);
  }
  EXPECT_EQ(marks(*ballot, 1)[1], 1);
  EXPECT_EQ(marks(*ballot, 1)[0], 0);
}

TEST_F(Choices, BlankIsWrittenOrLeftOut) {
  ASSERT_EQ(first.blank, blank_option::counted);
  const std::string rest = "\n" + second.id + ": " + second.options[0].id;
  for (const char* words : {": blank", ":", ":   "}) {
    const auto ballot = read(name() + "\n" + first.id + words + rest);
    ASSERT_TRUE(ballot) << to_string(ballot.error());
    EXPECT_EQ(marks(*ballot, 0).back(), 1);
    EXPECT_EQ(ballot->digits, ballot_item::no_digits);
  }
}

TEST_F(Choices, SayWhichLineIsWrong) {
  const std::string one = first.id + ": " + first.options[0].id + "\n";
  const std::string two = second.id + ": " + second.options[0].id + "\n";
  const std::string top = name() + "\n";
  EXPECT_NE(refusal("").find("are empty"), std::string::npos);
  EXPECT_NE(refusal(top + first.id + ": blank " + first.options[0].id + "\n" + two)
                .find("blank stands alone"),
            std::string::npos);
  EXPECT_NE(refusal("no-style\n").find("line 1: the first line names the style"),
            std::string::npos);
  EXPECT_NE(refusal(top + one).find("the contest " + second.id + " is missing"), std::string::npos);
  EXPECT_NE(refusal(top + one + two + one)
                .find("line 4: the contest " + first.id + " stands there twice"),
            std::string::npos);
  EXPECT_NE(refusal(top + one + "x" + two).find("line 3: must be CONTEST-ID"), std::string::npos);
  EXPECT_NE(refusal(top + first.id + ": nobody\n" + two).find("has no option nobody"),
            std::string::npos);
  EXPECT_NE(
      refusal(top + first.id + ": " + first.options[0].id + " " + first.options[0].id + "\n" + two)
          .find("line 2: contest " + first.id),
      std::string::npos);
  std::string all = first.id + ":";
  for (const option_entry& option : first.options) {
    all += " " + option.id;
  }
  ASSERT_GT(first.options.size(), first.max_choices);
  EXPECT_NE(refusal(top + all + "\n" + two).find("at most"), std::string::npos);
  for (const char* digits : {"digits 123", "digits 12345", "digits 12x4", "digits -123",
                             "digits 123\u06fa", "digits \u06f1\u06f2\u06f3",
                             "digits \u0661\u0662\u0663\u0664\u0665", "digits 123\u0660\u0660"}) {
    EXPECT_NE(refusal(top + one + two + digits).find("line 4: digits are four digits"),
              std::string::npos);
  }
  EXPECT_NE(refusal(top + "digits 0001\ndigits 0002\n").find("once"), std::string::npos);
  EXPECT_NE(refusal(std::string(max_choices_bytes + 1, '\n')).find("256 KiB"), std::string::npos);
}

TEST_F(Choices, TabsSeparateIdsWithBlanks) {
  manifest spaced = plan;
  contest_entry& contest = spaced.contests[plan.styles[style].contests[0].value()];
  contest.options[0].id = "one";
  contest.options[1].id = "one two";
  contest.options[2].id = "two";
  const auto with = [&](const std::string& marks_) {
    return read_choices(spaced, small->context(), place,
                        name() + "\n" + contest.id + ": " + marks_ + "\n" + second.id + ": " +
                            second.options[0].id);
  };
  const auto ballot = with("one two\ttwo");
  ASSERT_TRUE(ballot) << to_string(ballot.error());
  EXPECT_EQ(marks(*ballot, 0)[0], 0);
  EXPECT_EQ(marks(*ballot, 0)[1], 1);
  EXPECT_EQ(marks(*ballot, 0)[2], 1);
  const auto unclear = with("two one");
  ASSERT_FALSE(unclear);
  EXPECT_NE(to_string(unclear.error()).find("separate options by tabs"), std::string::npos);
}

TEST_F(Choices, SlipsOfARehearsalAreRead) {
  const auto check = [&](const manifest& filled) {
    const voter v{{}, {}, style_index{static_cast<std::uint32_t>(style)}, {{0, 2}, {}}};
    const auto ballot = read_choices(filled, small->context(), place, filled_slip(filled, v));
    ASSERT_TRUE(ballot) << to_string(ballot.error());
    const std::vector<int> marked = marks(*ballot, 0);
    for (std::size_t i = 0; i < marked.size(); ++i) {
      EXPECT_EQ(marked[i], i == 0 || i == 2 ? 1 : 0) << i;
    }
    const std::vector<int> none = marks(*ballot, 1);
    EXPECT_EQ(std::count(none.begin(),
                         none.begin() + static_cast<std::ptrdiff_t>(second.options.size()), 1),
              0);
  };
  check(plan);
  manifest other = plan;
  other.contests[plan.styles[style].contests[0].value()].options[2].id = "one two";
  other.contests[plan.styles[style].contests[1].value()].options[0].id = "blank";
  check(other);
}

}  // namespace
}  // namespace sandoq::tool
