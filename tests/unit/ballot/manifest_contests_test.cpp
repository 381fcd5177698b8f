// Contests that are mixed, and rules as data: what a manifest may say of them.         SPEC(50.5)

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "sandoq/ballot/contest.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "tests/support/mixed_contests.hpp"
#include "tests/support/sample_election.hpp"
#include "tests/support/sodium_hash.hpp"

namespace sandoq::manifest_contests_test {
namespace {

manifest mixed() {
  manifest out = testing::sample_manifest();
  testing::mix_contests(out);
  return out;
}

TEST(mixed_contest, keeps_the_rules_and_its_bytes) {
  const manifest m = mixed();
  const auto rules = m.check_rules();
  EXPECT_TRUE(rules) << to_string(rules.error());
  const auto again = manifest::decode(m.encode());
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_EQ(*again, m);
}

TEST(mixed_contest, every_byte_too_few_is_refused) {
  const bytes whole = mixed().encode();
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    EXPECT_FALSE(manifest::decode(byte_view(whole).first(size))) << size;
  }
}

struct breach {
  std::string name;
  std::function<void(manifest&)> make;
  errc code;
  std::string place;
  std::string reason;
};

std::vector<breach> breaches() {
  return {
      {"a list names an option twice",
       [](manifest& m) { m.contests[0].lists[1].options[0] = option_index(7); }, errc::duplicate,
       "contest 0", "stands twice"},
      {"lists under plurality", [](manifest& m) { m.contests[0].law->method = plurality_rule{}; },
       errc::mismatch, "contest 0", "proportional"},
      {"another maximum", [](manifest& m) { m.contests[0].law->ballot.max_votes = 2; },
       errc::mismatch, "contest 0", "min and max"},
      {"another minimum", [](manifest& m) { m.contests[0].law->ballot.min_votes = 2; },
       errc::mismatch, "contest 0", "min and max"},
      {"more votes than there are",
       [](manifest& m) {
         m.contests[0].max_choices = 11;
         m.contests[0].law->ballot.max_votes = 11;
       },
       errc::out_of_range, "contest 0", "most choices"},
      {"more votes than options take, behind lists",
       [](manifest& m) {
         contest_entry& c = m.contests[0];
         c.encoding = contest_encoding::packed_subset;
         c.max_choices = 11;
         c.law->ballot.max_votes = 11;
         c.law->ballot.code = ballot_rule::list_code::separate;
         c.law->ballot.strike = 0;
       },
       errc::out_of_range, "contest 0", "more votes than 10 options"},
      {"void over-votes, and blanks that are not counted",
       [](manifest& m) {
         m.contests[0].blank = blank_option::absent;
         m.contests[0].law->ballot.overvote = ballot_rule::overvote_policy::cancel;
       },
       errc::out_of_range, "contest 0", "blanks must be counted"},
      {"lists with votes of their own in slots",
       [](manifest& m) {
         m.contests[0].law->ballot.code = ballot_rule::list_code::separate;
         m.contests[0].law->ballot.strike = 0;
         m.contests[0].law->ballot.exclusive = 1;
       },
       errc::unsupported, "contest 0", "packed-subset"},
      {"lists with votes beside options in a bit vector",
       [](manifest& m) {
         m.contests[0].encoding = contest_encoding::bit_vector;
         m.contests[0].law->ballot.code = ballot_rule::list_code::separate;
         m.contests[0].law->ballot.strike = 0;
       },
       errc::unsupported, "contest 0", "packed-subset"},
      {"open lists in slots",
       [](manifest& m) { m.contests[0].law->ballot.form = ballot_rule::list_form::open; },
       errc::unsupported, "contest 0", "packed-subset"},
      {"closed lists with strike-outs in slots",
       [](manifest& m) { m.contests[0].law->ballot.form = ballot_rule::list_form::closed; },
       errc::unsupported, "contest 0", "packed-subset"},
      {"closed lists, and no list",
       [](manifest& m) {
         m.contests[0].law->ballot.form = ballot_rule::list_form::closed;
         m.contests[0].law->ballot.strike = 0;
         m.contests[0].lists.clear();
       },
       errc::missing, "contest 0", "no list"},
      {"list codes, and no list",
       [](manifest& m) {
         contest_entry& c = m.contests[0];
         c.encoding = contest_encoding::packed_subset;
         c.law->ballot.code = ballot_rule::list_code::separate;
         c.law->ballot.strike = 0;
         c.law->ballot.exclusive = 1;
         c.lists.clear();
       },
       errc::missing, "contest 0", "no list"},
      {"closed lists with strike-outs, and no list",
       [](manifest& m) {
         m.contests[0].encoding = contest_encoding::packed_subset;
         m.contests[0].law->ballot.form = ballot_rule::list_form::closed;
         m.contests[0].lists.clear();
       },
       errc::missing, "contest 0", "no list"},
      {"an option called as results call a list",
       [](manifest& m) { m.contests[0].options[4].id = "list:blue"; }, errc::duplicate,
       "option 4 \"list:blue\"", "choose another"},
      {"a closed list that is too long",
       [](manifest& m) {
         m.contests[0].law->ballot.form = ballot_rule::list_form::closed;
         m.contests[0].law->ballot.strike = 0;
         m.contests[0].lists[1].options.emplace_back(4);
       },
       errc::out_of_range, "list 1 \"blue\"", "4 votes"},
      {"a ranking that cuts off",
       [](manifest& m) {
         m.contests[1].law->ballot.overvote = ballot_rule::overvote_policy::truncate;
       },
       errc::unsupported, "contest 1", "ranking"},
      {"a rule that breaks its own section",
       [](manifest& m) {
         std::get<proportional_rule>(m.contests[0].law->method).rounding =
             proportional_rule::rounding_code::ceiling;
       },
       errc::out_of_range, "contest 0", "rounding"},
      {"more slots than there are",
       [](manifest& m) {
         contest_entry& c = m.contests[0];
         while (c.options.size() < 70) {
           c.options.push_back({"more-" + std::to_string(c.options.size()), {}});
         }
         c.max_choices = 65;
         c.law->ballot.max_votes = 65;
       },
       errc::out_of_range, "contest 0", "most choices"},
      {"a ranking counted as marks",
       [](manifest& m) { m.contests[1].encoding = contest_encoding::packed_subset; },
       errc::mismatch, "contest 1", "go together"},
      {"marks counted as a ranking", [](manifest& m) { m.contests[0].law = m.contests[1].law; },
       errc::mismatch, "contest 0", ""},
      {"a ranking by plurality",
       [](manifest& m) { m.contests[1].rule = seat_rule::plurality_at_large; }, errc::mismatch,
       "contest 1", "rule for rankings"},
      {"two seats by IRV", [](manifest& m) { m.contests[1].seats = 2; }, errc::out_of_range,
       "contest 1", "irv"},
      {"a ranking of 129",
       [](manifest& m) {
         while (m.contests[1].options.size() < 129) {
           m.contests[1].options.push_back(
               {"more-" + std::to_string(m.contests[1].options.size()), {}});
         }
       },
       errc::out_of_range, "contest 1", "128"},
      {"too much room for a write-in", [](manifest& m) { m.contests[2].text_bytes = 241; },
       errc::out_of_range, "contest 2", ""},
      {"an option called invalid", [](manifest& m) { m.contests[2].options[1].id = "invalid"; },
       errc::out_of_range, "option 1", "invalid"},
      {"more alternates than options", [](manifest& m) { m.contests[0].alternates = 11; },
       errc::out_of_range, "contest 0", "alternates"},
  };
}

TEST(mixed_contest, every_breach_of_its_rules_is_named) {
  for (const breach& b : breaches()) {
    manifest m = mixed();
    b.make(m);
    const auto ok = m.check_rules();
    ASSERT_FALSE(ok) << b.name;
    EXPECT_EQ(ok.error().code, b.code) << b.name << ": " << to_string(ok.error());
    EXPECT_NE(ok.error().place.find(b.place), std::string::npos) << to_string(ok.error());
    EXPECT_NE(to_string(ok.error()).find(b.reason), std::string::npos) << to_string(ok.error());
  }
}

// Each of them was refused before ballots had codes.                                  SPEC(50.10)
TEST(mixed_contest, ballot_rules_that_an_encoding_carries) {
  using b = ballot_rule;
  const auto changed = [](contest_encoding encoding, const std::function<void(b&)>& change) {
    manifest m = mixed();
    contest_entry& c = m.contests[0];
    c.encoding = encoding;
    c.law->ballot.strike = 0;
    change(c.law->ballot);
    return m.check_rules();
  };
  for (const auto encoding :
       {contest_encoding::bit_vector, contest_encoding::slots, contest_encoding::packed_subset}) {
    EXPECT_TRUE(changed(encoding, [](b& rule) { rule.max_each = 3; }));
    EXPECT_TRUE(changed(encoding, [](b& rule) { rule.overvote = b::overvote_policy::truncate; }));
    EXPECT_TRUE(changed(encoding, [](b& rule) { rule.overvote = b::overvote_policy::cancel; }));
    EXPECT_TRUE(changed(encoding, [](b& rule) { rule.form = b::list_form::closed; }));
  }
  const auto exclusive = [](b& rule) {
    rule.code = b::list_code::separate;
    rule.exclusive = 1;
  };
  EXPECT_TRUE(changed(contest_encoding::bit_vector, exclusive));
  EXPECT_TRUE(changed(contest_encoding::packed_subset, exclusive));
  EXPECT_TRUE(changed(contest_encoding::packed_subset,
                      [](b& rule) { rule.code = b::list_code::separate; }));
  EXPECT_TRUE(
      changed(contest_encoding::packed_subset, [](b& rule) { rule.form = b::list_form::open; }));
  EXPECT_TRUE(changed(contest_encoding::packed_subset, [](b& rule) {
    rule.form = b::list_form::closed;
    rule.strike = 1;
  }));
}

// Wide, but cheap to look at: 20 contests of 8,192 options would take 1.6 GB of tables.
TEST(mixed_contest, packed_subsets_together_are_bounded) {
  manifest m = mixed();
  contest_entry wide = m.contests[2];
  wide.max_choices = 64;
  wide.alternates = 0;
  wide.seats = 1;
  wide.options.clear();
  for (int i = 0; i < 8192; ++i) {
    wide.options.push_back({"o" + std::to_string(i), {}});
  }
  m.contests.resize(2);
  m.styles[2].contests = {contest_index(0)};
  for (int i = 0; i < 3; ++i) {
    wide.id = "wide-" + std::to_string(i);
    wide.scope = node_index(0);
    m.contests.push_back(wide);
  }
  const auto ok = m.check_rules();
  ASSERT_FALSE(ok);
  EXPECT_EQ(ok.error().code, errc::too_large);
  EXPECT_NE(ok.error().place.find("contest 4"), std::string::npos) << to_string(ok.error());
}

TEST(mixed_contest, descriptors_have_the_constants_of_their_encoding) {
  const manifest m = mixed();
  const digest32 e0 = manifest_hash(m.encode());
  // council: 3 slots and Z, four ranges of 4 bits, two more and z: 32 places (46.2).
  // mayor: 4^3 rankings are one part, the text two; question: 2^2 subsets are one part.
  const std::uint32_t constants[3][3] = {{4, 32, 0}, {3, 0, 0}, {1, 0, 0}};
  for (std::uint32_t c = 0; c < 3; ++c) {
    const auto terms = terms_of(e0, contest_index(c), m.contests[c]);
    ASSERT_TRUE(terms);
    byte_writer expected;
    expected.fixed(e0.view());
    expected.u32(c);
    expected.fixed(encode(m.contests[c]));
    for (const std::uint32_t constant : constants[c]) {
      expected.u32(constant);
    }
    EXPECT_EQ(terms->descriptor, testing::sodium_h("contest", expected.view())) << c;
    EXPECT_EQ(terms->ciphertexts(), constants[c][0]);
  }
}

TEST(mixed_contest, sums_and_counts_have_the_places_of_their_encoding) {
  const manifest m = mixed();
  EXPECT_EQ(sum_ciphertexts(m.contests[0]), 1U);  // Z
  EXPECT_EQ(sum_ciphertexts(m.contests[1]), 0U);
  EXPECT_EQ(sum_ciphertexts(m.contests[2]), 0U);
  EXPECT_EQ(count_places(m.contests[0]), 11U);  // options and blank
  EXPECT_EQ(count_places(m.contests[1]), 2U);   // blank and invalid
  EXPECT_EQ(count_places(m.contests[2]), 3U);   // options and invalid
}

}  // namespace
}  // namespace sandoq::manifest_contests_test
