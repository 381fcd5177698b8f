#include "lib/verify/scoreboard.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace sandoq {
namespace {

std::vector<check_id> all_checks() {
  std::vector<check_id> out;
  for (std::size_t i = 0; i < check_count; ++i) {
    out.push_back(static_cast<check_id>(i));
  }
  return out;
}

void pass_all(scoreboard& board) {
  for (const check_id id : all_checks()) {
    board.pass(id);
  }
}

check_status status_of(const scoreboard& board, check_id id) {
  const verdict settled = board.settle();
  return settled.find(describe(id).id)->status;
}

TEST(Checks, StandInOrderAndRestOnEarlierOnes) {
  EXPECT_EQ(describe(check_id::record_head).id, "record.head");
  EXPECT_EQ(describe(check_id::result_seats).id, "result.seats");
  EXPECT_EQ(describe(check_id::manifest_pin).need, check_need::optional);
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < check_count; ++i) {
    EXPECT_EQ(check_table[i].rests_on >> i, 0U) << check_table[i].id;
    EXPECT_TRUE(ids.insert(check_table[i].id).second);
  }
}

TEST(Scoreboard, AcceptsIffAllPassed) {
  scoreboard board;
  pass_all(board);
  EXPECT_TRUE(board.accepts());
  const verdict settled = board.settle();
  ASSERT_EQ(settled.checks().size(), check_count);
  for (std::size_t i = 0; i < check_count; ++i) {
    EXPECT_EQ(settled.checks()[i].id, check_table[i].id);
    EXPECT_EQ(settled.checks()[i].status, check_table[i].need == check_need::optional
                                              ? check_status::not_run
                                              : check_status::pass);
  }
}

TEST(Scoreboard, RunsAnOptionalCheckOnlyIfAskedFor) {
  scoreboard board;
  board.fail(check_id::manifest_pin, "here", "ignored: nobody asked");
  pass_all(board);
  EXPECT_TRUE(board.accepts());

  scoreboard asked;
  asked.ask_for(check_id::manifest_pin);
  asked.fail(check_id::manifest_pin, "here", "counts");
  pass_all(asked);
  EXPECT_FALSE(asked.accepts());
  EXPECT_EQ(status_of(asked, check_id::manifest_pin), check_status::fail);
  EXPECT_EQ(status_of(asked, check_id::manifest_domain), check_status::not_run);
}

TEST(Scoreboard, FailsWhatNobodyBroughtToAnEnd) {
  scoreboard board;
  for (const check_id id : all_checks()) {
    if (id != check_id::ballot_unique) {
      board.pass(id);
    }
  }
  EXPECT_EQ(status_of(board, check_id::ballot_unique), check_status::fail);
  EXPECT_FALSE(board.accepts());
  EXPECT_FALSE(scoreboard().accepts());
}

TEST(Scoreboard, KeepsTheFirstFailure) {
  scoreboard board;
  board.fail(check_id::ballot_form, "first", "a");
  board.fail(check_id::ballot_form, "second", "b");
  board.pass(check_id::ballot_form);
  pass_all(board);
  const verdict settled = board.settle();
  EXPECT_EQ(settled.find("ballot.form")->place, "first");
  EXPECT_EQ(settled.find("ballot.form")->status, check_status::fail);
}

// Against the definition of 90.1, written the slow way round.
TEST(Scoreboard, SettlesByTheRule) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int trial = 0; trial < 500; ++trial) {
    scoreboard board;
    board.ask_for(check_id::manifest_pin);
    board.ask_for(check_id::manifest_domain);
    std::set<std::size_t> failed;
    while (failed.empty() || random() % 2 == 0) {
      failed.insert(random() % check_count);
    }
    for (const std::size_t i : failed) {
      board.fail(static_cast<check_id>(i), "p", "r");
    }
    std::vector<bool> open;
    for (const check_id id : all_checks()) {
      open.push_back(board.is_open(id));
    }
    pass_all(board);
    const verdict settled = board.settle();
    std::vector<check_status> expected;
    for (std::size_t i = 0; i < check_count; ++i) {
      bool rests = true;
      for (std::size_t j = 0; j < i; ++j) {
        const bool needed = (check_table[i].rests_on >> j & 1) != 0;
        rests = rests && (!needed || expected[j] == check_status::pass);
      }
      expected.push_back(!rests               ? check_status::not_run
                         : failed.contains(i) ? check_status::fail
                                              : check_status::pass);
      EXPECT_EQ(settled.checks()[i].status, expected[i]) << check_table[i].id;
      EXPECT_EQ(open[i], expected[i] == check_status::pass) << check_table[i].id;
    }
    EXPECT_FALSE(board.accepts());
  }
}

}  // namespace
}  // namespace sandoq
