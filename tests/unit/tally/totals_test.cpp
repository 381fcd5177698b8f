#include "sandoq/tally/totals.hpp"

#include <gtest/gtest.h>

#include "sandoq/tally/tally_node.hpp"
#include "tests/support/byte_mutations.hpp"
#include "tests/support/tally_fixture.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

class Totals : public ::testing::Test {
 protected:
  totals random_totals(std::initializer_list<std::uint32_t> contests) {
    contest_set set;
    for (const std::uint32_t c : contests) {
      set.insert(contest_index(c));
    }
    auto out = totals::zero(set, shape_);
    for (auto& total : out.contests) {
      total.ballots = random_.below(1000);
      for (auto& c : total.sums) {
        c.alpha = group::from_uniform_bytes(random_.octets<64>());
        c.beta = group::from_uniform_bytes(random_.octets<64>());
      }
    }
    return out;
  }

  testing::deterministic_random random_{testing::test_seed()};
  tally_shape shape_{
      std::vector<node_index>{no_parent}, std::vector<contest_set>{contest_set{}}, {2, 3, 1, 4}};
};

TEST_F(Totals, AddContestByContest) {
  const auto a = random_totals({0, 2});
  const auto b = random_totals({1, 2, 3});
  const auto sum = a + b;
  EXPECT_EQ(sum.set(), a.set() | b.set());
  for (const auto& total : sum.contests) {
    const auto* left = a.find(total.contest);
    const auto* right = b.find(total.contest);
    EXPECT_EQ(total.ballots,
              (left != nullptr ? left->ballots : 0) + (right != nullptr ? right->ballots : 0));
    for (std::size_t i = 0; i < total.sums.size(); ++i) {
      ciphertext<group> expected{};
      for (const auto* part : {left, right}) {
        if (part != nullptr) {
          expected.alpha += part->sums[i].alpha;
          expected.beta += part->sums[i].beta;
        }
      }
      EXPECT_EQ(total.sums[i], expected);
    }
  }
  EXPECT_EQ(b + a, sum);
  EXPECT_EQ(a + totals{}, a);
  EXPECT_EQ(totals{} + a, a);
  EXPECT_EQ(a + totals::zero(a.set(), shape_), a);
}

TEST_F(Totals, KnowWhenNothingIsCounted) {
  contest_set set;
  set.insert(contest_index(1));
  auto nothing = totals::zero(set, shape_);
  EXPECT_TRUE(nothing.is_zero());
  nothing.contests[0].sums[2].beta = group::generator();
  EXPECT_FALSE(nothing.is_zero());
  nothing = totals::zero(set, shape_);
  nothing.contests[0].ballots = 1;
  EXPECT_FALSE(nothing.is_zero());
}

TEST_F(Totals, DecodeWhatTheyEncode) {
  const auto a = random_totals({0, 1, 3});
  const auto wire = encode(a);
  const auto back = decode(wire);
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, a);
  auto bad = wire;
  bad.contests[1].sums[2].alpha.octets.fill(std::byte{0xFF});
  const auto refused = decode(bad);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().place.find("contest 1/ciphertext 2/alpha"), std::string::npos)
      << refused.error().place;
}

TEST_F(Totals, NodesAreReadStrictly) {
  tally_node node;
  node.node = node_index(7);
  node.lo = 3;
  node.hi = 9;
  node.subtotals = encode(random_totals({0, 2}));
  node.merkle_root = digest32{random_.octets<32>()};
  node.hash = digest32{random_.octets<32>()};
  testing::expect_canonical(node);
  EXPECT_EQ(node.encode().size(), 4 + 8 + 8 + 4 + 2 * (4 + 8 + 4) + 3 * 64 + 64U);
  node.subtotals.contests.clear();
  testing::expect_canonical(node);
}

TEST_F(Totals, ListsHaveBounds) {
  tally_node node;
  node.subtotals.contests.resize(1025, {contest_index(0), 0, {wire_ciphertext{}}});
  EXPECT_EQ(tally_node::decode(node.encode()).error().code, errc::too_large);
  node.subtotals.contests.resize(1024);
  EXPECT_TRUE(tally_node::decode(node.encode()));
  node.subtotals.contests.resize(1);
  node.subtotals.contests[0].sums.resize(1026);
  EXPECT_EQ(tally_node::decode(node.encode()).error().code, errc::too_large);
  node.subtotals.contests[0].sums.resize(1025);
  EXPECT_TRUE(tally_node::decode(node.encode()));
}

// Of packed ballots nothing is added up, and yet they are counted.
TEST_F(Totals, MayHaveNoSums) {
  tally_node node{node_index(5), 4711, 4720, {}, {}, {}};
  node.subtotals.contests = {{contest_index(3), 7, {}}, {contest_index(4), 9, {}}};
  testing::expect_canonical(node);
  const totals read = decode(node.subtotals).value();
  EXPECT_EQ(encode(read), node.subtotals);
  EXPECT_FALSE(read.is_zero());
  const totals both = read + read;
  EXPECT_EQ(both.find(contest_index(3))->ballots, 14U);
  EXPECT_TRUE(both.find(contest_index(3))->sums.empty());
}

TEST_F(Totals, FitTheContestSetOfTheirNode) {
  contest_set set;
  set.insert(contest_index(0));
  set.insert(contest_index(2));
  const tally_shape shape(std::vector<node_index>{no_parent}, std::vector<contest_set>{set},
                          {2, 3, 1, 4});
  const node_index root(0);
  EXPECT_TRUE(check_contest_set(shape, root, encode(random_totals({0, 2}))));
  EXPECT_FALSE(check_contest_set(shape, root, encode(random_totals({0}))));
  EXPECT_FALSE(check_contest_set(shape, root, encode(random_totals({0, 1}))));
  EXPECT_FALSE(check_contest_set(shape, root, encode(random_totals({0, 1, 2}))));
  auto wire = encode(random_totals({0, 2}));
  std::swap(wire.contests[0], wire.contests[1]);
  EXPECT_FALSE(check_contest_set(shape, root, wire));
  wire = encode(random_totals({0, 2}));
  wire.contests[1].sums.push_back(wire.contests[0].sums[0]);
  EXPECT_FALSE(check_contest_set(shape, root, wire));
  wire.contests[1].sums.clear();
  EXPECT_FALSE(check_contest_set(shape, root, wire));
}

}  // namespace
}  // namespace sandoq
