// spec/75-result/vectors/result.json: counts and seats.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sandoq/tally/result.hpp"
#include "tests/support/vector_file.hpp"

namespace sandoq {
namespace {

using testing::vector_value;

std::vector<std::uint64_t> counts_of(const vector_value& v) {
  std::vector<std::uint64_t> out;
  for (const vector_value& count : v.at("counts").items()) {
    out.push_back(static_cast<std::uint64_t>(count.number()));
  }
  return out;
}

std::uint32_t u32_of(const vector_value& v) {
  return static_cast<std::uint32_t>(v.number());
}

std::vector<option_index> options_of(const vector_value& list) {
  std::vector<option_index> out;
  for (const vector_value& option : list.items()) {
    out.emplace_back(u32_of(option));
  }
  return out;
}

void check_seats_vector(const vector_value& v) {
  seat_allocation expected{options_of(v.at("elected")), options_of(v.at("elected_alternates")), {}};
  for (const vector_value& tie : v.at("ties").items()) {
    expected.ties.push_back(
        {u32_of(tie.at("seats")), u32_of(tie.at("alternates")), options_of(tie.at("options"))});
  }
  const auto counts = counts_of(v);
  EXPECT_EQ(plurality_at_large(counts, {u32_of(v.at("seats")), u32_of(v.at("alternates"))}),
            expected);
  const contest_result published{contest_index(u32_of(v.at("result_contest"))),
                                 static_cast<std::uint64_t>(v.at("result_ballots").number()),
                                 counts, expected};
  EXPECT_EQ(published.encode(), v.at("bytes").octets());
  EXPECT_EQ(contest_result::decode(v.at("bytes").octets()).value(), published);
}

void check_counts_vector(const vector_value& v) {
  contest_entry contest;
  contest.options.resize(u32_of(v.at("options")));
  contest.max_choices = u32_of(v.at("max"));
  contest.min_choices = u32_of(v.at("min"));
  contest.blank = v.at("blank").number() != 0 ? blank_option::counted : blank_option::absent;
  contest_result published;
  published.ballots = static_cast<std::uint64_t>(v.at("ballots").number());
  published.counts = counts_of(v);
  const auto verdict = check_counts(contest, published.ballots, published);
  EXPECT_EQ(verdict.holds(), v.at("expect").text() == "accept") << verdict.reason();
}

TEST(ResultVectors, CountsAndSeats) {
  std::size_t seats = 0;
  std::size_t counts = 0;
  for (const vector_value& v : testing::load_vectors("75-result/vectors/result.json")) {
    SCOPED_TRACE(v.at("id").text() + " " + v.at("comment").text());
    const auto& kind = v.at("kind").text();
    if (kind == "seats") {
      ++seats;
      check_seats_vector(v);
    } else if (kind == "counts") {
      ++counts;
      check_counts_vector(v);
    } else {
      ADD_FAILURE() << "unknown kind " << kind;
    }
  }
  EXPECT_GT(seats, 0U);
  EXPECT_GT(counts, 0U);
}

}  // namespace
}  // namespace sandoq
