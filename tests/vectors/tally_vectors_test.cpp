// spec/70-tally/vectors/tally.json: trees with every node as the reference publishes it.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sandoq/core/merkle.hpp"
#include "sandoq/tally/accumulate.hpp"
#include "sandoq/tally/merkle_sum_tree.hpp"
#include "sandoq/tally/sum_path.hpp"
#include "tests/support/vector_file.hpp"
#include "tests/vectors/vector_fields.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::vector_value;

tally_context tally_context_of(const vector_value& v) {
  return {{v.at("e1").octets<32>()}, static_cast<election_domain>(v.at("domain").number())};
}

tally_shape shape_of(const vector_value& v) {
  std::vector<node_index> parents = {no_parent};
  for (std::size_t i = 1; i < v.at("parents").items().size(); ++i) {
    parents.emplace_back(u32_of(v.at("parents").items()[i]));
  }
  std::vector<contest_set> contests;
  std::vector<std::uint32_t> widths(3, 1);
  for (const vector_value& branch : v.at("branches").items()) {
    contest_set set;
    for (const vector_value& contest : branch.at("ciphertexts_of").items()) {
      set.insert(contest_index(u32_of(contest.at("contest"))));
      widths.at(u32_of(contest.at("contest"))) = u32_of(contest.at("ciphertexts"));
    }
    contests.push_back(set);
  }
  return {parents, contests, widths};
}

wire_ciphertext ciphertext_of(const vector_value& v) {
  const auto octets = v.octets<64>();
  wire_ciphertext out;
  std::copy_n(octets.begin(), 32, out.alpha.octets.begin());
  std::copy_n(octets.begin() + 32, 32, out.beta.octets.begin());
  return out;
}

// The sums of a branch's ballots, which are not proved here: only accumulate.hpp asks for proofs.
sum_content content_of(const vector_value& branch, const tally_shape& shape, std::uint64_t lo,
                       const std::vector<digest32>& leaves) {
  sum_content out{lo, lo + leaves.size(), {}, merkle_root("ballot/node", leaves), {}};
  const node_index node(u32_of(branch.at("node")));
  out.subtotals = totals::zero(shape.at(node).contests, shape);
  for (const vector_value& ballot : branch.at("ballots").items()) {
    for (const vector_value& contest : ballot.at("contests").items()) {
      for (auto& total : out.subtotals.contests) {
        if (total.contest != contest_index(u32_of(contest.at("contest")))) {
          continue;
        }
        ++total.ballots;
        for (std::size_t i = 0; i < total.sums.size(); ++i) {
          total.sums[i] += decode(ciphertext_of(contest.at("ciphertexts").items()[i])).value();
        }
      }
    }
  }
  return out;
}

TEST(TallyVectors, EveryNodeIsThatOfTheReference) {
  std::size_t trees = 0;
  for (const vector_value& v : testing::load_vectors("70-tally/vectors/tally.json")) {
    if (v.at("kind").text() != "tree") {
      continue;
    }
    ++trees;
    SCOPED_TRACE(v.at("id").text() + " " + v.at("comment").text());
    const auto context = tally_context_of(v);
    const auto shape = shape_of(v);
    merkle_sum_tree_builder builder(context, shape);
    std::vector<tally_node> nodes(shape.nodes());
    std::vector<std::vector<digest32>> leaves;
    for (const vector_value& branch : v.at("branches").items()) {
      const node_index node(u32_of(branch.at("node")));
      auto& here = leaves.emplace_back();
      for (const vector_value& ballot : branch.at("ballots").items()) {
        here.push_back(ballot_leaf(context, {node, here.size(), {ballot.at("code").octets<32>()}}));
      }
      const auto record =
          make_branch_record(context, node, content_of(branch, shape, builder.position(), here));
      ASSERT_TRUE(record) << to_string(record.error());
      auto finished = builder.add_branch(*record);
      ASSERT_TRUE(finished) << to_string(finished.error());
      for (auto& done : *finished) {
        nodes[done.node.value()] = std::move(done);
      }
    }
    ASSERT_EQ(nodes.size(), v.at("tally_nodes").items().size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      EXPECT_EQ(nodes[i].encode(), v.at("tally_nodes").items()[i].octets()) << "node " << i;
      EXPECT_TRUE(tally_node::decode(v.at("tally_nodes").items()[i].octets()));
    }
    // And every ballot has its path to the reference's root.
    const auto root = tally_node::decode(v.at("tally_nodes").items()[0].octets()).value();
    for (std::size_t b = 0; b < leaves.size(); ++b) {
      const auto& branch = v.at("branches").items()[b];
      const merkle_tree tree("ballot/node",
                             leaves[b].empty() ? std::vector<digest32>(1) : leaves[b]);
      for (std::size_t i = 0; i < leaves[b].size(); ++i) {
        const counted_ballot ballot{node_index(u32_of(branch.at("node"))),
                                    i,
                                    {branch.at("ballots").items()[i].at("code").octets<32>()}};
        const auto path = make_sum_path(context, shape, nodes, ballot, tree.path(i));
        ASSERT_TRUE(path) << to_string(path.error());
        EXPECT_TRUE(verify_sum_path(context, shape, root, ballot, *path));
      }
    }
  }
  EXPECT_GT(trees, 0U);
}

TEST(TallyVectors, Leaves) {
  std::size_t leaves = 0;
  for (const vector_value& v : testing::load_vectors("70-tally/vectors/tally.json")) {
    if (v.at("kind").text() != "leaf") {
      continue;
    }
    ++leaves;
    const counted_ballot ballot{node_index(u32_of(v.at("branch"))),
                                static_cast<std::uint64_t>(v.at("index").number()),
                                {v.at("code").octets<32>()}};
    EXPECT_EQ(ballot_leaf(tally_context_of(v), ballot), digest32{v.at("leaf").octets<32>()});
  }
  EXPECT_GT(leaves, 0U);
}

}  // namespace
}  // namespace sandoq
