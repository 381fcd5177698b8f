// Proposals to end a journal that its device has not ended: with the evidence that is there, beside
// what others have proposed, and none where the boards have signed one. SPEC(85.3)

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "published_election.hpp"
#include "tools/sandoq/office/exchange_items.hpp"
#include "tools/sandoq/office/poll_commands.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

class JournalCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    all.publish_ceremony();
    all.publish_polls();
  }
  std::string journal(std::size_t i) const { return all.journals[i].filename().string(); }
  exit_code recover(std::size_t i) const {
    return run_journal_recover({all.directory.string(), journal(i), "it fell"});
  }
  exit_code exclude(const std::string& file, const std::string& device,
                    const std::string& reason = "lost") const {
    return run_journal_exclude({all.directory.string(), file, device, reason, "found open"});
  }
  std::vector<statement> stated(item_kind kind) const {
    return all.read().statements(kind).value();
  }

  published_election all{testing::small_scenario()};
};

TEST_F(JournalCommand, RecoversWhatHasNoOtherEnd) {
  EXPECT_EQ(recover(0), exit_code::rejected) << "its close is signed";
  EXPECT_TRUE(stated(item_kind::recovery).empty());
  fs::remove(all.statements[item_kind::close].front());
  EXPECT_EQ(recover(0), exit_code::accepted);
  const auto made = stated(item_kind::recovery);
  ASSERT_EQ(made.size(), 1U);
  const auto item = decode_body<recovery_item>(made.front());
  ASSERT_TRUE(item);
  EXPECT_EQ(item->place, all.election.draft.journals.front().opening.place);
  EXPECT_EQ(item->counters, all.election.draft.journals.front().close.counters);
  // Whoever states something first keeps nobody from stating what is so.
  EXPECT_EQ(recover(0), exit_code::accepted);
  EXPECT_EQ(stated(item_kind::recovery).size(), 2U);
}

TEST_F(JournalCommand, ExcludesWithTheEvidence) {
  const device_place place = all.election.draft.journals.front().opening.place;
  const manifest& plan = all.election.draft.election;
  const std::string name =
      plan.nodes[place.branch.value()].id + ":" + std::to_string(place.device.value());
  EXPECT_EQ(exclude("", name), exit_code::rejected) << "its journal is evidence";
  EXPECT_EQ(exclude(journal(0), "", "dislike"), exit_code::unusable);
  EXPECT_TRUE(stated(item_kind::exclusion).empty());
  EXPECT_EQ(exclude(journal(0), ""), exit_code::accepted);  // heavier than a close
  const auto made = stated(item_kind::exclusion);
  ASSERT_EQ(made.size(), 1U);
  const auto item = decode_body<exclusion_item>(made.front());
  ASSERT_TRUE(item);
  EXPECT_EQ(item->place, place);
  EXPECT_EQ(item->reason, exclusion_reason::lost);
  EXPECT_EQ(recover(0), exit_code::rejected) << "its close is signed";
}

}  // namespace
}  // namespace sandoq::tool
