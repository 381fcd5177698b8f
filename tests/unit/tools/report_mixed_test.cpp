// Every report of one small record with mixed contests, made by hand.                  SPEC(90.5)

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tools/sandoq/report.hpp"
#include "tools/sandoq/report_html.hpp"
#include "tools/sandoq/results_csv.hpp"

namespace sandoq::tool::report_mixed_test {
namespace {

using nlohmann::json;

void add_council(record_verdict& v) {
  contest_entry contest;
  contest.id = "council";
  contest.encoding = contest_encoding::slots;
  contest.blank = blank_option::counted;
  contest.rule = seat_rule::by_law;
  contest.seats = 2;
  contest.alternates = 1;
  contest_result result;
  result.contest = contest_index{0};
  result.ballots = 300;
  contest_counts counts{"council", {}};
  for (std::uint64_t i = 1; i <= 12; ++i) {
    contest.options.push_back({"o" + std::to_string(i), {}});
    counts.options.push_back({"o" + std::to_string(i), 10 * i});
    result.counts.push_back(10 * i);
  }
  result.counts.push_back(6);
  v.election->contests.push_back(contest);
  v.results.push_back(result);
  v.groups.push_back({1, {"hall", "annex"}, 300, counts});
  v.subtotals.push_back({{"hall"}, 150, {"council", {{"blank", 2}}}});
  v.allocations.push_back({"council", allocation_status::decided, {"o12", "o1"}, {"o11"}, {}, {}});
  v.allocations.back().transcript.steps = {{step_kind::elected, {11, 0}, {}},
                                           {step_kind::alternates, {10}, {}}};
}

void add_mayor(record_verdict& v) {
  contest_entry contest;
  contest.id = "mayor";
  contest.labels = {{"en", "Mayor"}, {"fa", "شهردار"}};
  contest.encoding = contest_encoding::packed_ranking;
  contest.blank = blank_option::counted;
  contest.rule = seat_rule::by_law;
  contest.seats = 1;
  contest.options = {{"a", {}}, {"b", {}}, {"c", {}}};
  contest_result result;
  result.contest = contest_index{1};
  result.ballots = 20;
  result.counts = {4, 2};
  v.election->contests.push_back(contest);
  v.results.push_back(result);
  v.groups.push_back({2, {"hall"}, 20, {"mayor", {{"blank", 4}, {"invalid", 2}}}});
  v.allocations.push_back({"mayor", allocation_status::decided, {}, {}, {"c", "a"}, {}});
  v.allocations.back().transcript.steps = {{step_kind::quota, {}, {"15/2"}},
                                           {step_kind::runoff, {2, 0}, {"1"}}};
}

void add_team(record_verdict& v) {
  contest_entry contest;
  contest.id = "team";
  contest.encoding = contest_encoding::packed_subset;
  contest.rule = seat_rule::by_law;
  contest.seats = 1;
  contest.text_bytes = 20;
  contest.options = {{"x", {{"en", "Xerxes"}}}, {"y", {}}};
  contest_result result;
  result.contest = contest_index{2};
  result.ballots = 9;
  result.counts = {7, 7, 1};
  v.election->contests.push_back(contest);
  v.results.push_back(result);
  v.groups.push_back({3, {"annex"}, 9, {"team", {{"x", 7}, {"y", 7}, {"invalid", 1}}}});
  v.write_ins.push_back({"team", {{"<b>Mina</b>", 3}, {"=SUM(A1)", 1234}}});
  v.allocations.push_back({"team", allocation_status::open, {}, {}, {}, {}});
  v.allocations.back().transcript.steps = {{step_kind::open_tie, {0, 1}, {"1"}}};
}

record_verdict mixed_verdict() {
  record_verdict v;
  v.domain = election_domain::drill;
  v.accepted = true;
  v.ballots = 329;
  manifest& m = v.election.emplace();
  m.election = "election";
  m.nodes = {{"land", node_level::nation, no_parent, {}},
             {"hall", node_level::branch, node_index{0}, {{"en", "Hall"}, {"fa", "تالار"}}},
             {"annex", node_level::branch, node_index{0}, {}}};
  v.place_ballots = {329, 320, 9};
  add_council(v);
  add_mayor(v);
  add_team(v);
  return v;
}

std::size_t occurrences(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos;
       at = text.find(what, at + 1)) {
    ++n;
  }
  return n;
}

TEST(ReportMixed, IsInJson) {
  const json told = json::parse(verdict_to_json(mixed_verdict(), {}, pinning::present));
  EXPECT_EQ(told["outcomes"], json::parse(R"({
    "council": {"elected": ["o12", "o1"], "alternates": ["o11"]},
    "mayor": {"elected": [], "alternates": []},
    "team": {"elected": [], "alternates": []}})"));
  EXPECT_EQ(told["groups"], json::parse(R"([
    {"group": 1, "contest": "council", "nodes": ["hall", "annex"], "ballots": 300,
     "counts": {"o1": 10, "o2": 20, "o3": 30, "o4": 40, "o5": 50, "o6": 60, "o7": 70, "o8": 80,
                "o9": 90, "o10": 100, "o11": 110, "o12": 120}},
    {"group": 2, "contest": "mayor", "nodes": ["hall"], "ballots": 20,
     "counts": {"blank": 4, "invalid": 2}},
    {"group": 3, "contest": "team", "nodes": ["annex"], "ballots": 9,
     "counts": {"x": 7, "y": 7, "invalid": 1}}])"));
  EXPECT_EQ(told["write_ins"],
            json::parse(R"text({"team": {"<b>Mina</b>": 3, "=SUM(A1)": 1234}})text"));
  EXPECT_EQ(told["allocations"], json::parse(R"([
    {"contest": "council", "state": "decided", "elected": ["o12", "o1"], "alternates": ["o11"],
     "runoff": [], "steps": [{"kind": 12, "subjects": [11, 0], "values": []},
                             {"kind": 13, "subjects": [10], "values": []}]},
    {"contest": "mayor", "state": "decided", "elected": [], "alternates": [],
     "runoff": ["c", "a"], "steps": [{"kind": 3, "subjects": [], "values": ["15/2"]},
                                     {"kind": 14, "subjects": [2, 0], "values": ["1"]}]},
    {"contest": "team", "state": "open", "elected": [], "alternates": [], "runoff": [],
     "steps": [{"kind": 10, "subjects": [0, 1], "values": ["1"]}]}])"));
}

TEST(ReportMixed, HasEmptyMembersInJsonWithoutMixedContests) {
  const json told = json::parse(verdict_to_json({}, {}, pinning::present));
  EXPECT_EQ(told["groups"], json::array());
  EXPECT_EQ(told["write_ins"], json::object());
  EXPECT_EQ(told["allocations"], json::array());
}

void expect_parts(const std::string& text, const std::vector<std::string>& parts) {
  std::size_t from = 0;
  for (const std::string& part : parts) {
    const std::size_t at = text.find(part, from);
    EXPECT_NE(at, std::string::npos) << "not there, or before the part before it:\n"
                                     << part << "\nin\n"
                                     << text;
    from = at == std::string::npos ? from : at + part.size();
  }
}

TEST(ReportMixed, IsInEnglish) {
  const std::string gap(9, ' ');
  expect_parts(
      results_in_words(mixed_verdict()),
      {"council: 2 seats, 1 alternate, ",
       "  o12    " + gap.substr(2) + "120  elected\n  o11    " + gap.substr(2) + "110  alternate\n",
       "  o1     " + gap.substr(1) + "10  elected\n  Blank  " + gap + "6\n",
       "The seats, step by step\n1. Elected: o12, o1.\n2. Alternates: o11.\n",
       "Mayor (mayor): 1 seat, ",
       "  c        " + gap + "–  run-off\n  a        " + gap + "–  run-off\n  b        " + gap +
           "–\n  Blank    " + gap + "4\n  Invalid  " + gap + "2\n",
       "2. Run-off between: c, a. Seats open: 1.\n", "team: 1 seat, ",
       "  Xerxes (x)  " + gap + "7\n  y           " + gap + "7\n  Invalid     " + gap + "1\n",
       "The seats are still open",
       "The seats, step by step\n1. Equals whose tie waits for the lot: Xerxes, y. ",
       "Written by voters\n  \u2068=SUM(A1)\u2069     1,234\n  \u2068<b>Mina</b>\u2069      3\n",
       "council in hall, 150 ballots\n  blank           2\n",
       "Mixed groups\nGroup 1: council, Hall (hall), annex, Ballots: 300\n"
       "  o12  120\n  o11  110\n  o10  100\n  o9    90\n",
       "  o3    30\n  and 2 more options\n"
       "Group 2: Mayor (mayor), Hall (hall), Ballots: 20\n  Blank    4\n  Invalid  2\n"
       "Group 3: team, annex, Ballots: 9\n  Xerxes (x)  7\n  y           7\n  Invalid     1\n"});
}

TEST(ReportMixed, IsInPersian) {
  const std::string text = verdict_in_persian(mixed_verdict(), pinning::absent, {});
  expect_parts(
      text,
      {"\u200Fتخصیص کرسی‌ها، گام به گام\n\u200F۱. منتخبان: "
       "\u2068o12\u2069، "
       "\u2068o1\u2069.\n",
       "–  راه‌یافته به مرحلهٔ دوم\n", "  رأی باطله  ۲\n",
       "راه‌یافتگان به مرحلهٔ دوم: \u2068c\u2069، \u2068a\u2069. ",
       "\u200Fتخصیص کرسی‌ها هنوز ناتمام است: ",
       "\u200Fنوشته‌های رأی‌دهندگان\n\u200F  \u2068=SUM(A1)\u2069     "
       "۱٬۲۳۴\n",
       "\u200F  رأی سفید  ۲\n",
       "\u200Fگروه‌های آمیزش\n\u200Fگروه ۱: \u2068council\u2069، ",
       "\u200F  و ۲ گزینهٔ دیگر\n",
       "\u200Fگروه ۲: \u2068شهردار\u2069 \u2066mayor\u2069، \u2068تالار\u2069 \u2066hall\u2069، "
       "برگ‌های رأی: ۲۰\n\u200F  رأی سفید   ۴\n\u200F  رأی باطله  "
       "۲\n"});
}

TEST(ReportMixed, IsInHtml) {
  const std::string text =
      report_html(mixed_verdict(), {pinning::present, language::persian, {}, "0.1.0"});
  // Once in the table of the contest, of every language.
  EXPECT_EQ(occurrences(text, "<bdi>o2</bdi>"), 2U);
  // Among the winners, in the table, the steps and the group.
  EXPECT_EQ(occurrences(text, "<bdi>o12</bdi>"), 8U);
  EXPECT_EQ(occurrences(text, "<b class=\"elected\">"), 4U);
  EXPECT_EQ(occurrences(text, "<b class=\"runoff\">run-off</b>"), 2U);
  EXPECT_EQ(
      occurrences(text, "<b class=\"runoff\">راه‌یافته به مرحلهٔ دوم</b>"),
      2U);
  EXPECT_EQ(occurrences(text, "</span></span></th><td>–</td><td>–</td>"), 6U);
  EXPECT_EQ(
      occurrences(
          text,
          "<details class=\"allocation\"><summary>تخصیص کرسی‌ها، گام به گام"),
      3U);
  EXPECT_EQ(occurrences(text, "<details class=\"allocation\"><summary>The seats"), 3U);
  // In the notes and at the contest.
  EXPECT_EQ(occurrences(text, "The seats are still open: "), 2U);
  EXPECT_EQ(occurrences(text, "تخصیص کرسی‌ها هنوز ناتمام است: "), 2U);
  EXPECT_EQ(occurrences(text, "<tr class=\"open-seats\">"), 2U);
  expect_parts(text, {"<caption>Written by voters</caption>",
                      "<th scope=\"row\"><bdi>=SUM(A1)</bdi></th><td>1,234</td>",
                      "<th scope=\"row\"><bdi>&lt;b&gt;Mina&lt;/b&gt;</bdi></th><td>3</td>"});
  EXPECT_EQ(occurrences(text, "<b>Mina"), 0U);
  EXPECT_EQ(occurrences(text, "<details class=\"subtotal mixed\">"), 6U);
  expect_parts(text, {"<h3>Group 1: <bdi>Hall</bdi> <code dir=\"ltr\">hall</code>, ",
                      "<p class=\"note\">and 2 more options</p>", "<h3>Group 2: ",
                      "<span class=\"name\">Invalid</span>", "<td>2</td><td>10.0%</td>"});
  expect_parts(text, {"<h3>گروه ۱: <bdi>تالار</bdi>", "و ۲ گزینهٔ دیگر",
                      "<h3>گروه ۲: ", "<span class=\"name\">رأی باطله</span>"});
}

TEST(ReportMixed, CountsNoEmptySeatsBeforeARunOff) {
  record_verdict v = mixed_verdict();
  const report_setting english{pinning::present, language::english, {}, "0.1.0"};
  EXPECT_EQ(occurrences(report_html(v, english), "Seats not filled"), 0U);
  v.allocations[1].runoff.clear();
  EXPECT_EQ(occurrences(report_html(v, english), "Seats not filled"), 1U);
}

std::string lines_with(const std::string& csv, const std::string& part) {
  std::string out;
  for (std::size_t from = 0; from < csv.size();) {
    const std::size_t end = csv.find("\r\n", from) + 2;
    const std::string line = csv.substr(from, end - from);
    out += line.find(part) == std::string::npos ? "" : line;
    from = end;
  }
  return out;
}

TEST(ReportMixed, IsInTables) {
  const record_verdict v = mixed_verdict();
  EXPECT_EQ(lines_with(results_csv(v), "mayor"),
            "mayor,شهردار,Mayor,option,a,,,,20,runoff,,,\r\n"
            "mayor,شهردار,Mayor,option,b,,,,20,,,,\r\n"
            "mayor,شهردار,Mayor,option,c,,,,20,runoff,,,\r\n"
            "mayor,شهردار,Mayor,blank,,,,4,20,,,,\r\n"
            "mayor,شهردار,Mayor,invalid,,,,2,20,,,,\r\n");
  EXPECT_EQ(lines_with(results_csv(v), "elected"),
            "council,,,option,o1,,,10,300,elected,,,\r\n"
            "council,,,option,o12,,,120,300,elected,,,\r\n");
  EXPECT_EQ(lines_with(subtotals_csv(v), "council"), "1,hall,council,,,150,blank,,,,2\r\n");
  const std::string groups = groups_csv(v);
  EXPECT_EQ(groups.substr(0, groups.find('\r')),
            "group,place_ids,contest_id,contest_fa,contest_en,ballots,kind,option_id,option_fa,"
            "option_en,votes");
  EXPECT_EQ(lines_with(groups, "annex,team") + lines_with(groups, "mayor"),
            "3,annex,team,,,9,option,x,,Xerxes,7\r\n3,annex,team,,,9,option,y,,,7\r\n"
            "3,annex,team,,,9,invalid,,,,1\r\n"
            "2,hall,mayor,شهردار,Mayor,20,blank,,,,4\r\n"
            "2,hall,mayor,شهردار,Mayor,20,invalid,,,,2\r\n");
  EXPECT_EQ(write_ins_csv(v),
            "contest_id,contest_fa,contest_en,text,votes\r\nteam,,,<b>Mina</b>,3\r\n"
            "team,,,'=SUM(A1),1234\r\n");
}

TEST(ReportMixed, PutsInvalidVotesLastInATableOfCounts) {
  const plain_counts counts{{"team", {{"x", 1}, {"y", 5}, {"blank", 9}, {"invalid", 10}}}};
  EXPECT_EQ(results_table(counts),
            "team\n  y                 5\n  x                 1\n  blank             9\n"
            "  invalid          10\n");
}

}  // namespace
}  // namespace sandoq::tool::report_mixed_test
