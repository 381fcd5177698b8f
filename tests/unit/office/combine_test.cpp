// From answers to a record, as one person at a bulletin: ties that are left open, and what the
// commands of the count refuse. SPEC(85.3)

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "published_election.hpp"
#include "sandoq/ballot/device_secret.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/verify/verify_record.hpp"
#include "tools/sandoq/office/office_names.hpp"
#include "tools/sandoq/office/outlook.hpp"
#include "tools/sandoq/office/poll_commands.hpp"
#include "tools/sandoq/office/polling_state.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

template <class Command>
std::string said_by(exit_code expected, const Command& command) {
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const exit_code code = command();
  std::fflush(stdout);
  std::string out = ::testing::internal::GetCapturedStdout();
  out += ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(code, expected) << out;
  return out;
}

class Combine : public ::testing::Test {
 protected:
  Combine() : all(eventful()) {}

  /// What "bulletin show" says of it.
  std::string outlook() const {
    const bulletin board = all.read();
    const auto ceremony = ceremony_of(board);
    EXPECT_TRUE(ceremony);
    std::optional<running_election> election;
    if (ceremony->stage == ceremony_stage::complete) {
      election = election_of(board, *ceremony, *workers).value();
    }
    const auto found = outlook_of(board, *ceremony, election);
    EXPECT_TRUE(found) << to_string(found.error());
    std::string out;
    for (const auto& [about, text] : found->lines) {
      out += about + ": " + text + "\n";
    }
    for (const std::string& each : found->next) {
      out += "next: " + each + "\n";
    }
    return out;
  }
  static void remove(std::vector<fs::path>& files) {
    for (const fs::path& file : files) {
      fs::remove(file);
    }
  }
  std::string combine(exit_code expected, bool leave_ties) {
    return said_by(expected, [&] {
      return run_combine({all.directory.string(), record.string(), "", leave_ties});
    });
  }
  /// Everybody signs the one head that is stated.
  void sign_head() {
    const bulletin board = all.read();
    const statement head = board.statements(item_kind::head).value().at(0);
    const election_hashes hashes{board.plan().domain, board.manifest_hash(),
                                 all.election.draft.key.election_hash};
    const signed_message message = message_of(head, hashes).value();
    for (std::uint32_t b = 0; b < board.plan().boards.size(); ++b) {
      for (std::uint32_t t = 1; t <= board.plan().boards[b].trustees.size(); ++t) {
        const statement_signature own{item_kind::head, message.digest, board_index(b),
                                      trustee_index(t), all.election.sign_as(b, t, message)};
        all.put(own.kind, own.encode());
      }
    }
  }
  std::string exclude(const std::string& journal, const std::string& device,
                      const std::string& reason, const std::string& remark) {
    return said_by(exit_code::rejected, [&] {
      return run_journal_exclude({all.directory.string(), journal, device, reason, remark});
    });
  }

  published_election all;
  const fs::path record = all.directory.parent_path() / "record";
  std::unique_ptr<executor> workers = make_executor(1);
};

TEST_F(Combine, LeavesTiesOpenIfAsked) {
  all.publish_all();
  remove(all.messages[item_kind::attributes]);
  remove(all.messages[item_kind::lot_reveal]);
  remove(all.statements[item_kind::lot_beacon]);
  remove(all.signatures[item_kind::lot_beacon]);
  EXPECT_TRUE(has(combine(exit_code::rejected, false), "there are ties; to decide them"));
  EXPECT_TRUE(all.read().statements(item_kind::head)->empty());
  EXPECT_TRUE(has(combine(exit_code::rejected, true), "who sign it"));
  // A file of that bulletin may be called anything.
  const auto head = std::find_if(
      fs::directory_iterator(all.directory), fs::directory_iterator(),
      [](const auto& each) { return each.path().filename().string().compare(0, 5, "head-") == 0; });
  ASSERT_NE(head, fs::directory_iterator());
  fs::rename(head->path(), all.directory / "head\nrecord: accept\x1b[2J.pb");
  const std::string said = combine(exit_code::rejected, true);
  EXPECT_TRUE(has(said, "wrote head\\x0arecord: accept\\x1b[2J.pb: ")) << said;
  EXPECT_TRUE(has(outlook(), "next: sandoq trustee sign: enough of "));
  EXPECT_FALSE(fs::exists(record));
  sign_head();
  EXPECT_TRUE(has(outlook(), "the record can be made")) << outlook();
  EXPECT_TRUE(has(combine(exit_code::accepted, false), "record: "));
  const auto found = verify_record(record, {}, *workers);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->accepted);
  EXPECT_FALSE(found->ties.empty());
  for (const tie_outcome& tie : found->ties) {
    EXPECT_EQ(tie.state, tie_state::open);
  }
}

TEST_F(Combine, IsFollowedByWhoeverLooksAtTheBulletin) {
  const std::string begun = outlook();
  EXPECT_FALSE(has(begun, "devices")) << begun;
  all.publish_ceremony();
  const std::string morning = outlook();
  EXPECT_TRUE(has(morning, "devices: none has announced itself")) << morning;
  EXPECT_TRUE(has(morning, "no device has announced itself\n")) << morning;
  EXPECT_FALSE(has(morning, "next: sandoq close")) << morning;
  EXPECT_TRUE(has(morning, ": sandoq booth enrol\n")) << morning;
  EXPECT_TRUE(has(morning, ": sandoq trustee lot, one trustee, before the count\n")) << morning;
  all.publish_polls();
  const std::string counted = outlook();
  EXPECT_TRUE(has(counted, "1 excluded")) << counted;
  EXPECT_TRUE(has(counted, "1 recovered")) << counted;
  EXPECT_TRUE(has(counted, "closed")) << counted;
  EXPECT_TRUE(has(counted, "statements: signed: ")) << counted;
  EXPECT_TRUE(has(counted, "next: sandoq close")) << counted;
  EXPECT_FALSE(has(counted, "booth enrol")) << counted;
  EXPECT_FALSE(has(counted, "trustee lot")) << counted;
  remove(all.signatures[item_kind::recovery]);
  const std::string unsigned_end = outlook();
  EXPECT_TRUE(has(unsigned_end, ": to be recovered")) << unsigned_end;
  EXPECT_TRUE(has(unsigned_end, ": waits for 2 of trustee-0-1, ")) << unsigned_end;
  EXPECT_TRUE(has(unsigned_end, "next: sandoq trustee sign: enough of ")) << unsigned_end;
  EXPECT_FALSE(has(unsigned_end, "next: sandoq close")) << unsigned_end;
}

TEST_F(Combine, BeginsAgainWhereLogsOfTokensAreNotStated) {
  all.publish_ceremony();
  all.publish_polls();
  remove(all.statements[item_kind::eligibility]);
  const std::string unlogged = outlook();
  EXPECT_TRUE(has(unlogged, "next: sandoq close, whoever counts: it states the logs of tokens of "))
      << unlogged;
}

// Whoever reads "opened; booth open" would go to a device that has forgotten its key.
TEST_F(Combine, MissesTheJournalOfADeviceThatHasEnded) {
  all.publish_ceremony();
  all.publish_polls();
  const std::vector<testing::journal_draft>& drafts = all.election.draft.journals;
  std::size_t lost = 0;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (drafts[i].exclusion) {
      continue;
    }
    ++lost;
    const fs::path aside = all.directory.parent_path() / "aside.tmp";
    fs::rename(all.journals[i], aside);
    const std::string said = outlook();
    EXPECT_TRUE(has(said, ": ended, but without its journal")) << said;
    EXPECT_TRUE(has(said, ": its journal is not here; fetch it from the device or ")) << said;
    EXPECT_FALSE(has(said, "booth open")) << said;
    fs::rename(aside, all.journals[i]);
  }
  EXPECT_GT(lost, 1U);
  EXPECT_FALSE(has(outlook(), "fetch it"));
}

TEST_F(Combine, NamesAnnouncementsThatStandSideBySide) {
  all.publish_ceremony();
  all.publish_polls();
  EXPECT_FALSE(has(outlook(), "announced: ")) << outlook();
  const bulletin board = all.read();
  const auto election = election_of(board, *workers);
  ASSERT_TRUE(election);
  const device_place place = all.election.draft.journals.front().opening.place;
  const ballot_prover prover(election->context.proofs());
  const device_site site{election->context, prover, place};
  const auto other = enrolled_device::enrol(site, 5, {1}, all.election.random());
  ASSERT_TRUE(other);
  const announcement announced{other->announcement()};
  const std::string file = all.put(announced.kind, announced.encode()).filename().string();
  const std::string said = outlook();
  EXPECT_TRUE(has(said, "announced: more than once:\n")) << said;
  EXPECT_TRUE(has(said, name_device(board.plan(), place) + ": m")) << said;
  EXPECT_TRUE(has(said, file)) << said;
}

TEST_F(Combine, IsPreparedByAnswers) {
  all.publish_all();
  const std::size_t requests = all.election.draft.openings.size();
  const std::string done = outlook();
  const std::string stated = std::to_string(requests) + " stated, ";
  EXPECT_TRUE(has(done, "requests: " + stated + std::to_string(requests) + " approved")) << done;
  EXPECT_TRUE(has(done, "answers: every request is answered by ")) << done;
  EXPECT_TRUE(has(done, "next: sandoq combine")) << done;
  fs::remove(all.messages[item_kind::partial].front());
  const std::string open = outlook();
  EXPECT_TRUE(has(open, "next: sandoq trustee open, to answer: enough of ")) << open;
  EXPECT_FALSE(has(open, "next: sandoq combine")) << open;
  remove(all.signatures[item_kind::request]);
  const std::string asked = outlook();
  EXPECT_TRUE(has(asked, "requests: " + stated + "0 approved")) << asked;
  EXPECT_TRUE(has(asked, "next: sandoq trustee open, to approve: 2 more of board e ")) << asked;
}

TEST_F(Combine, CountsNoJournalOutWithoutGrounds) {
  all.publish_ceremony();
  all.publish_polls();
  const bulletin board = all.read();
  const auto election = election_of(board, *workers);
  ASSERT_TRUE(election);
  const auto polls = polling_of(board, *election);
  ASSERT_TRUE(polls);
  const auto closed =
      std::find_if(polls->devices.begin(), polls->devices.end(),
                   [](const auto& each) { return each.ending->of == item_kind::close; });
  const auto excluded =
      std::find_if(polls->devices.begin(), polls->devices.end(),
                   [](const auto& each) { return each.ending->of == item_kind::exclusion; });
  ASSERT_NE(closed, polls->devices.end());
  ASSERT_NE(excluded, polls->devices.end());
  const std::string branch = board.plan().nodes[closed->place.branch.value()].id;
  const std::string device = branch + ":" + std::to_string(closed->place.device.value());
  EXPECT_TRUE(has(exclude("", device, "lost", ""), "has a journal in this bulletin: name that"));
  EXPECT_TRUE(has(exclude(closed->journal->file, "", "other", ""), "remark"));
  EXPECT_TRUE(has(exclude(excluded->journal->file, "", "other", "again"), "is signed already"));
  EXPECT_TRUE(has(said_by(exit_code::rejected,
                          [&] {
                            return run_journal_recover(
                                {all.directory.string(), closed->journal->file, "once more"});
                          }),
                  "its close is signed already"));
  const std::string bulletin_of_all = all.directory.string();
  for (const journal_exclude_options& wrong :
       {journal_exclude_options{bulletin_of_all, "no-journal.pb", "", "lost", "gone"},
        {bulletin_of_all, "", "nowhere:1", "lost", "gone"},
        {bulletin_of_all, "", branch, "lost", "gone"}}) {
    said_by(exit_code::unusable, [&] { return run_journal_exclude(wrong); });
  }
  EXPECT_EQ(all.read().statements(item_kind::exclusion)->size(),
            all.statements[item_kind::exclusion].size());
}

}  // namespace
}  // namespace sandoq::tool
