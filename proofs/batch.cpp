#include "sandoq/proofs/batch.hpp"

#include "proofs/batch.core.hpp"
#include "sandoq/core/canonical.hpp"

namespace sandoq {

namespace {

weights draw(literal tag, const digest32& election, std::span<const digest32> hashes) {
  byte_writer count;
  count.count(hashes.size());
  framed_hash seed(tag);
  seed.update(election.view());
  seed.update(count.view());
  for (const digest32& h : hashes) {
    seed.update(h.view());
  }
  return weights(seed.digest_wide());
}

}  // namespace

weights batch_weights(const digest32& election, std::span<const digest32> hashes) {
  return draw("batch", election, hashes);
}

weights bisect_weights(const digest32& election, std::span<const digest32> hashes) {
  return draw("bisect", election, hashes);
}

template std::vector<batch_failure> verify_batch<ristretto255>(const digest32&,
                                                               std::span<const digest32>,
                                                               const shared_bases<ristretto255>&,
                                                               const item_emitter<ristretto255>&,
                                                               executor&);

}  // namespace sandoq
