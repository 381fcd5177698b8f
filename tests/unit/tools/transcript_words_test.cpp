#include "tools/sandoq/transcript_words.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "sandoq/rules/allocate.hpp"
#include "tests/support/list_rules.hpp"
#include "tests/support/source_dir.hpp"
#include "tools/sandoq/exact_text.hpp"

namespace sandoq::tool {
namespace {

/// A contest with names, and what was counted in it.
struct told_contest {
  std::vector<option_entry> options;
  std::vector<party_list> lists;
  counted_contest counted;
  transcript_subjects who() const { return {options, lists}; }
};

/// Four lists of 9 members and three independents, with these votes of lists and of independents.
told_contest council(const std::vector<std::uint64_t>& votes, std::uint64_t independents) {
  told_contest out;
  const std::vector<label_list> called{{{"en", "Cypress"}, {"fa", "سرو"}},
                                       {{"en", "Plane"}, {"fa", "چنار"}},
                                       {{"en", "Willow"}, {"fa", "بید"}},
                                       {{"fa", "کاج"}}};
  const auto add = [&](const std::string& id, label_list labels, std::uint64_t count) {
    out.options.push_back({id, std::move(labels)});
    out.counted.votes.push_back(count);
    out.counted.ballots += count;
  };
  for (std::size_t i = 0; i < votes.size(); ++i) {
    party_list list{"list-" + std::to_string(i + 1), called[i], {}};
    for (std::uint64_t k = 0; k < 9; ++k) {
      list.options.emplace_back(static_cast<std::uint32_t>(out.options.size()));
      add(std::string(1, static_cast<char>('a' + i)) + std::to_string(k + 1), {},
          k == 0 ? votes[i] - 8 * (votes[i] / 9) - 36 : votes[i] / 9 + k);
    }
    out.lists.push_back(std::move(list));
  }
  // Two of one name are told apart by their ids.
  const label_list same{{"en", "Mina"}, {"fa", "مینا"}};
  add("solo-1", same, independents / 2 + 10);
  add("solo-2", same, independents / 4 + 10);
  add("solo-3", {{"en", "Omid & Co"}}, independents - independents / 2 - independents / 4 - 20);
  out.counted.valid = out.counted.ballots;
  return out;
}

allocation_transcript seats_of(const told_contest& given, const proportional_rule& part,
                               std::uint32_t seats) {
  const auto made =
      allocate(testing::law_of(part), given.lists, given.counted, {seats, 0}, tie_order{});
  EXPECT_TRUE(made) << to_string(made.error());
  return made ? made->transcript : allocation_transcript{};
}

proportional_rule highest_share() {
  proportional_rule out = testing::hare();
  out.remainder = proportional_rule::remainder_code::highest_share;
  out.alternates = proportional_rule::alternates_code::share;
  out.alternates_share = {13, 25};
  out.alternates_rounding = proportional_rule::rounding_code::half_up;
  out.vacancy = proportional_rule::vacancy_code::same_party_then_votes;
  return out;
}

/// Compares with tests/unit/tools/transcripts/NAME.txt.
void expect_told(const std::string& name, const std::string& text) {
  const std::string path = testing::source_dir() + "/tests/unit/tools/transcripts/" + name + ".txt";
  std::ifstream file(path, std::ios::binary);
  std::ostringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(text, expected.str()) << path;
}

TEST(TranscriptWords, TellTheFirstWorkedTable) {
  const told_contest given = council({4100, 2400, 1300, 600}, 1600);
  const auto steps = seats_of(given, highest_share(), 21);
  expect_told("worked-1.en", transcript_text(language::english, given.who(), steps));
  expect_told("worked-1.fa", transcript_text(language::persian, given.who(), steps));
}

// Rounded by halves the second table has a seat too many, which the smallest claim gives back.
TEST(TranscriptWords, TellTheSecondWorkedTable) {
  const told_contest given = council({3000, 2650, 1700, 1220}, 1430);
  proportional_rule rounding = testing::hare();
  rounding.rounding = proportional_rule::rounding_code::half_up;
  rounding.repair = proportional_rule::repair_code::smallest_claim;
  const auto steps = seats_of(given, rounding, 21);
  expect_told("worked-2.en", transcript_text(language::english, given.who(), steps));
  expect_told("worked-2.fa", transcript_text(language::persian, given.who(), steps));
}

told_contest ranked() {
  told_contest out;
  out.options = {{"a", {{"en", "Ava"}, {"fa", "آوا"}}},
                 {"b", {{"en", "Bahar"}, {"fa", "بهار"}}},
                 {"c", {{"en", "Cyrus"}, {"fa", "کوروش"}}}};
  out.counted.votes = {0, 0, 0};
  const option_index a(0);
  const option_index b(1);
  const option_index c(2);
  out.counted.rankings = {
      {741, {{a}}}, {300, {{a}, {b}}}, {300, {{b}, {c}}}, {259, {{c}, {b}}}, {7, {{c}}}};
  out.counted.ballots = out.counted.valid = 1607;
  return out;
}

allocation_transcript steps_of(const told_contest& given, const ranking_rule& part,
                               std::uint32_t seats) {
  const auto made = allocate(rule{{}, part}, {}, given.counted, {seats, 1}, tie_order{});
  EXPECT_TRUE(made) << to_string(made.error());
  return made ? made->transcript : allocation_transcript{};
}

TEST(TranscriptWords, TellARankedCount) {
  const told_contest given = ranked();
  ranking_rule transfers;
  transfers.method = ranking_rule::method_code::stv;
  transfers.quota = ranking_rule::quota_code::droop;
  const auto steps = steps_of(given, transfers, 2);
  expect_told("ranked.en", transcript_text(language::english, given.who(), steps));
  expect_told("ranked.fa", transcript_text(language::persian, given.who(), steps));
}

TEST(TranscriptWords, TellOnlyTheOthersOfASchulzeRow) {
  const told_contest given = ranked();
  ranking_rule schulze;
  schulze.method = ranking_rule::method_code::schulze;
  schulze.strength = ranking_rule::strength_code::winning_votes;
  const std::string text =
      transcript_text(language::english, given.who(), steps_of(given, schulze, 1));
  EXPECT_NE(
      text.find("1. Ballots that rank Ava above another:\n     Bahar: 1,041\n     Cyrus: 1,041\n"
                "2. Ballots that rank Bahar above another:\n     Ava: 559\n     Cyrus: 600\n"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find("4. Strongest paths from Ava to another:\n     Bahar: 1,041\n"),
            std::string::npos)
      << text;
}

// Every kind has a sentence of its own, in both languages, whatever is missing from the step.
TEST(TranscriptWords, TellEveryKindHoweverIncomplete) {
  for (const language in : {language::english, language::persian}) {
    std::set<std::string> seen;
    for (int kind = 1; kind <= static_cast<int>(step_kind::reserve); ++kind) {
      const auto number = static_cast<step_kind>(kind);
      allocation_transcript steps;
      steps.steps = {{number, {0}, {"1", "2"}}, {number, {}, {}}, {number, {9'999}, {"no/number"}}};
      const told_contest given = ranked();
      const std::string text = transcript_text(in, given.who(), steps);
      const std::string html = transcript_html(in, given.who(), steps);
      EXPECT_TRUE(seen.insert(text).second) << text;
      EXPECT_EQ(text.find('{'), std::string::npos) << text;
      EXPECT_EQ(html.find('{'), std::string::npos) << html;
    }
  }
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t out = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++out;
  }
  return out;
}

TEST(TranscriptWords, ThePageHasTheSameSteps) {
  const told_contest given = council({4100, 2400, 1300, 600}, 1600);
  const auto steps = seats_of(given, highest_share(), 21);
  for (const language in : {language::english, language::persian}) {
    const std::string html = transcript_html(in, given.who(), steps);
    EXPECT_EQ(occurrences(html, "<li>"), steps.steps.size());
    EXPECT_EQ(occurrences(html, "</li>"), steps.steps.size());
    EXPECT_EQ(occurrences(html, "<table"), occurrences(html, "</table>"));
    EXPECT_EQ(occurrences(html, "<tr>"), occurrences(html, "</tr>"));
    EXPECT_NE(html.find("Omid &amp; Co"), std::string::npos);
    EXPECT_EQ(html.find("Omid & Co"), std::string::npos);
    EXPECT_NE(html.find(in == language::english ? ">8.61<" : ">۸\u066B۶۱<"), std::string::npos);
  }
}

TEST(TranscriptWords, ANameDrawsNothing) {
  told_contest given = ranked();
  given.options[0].labels = {{"en", "<b>\u202Ex"}};
  allocation_transcript steps;
  steps.steps = {{step_kind::elected, {0}, {}}};
  const std::string text = transcript_text(language::english, given.who(), steps);
  EXPECT_EQ(text.find("\u202E"), std::string::npos);
  EXPECT_EQ(transcript_html(language::english, given.who(), steps).find("<b>"), std::string::npos);
}

TEST(ExactText, IsExactWhereItCanBeShort) {
  const auto en = [](std::string_view value) { return exact_text(language::english, value); };
  EXPECT_EQ(en("0"), "0");
  EXPECT_EQ(en("1234567"), "1,234,567");
  EXPECT_EQ(en("861/100"), "8.61");
  EXPECT_EQ(en("7/5"), "1.4");
  EXPECT_EQ(en("10001/10000"), "1.0001");
  EXPECT_EQ(en("44553314121/100000000"), "445.53314121");
  EXPECT_EQ(en("999999999999999999/1000000000"), "999,999,999.999999999");
  EXPECT_EQ(en("1/1000000000"), "0.000000001");
  EXPECT_EQ(en("1/10000000000"), "1/10,000,000,000 ≈ 0.0000");
  EXPECT_EQ(en("-3/2"), "-1.5");
  EXPECT_EQ(en("24/7"), "24/7 ≈ 3.43");
  EXPECT_EQ(en("1/30"), "1/30 ≈ 0.0333");
  EXPECT_EQ(en("20000/3"), "20,000/3 ≈ 6,666.67");
  EXPECT_EQ(exact_text(language::persian, "24/7"), "۲۴\u2044۷ ≈ ۳\u066B۴۳");
  EXPECT_EQ(exact_text(language::persian, "1234567"), "۱\u066C۲۳۴\u066C۵۶۷");
}

TEST(ExactText, RoundsWhatIsTooLong) {
  const std::string third = std::string(60, '3');
  EXPECT_EQ(exact_text(language::english, "1" + std::string(60, '0') + "/" + third), "≈ 3.00");
  EXPECT_EQ(exact_text(language::english,
                       "2" + std::string(30'000, '0') + "/1" + std::string(29'998, '0') + "7"),
            "≈ 20.00");
  EXPECT_EQ(exact_text(language::english, std::string(50, '9')), "≈ 1.000e+50");
  for (const char* wrong : {"", "-", "/", "1/", "1/0", "x", "1/2/3", "1.5"}) {
    EXPECT_EQ(exact_text(language::english, wrong), wrong);
  }
}

}  // namespace
}  // namespace sandoq::tool
