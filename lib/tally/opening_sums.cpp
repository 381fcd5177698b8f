#include "sandoq/tally/opening_sums.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "sandoq/core/contract.hpp"
#include "sandoq/elgamal/ciphertext.hpp"

namespace sandoq {
namespace {

std::uint32_t mixed_each(const contest_entry& contest) {
  switch (contest.encoding) {
    case contest_encoding::bit_vector:
      return 0;
    case contest_encoding::slots:
      return limits_of(contest).max_choices;
    default:
      return 1;
  }
}

}  // namespace

opening_grounds_builder::opening_grounds_builder(const manifest& source) {
  const auto nodes = static_cast<std::uint32_t>(source.nodes.size());
  for (std::uint32_t i = 0; i < nodes; ++i) {
    subtree_ends_.emplace_back(i + 1);
  }
  for (std::size_t i = nodes; i-- > 1;) {
    node_index& above = subtree_ends_[source.nodes[i].parent.value()];
    above = std::max(above, subtree_ends_[i]);
  }
  for (const contest_entry& contest : source.contests) {
    contests_.push_back(
        {contest.scope, contest.floor, {}, sum_ciphertexts(contest) > 0, mixed_each(contest)});
  }
}

void opening_grounds_builder::add_branch(const tally_node& branch) {
  for (const wire_contest_total& total : branch.subtotals.contests) {
    if (total.ballots > 0) {
      contests_[total.contest.value()].branches.push_back({branch.node, total.ballots});
    }
  }
}

opening_grounds opening_grounds_builder::finish() && {
  return {std::move(subtree_ends_), std::move(contests_)};
}

opening_grounds grounds_of(const manifest& source, std::span<const tally_node> nodes) {
  SANDOQ_EXPECTS(nodes.size() == source.nodes.size(), "one tally node a place");
  opening_grounds_builder builder(source);
  for (const tally_node& node : nodes) {
    if (source.nodes[node.node.value()].level == node_level::branch) {
      builder.add_branch(node);
    }
  }
  return std::move(builder).finish();
}

result<std::vector<wire_ciphertext>> add_sums(
    std::span<const std::vector<wire_ciphertext>* const> places) {
  SANDOQ_EXPECTS(!places.empty(), "a sum over at least one place");
  const std::size_t width = places.front()->size();
  if (places.size() == 1) {
    return *places.front();
  }
  std::vector<ciphertext<ristretto255>> sum(width);
  std::vector<ciphertext<ristretto255>> added(width);
  for (std::size_t p = 0; p < places.size(); ++p) {
    if (places[p]->size() != width) {
      return fail(errc::mismatch, "place " + std::to_string(p),
                  "has another number of ciphertexts than the first");
    }
    if (auto done = decode_batch(added, *places[p]); !done) {
      return fail_within("place " + std::to_string(p), std::move(done.error()));
    }
    for (std::size_t i = 0; i < width; ++i) {
      sum[i] += added[i];
    }
  }
  std::vector<wire_ciphertext> out;
  out.reserve(width);
  for (const auto& c : sum) {
    out.push_back(encode(c));
  }
  return out;
}

result<opening_subject> subject_of(std::span<const tally_node> tally, contest_index contest,
                                   std::span<const node_index> nodes, const digest32& closings) {
  opening_subject out;
  out.contest = contest;
  out.closings = closings;
  std::vector<const std::vector<wire_ciphertext>*> sums;
  for (const node_index node : nodes) {
    const auto* place = node.value() < tally.size() ? &tally[node.value()] : nullptr;
    const wire_contest_total* total = nullptr;
    if (place != nullptr) {
      const auto& all = place->subtotals.contests;
      const auto at = std::find_if(all.begin(), all.end(),
                                   [contest](const auto& t) { return t.contest == contest; });
      total = at == all.end() ? nullptr : &*at;
    }
    if (total == nullptr) {
      return fail(errc::missing, "node " + std::to_string(node.value()),
                  "is not in the tally, or does not have the contest");
    }
    out.places.push_back({node, place->hash});
    out.ballots += total->ballots;
    sums.push_back(&total->sums);
  }
  auto added = add_sums(sums);
  if (!added) {
    return tl::unexpected(std::move(added.error()));
  }
  out.ciphertexts = std::move(*added);
  return out;
}

}  // namespace sandoq
