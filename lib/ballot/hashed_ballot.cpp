#include "sandoq/ballot/hashed_ballot.hpp"

namespace sandoq {
namespace {

// time, previous and code, which the hash does not cover (52.3).
constexpr std::size_t unhashed_bytes = 8 + 32 + 32;

}  // namespace

result<hashed_ballot> hashed_ballot::decode(byte_view canonical) {
  auto item = ballot_item::decode(canonical);
  if (!item) {
    return tl::unexpected<error>(std::move(item.error()));
  }
  // Whatever decodes has one encoding, so these are the bytes that ballot_hash() would write.
  return hashed_ballot(
      std::move(*item),
      framed_hash::of("ballot", canonical.first(canonical.size() - unhashed_bytes)));
}

}  // namespace sandoq
