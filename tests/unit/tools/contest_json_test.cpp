// Contests that are mixed or counted by a law of their own, in the JSON form of a manifest.

#include <gtest/gtest.h>

#include <string>

#include "tests/support/ballot_forms.hpp"
#include "tools/sandoq/encoding_choice.hpp"
#include "tools/sandoq/manifest_json.hpp"
#include "tools/sandoq/plan.hpp"
#include "tools/sandoq/scenario.hpp"

namespace sandoq::tool::contest_json_test {
namespace {

/// Replaces the first `from` behind the first contest's "alternates".
std::string village_with(const std::string& from, const std::string& to) {
  std::string text = manifest_to_json(village_scenario({0, 1}).plan);
  const auto at = text.find(from, text.find("\"contests\""));
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

void expect_refused(const std::string& text, const std::string& place) {
  const auto read = manifest_from_json(text);
  ASSERT_FALSE(read) << place;
  EXPECT_NE(to_string(read.error()).find(place), std::string::npos) << to_string(read.error());
}

std::string rule_text(const std::string& method) {
  return R"("rule": {"format": 1, "ballot": {"min": 1, "max": 3, "each": 1, "overvote": "reject", )"
         R"("list_code": "none", "form": "free"}, )" +
         method + "}";
}

const std::string plurality = "\"rule\": \"plurality-at-large\"";
const std::string irv =
    R"("ranking": {"method": "irv", "overvote": "equal", "skipped": "close-up", "batch": false})";

contest_entry contest_of(std::uint32_t options, std::uint32_t max) {
  contest_entry contest;
  for (std::uint32_t i = 0; i < options; ++i) {
    contest.options.push_back({std::to_string(i), {}});
  }
  contest.max_choices = max;
  contest.min_choices = 1;
  contest.blank = blank_option::counted;
  contest.seats = 1;
  return contest;
}

TEST(ContestJson, AutoIsTheRuleOfTheSpecification) {
  const auto chosen = [](const contest_entry& contest) {
    return choose_encoding(contest).value().encoding;
  };
  EXPECT_EQ(chosen(contest_of(200, 200)), contest_encoding::bit_vector);
  EXPECT_EQ(chosen(contest_of(201, 64)), contest_encoding::slots);
  EXPECT_EQ(chosen(contest_of(201, 65)), contest_encoding::bit_vector);
  EXPECT_EQ(chosen(contest_of(1024, 65)), contest_encoding::bit_vector);
  EXPECT_EQ(choose_encoding(contest_of(1025, 65)).error().code, errc::unsupported);
  contest_entry contest = contest_of(5, 2);
  contest.text_bytes = 40;
  EXPECT_EQ(chosen(contest), contest_encoding::packed_subset);
  contest.law = rule{};
  contest.law->method = ranking_rule{};
  EXPECT_EQ(chosen(contest), contest_encoding::packed_ranking);
  contest.text_bytes = 0;
  EXPECT_EQ(chosen(contest), contest_encoding::packed_ranking);
}

TEST(ContestJson, NoEncodingAndAutoAreTheSameAndKeepBytesOfBitVectors) {
  const manifest original = village_scenario({0, 1}).plan;
  for (const char* given : {"", "\"encoding\": \"auto\","}) {
    const auto read = manifest_from_json(village_with("\"encoding\": \"bit-vector\",", given));
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(read->encode(), original.encode());
  }
}

TEST(ContestJson, ReadsWhatItWritesOfEveryEncoding) {
  for (const contest_encoding encoding :
       {contest_encoding::slots, contest_encoding::packed_subset}) {
    manifest m = village_scenario({0, 1}).plan;
    m.contests[0].encoding = encoding;
    m.contests[0].text_bytes = is_packed(encoding) ? 60 : 0;
    ASSERT_TRUE(m.check_rules());
    const auto read = manifest_from_json(manifest_to_json(m));
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(*read, m);
  }
}

TEST(ContestJson, AnEncodingThatIsNamedIsKeptEvenIfItIsWrong) {
  const auto read = manifest_from_json(village_with(plurality, rule_text(irv)));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->contests[0].encoding, contest_encoding::bit_vector);
  EXPECT_FALSE(read->check_rules());
}

TEST(ContestJson, ReadsRankingsWithTheirRule) {
  std::string text = village_with(plurality, rule_text(irv));
  text.erase(text.find("\"encoding\": \"bit-vector\","), 25);
  const auto read = manifest_from_json(text);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->contests[0].encoding, contest_encoding::packed_ranking);
  EXPECT_EQ(read->contests[0].rule, seat_rule::by_law);
  EXPECT_TRUE(std::holds_alternative<ranking_rule>(read->contests[0].law->method));
  EXPECT_EQ(manifest_from_json(manifest_to_json(*read)).value(), *read);
}

/// The village's council by lists of the law of Tehran.
manifest listed() {
  manifest m = village_scenario({0, 1}).plan;
  contest_entry& council = m.contests[0];
  council.rule = seat_rule::by_law;
  council.law = rule{};
  ballot_rule& ballot = council.law->ballot;
  ballot.min_votes = council.min_choices;
  ballot.max_votes = council.max_choices;
  ballot.overvote = ballot_rule::overvote_policy::reject;
  ballot.code = ballot_rule::list_code::members;
  ballot.exclusive = 1;
  proportional_rule law;
  law.rounding = proportional_rule::rounding_code::half_up;
  law.remainder = proportional_rule::remainder_code::highest_share;
  law.repair = proportional_rule::repair_code::smallest_claim;
  law.independents = proportional_rule::independents_code::pooled;
  law.list_overflow = proportional_rule::overflow_code::all;
  law.pool_overflow = proportional_rule::overflow_code::lists;
  council.law->method = law;
  council.lists = {{"list-a",
                    {{"fa", "\u0641\u0647\u0631\u0633\u062a \u06cc\u06a9"}},
                    {option_index{1}, option_index{0}}},
                   {"list-b", {}, {option_index{3}}}};
  return m;
}

TEST(ContestJson, ReadsListsInTheirOrderAndNormalisesTheirLabels) {
  const manifest m = listed();
  ASSERT_TRUE(m.check_rules()) << to_string(m.check_rules().error());
  std::string text = manifest_to_json(m);
  for (const auto& [written, typed] :
       {std::pair{"\u06cc\u06a9", "\u064a\u0643"}}) {  // Arabic yeh and kaf
    text.replace(text.find(written), std::string(written).size(), typed);
  }
  const auto read = manifest_from_json(text);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(*read, m);
}

TEST(ContestJson, NamesThePlaceOfAnError) {
  expect_refused(village_with("\"bit-vector\"", "\"bits\""), "contests[0].encoding");
  expect_refused(village_with("\"bit-vector\"", "7"), "contests[0].encoding");
  expect_refused(village_with("\"seats\": 3,", "\"seats\": 3, \"text\": 30,"), "contests[0].text");
  expect_refused(village_with("\"seats\": 3,", "\"seats\": 3, \"text\": -1,"), "contests[0].text");
  expect_refused(village_with(plurality, "\"rule\": 1"), "contests[0].rule");
  expect_refused(village_with(plurality, rule_text(R"("ranking": {"method": "lottery"})")),
                 "contests[0].rule.ranking.method");
  const std::string lists = R"("seats": 3, "lists": [{"id": "l", "labels": {}, "options": )";
  expect_refused(village_with("\"seats\": 3,", lists + "[\"nobody\"]}],"),
                 "contests[0].lists[0].options[0]");
  expect_refused(village_with("\"seats\": 3,", lists + "[]}],"), "contests[0].lists[0].options");
  expect_refused(village_with("\"seats\": 3,", lists + "[\"1001\"]}],"), "contests[0].lists");
}

TEST(ManifestPlan, SaysWhatABallotOfTehranTakes) {
  manifest m = village_scenario({0, 1}).plan;
  contest_entry& council = m.contests[0];
  const contest_entry tehran = contest_of(5063, 21);
  council.options = tehran.options;
  council.max_choices = 21;
  council.encoding = contest_encoding::slots;
  council.floor = 30;
  const std::string slots = plan_of(m);
  for (const char* told :
       {"encoding: slots (more than 200 options", "22 ciphertexts, 1,408 bytes; proof 996 bytes",
        "different ballots: about 2^192", "49,932 ballots at most", "how many slots empty",
        "floor 30: what so few", "each mixer 210, each trustee 63"}) {
    EXPECT_NE(slots.find(told), std::string::npos) << told << '\n' << slots;
  }
  council.encoding = contest_encoding::packed_subset;
  council.floor = 0;
  const std::string packed = plan_of(m);
  for (const char* told :
       {"as the manifest says; auto would be slots", "1 ciphertext, 64 bytes; proof 64 bytes",
        "seen as a whole", "can be found out", "floor 0 permits one group alone", "1,048,576"}) {
    EXPECT_NE(packed.find(told), std::string::npos) << told << '\n' << packed;
  }
  EXPECT_NE(plan_to_json(m).find("\"auto\": \"slots\""), std::string::npos);
  EXPECT_NE(packed.find("memory of a mixer: about 6 kB a ballot; 2.4 GB for the longest list"),
            std::string::npos)
      << packed;
  EXPECT_NE(plan_to_json(m).find("\"mixer_memory\""), std::string::npos);
}

// A group of a floor's ballots is opened on its own: what is rare there is found.
TEST(ManifestPlan, SaysWhereRareBallotsAreFound) {
  manifest m = village_scenario({0, 1}).plan;
  m.contests = {contest_of(12, 5)};
  m.contests[0].id = "c";
  m.contests[0].encoding = contest_encoding::packed_ranking;  // 2^16.8 ballots
  for (const auto& [floor, rare] :
       {std::pair{0U, false}, {10U, true}, {50U, true}, {8000U, false}}) {
    m.contests[0].floor = floor;
    EXPECT_EQ(plan_of(m).find("can be found out") != std::string::npos, rare) << floor;
  }
}

TEST(ManifestPlan, SaysWhichCodesNobodyCanCast) {
  manifest m = listed();
  contest_entry& council = m.contests[0];
  EXPECT_EQ(plan_of(m).find("cannot be cast"), std::string::npos);
  council.max_choices = 1;
  EXPECT_NE(plan_of(m).find("list \"list-a\" cannot be cast: it has more options than a ballot"
                            " takes (1)"),
            std::string::npos)
      << plan_of(m);
  council.law->ballot.strike = 1;
  EXPECT_EQ(plan_of(m).find("cannot be cast"), std::string::npos);
  council.max_choices = 3;
  council.min_choices = 3;
  EXPECT_NE(plan_of(m).find("\"list-a\" (and 1 more) cannot be cast: it has fewer options"
                            " than a ballot needs (3)"),
            std::string::npos)
      << plan_of(m);
  council.law->ballot.exclusive = 0;
  EXPECT_EQ(plan_of(m).find("cannot be cast"), std::string::npos);
  council.lists.clear();
  EXPECT_NE(plan_of(m).find("the contest has no list"), std::string::npos);
  EXPECT_EQ(plan_of(m).find("nobody can be elected"), std::string::npos);
  std::get<proportional_rule>(council.law->method).independents =
      proportional_rule::independents_code::excluded;
  EXPECT_NE(plan_of(m).find("nobody can be elected"), std::string::npos);
}

TEST(ManifestPlan, SaysWhatABallotRuleMeansForVoters) {
  manifest m = village_scenario({0, 1}).plan;
  ballot_rule rule;
  rule.min_votes = 1;
  rule.max_votes = 3;
  rule.max_each = 2;
  const auto says = [&](contest_encoding encoding, std::string_view words) {
    contest_entry contest = sandoq::testing::contest_with(encoding, 6, rule, 3, 2);
    contest.scope = node_index{0};
    m.contests = {contest};
    return plan_of(m).find(words) != std::string::npos;
  };
  EXPECT_TRUE(says(contest_encoding::bit_vector, "is not read"));
  EXPECT_TRUE(says(contest_encoding::slots, "one vote or more"));
  EXPECT_FALSE(says(contest_encoding::packed_subset, "one vote or more"));
  rule.overvote = ballot_rule::overvote_policy::cancel;
  EXPECT_TRUE(says(contest_encoding::bit_vector, "counted as a blank one"));
  rule.code = ballot_rule::list_code::members;
  EXPECT_FALSE(says(contest_encoding::bit_vector, "lists are closed"));
  rule.form = ballot_rule::list_form::closed;
  EXPECT_TRUE(says(contest_encoding::bit_vector, "nobody can vote for the option on no list"));
  EXPECT_TRUE(says(contest_encoding::bit_vector, "different ballots: 3\n"));  // and blank
}

TEST(ManifestPlan, SaysWhichListsABallotCannotBeOf) {
  manifest m = village_scenario({0, 1}).plan;
  ballot_rule rule;
  rule.min_votes = 3;
  rule.max_votes = 4;
  rule.overvote = ballot_rule::overvote_policy::cancel;
  const auto says = [&](std::string_view words) {
    contest_entry contest =
        sandoq::testing::contest_with(contest_encoding::packed_subset, 8, rule, 5, 2);
    contest.scope = node_index{0};
    m.contests = {contest};
    return plan_of(m).find(words) != std::string::npos;
  };
  rule.form = ballot_rule::list_form::open;
  EXPECT_TRUE(says("list \"blue\" cannot be cast: its options take fewer votes"));
  rule.form = ballot_rule::list_form::closed;
  rule.code = ballot_rule::list_code::members;
  rule.strike = 1;
  EXPECT_TRUE(says("list \"blue\" cannot be cast: it has fewer options than a ballot needs"));
  EXPECT_TRUE(says("list \"red\" cannot be cast: it has more options"));
}

TEST(ManifestPlan, CountsBallotsExactly) {
  contest_entry contest = contest_of(4, 2);
  manifest m = village_scenario({0, 1}).plan;
  contest.id = "c";
  m.contests = {contest};
  EXPECT_NE(plan_of(m).find("different ballots: 11\n"), std::string::npos);  // 1 + 4 + 6
  m.contests[0].encoding = contest_encoding::packed_ranking;
  EXPECT_NE(plan_of(m).find("different ballots: 17\n"), std::string::npos);  // 1 + 4 + 12
  m.contests[0].min_choices = 2;
  EXPECT_NE(plan_of(m).find("different ballots: 13\n"), std::string::npos);  // 1 + 12
}

}  // namespace
}  // namespace sandoq::tool::contest_json_test
