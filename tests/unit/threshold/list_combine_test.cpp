#include "sandoq/threshold/list_combine.hpp"

#include <gtest/gtest.h>

#include "tests/support/list_fixture.hpp"

namespace sandoq::list_combine_test {
namespace {

using group = ristretto255;
using testing::list_fixture;

struct opened_list_election {
  opened_list_election(std::vector<board_size> sizes, std::size_t pairs,
                       testing::deterministic_random& random)
      : election(std::move(sizes), random) {
    EXPECT_TRUE(election.run());
    keys = decode_keys(election.published()).value();
    for (std::size_t i = 0; i < pairs; ++i) {
      plaintexts.push_back(group::from_uniform_bytes(random.octets<64>()));
    }
    list.emplace(election, plaintexts, 1);
  }
  [[nodiscard]] verified_list_answers verified(std::vector<list_answer> answers) {
    return verify_list_answers(list->decoded(), election.keys(), keys, std::move(answers),
                               election.workers());
  }
  /// What the trustees at these places open together.
  [[nodiscard]] result<encoded_elements<group>> open(const std::vector<std::size_t>& places) {
    std::vector<list_answer> answers;
    for (const std::size_t place : places) {
      answers.push_back(list->answer(place));
    }
    return combine(list->decoded(), election.sizes(), verified(std::move(answers)),
                   election.workers());
  }

  testing::ceremony_fixture election;
  election_keys keys;
  std::vector<group::element> plaintexts;
  std::optional<list_fixture> list;
};

class ListCombine : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    static testing::deterministic_random random(testing::test_seed());
    e = new opened_list_election({{3, 2}, {3, 2}}, 6, random);
  }
  static void TearDownTestSuite() { delete e; }
  static opened_list_election* e;
};
opened_list_election* ListCombine::e = nullptr;

TEST_F(ListCombine, EveryQuorumOpensWhatWasEncrypted) {
  const encoded_elements<group> expected(e->plaintexts);
  const std::vector<std::vector<std::size_t>> quorums = {
      {0, 1, 3, 4}, {1, 2, 4, 5}, {5, 2, 0, 3}, {0, 1, 2, 3, 4, 5}, {3, 3, 1, 2, 4}};
  for (const auto& places : quorums) {
    const auto opened = e->open(places);
    ASSERT_TRUE(opened) << to_string(opened.error());
    EXPECT_EQ(*opened, expected);
  }
}

TEST_F(ListCombine, EveryBoardNeedsItsOwnThreshold) {
  const auto opened = e->open({1, 3, 4, 5});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().place, "board 0");
  EXPECT_NE(opened.error().reason.find("has 1 valid answers and needs 2"), std::string::npos);
  EXPECT_EQ(e->open({0, 1, 2, 5}).error().place, "board 1");
}

TEST_F(ListCombine, GarbageIsNamedAndDropped) {
  std::vector<list_answer> some;
  for (const std::size_t place : {5U, 3U, 2U, 1U, 0U, 4U}) {
    some.push_back(e->list->answer(place));
  }
  some[1].factors[5] ^= std::byte{1};             // board 1, trustee 1
  some[3].item.proof.octets[70] ^= std::byte{1};  // board 0, trustee 2
  some.push_back(some[0]);
  some.back().item.trustee = trustee_index(4);
  const auto verified = e->verified(some);
  std::vector<std::string> culprits;
  for (const auto& r : verified.rejected()) {
    culprits.push_back(name_trustee(r.board, r.trustee));
    EXPECT_FALSE(r.reason.empty());
  }
  EXPECT_EQ(culprits, (std::vector<std::string>{"board 1/trustee 1", "board 0/trustee 2",
                                                "board 1/trustee 4"}));
  ASSERT_EQ(verified.answers().size(), 4U);
  EXPECT_EQ(verified.answers()[1].item.trustee, trustee_index(3));
  EXPECT_EQ(verified.answers()[2].item.board, board_index(1));
  EXPECT_EQ(verified.answers()[2].item.trustee, trustee_index(2));
  EXPECT_EQ(combine(e->list->decoded(), e->election.sizes(), verified, e->election.workers()),
            encoded_elements<group>(e->plaintexts));
}

TEST_F(ListCombine, AnswersBelongToTheirRequest) {
  const auto verified = e->verified({e->list->answer(0)});
  auto other = e->list->decoded();
  other.hash.octets[0] ^= std::byte{1};
  EXPECT_EQ(combine(other, e->election.sizes(), verified, e->election.workers()).error().code,
            errc::mismatch);
  EXPECT_TRUE(verify_list_answers(other, e->election.keys(), e->keys, {e->list->answer(0)},
                                  e->election.workers())
                  .answers()
                  .empty());
}

TEST(ListCombineLong, BlocksStandInTheOrderOfTheList) {
  testing::deterministic_random random(testing::test_seed());
  opened_list_election e({{1, 1}, {1, 1}}, 1030, random);
  const auto two = make_jthread_executor(2);
  std::vector<list_answer> answers;
  for (const std::size_t place : {0U, 1U}) {
    answers.push_back(e.list->answer(place, *two));
  }
  const auto verified =
      verify_list_answers(e.list->decoded(), e.election.keys(), e.keys, std::move(answers), *two);
  EXPECT_EQ(combine(e.list->decoded(), e.election.sizes(), verified, *two),
            encoded_elements<group>(e.plaintexts));
}

}  // namespace
}  // namespace sandoq::list_combine_test
