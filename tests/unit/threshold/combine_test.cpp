#include "sandoq/threshold/combine.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>

#include "tests/support/ceremony_fixture.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using testing::ceremony_fixture;

constexpr std::uint64_t counts[] = {12, 0, 30, 1};
constexpr std::uint64_t ballots = 30;

// Every subset of 1..n with t members.
std::vector<std::vector<std::uint32_t>> subsets(board_size size) {
  std::vector<std::vector<std::uint32_t>> out;
  for (std::uint32_t set = 0; set < (1U << size.trustees); ++set) {
    std::vector<std::uint32_t> members;
    for (std::uint32_t j = 0; j < size.trustees; ++j) {
      if (((set >> j) & 1U) != 0) {
        members.push_back(j + 1);
      }
    }
    if (members.size() == size.threshold) {
      out.push_back(members);
    }
  }
  return out;
}

struct opened_election {
  opened_election(std::vector<board_size> sizes, testing::deterministic_random& random)
      : election(std::move(sizes), random) {
    const auto done = election.run();
    EXPECT_TRUE(done) << to_string(done.error());
    wire = testing::make_request(election, counts, ballots);
    const auto grounds = testing::make_grounds({{ballots, 0}});
    EXPECT_TRUE(testing::collect_quorum(election, grounds, wire));
    request = decode_elements(wire).value();
    keys = decode_keys(election.published()).value();
    for (auto& holder : election.holders()) {
      auto answer = holder.answer(wire, {grounds, wire.subject()}, random);
      EXPECT_TRUE(answer) << to_string(answer.error());
      answers.push_back(std::move(*answer));
    }
  }

  [[nodiscard]] const partial_decryption& answer(std::uint32_t b, std::uint32_t j) const {
    for (const auto& a : answers) {
      if (a.board == board_index(b) && a.trustee == trustee_index(j)) {
        return a;
      }
    }
    std::abort();
  }
  verified_answers verify_some(std::span<const partial_decryption> some) {
    return verify_answers(request, election.keys(), keys, some, election.workers());
  }
  result<std::vector<std::uint64_t>> open(std::span<const partial_decryption> some) {
    const auto verified = verify_some(some);
    const auto elements = combine(request, election.sizes(), verified);
    if (!elements) {
      return tl::unexpected(elements.error());
    }
    const small_dlog<group> search(ballots, 4);
    return decode_counts(*elements, ballots, search);
  }

  ceremony_fixture election;
  opening_request wire;
  decoded_request request;
  election_keys keys;
  std::vector<partial_decryption> answers;
};

TEST(Combine, EveryQuorumOpensTheSame) {
  testing::deterministic_random random(testing::test_seed());
  const std::vector<std::vector<board_size>> elections = {
      {{1, 1}}, {{3, 2}}, {{3, 2}, {4, 3}}, {{1, 1}, {2, 2}, {3, 2}}};
  const std::vector<std::uint64_t> expected(std::begin(counts), std::end(counts));
  for (const auto& sizes : elections) {
    opened_election e(sizes, random);
    // All combinations of one quorum of each board.
    std::vector<std::vector<partial_decryption>> quorums = {{}};
    for (std::uint32_t b = 0; b < sizes.size(); ++b) {
      std::vector<std::vector<partial_decryption>> longer;
      for (const auto& begun : quorums) {
        for (const auto& members : subsets(sizes[b])) {
          auto next = begun;
          for (const std::uint32_t j : members) {
            next.push_back(e.answer(b, j));
          }
          longer.push_back(std::move(next));
        }
      }
      quorums = std::move(longer);
    }
    for (const auto& some : quorums) {
      const auto opened = e.open(some);
      ASSERT_TRUE(opened) << to_string(opened.error());
      EXPECT_EQ(*opened, expected);
    }
    EXPECT_EQ(e.open(e.answers).value(), expected);
  }
}

class CombineTwoBoards : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    static testing::deterministic_random random(testing::test_seed());
    e = new opened_election({{3, 2}, {4, 3}}, random);
  }
  static void TearDownTestSuite() {
    delete e;
    e = nullptr;
  }
  static opened_election* e;
};
opened_election* CombineTwoBoards::e = nullptr;

TEST_F(CombineTwoBoards, GarbageIsNamedAndDropped) {
  std::vector<partial_decryption> some = {e->answer(1, 4), e->answer(0, 3), e->answer(1, 2),
                                          e->answer(0, 1), e->answer(1, 3), e->answer(0, 2),
                                          e->answer(1, 1)};
  some[1].factors[0] = some[0].factors[0];   // (0, 3): a factor of somebody else
  some[2].proof.octets[70] ^= std::byte{1};  // (1, 2)
  auto stranger = e->answer(0, 1);
  stranger.trustee = trustee_index(9);
  some.push_back(stranger);
  const auto verified = e->verify_some(some);
  ASSERT_EQ(verified.rejected().size(), 3U);
  std::vector<std::string> culprits;
  for (const auto& r : verified.rejected()) {
    culprits.push_back(name_trustee(r.board, r.trustee));
    EXPECT_FALSE(r.reason.empty());
  }
  std::sort(culprits.begin(), culprits.end());
  EXPECT_EQ(culprits, (std::vector<std::string>{"board 0/trustee 3", "board 0/trustee 9",
                                                "board 1/trustee 2"}));
  ASSERT_EQ(verified.answers().size(), 5U);
  for (std::size_t i = 1; i < 5; ++i) {
    EXPECT_LT(std::pair(verified.answers()[i - 1].board, verified.answers()[i - 1].trustee),
              std::pair(verified.answers()[i].board, verified.answers()[i].trustee));
  }
  EXPECT_EQ(e->open(some).value(),
            std::vector<std::uint64_t>(std::begin(counts), std::end(counts)));
}

TEST_F(CombineTwoBoards, EveryBoardNeedsItsOwnThreshold) {
  // Board 1 with one too few, board 0 with one too many: the surplus is no help.
  const std::vector<partial_decryption> some = {e->answer(0, 1), e->answer(0, 2), e->answer(0, 3),
                                                e->answer(1, 1), e->answer(1, 4)};
  const auto opened = e->open(some);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, errc::missing);
  EXPECT_EQ(opened.error().place, "board 1");
  EXPECT_NE(opened.error().reason.find("has 2 valid answers and needs 3"), std::string::npos);
  EXPECT_EQ(e->open({}).error().place, "board 0");
}

TEST_F(CombineTwoBoards, ADuplicateCountsOnce) {
  const std::vector<partial_decryption> some = {e->answer(0, 1), e->answer(0, 1), e->answer(1, 1),
                                                e->answer(1, 2), e->answer(1, 3)};
  const auto opened = e->open(some);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().place, "board 0");
  EXPECT_EQ(e->verify_some(some).answers().size(), 4U);
  EXPECT_TRUE(e->verify_some(some).rejected().empty());
}

// A share of board 0 under the name of board 1's trustee.
TEST_F(CombineTwoBoards, SharesOfOneBoardNeverStandForAnother) {
  auto moved = e->answer(0, 3);
  moved.board = board_index(1);
  moved.trustee = trustee_index(2);
  const std::vector<partial_decryption> some = {e->answer(0, 1), e->answer(0, 2), e->answer(1, 1),
                                                moved, e->answer(1, 3)};
  const auto verified = e->verify_some(some);
  ASSERT_EQ(verified.rejected().size(), 1U);
  EXPECT_EQ(verified.rejected()[0].trustee, trustee_index(2));
  EXPECT_FALSE(e->open(some));
}

TEST_F(CombineTwoBoards, AnswersBelongToTheirRequest) {
  const auto verified = e->verify_some(e->answers);
  auto other = e->request;
  other.hash.octets[0] ^= std::byte{1};
  EXPECT_EQ(combine(other, e->election.sizes(), verified).error().code, errc::mismatch);
  const auto nothing =
      verify_answers(other, e->election.keys(), e->keys, e->answers, e->election.workers());
  EXPECT_TRUE(nothing.answers().empty());
  EXPECT_EQ(nothing.rejected().size(), 7U);
}

TEST_F(CombineTwoBoards, ACountAboveTheBallotsIsNone) {
  const auto verified = e->verify_some(e->answers);
  const auto elements = combine(e->request, e->election.sizes(), verified).value();
  const small_dlog<group> search(ballots, 4);
  const auto decoded = decode_counts(elements, 29, search);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().code, errc::not_found);
  EXPECT_EQ(decoded.error().place, "ciphertext 2");
}

TEST(Combine, DecodesCountsOfAHundredMillionBallots) {
  constexpr std::uint64_t many = 100'000'000;
  const std::vector<std::uint64_t> expected = {many, 0, many - 1, 50'000'001, 7, 31'415'926};
  std::vector<group::element> opened;
  for (const std::uint64_t m : expected) {
    opened.push_back(group::mul_base_vartime(group::scalar_from_u64(m)));
  }
  const auto begin = std::chrono::steady_clock::now();
  const small_dlog<group> search(many, expected.size());
  const auto decoded = decode_counts(opened, many, search);
  const auto end = std::chrono::steady_clock::now();
  ASSERT_TRUE(decoded) << to_string(decoded.error());
  EXPECT_EQ(*decoded, expected);
  std::printf("[ time     ] table and %zu searches up to 10^8: %.0f ms\n", expected.size(),
              std::chrono::duration<double, std::milli>(end - begin).count());
  opened.assign(1, group::mul_base_vartime(group::scalar_from_u64(many + 1)));
  EXPECT_EQ(decode_counts(opened, many, search).error().code, errc::not_found);
}

}  // namespace
}  // namespace sandoq
