// Good records are accepted, with the counts of a plain count; the outcome does not depend on
// threads, and says what was not asked.

#include <gtest/gtest.h>

#include <random>

#include "sandoq/verify/verify_record.hpp"
#include "tests/support/small_election.hpp"
#include "tests/support/temporary_directory.hpp"

namespace sandoq::testing {
namespace {

record_verdict verify_at(const std::filesystem::path& directory, unsigned threads = 1,
                         const verify_options& options = {}) {
  const auto workers = make_jthread_executor(threads);
  auto outcome = verify_record(directory, options, *workers);
  EXPECT_TRUE(outcome);
  return *outcome;
}

std::string failures(const record_verdict& outcome) {
  std::string out;
  for (const check_outcome& check : outcome.checks.checks()) {
    if (check.status == check_status::fail) {
      out += check.id + ": " + check.place + ": " + check.reason + "\n";
    }
  }
  return out;
}

std::vector<std::vector<std::uint64_t>> counts_of(const record_verdict& outcome) {
  std::vector<std::vector<std::uint64_t>> out;
  for (const contest_counts& contest : outcome.counts) {
    auto& row = out.emplace_back();
    for (const option_count& option : contest.options) {
      row.push_back(option.votes);
    }
  }
  return out;
}

class WholeRecord : public ::testing::TestWithParam<scenario (*)()> {};

TEST_P(WholeRecord, IsAccepted) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  const scenario plan = GetParam()();
  small_election election(plan, seed);
  election.make();
  const temporary_directory dir;
  election.write(dir.path() / "r");
  const record_verdict outcome = verify_at(dir.path() / "r");
  EXPECT_TRUE(outcome.accepted) << failures(outcome);
  EXPECT_EQ(counts_of(outcome), plain_counts(plan));
  std::uint64_t cast = 0;
  for (const vote& v : plan.votes) {
    cast += v.resolution == journal_kind::cast ? 1 : 0;
  }
  EXPECT_EQ(outcome.ballots, cast);
  EXPECT_EQ(outcome.manifest_hash, election.draft.e0);
  EXPECT_EQ(outcome.domain, plan.election.domain);
  ASSERT_EQ(outcome.boards.size(), plan.boards.size());
  EXPECT_EQ(outcome.boards[1].id, plan.election.boards[1].id);
  EXPECT_EQ(outcome.boards[1].signing_keys[0],
            election.draft.election.boards[1].trustees[0].signing_key);
  EXPECT_EQ(outcome.checks.find("manifest.pin")->status, check_status::not_run);

  const record_verdict four = verify_at(dir.path() / "r", 4);
  EXPECT_EQ(four.counts, outcome.counts);
  EXPECT_TRUE(std::equal(four.checks.checks().begin(), four.checks.checks().end(),
                         outcome.checks.checks().begin(), outcome.checks.checks().end()));
}

TEST_P(WholeRecord, IsAcceptedAsWhatWasAgreedOn) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  small_election election(GetParam()(), seed);
  election.make();
  const temporary_directory dir;
  election.write(dir.path() / "r");
  const record_verdict outcome =
      verify_at(dir.path() / "r", 2, {election.draft.e0, election.draft.election.domain});
  EXPECT_TRUE(outcome.accepted) << failures(outcome);
  for (const check_outcome& check : outcome.checks.checks()) {
    EXPECT_EQ(check.status, check_status::pass) << check.id;
  }
}

INSTANTIATE_TEST_SUITE_P(Scenarios, WholeRecord, ::testing::Values(small_scenario, tiny_scenario));

TEST(WholeRecord, MayHoldNoBallot) {
  scenario plan = small_scenario();
  plan.votes.clear();
  small_election election(plan, 1);
  election.make();
  const temporary_directory dir;
  election.write(dir.path() / "r");
  const record_verdict outcome = verify_at(dir.path() / "r");
  EXPECT_TRUE(outcome.accepted) << failures(outcome);
  EXPECT_EQ(counts_of(outcome), plain_counts(plan));
}

TEST(WholeRecord, MayLeaveOneContestWithoutBallots) {
  scenario plan = small_scenario();
  std::erase_if(plan.votes, [](const vote& v) { return v.style == 1; });
  small_election election(plan, 2);
  election.make();
  const temporary_directory dir;
  election.write(dir.path() / "r");
  const record_verdict outcome = verify_at(dir.path() / "r");
  EXPECT_TRUE(outcome.accepted) << failures(outcome);
  EXPECT_EQ(counts_of(outcome), plain_counts(plan));
}

TEST(WholeRecord, IsReadFromADirectoryOnly) {
  const temporary_directory dir;
  const auto workers = make_jthread_executor(1);
  EXPECT_FALSE(verify_record(dir.path() / "gone", {}, *workers));
  const auto empty = verify_record(dir.path(), {}, *workers);
  ASSERT_TRUE(empty) << "an empty directory can be read, and is rejected";
  EXPECT_FALSE(empty->accepted);
  EXPECT_EQ(empty->checks.find("record.head")->status, check_status::fail);
}

TEST(WholeRecord, ReportsProgressFromTheCallingThread) {
  small_election election(small_scenario(), 3);
  election.make();
  const temporary_directory dir;
  election.write(dir.path() / "r");
  const auto workers = make_jthread_executor(2);
  std::uint64_t last = 0;
  std::uint64_t total = 0;
  const auto outcome = verify_record(dir.path() / "r", {}, *workers, [&](const verify_progress& p) {
    if (p.phase == "files") {
      EXPECT_GE(p.done, last);
      last = p.done;
      total = p.total;
    }
  });
  ASSERT_TRUE(outcome);
  EXPECT_GT(total, 0U);
  EXPECT_EQ(last, total);
}

}  // namespace
}  // namespace sandoq::testing
