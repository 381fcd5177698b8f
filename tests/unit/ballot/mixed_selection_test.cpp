// What voters enter where options are many, stand on lists or are ranked.              SPEC(76.2)

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sandoq/ballot/selection_secret.hpp"
#include "sandoq/rules/choices.hpp"
#include "tests/support/mixed_contests.hpp"
#include "tests/support/sample_election.hpp"

namespace sandoq::mixed_selection_test {
namespace {

using testing::deterministic_random;
using testing::sample_election;
using testing::test_seed;

class mixed_selection : public ::testing::Test {
 protected:
  [[nodiscard]] const contest_terms& terms(std::uint32_t c) const {
    return election.terms(contest_index(c));
  }
  [[nodiscard]] static contest_terms changed(const contest_entry& contest) {
    return *terms_of(digest32{}, contest_index(0), contest);
  }
  [[nodiscard]] static std::vector<int> shown(const result<contest_selection>& made) {
    std::vector<int> out;
    for (const std::byte octet : declassify<"choices of a test">(made->choices())) {
      out.push_back(std::to_integer<int>(octet));
    }
    return out;
  }
  [[nodiscard]] std::uint32_t below(std::uint32_t bound) {
    return std::to_integer<std::uint32_t>(random.octets<1>()[0]) % bound;
  }

  deterministic_random random{test_seed()};
  sample_election sample{random, election_domain::drill, testing::mix_contests};
  election_context election = sample.context();
};

constexpr option_index none = contest_selection::no_option;

// Entries at random, against the reading of 76.2 that counts ballots outside of devices.
TEST_F(mixed_selection, list_codes_are_macros_as_the_rule_says) {
  contest_entry council = sample.source().contests[0];
  for (int turn = 0; turn < 4000; ++turn) {
    ballot_rule& law = council.law->ballot;
    law.exclusive = static_cast<std::uint8_t>(turn % 2);
    const contest_terms contest = changed(council);
    std::vector<ballot_entry> entries;
    list_entries made;
    if (const std::uint32_t list = below(4); list < 3) {  // 2 is no list
      made.list = list;
      entries.push_back({ballot_entry::entry_kind::list, list});
    }
    std::vector<option_index> struck(2, none);
    for (option_index& member : struck) {
      if (below(3) == 0) {
        member = option_index(below(10));
        entries.push_back({ballot_entry::entry_kind::strike, member.value()});
      }
    }
    std::vector<option_index> slots(3, none);
    for (option_index& slot : slots) {
      if (below(3) == 0) {
        slot = option_index(below(10));
        entries.push_back({ballot_entry::entry_kind::option, slot.value()});
      }
    }
    made.struck = struck;
    made.slots = slots;
    const bool nothing = entries.empty();
    const read_ballot read = read_choices(law, council.lists, 10, entries);
    const auto selection = contest_selection::of_list(contest, made);
    if (nothing) {
      ASSERT_TRUE(selection);
      EXPECT_EQ(shown(selection)[10], 1);
      continue;
    }
    if (read.reading == ballot_reading::counted) {
      ASSERT_TRUE(selection) << to_string(selection.error());
      std::vector<int> expected(read.votes.begin(), read.votes.end());
      expected.push_back(0);
      EXPECT_EQ(shown(selection), expected);
    } else {
      EXPECT_FALSE(selection);
    }
  }
}

TEST_F(mixed_selection, what_the_rule_refuses_is_told) {
  const std::vector<option_index> empty(3, none);
  const std::vector<option_index> one{option_index(4), none, none};
  const std::vector<option_index> stranger{option_index(1)};
  const auto code = [&](const list_entries& entries) {
    const auto made = contest_selection::of_list(terms(0), entries);
    return made ? errc{} : made.error().code;
  };
  EXPECT_EQ(code({.list = 0, .slots = empty}), errc{});
  EXPECT_EQ(code({.list = 2, .slots = empty}), errc::out_of_range);
  EXPECT_EQ(code({.list = 0, .slots = one}), errc::out_of_range);  // four votes of three
  EXPECT_EQ(code({.list = 0, .struck = stranger, .slots = empty}), errc::out_of_range);
  EXPECT_EQ(code({.slots = std::span(empty).first(2)}), errc::mismatch);
  contest_entry strict = sample.source().contests[0];
  strict.law->ballot.strike = 0;
  EXPECT_EQ(
      contest_selection::of_list(changed(strict), {.list = 0, .struck = stranger, .slots = empty})
          .error()
          .code,
      errc::unsupported);
  strict.law->ballot.code = ballot_rule::list_code::none;
  EXPECT_EQ(contest_selection::of_list(changed(strict), {.slots = empty}).error().code,
            errc::unsupported);
}

// Every way to fill three ranks with three options, one that does not exist, and nothing.
TEST_F(mixed_selection, rankings_are_what_47_1_permits) {
  for (std::uint32_t filling = 0; filling < 125; ++filling) {
    const std::uint32_t codes[3] = {filling % 5, filling / 5 % 5, filling / 25};  // 4: no option
    std::vector<option_index> ranks;
    std::vector<int> expected;
    bool permitted = true;
    for (int j = 0; j < 3; ++j) {
      ranks.push_back(codes[j] == 0 ? none : option_index(codes[j] - 1));
      permitted = permitted && codes[j] != 4;
      for (int i = 0; i < j; ++i) {
        permitted = permitted && (codes[j] == 0 || (codes[i] != 0 && codes[i] != codes[j]));
      }
      expected.insert(expected.end(), {static_cast<int>(codes[j]), 0, 0, 0});
    }
    const auto made = contest_selection::of_ranks(terms(1), ranks);
    ASSERT_EQ(made.has_value(), permitted) << filling;
    if (permitted) {
      expected.resize(expected.size() + 33);
      EXPECT_EQ(shown(made), expected);
      EXPECT_TRUE(contest_selection::of_choices(terms(1), made->choices().clone()));
    }
  }
  EXPECT_EQ(contest_selection::of_slots(terms(1), std::vector<option_index>(3, none)).error().code,
            errc::unsupported);
  EXPECT_EQ(contest_selection::of_ranks(terms(0), std::vector<option_index>(3, none)).error().code,
            errc::unsupported);
}

TEST_F(mixed_selection, a_write_in_is_text_or_refused) {
  const auto write = [&](const std::string& text) {
    bytes padded(33);
    std::copy_n(std::as_bytes(std::span(text)).begin(), std::min<std::size_t>(33, text.size()),
                padded.begin());
    return contest_selection::of_ranks(terms(1), std::vector<option_index>(3, none))
        ->clone()
        .with_text(terms(1), secret_bytes(byte_view(padded)));
  };
  EXPECT_TRUE(write(""));
  EXPECT_TRUE(write("Mickey Mouse"));
  EXPECT_TRUE(write("\xd9\x86\xd9\x85\xd9\x88\xd9\x86\xd9\x87"));
  EXPECT_TRUE(write(std::string(33, 'x')));
  EXPECT_FALSE(write(std::string("a\0b", 3)));
  // Every sequence of three bytes around the bounds of UTF-8, against the decoder of texts.
  const int edges[] = {0x01, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2,
                       0xDF, 0xE0, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF};
  for (const int a : edges) {
    for (const int b : edges) {
      for (const int c : edges) {
        for (const int d : {0x80, 0x41}) {
          const std::string text{static_cast<char>(a), static_cast<char>(b), static_cast<char>(c),
                                 static_cast<char>(d)};
          EXPECT_EQ(write(text).has_value(), is_utf8(std::as_bytes(std::span(text))));
        }
      }
    }
  }
  EXPECT_EQ(contest_selection::of_ranks(terms(1), std::vector<option_index>(3, none))
                ->clone()
                .with_text(terms(1), secret_bytes(std::size_t{32}))
                .error()
                .code,
            errc::mismatch);
}

}  // namespace
}  // namespace sandoq::mixed_selection_test
