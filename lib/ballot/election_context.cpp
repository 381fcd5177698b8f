#include "sandoq/ballot/election_context.hpp"

#include <algorithm>
#include <cstdint>
#include <variant>

#include "sandoq/core/contract.hpp"

namespace sandoq {

result<election_context> election_context::make(const manifest& source, const digest32& e1,
                                                const encoded_element<ristretto255>& joint_key) {
  auto index = manifest_index::build(source);
  if (!index) {
    return tl::unexpected<error>(std::move(index.error()));
  }
  auto keys = roster::decode(source);
  if (!keys) {
    return fail_within("manifest", std::move(keys.error()));
  }
  const digest32 e0 = manifest_hash(source.encode());
  std::vector<contest_terms> contests;
  base_counts bases;
  for (std::uint32_t i = 0; i < source.contests.size(); ++i) {
    auto terms = terms_of(e0, contest_index(i), source.contests[i]);
    if (!terms) {
      return fail_within("manifest", std::move(terms.error()));
    }
    if (const auto* bits = std::get_if<bit_vector_shape>(&terms->shape)) {
      bases.bits = std::max(bases.bits, bits->bits());
    } else if (const auto* slots = std::get_if<slots_shape>(&terms->shape)) {
      bases.slot_bits = std::max(bases.slot_bits, slots->bits());
    }
    contests.push_back(std::move(*terms));
  }
  auto proofs = proof_election<ristretto255>::make(e0, e1, source.domain, joint_key, bases);
  if (!proofs) {
    return fail_within("joint key", std::move(proofs.error()));
  }
  return election_context(e0, std::move(*proofs), std::move(*index), std::move(*keys),
                          std::move(contests));
}

result<election_context> election_context::make(const manifest& source, const digest32& e1,
                                                const encoded_element<ristretto255>& joint_key,
                                                std::vector<board_keys> boards) {
  auto out = make(source, e1, joint_key);
  if (out) {
    out->keys_.replace_boards(std::move(boards));
  }
  return out;
}

const contest_terms& election_context::terms(contest_index contest) const {
  SANDOQ_EXPECTS(contest.value() < contests_.size(), "the contest exists");
  return contests_[contest.value()];
}

}  // namespace sandoq
