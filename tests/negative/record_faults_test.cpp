// Every check of the verdict has records that fail it and nothing else: what rests on it is not
// run, everything else passes. SPEC(90.1)

#include "tests/support/record_faults.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "tests/support/temporary_directory.hpp"

namespace sandoq::testing {
namespace {

check_status expected_status(std::size_t check, const record_fault& fault,
                             const std::vector<check_status>& before) {
  const auto failing = static_cast<std::size_t>(fault.fails);
  const bool asked = check_table[check].need == check_need::required || check == failing;
  bool rests_on_passes = true;
  for (std::size_t i = 0; i < check; ++i) {
    const bool needed = (check_table[check].rests_on >> i & 1) != 0;
    rests_on_passes = rests_on_passes && (!needed || before[i] == check_status::pass);
  }
  if (!asked || !rests_on_passes) {
    return check_status::not_run;
  }
  return check == failing ? check_status::fail : check_status::pass;
}

class RecordFault : public ::testing::TestWithParam<record_fault> {};

TEST_P(RecordFault, FailsExactlyItsCheck) {
  const record_fault& fault = GetParam();
  const auto seed = std::random_device{}();
  SCOPED_TRACE(fault.name + ", seed " + std::to_string(seed));
  small_election election(fault.plan(), seed, fault.tamper);
  election.make();
  const temporary_directory dir;
  election.write(dir.path() / "r");
  const auto workers = make_jthread_executor(2);
  const auto outcome = verify_record(dir.path() / "r", fault.options, *workers);
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_FALSE(outcome->accepted);
  EXPECT_TRUE(outcome->counts.empty());
  EXPECT_EQ(outcome->ballots, 0U);
  // The same, word for word, in one thread.
  sequential_executor alone;
  const auto again = verify_record(dir.path() / "r", fault.options, alone);
  ASSERT_TRUE(again);
  EXPECT_TRUE(std::equal(again->checks.checks().begin(), again->checks.checks().end(),
                         outcome->checks.checks().begin(), outcome->checks.checks().end()));
  std::vector<check_status> expected;
  const auto checks = outcome->checks.checks();
  ASSERT_EQ(checks.size(), check_count);
  for (std::size_t i = 0; i < check_count; ++i) {
    expected.push_back(expected_status(i, fault, expected));
    EXPECT_EQ(name_of(checks[i].status), name_of(expected.back()))
        << checks[i].id << ": " << checks[i].place << ": " << checks[i].reason;
    EXPECT_EQ(checks[i].reason.empty(), checks[i].status == check_status::pass);
  }
}

INSTANTIATE_TEST_SUITE_P(All, RecordFault, ::testing::ValuesIn(all_faults()), [](const auto& test) {
  std::string name;
  for (const char c : test.param.name) {
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  }
  return name;
});

TEST(RecordFaults, ThereIsOneForEveryCheck) {
  std::set<check_id> failed;
  for (const record_fault& fault : all_faults()) {
    failed.insert(fault.fails);
  }
  EXPECT_EQ(failed.size(), check_count);
}

}  // namespace
}  // namespace sandoq::testing
