#include "sandoq/ballot/contest.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <vector>

#include "tests/support/deterministic_random.hpp"
#include "tests/support/sample_election.hpp"
#include "tests/support/sodium_hash.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::sample_election;
using testing::sodium_h;
using testing::test_seed;

TEST(contest, descriptor_covers_place_contest_and_derived_constants) {
  deterministic_random random(test_seed());
  const manifest m = sample_election(random).source();
  const digest32 e0{random.octets<32>()};
  const auto terms = terms_of(e0, contest_index(0), m.contests[0]);
  ASSERT_TRUE(terms.has_value());
  // n = 10, L = 3, Lmin = 1, blank: n' = 11, slack 1 and 1, N = 13.
  byte_writer expected;
  expected.fixed(e0.view());
  expected.u32(0);
  expected.fixed(encode(m.contests[0]));
  expected.u32(11);
  expected.u32(13);
  expected.u32(13);
  for (int i = 0; i < 10; ++i) {
    expected.u32(1);
  }
  expected.u32(3);
  expected.u32(1);
  expected.u32(1);
  EXPECT_EQ(terms->descriptor, sodium_h("contest", expected.view()));
  EXPECT_EQ(terms->id, "council");
  EXPECT_EQ(terms->bits().bits(), 13U);
}

TEST(contest, its_bytes_are_those_inside_the_manifest) {
  deterministic_random random(test_seed());
  const manifest m = sample_election(random).source();
  const bytes whole = m.encode();
  for (const contest_entry& contest : m.contests) {
    const bytes part = encode(contest);
    EXPECT_NE(std::search(whole.begin(), whole.end(), part.begin(), part.end()), whole.end());
  }
}

TEST(contest, every_change_gives_another_descriptor) {
  deterministic_random random(test_seed());
  const contest_entry base = sample_election(random).source().contests[0];
  const digest32 e0{random.octets<32>()};
  const std::vector<std::function<void(contest_entry&)>> changes = {
      [](contest_entry& c) { c.id += 'x'; },
      [](contest_entry& c) {
        c.labels = {{"en", "x"}};
      },
      [](contest_entry& c) { c.scope = node_index(1); },
      [](contest_entry& c) { std::swap(c.options[0], c.options[1]); },
      [](contest_entry& c) {
        c.options[3].labels = {{"en", "x"}};
      },
      [](contest_entry& c) { c.options.pop_back(); },
      [](contest_entry& c) { c.max_choices = 4; },
      [](contest_entry& c) { c.min_choices = 2; },
      [](contest_entry& c) { c.blank = blank_option::absent; },
      [](contest_entry& c) { c.seats = 2; },
      [](contest_entry& c) { c.alternates = 0; },
  };
  std::set<digest32> seen{terms_of(e0, contest_index(0), base)->descriptor,
                          terms_of(e0, contest_index(1), base)->descriptor,
                          terms_of(digest32{}, contest_index(0), base)->descriptor};
  for (const auto& change : changes) {
    contest_entry other = base;
    change(other);
    seen.insert(terms_of(e0, contest_index(0), other)->descriptor);
  }
  EXPECT_EQ(seen.size(), 3 + changes.size());
}

TEST(contest, limits_that_break_the_rules_have_no_terms) {
  deterministic_random random(test_seed());
  contest_entry contest = sample_election(random).source().contests[0];
  contest.min_choices = 0;
  const auto terms = terms_of(digest32{}, contest_index(0), contest);
  ASSERT_FALSE(terms.has_value());
  EXPECT_NE(terms.error().place.find("council"), std::string::npos);
}

}  // namespace
}  // namespace sandoq
