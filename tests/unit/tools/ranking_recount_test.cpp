// The second count of rankings: it agrees with transcripts of all methods, and names what is wrong.

#include "tools/sandoq/ranking_recount.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/support/deterministic_random.hpp"
#include "tools/sandoq/made_up.hpp"

namespace sandoq::tool::ranking_recount_test {
namespace {

using code = ranking_rule::method_code;
constexpr std::uint32_t options = 6;

contest_entry contest_by(code method, std::uint32_t seats) {
  contest_entry out = coded_contest("c", both("C", "پ"), 0, 1, options);
  out.encoding = contest_encoding::packed_ranking;
  out.max_choices = 4;
  out.seats = seats;
  out.rule = seat_rule::by_law;
  out.law = ranked_law(4, method);
  return out;
}

/// Whether the first two are equals.
bool stand_together(const std::vector<std::uint32_t>& ranking) {
  return ranking.size() > 1 && (ranking[0] + ranking[1]) % 2 == 0;
}

/// Some 60 papers, so that surpluses are no whole votes and ties are frequent; of some the first
/// two stand on one rank.
std::vector<ranked_ballots> some_papers(std::mt19937_64& engine, bool equals = false) {
  std::map<std::vector<std::uint32_t>, std::uint64_t> out;
  for (int i = 0; i < 30; ++i) {
    std::vector<std::uint32_t> ranking(options);
    for (std::uint32_t o = 0; o < options; ++o) {
      ranking[o] = o;
    }
    std::shuffle(ranking.begin(), ranking.end(), engine);
    ranking.resize(1 + engine() % 4);
    if (equals && stand_together(ranking)) {
      std::sort(ranking.begin(), ranking.begin() + 2);  // one ranking, however it is written
    }
    out[ranking] += 1 + engine() % 3;
  }
  std::vector<ranked_ballots> papers;
  for (const auto& [ranking, count] : out) {
    ranked_ballots& made = papers.emplace_back(ranked_ballots{count, {}});
    for (const std::uint32_t option : ranking) {
      const bool beside = equals && made.ranks.size() == 1 && stand_together(ranking);
      if (beside && made.ranks[0].size() == 1) {
        made.ranks[0].emplace_back(option);
      } else {
        made.ranks.push_back({option_index{option}});
      }
    }
  }
  return papers;
}

allocation_transcript counted(const contest_entry& contest,
                              const std::vector<ranked_ballots>& papers) {
  counted_contest given;
  given.votes.resize(options);
  for (const ranked_ballots& each : papers) {
    given.ballots += each.count;
  }
  given.valid = given.ballots;
  given.rankings = papers;
  tie_order lot;
  lot.ticket = [](std::uint32_t tie, std::uint32_t subject) {
    return framed_hash::of("some lot",
                           bytes_of(std::to_string(tie) + " " + std::to_string(subject)));
  };
  const auto made = allocate(*contest.law, {}, given, {contest.seats, 0}, lot);
  EXPECT_TRUE(made) << to_string(made.error());
  return made ? made->transcript : allocation_transcript{};
}

/// How often each kind of step was found wrong after one of its numbers was changed.
std::map<step_kind, int> found_wrong(const contest_entry& contest,
                                     const std::vector<ranked_ballots>& papers,
                                     const allocation_transcript& right) {
  std::map<step_kind, int> out;
  for (std::size_t i = 0; i < right.steps.size(); ++i) {
    for (std::size_t v = 0; v < right.steps[i].values.size(); ++v) {
      allocation_transcript wrong = right;
      wrong.steps[i].values[v] += "1";
      const auto found = difference_of_rankings(contest, papers, wrong);
      if (found && found->starts_with("step " + std::to_string(i + 1) + ":")) {
        ++out[right.steps[i].kind];
      } else {
        EXPECT_EQ(found, std::nullopt);
      }
    }
  }
  return out;
}

TEST(RankingRecount, AgreesWithEveryMethodAndSeesEveryNumber) {
  std::mt19937_64 engine(testing::test_seed() * 31 + 7);
  std::map<step_kind, int> wrong;
  for (int round = 0; round < 60; ++round) {
    const std::vector<ranked_ballots> papers = some_papers(engine);
    for (const auto& [method, seats] : {std::pair{code::irv, 1U},
                                        {code::stv, 1U},
                                        {code::stv, 2U},
                                        {code::stv, 4U},
                                        {code::schulze, 2U},
                                        {code::borda, 2U}}) {
      const contest_entry contest = contest_by(method, seats);
      const allocation_transcript right = counted(contest, papers);
      EXPECT_EQ(difference_of_rankings(contest, papers, right), std::nullopt);
      std::size_t numbers = 0;
      for (const allocation_step& step : right.steps) {
        const bool counts = step.kind != step_kind::tie && step.kind != step_kind::empty_seats &&
                            step.kind != step_kind::strongest_paths;
        numbers += counts ? step.values.size() : 0;
      }
      std::size_t seen = 0;
      for (const auto& [kind, times] : found_wrong(contest, papers, right)) {
        seen += static_cast<std::size_t>(times);
        wrong[kind] += times;
      }
      EXPECT_EQ(seen, numbers);
    }
  }
  for (const step_kind kind : {step_kind::quota, step_kind::count, step_kind::transfer,
                               step_kind::preferred, step_kind::points}) {
    EXPECT_GT(wrong[kind], 50) << static_cast<int>(kind);
  }
}

// What no device takes and every rule may say: equals on a rank, batches, the other quota.
TEST(RankingRecount, AgreesOnEqualsBatchesAndQuotas) {
  std::mt19937_64 engine(testing::test_seed() * 31 + 9);
  int batches = 0;
  int halves = 0;
  for (int round = 0; round < 60; ++round) {
    const std::vector<ranked_ballots> papers = some_papers(engine, true);
    for (const auto& [method, seats] : {std::pair{code::irv, 1U},
                                        {code::stv, 2U},
                                        {code::stv, 3U},
                                        {code::schulze, 2U},
                                        {code::borda, 2U}}) {
      contest_entry contest = contest_by(method, seats);
      auto& law = std::get<ranking_rule>(contest.law->method);
      law.overvote = ranking_rule::overvote_code::equal;
      if (method == code::irv || method == code::stv) {
        law.batch = static_cast<std::uint8_t>(round % 3 > 0 ? 1 : 0);
      }
      if (method == code::stv) {
        law.quota = static_cast<ranking_rule::quota_code>(1 + round / 2 % 2);
      }
      const allocation_transcript made = counted(contest, papers);
      EXPECT_EQ(difference_of_rankings(contest, papers, made), std::nullopt);
      for (const allocation_step& step : made.steps) {
        batches += step.kind == step_kind::eliminated && step.subjects.size() > 1 ? 1 : 0;
        halves += step.kind == step_kind::count &&
                          std::any_of(step.values.begin(), step.values.end(),
                                      [](const auto& v) { return v.ends_with("/2"); })
                      ? 1
                      : 0;
      }
    }
  }
  EXPECT_GT(batches, 3);
  EXPECT_GT(halves, 10);
}

/// What is said when a transcript ends after so many of its steps, and elects nobody more.
std::string said_of_short(const contest_entry& contest, const std::vector<ranked_ballots>& papers,
                          std::size_t steps, const std::vector<std::uint32_t>& elected) {
  allocation_transcript cut = counted(contest, papers);
  cut.steps.resize(steps);
  cut.steps.push_back({step_kind::elected, elected, {}});
  cut.steps.push_back({step_kind::alternates, {}, {}});
  return difference_of_rankings(contest, papers, cut).value_or("nothing");
}

TEST(RankingRecount, SaysWhatEndsTooSoon) {
  const std::vector<ranked_ballots> papers = {
      {9, {{option_index{0}}}}, {4, {{option_index{1}}}}, {1, {{option_index{2}}}}};
  const contest_entry irv = contest_by(code::irv, 1);
  EXPECT_EQ(said_of_short(irv, papers, 1, {0}), "nothing");
  EXPECT_EQ(said_of_short(irv, papers, 1, {}), "step 2: ends before somebody is elected");
  EXPECT_EQ(said_of_short(irv, papers, 0, {}), "step 1: ends before somebody is elected");
  EXPECT_EQ(said_of_short(irv, papers, 0, {0}), "step 1: elects without a count");
  const contest_entry stv = contest_by(code::stv, 3);  // the quota is 4
  EXPECT_EQ(said_of_short(stv, papers, 2, {}), "step 3: ends before all seats are filled");
  EXPECT_EQ(said_of_short(stv, papers, 1, {}), "step 2: ends before all seats are filled");
  for (const code method : {code::irv, code::stv, code::schulze, code::borda}) {
    const contest_entry contest = contest_by(method, 1);
    EXPECT_TRUE(difference_of_rankings(contest, papers, {})) << static_cast<int>(method);
    const allocation_transcript right = counted(contest, papers);
    for (std::size_t i = 0; i < right.steps.size(); ++i) {
      const step_kind kind = right.steps[i].kind;
      allocation_transcript wrong = right;
      wrong.steps.erase(wrong.steps.begin() + static_cast<std::ptrdiff_t>(i));
      const bool counts = kind == step_kind::count || kind == step_kind::preferred ||
                          kind == step_kind::points || kind == step_kind::eliminated;
      if (counts) {
        EXPECT_TRUE(difference_of_rankings(contest, papers, wrong)) << "step " << i + 1;
      }
    }
  }
}

TEST(RankingRecount, SeesOtherPointsOfBorda) {
  std::mt19937_64 engine(testing::test_seed() * 31 + 8);
  using points = ranking_rule::points_code;
  for (const points way : {points::averaged, points::ranked_only, points::from_the_top}) {
    contest_entry contest = contest_by(code::borda, 1);
    std::get<ranking_rule>(contest.law->method).points = way;
    const std::vector<ranked_ballots> papers = some_papers(engine);
    const allocation_transcript right = counted(contest, papers);
    for (const points other : {points::averaged, points::ranked_only, points::from_the_top}) {
      std::get<ranking_rule>(contest.law->method).points = other;
      EXPECT_EQ(difference_of_rankings(contest, papers, right).has_value(), other != way);
    }
  }
}

/// The first step of that kind which is not the last of its transcript.
allocation_step& step_of(allocation_transcript& in, step_kind kind) {
  const auto found = std::find_if(in.steps.begin(), in.steps.end(),
                                  [&](const allocation_step& step) { return step.kind == kind; });
  EXPECT_NE(found, in.steps.end());
  return found == in.steps.end() ? in.steps.front() : *found;
}

// Option 0 has 6 of 14 votes, 1 has 5, 2 has 3: nobody more than half, 2 goes first.
const std::vector<ranked_ballots> three = {{6, {{option_index{0}}}},
                                           {5, {{option_index{1}}}},
                                           {3, {{option_index{2}}, {option_index{1}}}}};

TEST(RankingRecount, SaysWhoMustNotBeOutOrElected) {
  const auto said = [](code method, std::uint32_t seats, step_kind kind, std::uint32_t instead) {
    const contest_entry contest = contest_by(method, seats);
    allocation_transcript wrong = counted(contest, three);
    EXPECT_EQ(difference_of_rankings(contest, three, wrong), std::nullopt);
    step_of(wrong, kind).subjects = {instead};
    return difference_of_rankings(contest, three, wrong).value_or("nothing");
  };
  EXPECT_EQ(said(code::irv, 1, step_kind::eliminated, 1),
            "step 2: eliminates somebody who is not the lowest");
  EXPECT_EQ(said(code::irv, 1, step_kind::eliminated, 5),
            "step 2: eliminates others, or another number, than it may of those who are left");
  EXPECT_EQ(said(code::irv, 1, step_kind::elected, 0),
            "step 4: elects somebody who has not reached the quota, or the majority");
  // Quota 5: 0 and 1 reach it.
  EXPECT_EQ(said(code::stv, 2, step_kind::elected, 2),
            "step 3: elects somebody who has not reached the quota, or the majority");
}

TEST(RankingRecount, SaysWhatSkipsARound) {
  const contest_entry contest = contest_by(code::stv, 2);
  const std::vector<ranked_ballots> papers = {{9, {{option_index{0}}, {option_index{2}}}},
                                              {4, {{option_index{1}}}},
                                              {3, {{option_index{2}}}}};
  const allocation_transcript right = counted(contest, papers);
  ASSERT_EQ(difference_of_rankings(contest, papers, right), std::nullopt);
  allocation_transcript wrong = right;
  allocation_step& passed = step_of(wrong, step_kind::transfer);
  passed = {step_kind::eliminated, {2}, {}};
  EXPECT_EQ(difference_of_rankings(contest, papers, wrong),
            "step 4: eliminates somebody before a surplus is passed on");
  wrong = right;
  step_of(wrong, step_kind::transfer).subjects = {1};
  EXPECT_EQ(difference_of_rankings(contest, papers, wrong),
            "step 4: passes on the surplus of somebody who has none");
  wrong = right;
  std::erase_if(wrong.steps, [](const allocation_step& step) {
    return step.kind == step_kind::elected && step.subjects == std::vector<std::uint32_t>{0};
  });
  EXPECT_EQ(difference_of_rankings(contest, papers, wrong),
            "step 3: passes on a surplus while another is to be elected");
  wrong = right;
  step_of(wrong, step_kind::elected) = {step_kind::eliminated, {2}, {}};
  EXPECT_EQ(difference_of_rankings(contest, papers, wrong),
            "step 3: eliminates somebody while another is to be elected");
  wrong = right;
  (wrong.steps.end() - 2)->subjects = {1, 0};  // the elected, before the alternates
  EXPECT_EQ(difference_of_rankings(contest, papers, wrong),
            "step " + std::to_string(right.steps.size() - 1) +
                ": others than those who were elected one by one");
}

}  // namespace
}  // namespace sandoq::tool::ranking_recount_test
