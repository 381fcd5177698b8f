// People read the ids of the manifest, not the numbers by which the library knows boards, trustees
// and places.

#include "tools/sandoq/office/office_names.hpp"

#include <gtest/gtest.h>

#include <string>

#include "published_election.hpp"

namespace sandoq::tool {
namespace {

manifest plan_with(const std::string& first, const std::string& second) {
  manifest out;
  out.boards = {{first, {}, 2, std::vector<trustee_entry>(3)},
                {second, {}, 1, std::vector<trustee_entry>(1)}};
  out.boards[0].trustees[1].id = "bahar";
  out.boards[1].trustees[0].id = "darya";
  out.nodes.resize(2);
  out.nodes[1].id = "17";
  return out;
}

TEST(OfficeNames, PeopleAndPlacesGoByTheirIds) {
  const manifest plan = plan_with("executive", "supervision");
  EXPECT_EQ(name_board(plan, board_index(1)), "board supervision");
  EXPECT_EQ(name_trustee(plan, {board_index(0), trustee_index(2)}), "bahar");
  EXPECT_EQ(name_device(plan, {branch_index(1), device_index(2)}), "device 2 of branch 17");
  EXPECT_EQ(name_device(plan, {branch_index(9), device_index(2)}),
            "device 2 of node 9, which is no branch");
}

TEST(OfficeNames, StandInTextsOfTheLibrary) {
  const manifest plan = plan_with("executive", "supervision");
  EXPECT_EQ(
      with_names(plan, "the share from board 0/trustee 2 is wrong, so board 1/trustee 1 said"),
      "the share from bahar is wrong, so darya said");
  EXPECT_EQ(with_names(plan, "board 1"), "board supervision");
  EXPECT_EQ(with_names(plan, "manifest/board 0/key"), "manifest/board executive/key");
  // What is of nobody, or no number, stays.
  EXPECT_EQ(with_names(plan, "board 0/trustee 4, board 7, a board, board executive"),
            "board 0/trustee 4, board 7, a board, board executive");
  EXPECT_EQ(with_names(plan, "board 99999999999/trustee 1"), "board 99999999999/trustee 1");
  const error named = with_names(plan, error{errc::missing, "board 0", "board 1/trustee 1 stays"});
  EXPECT_EQ(named.place + ": " + named.reason, "board executive: darya stays");
}

TEST(OfficeNames, ABoardThatIsCalledByANumberIsNotTakenForAnother) {
  const manifest plan = plan_with("1", "0");
  EXPECT_EQ(with_names(plan, name_board(plan, board_index(0))), "board 1");
  EXPECT_EQ(with_names(plan, "board 0/trustee 2"), "bahar");
}

}  // namespace
}  // namespace sandoq::tool
