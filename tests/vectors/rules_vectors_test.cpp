// spec/76-rules/vectors/rules.json: rules and lists as bytes, ballots, allocations with all steps.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "sandoq/core/canonical.hpp"
#include "sandoq/rules/allocate.hpp"
#include "sandoq/rules/choices.hpp"
#include "tests/support/vector_file.hpp"
#include "tests/vectors/vector_fields.hpp"

namespace sandoq::rules_vectors_test {
namespace {

using testing::digest_of;
using testing::u32_of;
using testing::vector_value;

constexpr std::string_view path = "76-rules/vectors/rules.json";

std::vector<option_index> options_of(const vector_value& list) {
  std::vector<option_index> out;
  for (const vector_value& option : list.items()) {
    out.emplace_back(u32_of(option));
  }
  return out;
}

template <class Number>
std::vector<Number> numbers_of(const vector_value& list) {
  std::vector<Number> out;
  for (const vector_value& number : list.items()) {
    out.push_back(static_cast<Number>(number.number()));
  }
  return out;
}

// The check that refuses: what bytes and bounds break is "rule.structure".
std::string check_of(const error& e) {
  return e.place.starts_with("rule/") ? "rule.structure" : e.place;
}

TEST(RulesVectors, Rules) {
  for (const vector_value& v : testing::load_vectors(path, "rule")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const auto read = rule::decode(v.at("bytes").octets());
    if (v.at("expect").text() == "accept") {
      ASSERT_TRUE(read.has_value()) << to_string(read.error());
      EXPECT_EQ(read->encode(), v.at("bytes").octets());
    } else {
      ASSERT_FALSE(read.has_value());
      EXPECT_EQ(check_of(read.error()), v.at("fails_check").text()) << to_string(read.error());
      EXPECT_FALSE(read.error().reason.empty());
    }
  }
}

TEST(RulesVectors, Lists) {
  for (const vector_value& v : testing::load_vectors(path, "lists")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const auto lists = decode_party_lists(v.at("bytes").octets());
    ASSERT_TRUE(lists.has_value()) << to_string(lists.error());
    EXPECT_EQ(encode(*lists), v.at("bytes").octets());
    const auto good = check_party_lists(*lists, u32_of(v.at("options")));
    EXPECT_EQ(good.has_value(), v.at("expect").text() == "accept");
    if (!good) {
      EXPECT_EQ(good.error().place, v.at("fails_check").text());
    }
  }
}

std::string name_of(ballot_reading reading) {
  switch (reading) {
    case ballot_reading::counted:
      return "counted";
    case ballot_reading::blank:
      return "blank";
    case ballot_reading::cancelled:
      return "void";
    case ballot_reading::refused:
      return "refused";
  }
  return {};
}

TEST(RulesVectors, Choices) {
  for (const vector_value& v : testing::load_vectors(path, "choices")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const auto law = rule::decode(v.at("rule").octets()).value();
    const auto lists = decode_party_lists(v.at("lists").octets()).value();
    std::vector<ballot_entry> entries;
    for (const vector_value& entry : v.at("entries").items()) {
      entries.push_back({static_cast<ballot_entry::entry_kind>(entry.items().at(0).number()),
                         u32_of(entry.items().at(1))});
    }
    const auto read = read_choices(law.ballot, lists, u32_of(v.at("options")), entries);
    EXPECT_EQ(name_of(read.reading), v.at("status").text());
    EXPECT_EQ(read.votes, numbers_of<std::uint32_t>(v.at("votes")));
    ASSERT_EQ(read.list.has_value(), !v.at("list").is_null());
    if (read.list) {
      EXPECT_EQ(*read.list, u32_of(v.at("list")));
    }
  }
}

counted_contest counted_of(const vector_value& v) {
  counted_contest out;
  out.votes = numbers_of<std::uint64_t>(v.at("votes"));
  out.ballots = static_cast<std::uint64_t>(v.at("ballots").number());
  out.valid = static_cast<std::uint64_t>(v.at("valid").number());
  out.list_ballots = numbers_of<std::uint64_t>(v.at("list_ballots"));
  for (const vector_value& ballot : v.at("rankings").items()) {
    ranked_ballots next{static_cast<std::uint64_t>(ballot.at("count").number()), {}};
    for (const vector_value& rank : ballot.at("ranks").items()) {
      next.ranks.push_back(options_of(rank));
    }
    out.rankings.push_back(std::move(next));
  }
  return out;
}

// H("lot/ticket"; seed || contest || tie || subject).
digest32 ticket(const digest32& seed, std::uint32_t contest, std::uint32_t tie,
                std::uint32_t subject) {
  byte_writer out;
  out.fixed(seed.octets);
  out.u32(contest);
  out.u32(tie);
  out.u32(subject);
  return framed_hash::of("lot/ticket", out.view());
}

tie_order ties_of(const vector_value& v) {
  tie_order out;
  if (!v.at("attributes").is_null()) {
    for (const vector_value& values : v.at("attributes").items()) {
      out.attributes.push_back(numbers_of<std::uint32_t>(values));
    }
  }
  if (!v.at("lot_seed").is_null()) {
    out.ticket = [seed = digest_of(v.at("lot_seed")), contest = u32_of(v.at("contest"))](
                     std::uint32_t tie, std::uint32_t subject) {
      return ticket(seed, contest, tie, subject);
    };
  }
  return out;
}

void check_vacancies(const vector_value& v, const rule& law, const allocation& made) {
  for (const vector_value& vacancy : v.at("vacancies").items()) {
    const auto next = successor(law, made, option_index(u32_of(vacancy.at("vacant"))),
                                options_of(vacancy.at("gone")));
    ASSERT_EQ(next.has_value(), !vacancy.at("next").is_null());
    if (next) {
      EXPECT_EQ(next->value(), u32_of(vacancy.at("next")));
    }
  }
}

TEST(RulesVectors, Allocations) {
  for (const vector_value& v : testing::load_vectors(path, "allocation")) {
    SCOPED_TRACE(v.at("id").text() + ": " + v.at("comment").text());
    const auto law = rule::decode(v.at("rule").octets()).value();
    const auto lists = decode_party_lists(v.at("lists").octets()).value();
    const auto made = allocate(law, lists, counted_of(v),
                               {u32_of(v.at("seats")), u32_of(v.at("alternates"))}, ties_of(v));
    ASSERT_TRUE(made.has_value()) << to_string(made.error());
    const auto steps = allocation_transcript::decode(v.at("transcript").octets());
    ASSERT_TRUE(steps.has_value()) << to_string(steps.error());
    EXPECT_EQ(made->transcript, *steps);
    EXPECT_EQ(made->transcript.encode(), v.at("transcript").octets());
    EXPECT_EQ(made->status == allocation_status::open, v.at("status").text() == "open");
    EXPECT_EQ(made->elected, options_of(v.at("elected")));
    EXPECT_EQ(made->alternates, options_of(v.at("elected_alternates")));
    EXPECT_EQ(made->runoff, options_of(v.at("runoff")));
    EXPECT_EQ(made->reserve, options_of(v.at("reserve")));
    std::vector<party_outcome> parties;
    for (const vector_value& party : v.at("parties").items()) {
      parties.push_back({u32_of(party.at("subject")), options_of(party.at("elected")),
                         options_of(party.at("alternates"))});
    }
    EXPECT_EQ(made->parties, parties);
    check_vacancies(v, law, *made);
  }
}

}  // namespace
}  // namespace sandoq::rules_vectors_test
