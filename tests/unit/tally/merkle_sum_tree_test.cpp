#include "sandoq/tally/merkle_sum_tree.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "sandoq/core/canonical.hpp"
#include "tests/support/tally_fixture.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using testing::sample_tally;

// Section 70 once more, straight from its text: recursive, with sums as plain maps and every hash
// input put together here.
struct plain_record {
  std::uint64_t lo = 0;
  std::uint64_t hi = 0;
  std::map<std::uint32_t, contest_total> sums;
  digest32 hash;
};

class plain_tree {
 public:
  explicit plain_tree(const sample_tally& source) : source_(source) {}

  plain_record node(std::uint32_t index) {
    const auto& place = source_.shape().at(node_index(index));
    plain_record out;
    if (place.is_branch) {
      out = branch(index);
    } else {
      std::vector<plain_record> children;
      for (const node_index child : place.children) {
        children.push_back(node(child.value()));
      }
      if (children.size() == 1) {
        plain_record empty;
        empty.lo = empty.hi = children[0].hi;
        empty.hash = hash_empty(index, empty.lo);
        children.push_back(empty);
      }
      out = fold(index, children);
    }
    records[index] = out;
    return out;
  }

  std::map<std::uint32_t, plain_record> records;

 private:
  plain_record branch(std::uint32_t index) {
    for (std::size_t i = 0; i < source_.branches().size(); ++i) {
      if (source_.shape().branches()[i].value() == index) {
        const auto& content = source_.branches()[i].content;
        plain_record out{content.lo, content.hi, {}, {}};
        for (const auto& total : content.subtotals.contests) {
          out.sums[total.contest.value()] = total;
        }
        if (out.lo == out.hi) {
          out.hash = hash_empty(index, out.lo);
        } else {
          byte_writer in = start(index, out);
          in.fixed(content.first.view());
          out.hash = framed_hash::of("msum/branch", in.view());
        }
        return out;
      }
    }
    std::abort();
  }

  plain_record fold(std::uint32_t index, std::vector<plain_record> children) {
    if (children.size() == 1) {
      return children[0];
    }
    std::size_t k = 1;
    while (2 * k < children.size()) {
      k *= 2;
    }
    const auto middle = children.begin() + static_cast<std::ptrdiff_t>(k);
    const auto left = fold(index, {children.begin(), middle});
    const auto right = fold(index, {middle, children.end()});
    EXPECT_EQ(left.hi, right.lo);
    plain_record out{left.lo, right.hi, left.sums, {}};
    for (const auto& [contest, total] : right.sums) {
      auto& sum = out.sums[contest];
      sum.contest = contest_index(contest);
      sum.ballots += total.ballots;
      sum.sums.resize(total.sums.size());
      for (std::size_t i = 0; i < total.sums.size(); ++i) {
        sum.sums[i].alpha = sum.sums[i].alpha + total.sums[i].alpha;
        sum.sums[i].beta = sum.sums[i].beta + total.sums[i].beta;
      }
    }
    if (out.lo == out.hi) {
      out.hash = hash_empty(index, out.lo);
    } else {
      byte_writer in = start(index, out);
      in.fixed(left.hash.view());
      in.fixed(right.hash.view());
      out.hash = framed_hash::of("msum/node", in.view());
    }
    return out;
  }

  byte_writer start(std::uint32_t index, const plain_record& record) const {
    byte_writer out;
    out.fixed(source_.context().election_hash.view());
    out.u8(2);
    out.u32(index);
    out.u64(record.lo);
    out.u64(record.hi);
    out.u32(static_cast<std::uint32_t>(record.sums.size()));
    for (const auto& [contest, total] : record.sums) {
      out.u32(contest);
      out.u64(total.ballots);
      out.u32(static_cast<std::uint32_t>(total.sums.size()));
      for (const auto& c : total.sums) {
        out.fixed(group::encode(c.alpha));
        out.fixed(group::encode(c.beta));
      }
    }
    return out;
  }

  [[nodiscard]] digest32 hash_empty(std::uint32_t index, std::uint64_t lo) const {
    byte_writer out;
    out.fixed(source_.context().election_hash.view());
    out.u8(2);
    out.u32(index);
    out.u64(lo);
    return framed_hash::of("msum/empty", out.view());
  }

  const sample_tally& source_;
};

void expect_same_as_plain(const sample_tally& source) {
  plain_tree plain(source);
  plain.node(0);
  for (const auto& node : source.nodes()) {
    const auto& expected = plain.records.at(node.node.value());
    EXPECT_EQ(node.lo, expected.lo);
    EXPECT_EQ(node.hi, expected.hi);
    EXPECT_EQ(node.hash, expected.hash) << "node " << node.node.value();
    const auto sums = decode(node.subtotals).value();
    ASSERT_EQ(sums.contests.size(), expected.sums.size());
    for (const auto& total : sums.contests) {
      EXPECT_EQ(total, expected.sums.at(total.contest.value()));
    }
    EXPECT_TRUE(check_contest_set(source.shape(), node.node, node.subtotals));
  }
}

TEST(MerkleSumTree, FoldsEveryNumberOfChildren) {
  testing::deterministic_random random(testing::test_seed());
  for (std::uint32_t children = 1; children <= 17; ++children) {
    std::vector<std::uint32_t> parents(children + 1, 0);
    parents[0] = no_parent.value();
    expect_same_as_plain(sample_tally(parents, random));
  }
}

TEST(MerkleSumTree, FoldsRandomTreesOfAllDepths) {
  testing::deterministic_random random(testing::test_seed());
  for (std::uint32_t depth = 1; depth <= 4; ++depth) {
    expect_same_as_plain(sample_tally(sample_tally::random_parents(random, depth), random));
  }
}

TEST(MerkleSumTree, ALoneBranchIsTheRoot) {
  testing::deterministic_random random(testing::test_seed());
  const sample_tally source({no_parent.value()}, random);
  merkle_sum_tree_builder builder(source.context(), source.shape());
  ASSERT_TRUE(builder.add_branch(source.branch_record(0)));
  EXPECT_EQ(builder.root()->hash(), source.branch_record(0).hash());
}

TEST(MerkleSumTree, AnElectionWithoutBallotsIsEmptyEverywhere) {
  testing::deterministic_random random(testing::test_seed());
  std::vector<std::uint32_t> parents = {no_parent.value(), 0, 1, 1, 0, 4};
  const sample_tally source(parents, random);
  merkle_sum_tree_builder builder(source.context(), source.shape());
  for (const node_index branch : source.shape().branches()) {
    const sum_content nothing{
        0, 0, totals::zero(source.shape().at(branch).contests, source.shape()), {}, {}};
    const auto record = make_branch_record(source.context(), branch, nothing).value();
    EXPECT_EQ(record.what(), sum_record::kind::empty);
    ASSERT_TRUE(builder.add_branch(record));
  }
  ASSERT_TRUE(builder.root());
  EXPECT_EQ(builder.root()->what(), sum_record::kind::empty);
  EXPECT_EQ(builder.root()->hash(), make_empty_record(source.context(), node_index(0), 0).hash());
  EXPECT_TRUE(builder.root()->subtotals().is_zero());
}

TEST(MerkleSumTree, HandsNodesOutFromBranchToRoot) {
  testing::deterministic_random random(testing::test_seed());
  // 0 > 1 > {2, 3}, 0 > 4
  const sample_tally source({no_parent.value(), 0, 1, 1, 0}, random);
  merkle_sum_tree_builder builder(source.context(), source.shape());
  const auto numbers = [&](std::size_t branch) {
    std::vector<std::uint32_t> out;
    const auto finished = builder.add_branch(source.branch_record(branch));
    for (const auto& node : *finished) {
      out.push_back(node.node.value());
    }
    return out;
  };
  EXPECT_EQ(numbers(0), (std::vector<std::uint32_t>{2}));
  EXPECT_FALSE(builder.root());
  EXPECT_EQ(numbers(1), (std::vector<std::uint32_t>{3, 1}));
  EXPECT_EQ(numbers(2), (std::vector<std::uint32_t>{4, 0}));
  EXPECT_TRUE(builder.root());
  EXPECT_FALSE(builder.next_branch());
}

TEST(MerkleSumTree, HoldsFewRecords) {
  testing::deterministic_random random(testing::test_seed());
  constexpr std::uint32_t branches = 300;
  std::vector<std::uint32_t> parents(branches + 1, 0);
  parents[0] = no_parent.value();
  const sample_tally source(parents, random);
  merkle_sum_tree_builder builder(source.context(), source.shape());
  for (std::size_t i = 0; i < branches; ++i) {
    ASSERT_TRUE(builder.add_branch(source.branch_record(i)));
    EXPECT_LE(builder.held_records(), 1 + std::log2(branches));
  }
}

TEST(MerkleSumTree, RefusesGapsOverlapsAndOtherBranches) {
  testing::deterministic_random random(testing::test_seed());
  const sample_tally source({no_parent.value(), 0, 0}, random);
  const auto& context = source.context();
  const auto branch = [&](std::uint32_t node, std::uint64_t lo, std::uint64_t hi) {
    sum_content content{
        lo, hi, totals::zero(source.shape().at(node_index(node)).contests, source.shape()), {}, {}};
    return make_branch_record(context, node_index(node), content).value();
  };
  {
    merkle_sum_tree_builder builder(context, source.shape());
    EXPECT_FALSE(builder.add_branch(branch(2, 0, 1)));  // not its turn
    EXPECT_FALSE(builder.add_branch(branch(1, 1, 2)));  // a gap before the first
    ASSERT_TRUE(builder.add_branch(branch(1, 0, 3)));
    EXPECT_FALSE(builder.add_branch(branch(1, 3, 4)));  // the same again
    EXPECT_FALSE(builder.add_branch(branch(2, 2, 4)));  // an overlap
    EXPECT_FALSE(builder.add_branch(branch(2, 4, 5)));  // a gap
    EXPECT_FALSE(builder.root());
    EXPECT_TRUE(builder.add_branch(branch(2, 3, 4)));
    EXPECT_FALSE(builder.add_branch(branch(2, 4, 5)));  // one too many
  }
  merkle_sum_tree_builder builder(context, source.shape());
  contest_set other;
  other.insert(contest_index(1));
  const auto wrong = make_branch_record(context, node_index(1),
                                        {0, 1, totals::zero(other, source.shape()), {}, {}});
  EXPECT_FALSE(builder.add_branch(*wrong));
  const auto joined = combine(context, node_index(0), branch(1, 3, 4), branch(2, 5, 6));
  ASSERT_FALSE(joined);
  EXPECT_EQ(joined.error().code, errc::mismatch);
  EXPECT_FALSE(combine(context, node_index(0), branch(2, 3, 4), branch(1, 0, 3)));  // swapped
}

TEST(SumRecord, RefusesContentThatContradictsItself) {
  testing::deterministic_random random(testing::test_seed());
  const sample_tally source({no_parent.value()}, random);
  const auto& context = source.context();
  contest_set set;
  set.insert(contest_index(0));
  const auto zero = totals::zero(set, source.shape());
  const node_index node(0);
  EXPECT_TRUE(make_branch_record(context, node, {4, 4, zero, {}, {}}));
  // An empty record with a sum, a count, a root or a child.
  auto sums = zero;
  sums.contests[0].sums[1].beta = group::generator();
  EXPECT_FALSE(make_branch_record(context, node, {4, 4, sums, {}, {}}));
  EXPECT_FALSE(make_inner_record(context, node, {4, 4, sums, {}, {}}));
  sums = zero;
  sums.contests[0].ballots = 1;
  EXPECT_FALSE(make_branch_record(context, node, {4, 4, sums, {}, {}}));
  const digest32 something{random.octets<32>()};
  EXPECT_FALSE(make_branch_record(context, node, {4, 4, zero, something, {}}));
  EXPECT_FALSE(make_inner_record(context, node, {4, 4, zero, {}, something}));
  EXPECT_FALSE(make_branch_record(context, node, {5, 4, zero, {}, {}}));
  // More ballots of a contest than ballots; a branch with two children.
  EXPECT_TRUE(make_branch_record(context, node, {4, 5, sums, something, {}}));
  sums.contests[0].ballots = 2;
  EXPECT_FALSE(make_branch_record(context, node, {4, 5, sums, something, {}}));
  EXPECT_FALSE(make_branch_record(context, node, {4, 5, zero, something, something}));
  auto twice = zero;
  twice.contests.push_back(twice.contests[0]);
  EXPECT_FALSE(make_inner_record(context, node, {4, 5, twice, something, something}));
}

}  // namespace
}  // namespace sandoq
