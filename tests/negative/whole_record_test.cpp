// Good records are accepted, with the counts of a plain count; the outcome does not depend on
// threads, and says what was not asked.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <string_view>
#include <thread>

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
    const lost_device* fate = fate_of(plan, v.branch, v.device);
    const bool counts = fate == nullptr || !fate->excluded;
    cast += counts && v.resolution == journal_kind::cast ? 1 : 0;
  }
  EXPECT_EQ(outcome.ballots, cast);
  EXPECT_EQ(outcome.manifest_hash, election.draft.e0);
  EXPECT_EQ(outcome.domain, plan.election.domain);
  ASSERT_EQ(outcome.boards.size(), plan.boards.size());
  EXPECT_EQ(outcome.boards[1].id, plan.election.boards[1].id);
  EXPECT_EQ(outcome.boards[1].signing_keys[0],
            election.draft.election.boards[1].trustees[0].signing_key);
  EXPECT_EQ(outcome.checks.find("manifest.pin")->status, check_status::not_run);

  for (const unsigned threads : {2U, 3U, 8U}) {
    const record_verdict again = verify_at(dir.path() / "r", threads);
    EXPECT_EQ(again.counts, outcome.counts);
    EXPECT_EQ(again.exclusions, outcome.exclusions);
    EXPECT_EQ(again.recoveries, outcome.recoveries);
    EXPECT_TRUE(std::equal(again.checks.checks().begin(), again.checks.checks().end(),
                           outcome.checks.checks().begin(), outcome.checks.checks().end()));
  }
}

// Many ballots with faults of several checks: whichever thread comes first, the first fault in
// record order is the one that is told.
TEST(WholeRecord, IsRejectedForTheSameReasonsByAnyNumberOfThreads) {
  std::size_t made = 0;
  const auto spoil = [&made](stage s, small_election& e) {
    if (s != stage::ballot) {
      return;
    }
    ballot_item& b = e.draft.journals.back().ballots.back().ballot;
    ++made;
    if (made % 2 == 0) {
      b.contests[0].bits().z_B.octets[0] ^= std::byte{1};
    }
    if (made == 3 || made == 5) {
      b.contests.back().ciphertexts[1].beta.octets.fill(std::byte{0xff});
    }
  };
  small_election election(small_scenario(), 9, spoil);
  election.make();
  const temporary_directory dir;
  election.write(dir.path() / "r");
  const record_verdict alone = verify_at(dir.path() / "r");
  EXPECT_EQ(alone.checks.find("ballot.elements")->status, check_status::fail) << failures(alone);
  EXPECT_EQ(alone.checks.find("ballot.proof")->status, check_status::not_run);
  for (const unsigned threads : {2U, 3U, 8U}) {
    const record_verdict again = verify_at(dir.path() / "r", threads);
    EXPECT_FALSE(again.accepted);
    EXPECT_TRUE(std::equal(again.checks.checks().begin(), again.checks.checks().end(),
                           alone.checks.checks().begin(), alone.checks.checks().end()))
        << threads << " threads: " << failures(again) << "one: " << failures(alone);
  }
}

// The first file has the opening of a journal and its first ballot, which is wrong, so nobody asks
// for proofs when the challenge of the second is looked at.
TEST(WholeRecord, IsAskedForChallengesWhenProofsHaveFailed) {
  for (const bool is_false : {false, true}) {
    std::size_t ballots = 0;
    std::size_t ends = 0;
    const auto spoil = [&](stage s, small_election& e) {
      if (s == stage::ballot && ++ballots == 1) {
        ballot_draft& first = e.draft.journals.back().ballots.back();
        first.ballot.contests[0].bits().z_B.octets[0] ^= std::byte{1};
      } else if (s == stage::resolution && ++ends == 2 && is_false) {
        auto& choices =
            std::get<challenge_item>(e.draft.journals.back().ballots.back().resolution).choices;
        std::swap(choices[0].bits[0], choices[0].bits[1]);
      }
    };
    scenario plan = small_scenario();
    plan.items_a_ballot_file = 3;
    small_election election(plan, 9, spoil);
    election.make();
    const temporary_directory dir;
    election.write(dir.path() / "r");
    const record_verdict outcome = verify_at(dir.path() / "r");
    EXPECT_EQ(outcome.checks.find("ballot.proof")->status, check_status::fail) << failures(outcome);
    EXPECT_EQ(outcome.checks.find("ballot.challenge")->status,
              is_false ? check_status::fail : check_status::pass)
        << failures(outcome);
  }
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

INSTANTIATE_TEST_SUITE_P(Scenarios, WholeRecord,
                         ::testing::Values(small_scenario, tiny_scenario, eventful_scenario,
                                           mixed_scenario));

TEST(WholeRecord, TellsOfSubtotalsAndTies) {
  scenario plan = small_scenario();
  small_election election(plan, 5);
  election.make();
  const temporary_directory dir;
  election.write(dir.path() / "r");
  const record_verdict outcome = verify_at(dir.path() / "r", 2);
  EXPECT_TRUE(outcome.accepted) << failures(outcome);
  ASSERT_EQ(outcome.subtotals.size(), 2U);
  EXPECT_EQ(outcome.subtotals[0].places, std::vector<std::string>{"branch-a1"});
  EXPECT_EQ(outcome.subtotals[0].ballots, 3U);
  EXPECT_EQ(outcome.subtotals[1].places, (std::vector<std::string>{"branch-a2", "branch-b1"}));
  EXPECT_EQ(outcome.subtotals[1].ballots, 4U);
  for (std::size_t p = 0; p < 2; ++p) {
    const auto expected = counts_of_part(plan, plan.parts[p]);
    const auto& found = outcome.subtotals[p].counts;
    EXPECT_EQ(found.contest, "council");
    ASSERT_EQ(found.options.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(found.options[i].votes, expected[i]);
    }
  }
  ASSERT_EQ(outcome.ties.size(), 1U);
  EXPECT_EQ(outcome.ties[0].contest, "mayor");
  EXPECT_EQ(outcome.ties[0].state, tie_state::resolved_with_lot);
  EXPECT_EQ(outcome.ties[0].alternates, 1U);
  auto tied = outcome.ties[0].options;
  std::sort(tied.begin(), tied.end());
  EXPECT_EQ(tied, (std::vector<std::string>{"option-1", "option-2"}));
}

TEST(WholeRecord, StandsWithOpenTies) {
  for (const bool named : {true, false}) {
    scenario plan = small_scenario();
    plan.resolves_ties = false;
    if (!named) {
      plan.election.beacon.clear();
    }
    small_election election(plan, 6);
    election.make();
    const temporary_directory dir;
    election.write(dir.path() / "r");
    const record_verdict outcome = verify_at(dir.path() / "r", 2);
    EXPECT_TRUE(outcome.accepted) << failures(outcome);
    ASSERT_EQ(outcome.ties.size(), 1U);
    EXPECT_EQ(outcome.ties[0].state, tie_state::open);
    EXPECT_EQ(outcome.ties[0].options, (std::vector<std::string>{"option-1", "option-2"}));
  }
}

// Attributes that differ decide without a lot.
TEST(WholeRecord, AttributesAloneMayDecide) {
  const auto differ = [](stage s, small_election& e) {
    if (s == stage::ties) {
      e.draft.ties.attributes[0].options[1].values[0] = 1;
      e.draft.ties.reveals.clear();
      e.draft.ties.beacon.reset();
    }
  };
  small_election election(small_scenario(), 7, differ);
  election.make();
  const temporary_directory dir;
  election.write(dir.path() / "r");
  const record_verdict outcome = verify_at(dir.path() / "r", 2);
  EXPECT_TRUE(outcome.accepted) << failures(outcome);
  ASSERT_EQ(outcome.ties.size(), 1U);
  EXPECT_EQ(outcome.ties[0].state, tie_state::resolved);
  EXPECT_EQ(outcome.ties[0].options, (std::vector<std::string>{"option-2", "option-1"}));
}

TEST(WholeRecord, TellsOfExclusionsAndRecoveries) {
  small_election election(eventful_scenario(), 4);
  election.make();
  const temporary_directory dir;
  election.write(dir.path() / "r");
  const record_verdict outcome = verify_at(dir.path() / "r", 2);
  EXPECT_TRUE(outcome.accepted) << failures(outcome);
  const auto branches = election.context().index().branches();
  EXPECT_EQ(outcome.exclusions,
            (std::vector<excluded_journal>{{branches[2], "branch-b1", device_index(1), 5, "other",
                                            "its seal was broken", 1}}));
  EXPECT_EQ(outcome.recoveries,
            (std::vector<recovered_device>{
                {branches[0], "branch-a1", device_index(2), "the power supply burnt out", 1}}));
}

// What the exclusion is for: a device that encrypts falsely, repeats another's ballot and breaks
// its chain spoils its own journal only. The same ballot without the exclusion is rejected.
TEST(WholeRecord, EvidenceMayHoldAnythingThatDecodesInStructure) {
  const auto spoil = [](stage s, small_election& e) {
    if (s != stage::ballot || e.draft.journals.back().opening.place.branch.value() != 6) {
      return;
    }
    ballot_item& b = e.draft.journals.back().ballots.back().ballot;
    b.contests[0].ciphertexts[0] = e.draft.journals[0].ballots[0].ballot.contests[0].ciphertexts[0];
    b.contests[0].ciphertexts[1].beta.octets.fill(std::byte{0xff});
    b.contests[0].bits().f.pop_back();
    b.previous = {};
    b.number = serial(77);
    b.style = style_index(99);
    e.draft.journals.back().opening.device_key.octets.fill(std::byte{0xff});
  };
  scenario plan = eventful_scenario();
  // The excluded journal's cast ballot is of a style that no log could name.
  plan.election.eligibility = eligibility_log::none;
  for (const bool excluded : {true, false}) {
    if (!excluded) {
      plan.lost.pop_back();
    }
    small_election election(plan, 5, spoil);
    election.make();
    const temporary_directory dir;
    election.write(dir.path() / "r");
    const record_verdict outcome = verify_at(dir.path() / "r");
    EXPECT_EQ(outcome.accepted, excluded) << failures(outcome);
  }
}

TEST(WholeRecord, MayLoseAJournalWithoutATrace) {
  scenario plan = eventful_scenario();
  plan.lost.back().excluded = exclusion_reason::lost;
  plan.lost.back().remark.clear();
  const auto forget = [](stage s, small_election& e) {
    if (s == stage::exclusion) {
      exclusion_item& x = *e.draft.journals.back().exclusion;
      x = *exclude_journal(e.context().chain(), x.place, x.time, x.reason, x.remark, {});
    } else if (s == stage::items) {
      auto& items = e.draft.items[record_section::ballots];
      const auto at = std::find_if(items.begin(), items.end(), [](const framed_item& item) {
        return item.kind == item_kind::exclusion;
      });
      items.erase(at + 1, at + 4);  // opening, ballot, cast
    }
  };
  small_election election(plan, 6, forget);
  election.make();
  const temporary_directory dir;
  election.write(dir.path() / "r");
  const record_verdict outcome = verify_at(dir.path() / "r");
  EXPECT_TRUE(outcome.accepted) << failures(outcome);
  ASSERT_EQ(outcome.exclusions.size(), 1U);
  EXPECT_EQ(outcome.exclusions[0].cast_items, 0U);
}

TEST(WholeRecord, MayHoldNoBallot) {
  scenario plan = small_scenario();
  plan.votes.clear();
  plan.parts.clear();
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
  plan.parts.clear();
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
  const auto workers = make_jthread_executor(3);
  std::map<std::string_view, verify_progress> last;
  const auto caller = std::this_thread::get_id();
  const auto outcome = verify_record(dir.path() / "r", {}, *workers, [&](const verify_progress& p) {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    EXPECT_GE(p.done, last[p.phase].done);
    EXPECT_GE(p.ballots, last[p.phase].ballots);
    last[p.phase] = p;
  });
  ASSERT_TRUE(outcome);
  for (const std::string_view phase : {"files", "ballots"}) {
    EXPECT_GT(last[phase].total, 0U) << phase;
    EXPECT_EQ(last[phase].done, last[phase].total) << phase;
  }
  EXPECT_EQ(last["ballots"].ballots, small_scenario().votes.size());
}

// What the caller's own function throws comes back to the caller.
TEST(WholeRecord, HandsOnWhatProgressThrows) {
  small_election election(small_scenario(), 3);
  election.make();
  const temporary_directory dir;
  election.write(dir.path() / "r");
  struct enough {};
  for (const std::string_view phase : {"files", "ballots"}) {
    const auto workers = make_jthread_executor(3);
    const auto stop = [phase](const verify_progress& p) {
      if (p.phase == phase) {
        throw enough{};
      }
    };
    EXPECT_THROW(static_cast<void>(verify_record(dir.path() / "r", {}, *workers, stop)), enough);
    EXPECT_TRUE(verify_record(dir.path() / "r", {}, *workers)->accepted);
  }
}

// A ballot file that is exchanged after its hash was found right.
TEST(WholeRecord, IsRejectedIfAFileChangesBetweenThePasses) {
  small_election election(small_scenario(), 3);
  election.make();
  for (const unsigned threads : {1U, 3U}) {
    const temporary_directory dir;
    election.write(dir.path() / "r");
    const auto file = dir.path() / "r" / "ballots-000001.pb";
    const auto workers = make_jthread_executor(threads);
    bool changed = false;
    const auto outcome =
        verify_record(dir.path() / "r", {}, *workers, [&](const verify_progress& p) {
          if (p.phase == "files" && p.done == p.total && !changed) {
            std::fstream content(file, std::ios::binary | std::ios::in | std::ios::out);
            content.seekg(-1, std::ios::end);
            const auto last = static_cast<char>(content.get() ^ 1);
            content.seekp(-1, std::ios::end);
            content.put(last);
            changed = true;
          }
        });
    ASSERT_TRUE(outcome);
    EXPECT_TRUE(changed);
    EXPECT_FALSE(outcome->accepted);
    EXPECT_EQ(outcome->checks.find("record.files")->status, check_status::fail);
    EXPECT_EQ(outcome->checks.find("record.files")->reason,
              "is not, or no longer, the listed file");
  }
}

// A folder that is none any more: what was opened goes on, and nothing else can be opened, for a
// reason that is not the record's.
void make_unreadable(const std::filesystem::path& directory) {
  std::filesystem::rename(directory, directory.string() + "-away");
  std::ofstream(directory) << "no folder";
}

// From the first progress that is asked for on, nothing of the record can be opened. Each phase
// has read what it reads whole before the first progress of it, or has all to read after it.
TEST(WholeRecord, HasNoVerdictIfItCanNoLongerBeRead) {
  scenario plan = small_scenario();
  small_election in_one_file(plan, 3);
  in_one_file.make();
  plan.items_a_ballot_file = 5;
  small_election in_several(plan, 3);
  in_several.make();
  using when = std::function<bool(const verify_progress&)>;
  struct row {
    const small_election& election;
    std::string unreadable;
    when now;
  };
  const row rows[] = {
      {in_one_file, "ceremony.pb",
       [](const verify_progress& p) { return p.phase == "files" && p.done < p.total; }},
      {in_several, "ballots-000002.pb",
       [](const verify_progress& p) { return p.phase == "ballots"; }},
      {in_one_file, "tally.pb",
       [](const verify_progress& p) { return p.phase == "files" && p.done == p.total; }},
      {in_one_file, "tally.pb", [](const verify_progress& p) { return p.phase == "ballots"; }},
      {in_one_file, "opening.pb",
       [](const verify_progress& p) { return p.phase == "ballots" && p.done == p.total; }}};
  for (const row& r : rows) {
    SCOPED_TRACE(r.unreadable);
    const temporary_directory dir;
    r.election.write(dir.path() / "r");
    sequential_executor here;
    bool gone = false;
    const auto outcome = verify_record(dir.path() / "r", {}, here, [&](const verify_progress& p) {
      if (!gone && r.now(p)) {
        make_unreadable(dir.path() / "r");
        gone = true;
      }
    });
    EXPECT_TRUE(gone);
    ASSERT_FALSE(outcome) << failures(*outcome);
    EXPECT_EQ(outcome.error().code, errc::io);
    EXPECT_NE(to_string(outcome.error()).find(r.unreadable), std::string::npos)
        << to_string(outcome.error());
  }
}

}  // namespace
}  // namespace sandoq::testing
