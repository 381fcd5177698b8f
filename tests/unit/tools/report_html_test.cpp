#include "tools/sandoq/report_html.hpp"

#include <gtest/gtest.h>

#include <string>

#include "sandoq/verify/checks.hpp"
#include "tools/sandoq/html_text.hpp"
#include "tools/sandoq/report_words.hpp"

namespace sandoq::tool {
namespace {

constexpr std::string_view hostile =
    "</bdi></code><script>alert(\"1\")</script>' onload='x' &amp; <!-- \u202Edlrow\u2066 \x01 --> "
    "--}}{0}";

/// A record in which `label` is every label and `id` every id. It looks as if of `contests`.
record_verdict verdict_with(std::string_view label, std::string_view id, std::uint32_t contests) {
  const label_list labels{{"en", std::string(label)}, {"fa", std::string(label)}};
  const std::string name(id);
  record_verdict v;
  v.domain = election_domain::drill;
  v.accepted = true;
  v.ballots = 1234;
  v.manifest_hash = digest32{};
  v.election_hash = digest32{};
  manifest& m = v.election.emplace();
  m.election = name;
  m.title = labels;
  m.boards = {{name, labels, 1, {{name, labels, {}, {}, {}, {}}}}};
  m.nodes = {{name, node_level::nation, no_parent, labels},
             {name, node_level::branch, node_index{0}, labels}};
  v.place_ballots = {1234, 1234};
  for (std::uint32_t c = 0; c < contests; ++c) {
    contest_entry contest;
    contest.id = name;
    contest.labels = labels;
    contest.options = {{name, labels}, {name, labels}, {name, labels}};
    contest.seats = 2;
    contest.blank = blank_option::counted;
    m.contests.push_back(contest);
    v.results.push_back(make_result(contest_index{c}, contest, 1234, {617, 300, 300, 34}));
  }
  v.exclusions = {{branch_index{0}, name, device_index{1}, 2, "invalid ballot", name, 7}};
  v.recoveries = {{branch_index{0}, name, device_index{2}, name, 8}};
  v.absences = {{1, board_index{0}, trustee_index{1}, name, name, name}};
  v.shut_out = {{board_index{0}, trustee_index{1}, name, name}};
  v.subtotals = {
      {{name, name}, 900, {name, {{name, 500}, {name, 200}, {name, 200}, {"blank", 0}}}}};
  if (contests > 0) {
    v.ties = {{name, 1, 0, tie_state::open, {name, name}}};
  }
  for (const check_description& check : check_table) {
    v.checks.pass(check.id);
  }
  return v;
}

/// The same with what mixed contests have besides.
record_verdict with_mixed(record_verdict v, std::string_view label, std::string_view id) {
  const std::string name(id);
  v.groups = {{1, {name, name}, 900, {name, {{name, 500}, {"blank", 0}, {"invalid", 3}}}}};
  v.write_ins = {{name, {{std::string(label), 2}}}};
  contest_seats& seats = v.allocations.emplace_back();
  seats.contest = name;
  seats.status = allocation_status::open;
  seats.transcript.steps = {{step_kind::open_tie, {0, 1}, {"1"}}};
  return v;
}

std::string replaced(std::string text, std::string_view from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::size_t occurrences(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos;
       at = text.find(what, at + 1)) {
    ++n;
  }
  return n;
}

report_setting setting(pinning pinned = pinning::present) {
  return {pinned, language::persian, std::chrono::sys_seconds{}, "0.1.0"};
}

TEST(HtmlText, Escapes) {
  EXPECT_EQ(html("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
  EXPECT_EQ(html("\u202Ea\n\xff"), "\\u202ea\\x0a\\xff");
  EXPECT_EQ(html_isolated("شعبهٔ ۱"), "<bdi>شعبهٔ ۱</bdi>");
  EXPECT_EQ(html_code("x<y"), "<code dir=\"ltr\">x&lt;y</code>");
  EXPECT_EQ(html_label(language::persian, {"en", "Hall"}), "<bdi lang=\"en\">Hall</bdi>");
  EXPECT_EQ(html_label(language::persian, {"fa", "سالن"}), "<bdi>سالن</bdi>");
  EXPECT_EQ(html_label(language::persian, {"x\" y=\"", "a"}), "<bdi>a</bdi>");
}

TEST(ReportHtml, LetsNothingOfTheRecordOut) {
  for (const std::uint32_t contests : {2U, 40U}) {
    const std::string plain = report_html(verdict_with("LABEL", "IDENTIFIER", contests), setting());
    const std::string bad =
        report_html(verdict_with(hostile, "<i>" + std::string(hostile), contests), setting());
    EXPECT_EQ(bad, replaced(replaced(plain, "LABEL", html(hostile)), "IDENTIFIER",
                            html("<i>" + std::string(hostile))));
    EXPECT_GT(occurrences(plain, "LABEL"), 8U * contests);
    const std::string hostile_id = "<i>" + std::string(hostile);
    const std::string mixed = report_html(
        with_mixed(verdict_with("LABEL", "IDENTIFIER", contests), "LABEL", "IDENTIFIER"),
        setting());
    EXPECT_GT(occurrences(mixed, "LABEL"), occurrences(plain, "LABEL") + 2U * contests);
    EXPECT_EQ(
        report_html(with_mixed(verdict_with(hostile, hostile_id, contests), hostile, hostile_id),
                    setting()),
        replaced(replaced(mixed, "LABEL", html(hostile)), "IDENTIFIER", html(hostile_id)));
    EXPECT_EQ(occurrences(bad, "<script"), 0U);
  }
}

TEST(ReportHtml, KeepsReasonsIn) {
  record_verdict v = verdict_with("LABEL", "IDENTIFIER", 1);
  v.accepted = false;
  v.checks = {};
  v.checks.fail("record.files", "PLACE", "REASON");
  const std::string plain = report_html(v, setting());
  v.checks = {};
  v.checks.fail("record.files", hostile, hostile);
  const std::string bad = report_html(v, setting());
  EXPECT_EQ(bad, replaced(replaced(plain, "PLACE", html(hostile)), "REASON", html(hostile)));
}

TEST(ReportHtml, ShowsNoResultsOfARejectedRecord) {
  record_verdict v = verdict_with("LABEL", "IDENTIFIER", 2);
  v.accepted = false;
  v.checks = {};
  v.checks.fail("record.files", "tally.pb", "has changed");
  const std::string text = report_html(v, setting());
  for (const language in : {language::english, language::persian}) {
    const report_words& words = words_of(in);
    EXPECT_NE(text.find(words.rejected), std::string::npos);
    EXPECT_EQ(text.find(words.accepted), std::string::npos);
    EXPECT_EQ(text.find(words.places), std::string::npos);
    EXPECT_EQ(text.find(number_text(in, 617)), std::string::npos);
  }
  EXPECT_EQ(occurrences(text, "has changed"), 4U);  // above and in the table, in two languages
}

TEST(ReportHtml, ShowsARecordThatCouldNotBeRead) {
  record_verdict v;
  v.checks.fail("record.head", "", "is missing");
  const std::string text = report_html(v, setting(pinning::absent));
  EXPECT_NE(text.find(words_of(language::persian).no_domain), std::string::npos);
  EXPECT_NE(text.find(words_of(language::english).not_pinned), std::string::npos);
}

TEST(ReportHtml, TellsWhatNoCheckDecidesInBothLanguages) {
  record_verdict v = verdict_with("LABEL", "IDENTIFIER", 1);
  for (std::uint8_t reason = 1; reason <= 5; ++reason) {
    v.exclusions.front().reason = reason;
    const std::string text = report_html(v, setting());
    for (const language in : {language::english, language::persian}) {
      const report_words& words = words_of(in);
      const std::string_view why = words.exclusion_reasons[std::size_t{reason} - 1U];
      EXPECT_EQ(occurrences(text, "<td>" + std::string(why) + "<br>"), 1U);
      EXPECT_EQ(occurrences(text, words.no_share), 1U);
      EXPECT_EQ(occurrences(text, words.tie_open), 1U);
    }
  }
  EXPECT_EQ(occurrences(report_html(v, setting()), "<bdi>IDENTIFIER</bdi></td>"), 6U);  // remarks
  v.accepted = false;
  EXPECT_EQ(occurrences(report_html(v, setting()), "<tr class=\"exclusion\">"), 2U);
  v.exclusions = {};
  v.recoveries = {};
  v.absences = {};
  v.shut_out = {};
  v.ties = {};
  EXPECT_EQ(occurrences(report_html(v, setting()), "class=\"notes\""), 0U);
}

TEST(ReportHtml, ShowsWhoWonAResolvedTie) {
  record_verdict v = verdict_with("LABEL", "IDENTIFIER", 1);
  std::vector<option_entry>& options = v.election->contests.front().options;
  options = {{"first", {}}, {"second", {}}, {"third", {}}};
  v.ties = {{"IDENTIFIER", 1, 0, tie_state::resolved_with_lot, {"third", "second"}}};
  const std::string text = report_html(v, setting());
  EXPECT_NE(text.find("<bdi>first</bdi>, <bdi>third</bdi></span></summary>"), std::string::npos);
  EXPECT_NE(text.find("decided by attributes and the lot. Final order: <bdi>third</bdi>, "
                      "<bdi>second</bdi>."),
            std::string::npos);
  EXPECT_EQ(occurrences(text, "<b class=\"elected\">"), 4U);
  EXPECT_EQ(occurrences(text, "<b class=\"tied\">"), 0U);
  EXPECT_EQ(occurrences(text, words_of(language::persian).tie_open), 0U);
}

TEST(ReportHtml, BoundsTheListOfSubtotals) {
  record_verdict v = verdict_with("LABEL", "IDENTIFIER", 1);
  v.subtotals.assign(1400, v.subtotals.front());
  const std::string text = report_html(v, setting());
  EXPECT_EQ(occurrences(text, "<details class=\"subtotal\">"), 800U);
  EXPECT_NE(text.find("There are 1,000 more subtotals"), std::string::npos);
}

TEST(ReportHtml, BoundsTheListsOfGroupsAndTexts) {
  record_verdict v = with_mixed(verdict_with("LABEL", "IDENTIFIER", 1), "LABEL", "IDENTIFIER");
  v.groups.assign(1400, v.groups.front());
  v.write_ins.front().texts.assign(2400, {"TEXT", 1});
  const std::string text = report_html(v, setting());
  EXPECT_EQ(occurrences(text, "<details class=\"subtotal mixed\">"), 800U);
  EXPECT_NE(text.find("There are 1,000 more groups"), std::string::npos);
  EXPECT_EQ(occurrences(text, "<bdi>TEXT</bdi>"), 800U);
  EXPECT_NE(text.find("There are 2,000 more texts"), std::string::npos);
}

TEST(ReportHtml, SaysWhatWasPinned) {
  record_verdict v = verdict_with("LABEL", "IDENTIFIER", 1);
  const auto says = [&v](pinning pinned, std::string_view report_words::*which) {
    const std::string text = report_html(v, setting(pinned));
    return text.find(words_of(language::persian).*which) != std::string::npos &&
           text.find(words_of(language::english).*which) != std::string::npos;
  };
  EXPECT_TRUE(says(pinning::present, &report_words::pinned));
  EXPECT_FALSE(says(pinning::present, &report_words::not_pinned));
  EXPECT_TRUE(says(pinning::absent, &report_words::not_pinned));
  EXPECT_FALSE(says(pinning::absent, &report_words::pinned));
  v.checks = {};
  v.checks.fail("manifest.pin", "manifest", "is another");
  EXPECT_TRUE(says(pinning::present, &report_words::pin_failed));
  v.checks = {};
  EXPECT_TRUE(says(pinning::present, &report_words::pin_not_run));
}

TEST(ReportHtml, BoundsTheListOfPlaces) {
  record_verdict v = verdict_with("LABEL", "IDENTIFIER", 1);
  v.election->nodes.resize(1);
  for (int i = 0; i < 1000; ++i) {
    v.election->nodes.push_back({"b" + std::to_string(i), node_level::branch, node_index{0}, {}});
  }
  v.place_ballots.assign(1001, 1);
  const std::string text = report_html(v, setting());
  EXPECT_NE(text.find("Lower levels hold 1,000 more places"), std::string::npos);
  EXPECT_EQ(text.find("b999"), std::string::npos);
}

}  // namespace
}  // namespace sandoq::tool
