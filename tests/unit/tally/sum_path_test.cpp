#include "sandoq/tally/sum_path.hpp"

#include <gtest/gtest.h>

#include "tests/support/tally_fixture.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using testing::sample_tally;

class SumPath : public ::testing::Test {
 protected:
  // 0 > {1 > {2, 3, 4}, 5 > 6 > 7, 8 > {9 .. 13}, 14}: folds of 1, 3, 4 and 5, an only child twice.
  testing::deterministic_random random_{testing::test_seed()};
  sample_tally source_{{no_parent.value(), 0, 1, 1, 1, 0, 5, 6, 0, 8, 8, 8, 8, 8, 0}, random_, 2};
  std::vector<tally_node> nodes_ = source_.nodes();

  sum_path path_of(std::size_t branch, std::uint64_t index) {
    auto path = make_sum_path(source_.context(), source_.shape(), nodes_,
                              source_.ballot(branch, index), source_.within_branch(branch, index));
    EXPECT_TRUE(path) << to_string(path.error());
    return std::move(*path);
  }
  verification check(const sum_path& path, const counted_ballot& ballot) {
    return verify_sum_path(source_.context(), source_.shape(), nodes_[0], ballot, path);
  }
  // In node 10, the second of five branches under node 8: siblings on both sides, 5 in all.
  static constexpr std::size_t b = 5;
  static constexpr std::uint64_t i = 1;
};

TEST(SumPathOfRandomTrees, LeadsFromEveryBallotToTheRoot) {
  testing::deterministic_random random(testing::test_seed());
  for (std::uint32_t depth = 0; depth <= 3; ++depth) {
    const sample_tally source(sample_tally::random_parents(random, depth), random);
    const auto nodes = source.nodes();
    for (std::size_t b = 0; b < source.branches().size(); ++b) {
      for (std::uint64_t i = 0; i < source.branches()[b].codes.size(); ++i) {
        const auto path = make_sum_path(source.context(), source.shape(), nodes,
                                        source.ballot(b, i), source.within_branch(b, i));
        ASSERT_TRUE(path) << to_string(path.error());
        const auto verdict =
            verify_sum_path(source.context(), source.shape(), nodes[0], source.ballot(b, i), *path);
        ASSERT_TRUE(verdict) << verdict.reason();
        for (std::size_t s = 0; s < path->siblings.size(); ++s) {
          if (path->siblings[s].lo == path->siblings[s].hi) {
            auto changed = *path;  // no ballots, yet a sum
            changed.siblings[s].subtotals.contests[0].sums[0].beta = group::generator();
            ASSERT_FALSE(verify_sum_path(source.context(), source.shape(), nodes[0],
                                         source.ballot(b, i), changed));
          }
        }
      }
    }
  }
}

TEST_F(SumPath, IsBoundToBallotPlaceAndElection) {
  const auto path = path_of(b, i);
  const auto ballot = source_.ballot(b, i);
  ASSERT_TRUE(check(path, ballot)) << check(path, ballot).reason();
  auto other = ballot;
  other.code.octets[0] ^= std::byte{1};
  EXPECT_FALSE(check(path, other));
  other = ballot;
  other.index = 0;
  EXPECT_FALSE(check(path, other));
  other.index = 99;
  EXPECT_FALSE(check(path, other));
  other = ballot;
  other.branch = node_index(2);
  EXPECT_FALSE(check(path, other));
  other.branch = node_index(0);
  EXPECT_FALSE(check(path, other));
  other.branch = node_index(99);
  EXPECT_FALSE(check(path, other));
  auto context = source_.context();
  context.domain = election_domain::real;
  EXPECT_FALSE(verify_sum_path(context, source_.shape(), nodes_[0], ballot, path));
  auto root = nodes_[0];
  root.subtotals.contests[0].ballots += 1;
  EXPECT_FALSE(verify_sum_path(source_.context(), source_.shape(), root, ballot, path));
  root = nodes_[1];
  EXPECT_FALSE(verify_sum_path(source_.context(), source_.shape(), root, ballot, path));
}

// Two siblings whose sums are shifted against each other: the root's sum stays, its hash would not.
TEST_F(SumPath, RejectsShiftedSiblings) {
  const auto path = path_of(b, i);
  const auto ballot = source_.ballot(b, i);
  ASSERT_EQ(path.siblings.size(), 5U);
  for (std::size_t s = 0; s < path.siblings.size(); ++s) {
    // The hashes below stay as they are; only the sums are altered.
    auto changed = path;
    changed.siblings[s].subtotals.contests[0].sums[0].beta += group::generator();
    EXPECT_FALSE(check(changed, ballot)) << s;
    changed.branch.subtotals.contests[0].sums[0].beta -= group::generator();  // the total stays
    EXPECT_FALSE(check(changed, ballot)) << s;
    changed = path;
    changed.siblings[s].subtotals.contests[0].ballots -= 1;
    EXPECT_FALSE(check(changed, ballot)) << s;
    changed = path;
    changed.siblings[s].first.octets[0] ^= std::byte{1};
    EXPECT_FALSE(check(changed, ballot)) << s;
    changed = path;
    changed.siblings[s].hi += 1;
    EXPECT_FALSE(check(changed, ballot)) << s;
    changed = path;
    changed.siblings[s].lo -= 1;
    EXPECT_FALSE(check(changed, ballot)) << s;
    changed = path;
    changed.siblings[s].lo = changed.siblings[s].hi + 1;
    EXPECT_FALSE(check(changed, ballot)) << s;
    changed = path;
    changed.siblings[s].subtotals.contests.pop_back();
    EXPECT_FALSE(check(changed, ballot)) << s;
    changed = path;
    changed.siblings[s].subtotals.contests[0].sums.pop_back();
    EXPECT_FALSE(check(changed, ballot)) << s;
  }
}

TEST_F(SumPath, RejectsOtherLengthsAndOrders) {
  const auto path = path_of(b, i);
  const auto ballot = source_.ballot(b, i);
  auto changed = path;
  changed.siblings.pop_back();
  EXPECT_FALSE(check(changed, ballot));
  changed = path;
  changed.siblings.push_back(changed.siblings.back());
  EXPECT_FALSE(check(changed, ballot));
  changed = path;
  std::swap(changed.siblings[0], changed.siblings[1]);
  EXPECT_FALSE(check(changed, ballot));
  changed = path;
  changed.within_branch.push_back(digest32{});
  EXPECT_FALSE(check(changed, ballot));
  changed = path;
  changed.within_branch.pop_back();
  EXPECT_FALSE(check(changed, ballot));
  changed = path;
  changed.branch.second.octets[0] = std::byte{1};
  EXPECT_FALSE(check(changed, ballot));
  changed = path;
  changed.siblings.clear();
  changed.branch = {};
  EXPECT_FALSE(check(changed, ballot));
}

TEST_F(SumPath, IsNotMadeForWhatIsNotThere) {
  auto ballot = source_.ballot(b, 0);
  ballot.index = 1000;
  EXPECT_EQ(make_sum_path(source_.context(), source_.shape(), nodes_, ballot, {}).error().code,
            errc::not_found);
  ballot.branch = node_index(0);
  EXPECT_EQ(make_sum_path(source_.context(), source_.shape(), nodes_, ballot, {}).error().code,
            errc::not_found);
  auto fewer = nodes_;
  fewer.pop_back();
  EXPECT_FALSE(make_sum_path(source_.context(), source_.shape(), fewer, source_.ballot(b, 0), {}));
}

}  // namespace
}  // namespace sandoq
