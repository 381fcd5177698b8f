// Which journal of a device counts once the boards have said how it ended, whatever else is
// published under its number. SPEC(85.1) SPEC(85.3)

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "published_election.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/core/executor.hpp"
#include "tools/sandoq/office/journal_outcome.hpp"
#include "tools/sandoq/office/polling_state.hpp"
#include "tools/sandoq/office/running_election.hpp"
#include "tools/sandoq/office/whole_journal.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

class JournalClaims : public ::testing::Test {
 protected:
  const testing::journal_draft& draft(std::size_t i) const {
    return all.election.draft.journals[i];
  }
  const device_place& place(std::size_t i) const { return draft(i).opening.place; }
  std::size_t excluded() const {
    std::size_t i = 0;
    while (!draft(i).exclusion) {
      ++i;
    }
    return i;
  }

  fs::path put_journal(const std::string& name, const std::vector<journal_entry>& entries) {
    bytes file;
    for (const journal_entry& each : entries) {
      append_item(file, static_cast<item_kind>(each.kind), each.canonical);
    }
    const auto done = write_durably(all.directory / name, file);
    EXPECT_TRUE(done) << to_string(done.error());
    return all.directory / name;
  }

  std::string why_left_aside(const fs::path& file) const {
    const bulletin board = all.read();
    for (const ignored_message& each : board.left_aside()) {
      if (each.file == file.filename().string()) {
        return each.reason;
      }
    }
    return "";
  }
  static bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
  }

  /// The exclusion without a journal takes the place of the one with it.
  void lose_journal(std::size_t i) {
    fs::remove(all.journals[i]);
    for (const auto* files :
         {&all.statements[item_kind::exclusion], &all.signatures[item_kind::exclusion]}) {
      for (const fs::path& file : *files) {
        fs::remove(file);
      }
    }
    const auto item = exclude_journal(all.election.context().chain(), place(i), {5},
                                      exclusion_reason::lost, "", {});
    ASSERT_TRUE(item) << to_string(item.error());
    const statement what = state(item_kind::exclusion, *item);
    all.put(what.kind, what.encode());
    (void)all.sign_statement(what, draft(i).opening.signatures);
  }

  published_election all{testing::tiny_eventful_scenario()};
  sequential_executor workers;
};

// All of these can be made of what is public.
TEST_F(JournalClaims, AreOfTheOneThatItsEndIsOf) {
  all.publish_all();
  std::vector<fs::path> junk;
  for (std::size_t i = 0; i < all.journals.size(); ++i) {
    const std::string end = std::to_string(i) + ".pb";
    const journal_entry opening{journal_kind::opening, draft(i).opening.encode()};
    if (draft(i).exclusion) {  // its journal is an opening alone
      junk.push_back(
          put_journal("a-bare-" + end, {{journal_kind::exclusion, draft(i).exclusion->encode()}}));
      junk.push_back(put_journal("a-long-" + end, {opening, opening}));
    } else if (draft(i).recovery) {
      junk.push_back(put_journal("a-short-" + end, {opening}));
    } else {
      continue;
    }
    put_journal("b-as-in-the-record-" + end, draft(i).entries());
  }
  ASSERT_EQ(junk.size(), 3U);
  for (const fs::path& file : junk) {
    EXPECT_TRUE(has(why_left_aside(file), "with another journal")) << why_left_aside(file);
  }
  const bulletin board = all.read();
  EXPECT_EQ(board.journals().size(), all.journals.size());
  const auto same = check_head_statement(board, state_head(all.election.draft.head), workers);
  EXPECT_TRUE(same) << to_string(same.error());
}

// The boards have not signed its close yet.
TEST_F(JournalClaims, AreOfTheOneThatTheDeviceHasClosed) {
  all.publish_ceremony();
  all.publish_polls();
  for (const fs::path& file : all.signatures[item_kind::close]) {
    fs::remove(file);
  }
  ASSERT_FALSE(draft(0).exclusion || draft(0).recovery);
  const fs::path junk = put_journal("a.pb", {{journal_kind::opening, draft(0).opening.encode()}});
  EXPECT_TRUE(
      has(why_left_aside(junk), "has not closed it, but " + all.journals[0].filename().string()))
      << why_left_aside(junk);
  for (const fs::path& file : all.statements[item_kind::close]) {
    fs::remove(file);
  }
  const auto two = bulletin::read(all.directory);
  ASSERT_FALSE(two);
  EXPECT_TRUE(has(to_string(two.error()), "are both the journal of")) << to_string(two.error());
}

TEST_F(JournalClaims, AreNoneOfADeviceThatIsExcludedWithoutOne) {
  all.publish_ceremony();
  all.publish_polls();
  const std::size_t lost = excluded();
  lose_journal(lost);
  const fs::path junk =
      put_journal("zz.pb", {{journal_kind::opening, draft(lost).opening.encode()}});
  EXPECT_TRUE(has(why_left_aside(junk), "without a journal")) << why_left_aside(junk);
  const bulletin board = all.read();
  const auto election = election_of(board, workers);
  ASSERT_TRUE(election) << to_string(election.error());
  const auto polls = polling_of(board, *election);
  ASSERT_TRUE(polls) << to_string(polls.error());
  EXPECT_TRUE(polls->missing.empty()) << polls->missing.front();
  const auto device =
      std::find_if(polls->devices.begin(), polls->devices.end(),
                   [&](const polled_device& each) { return each.place == place(lost); });
  ASSERT_NE(device, polls->devices.end());
  EXPECT_FALSE(device->journal);
  const auto items = whole_journal(board, *election, *device);
  ASSERT_TRUE(items) << to_string(items.error());
  ASSERT_EQ(items->size(), 1U);
  EXPECT_EQ(items->front().kind, journal_kind::exclusion);
}

// By the opening that the boards have signed, if the journal that begins with it is lost.
TEST_F(JournalClaims, AreNotNeededForWhatADeviceHasSigned) {
  all.publish_ceremony();
  all.publish_polls();
  const std::size_t lost = excluded();
  device_tokens own{place(lost), {{{}, style_index(0)}}, {}};
  device_tokens forged = own;
  all.sign_tokens(lost, own);
  all.sign_tokens(lost == 0 ? 1 : 0, forged);
  const fs::path tokens = all.put(own.kind, own.encode());
  const fs::path of_another = all.put(forged.kind, forged.encode());
  lose_journal(lost);
  EXPECT_EQ(why_left_aside(tokens), "");
  EXPECT_TRUE(has(why_left_aside(of_another), "is not signed by")) << why_left_aside(of_another);
  for (const fs::path& file : all.signatures[item_kind::opening]) {
    fs::remove(file);
  }
  EXPECT_TRUE(has(why_left_aside(tokens), "no opening of this device that the boards have signed"));
}

// The device did not resolve its last ballot: the recovery does, at its own time.
TEST_F(JournalClaims, GiveTheRecoveryAtWhateverTimeItIsStated) {
  all.publish_ceremony();
  std::vector<journal_entry> entries = draft(0).entries();
  while (entries.back().kind != journal_kind::ballot) {
    entries.pop_back();
  }
  const chain_context chain = all.election.context().chain();
  const auto election = election_of(all.read(), workers);
  ASSERT_TRUE(election) << to_string(election.error());
  const journal_outcome outcome(*election, place(0), evidence_in(entries));
  for (const std::uint64_t time : {0U, 7U, 99U}) {
    auto made = recover_journal(chain, evidence_in(entries), {time}, "it fell");
    ASSERT_TRUE(made) << to_string(made.error());
    EXPECT_EQ(outcome.resolution({time}), made->resolution);
    const auto same = outcome.gives(state(item_kind::recovery, made->recovery));
    EXPECT_TRUE(same) << to_string(same.error());
    made->recovery.time.value += 1;
    EXPECT_FALSE(outcome.gives(state(item_kind::recovery, made->recovery)));
  }
}

TEST_F(JournalClaims, AnAnswerIsToARequestThatTheBoardsHaveSigned) {
  all.publish_all();
  const fs::path& answer = all.messages[item_kind::partial].front();
  EXPECT_EQ(why_left_aside(answer), "");
  for (const fs::path& file : all.signatures[item_kind::request]) {
    fs::remove(file);
  }
  EXPECT_TRUE(has(why_left_aside(answer), "a request that the boards have signed here"));
}

}  // namespace
}  // namespace sandoq::tool
