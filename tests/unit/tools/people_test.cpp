#include "tools/sandoq/rehearsal/people.hpp"

#include <gtest/gtest.h>

#include <set>

namespace sandoq::tool {
namespace {

TEST(People, EverybodyHasAFolderOfTheirOwn) {
  const scenario s = village_scenario({40, 3});
  const town_people people = people_of(s);
  std::set<std::string> folders{people.clerk.folder, "stick", "record"};
  std::size_t count = 3;
  ASSERT_TRUE(people.authority);
  folders.insert(people.authority->folder);
  ++count;
  ASSERT_EQ(people.boards.size(), 2U);
  for (const auto& members : people.boards) {
    EXPECT_EQ(members.size(), 3U);
    for (const trustee_person& each : members) {
      folders.insert(each.folder);
      ++count;
    }
  }
  EXPECT_EQ(people.booths.size(), 5U);
  for (const booth_person& each : people.booths) {
    folders.insert(each.folder);
    ++count;
  }
  EXPECT_EQ(folders.size(), count);
}

TEST(People, NamesThatAreNoFileNamesBecomeNumbers) {
  ballot_file file;
  file.contest = "town";
  file.columns = 1;
  file.options = {"A", "B"};
  file.precincts = {"../up", "P1", "W-1 P-02", "شعبه"};
  const town_people people = people_of(scenario_of(file));
  std::vector<std::string> folders;
  for (const booth_person& each : people.booths) {
    folders.push_back(each.folder);
  }
  EXPECT_EQ(folders, (std::vector<std::string>{"booth-place.2-1", "booth-P1-1", "booth-place.4-1",
                                               "booth-place.5-1"}));
  EXPECT_EQ(people.booths[2].device(), "W-1 P-02:1");
  EXPECT_FALSE(people.authority);
}

TEST(People, VotersFindTheirDeviceAndMishapsTheirs) {
  scenario s = village_scenario({60, 2});
  ASSERT_TRUE(add_mishap(s, "upper-school:2", mishap::lost));
  const town_people people = people_of(s);
  std::size_t befallen = 0;
  for (const booth_person& each : people.booths) {
    EXPECT_EQ(each.befell.has_value(), each.device() == "upper-school:2");
    befallen += each.befell ? 1 : 0;
    std::uint32_t serials = 0;
    for (const voter& v : s.voters) {
      if (&people.booth_of(v) == &each) {
        serials += v.habit == voter_habit::casts ? 1 : 2;
      }
    }
    EXPECT_EQ(each.capacity, std::max(serials, 1U)) << each.device();
  }
  EXPECT_EQ(befallen, 1U);
}

TEST(People, OneMayStayAwayWhereABoardCanDoWithout) {
  scenario s = village_scenario({5, 1});
  EXPECT_EQ(people_of(s).absent(), nullptr);
  const town_people people = people_of(s, "executive-2");
  ASSERT_NE(people.absent(), nullptr);
  EXPECT_EQ(people.absent()->id, "executive-2");
  ASSERT_EQ(people.present(0).size(), 2U);
  EXPECT_EQ(people.present(0)[1]->id, "executive-3");
  EXPECT_EQ(people.present(1).size(), 3U);
  EXPECT_TRUE(check_absent(s.plan, ""));
  EXPECT_TRUE(check_absent(s.plan, "executive-2"));
  EXPECT_EQ(check_absent(s.plan, "nobody").error().code, errc::not_found);
  s.plan.boards[0].threshold = 3;
  EXPECT_EQ(check_absent(s.plan, "executive-2").error().code, errc::out_of_range);
  EXPECT_TRUE(check_absent(s.plan, "supervision-2"));
}

TEST(People, ARehearsalHasItsSize) {
  EXPECT_TRUE(check_rehearsal_size(village_scenario({most_rehearsal_voters, 1})));
  const auto many = check_rehearsal_size(village_scenario({most_rehearsal_voters + 1, 1}));
  ASSERT_FALSE(many);
  EXPECT_NE(to_string(many.error()).find("at most"), std::string::npos);
  EXPECT_FALSE(check_rehearsal_size(shorayari_scenario({1, 1})));
}

}  // namespace
}  // namespace sandoq::tool
