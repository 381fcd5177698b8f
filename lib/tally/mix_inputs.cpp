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

mix_inputs::mix_inputs(std::span<const contest_terms> contests, std::unique_ptr<octet_store> store)
    : contests_(contests.size()), store_(std::move(store)) {
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
      put_away(mixed);
      mixed.parts.push_back({branch});
    }
    for (std::size_t j = 0; j < mixed.pairs_each; ++j) {
      const wire_ciphertext& pair = ballot.contests[i].ciphertexts[j];
      for (const byte_view half : {pair.alpha.view(), pair.beta.view()}) {
        mixed.open.insert(mixed.open.end(), half.begin(), half.end());
      }
    }
  }
}

/// Ends the open branch of a contest.
void mix_inputs::put_away(mixed_contest& contest) {
  if (contest.open.empty() || failed_) {
    return;
  }
  branch_part& part = contest.parts.back();
  part.offset = stored_;
  part.size = contest.open.size();
  stored_ += part.size;
  if (auto done = store_->append(contest.open); !done) {
    failed_ = std::move(done.error());
  }
  contest.open.clear();
}

result<bytes> mix_inputs::list_of(const opening_grounds& grounds, contest_index contest,
                                  std::span<const node_index> places) {
  mixed_contest& mixed = contests_[contest.value()];
  put_away(mixed);
  bytes out;
  for (const node_index node : places) {
    const node_index end = grounds.subtree_end(node);
    auto part =
        std::lower_bound(mixed.parts.begin(), mixed.parts.end(), node,
                         [](const branch_part& p, node_index first) { return p.branch < first; });
    for (; !failed_ && part != mixed.parts.end() && part->branch < end; ++part) {
      const std::size_t before = out.size();
      out.resize(before + static_cast<std::size_t>(part->size));
      if (auto done = store_->read(part->offset, byte_span(out).subspan(before)); !done) {
        failed_ = std::move(done.error());
      }
    }
  }
  if (failed_) {
    return tl::unexpected<error>(*failed_);
  }
  return out;
}

}  // namespace sandoq
