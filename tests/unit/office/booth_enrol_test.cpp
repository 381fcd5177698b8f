// Where a device cannot be enrolled: at a place that the bulletin knows by an announcement (see
// booth_test.cpp), by a journal, or by an opening that the boards have signed. SPEC(85.1)

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "published_election.hpp"
#include "sandoq/core/executor.hpp"
#include "tools/sandoq/office/booth_steps.hpp"
#include "tools/sandoq/office/running_election.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

class BoothEnrol : public ::testing::Test {
 protected:
  void SetUp() override {
    all.publish_ceremony();
    all.publish_polls();
    const bulletin board = all.read();
    for (const published* each :
         board.messages(static_cast<std::uint32_t>(exchange_kind::announcement))) {
      fs::remove(all.directory / each->file);
    }
  }

  /// Why a second device of the first one's name is refused; empty if it is enrolled.
  std::string refusal() {
    bulletin board = all.read();
    const auto election = election_of(board, *workers);
    EXPECT_TRUE(election) << to_string(election.error());
    const device_place place = all.election.draft.journals.front().opening.place;
    const auto made = enrol_device(folder, board, *election, {place, 5}, all.election.random());
    EXPECT_EQ(fs::exists(folder), made.has_value());
    return made ? "" : to_string(made.error());
  }

  std::unique_ptr<executor> workers = make_executor(1);
  published_election all{testing::tiny_scenario()};
  const fs::path folder = all.directory.parent_path() / "second";
};

TEST_F(BoothEnrol, RefusesAPlaceWithAJournal) {
  const std::string file = all.journals.front().filename().string();
  EXPECT_NE(refusal().find("is known by its journal already (" + file + ")"), std::string::npos)
      << refusal();
}

TEST_F(BoothEnrol, RefusesAPlaceThatTheBoardsHaveOpened) {
  for (const fs::path& journal : all.journals) {
    fs::remove(journal);
  }
  const std::string file = all.statements[item_kind::opening].front().filename().string();
  EXPECT_NE(refusal().find("is opened already (" + file + ")"), std::string::npos) << refusal();
  // A statement that nobody has signed holds no place: anybody can write one.
  for (const fs::path& signature : all.signatures[item_kind::opening]) {
    fs::remove(signature);
  }
  EXPECT_EQ(refusal(), "");
}

}  // namespace
}  // namespace sandoq::tool
