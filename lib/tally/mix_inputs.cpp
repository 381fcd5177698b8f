#include "sandoq/tally/mix_inputs.hpp"

#include <algorithm>
#include <utility>

namespace sandoq {

namespace {

// Of a ballot: all of its ciphertexts but that of blanks.
std::size_t mixed_pairs(const contest_terms& contest) noexcept {
  switch (contest.encoding) {
    case contest_encoding::bit_vector:
      return 0;
    case contest_encoding::slots:
      return contest.limits.max_choices;
    default:
      return contest.ciphertexts();
  }
}

}  // namespace

std::size_t mixed_width(const contest_terms& contest) noexcept {
  return is_packed(contest.encoding) ? contest.ciphertexts() : 1;
}

mix_inputs::mix_inputs(std::span<const contest_terms> contests) : contests_(contests.size()) {
  for (std::size_t c = 0; c < contests_.size(); ++c) {
    contests_[c].pairs_each = mixed_pairs(contests[c]);
    any_mixed_ = any_mixed_ || contests_[c].pairs_each > 0;
  }
}

void mix_inputs::add(const ballot_item& ballot, std::span<const contest_index> contests) {
  const node_index branch(ballot.place.branch.value());
  for (std::size_t i = 0; i < contests.size(); ++i) {
    mixed_contest& mixed = contests_[contests[i].value()];
    if (mixed.pairs_each == 0) {
      continue;
    }
    if (mixed.parts.empty() || mixed.parts.back().branch != branch) {
      mixed.parts.push_back({branch, {}});
    }
    bytes& octets = mixed.parts.back().octets;
    for (std::size_t j = 0; j < mixed.pairs_each; ++j) {
      const wire_ciphertext& pair = ballot.contests[i].ciphertexts[j];
      for (const byte_view half : {pair.alpha.view(), pair.beta.view()}) {
        octets.insert(octets.end(), half.begin(), half.end());
      }
    }
  }
}

bytes mix_inputs::take_list(const opening_grounds& grounds, contest_index contest,
                            std::span<const node_index> places) {
  bytes out;
  auto& parts = contests_[contest.value()].parts;
  for (const node_index node : places) {
    const node_index end = grounds.subtree_end(node);
    auto part =
        std::lower_bound(parts.begin(), parts.end(), node,
                         [](const branch_part& p, node_index first) { return p.branch < first; });
    for (; part != parts.end() && part->branch < end; ++part) {
      const bytes octets = std::exchange(part->octets, {});
      out.insert(out.end(), octets.begin(), octets.end());
    }
  }
  return out;
}

}  // namespace sandoq
