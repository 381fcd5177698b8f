#pragma once

#include <utility>

#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// A ballot together with its ballot hash, which the code of 52.3 and the weights of 40.10 both
/// need: whoever reads many ballots hashes each of them once.
class hashed_ballot {
 public:
  /// ballot_item::decode, and the hash of the bytes at hand. Cost: no encoding.
  [[nodiscard]] static result<hashed_ballot> decode(byte_view canonical);
  /// Encodes the ballot and hashes it.
  explicit hashed_ballot(ballot_item item) : item_(std::move(item)), hash_(item_.ballot_hash()) {}

  [[nodiscard]] const ballot_item& item() const noexcept { return item_; }
  /// item().ballot_hash()
  [[nodiscard]] const digest32& hash() const noexcept { return hash_; }

 private:
  hashed_ballot(ballot_item item, const digest32& hash) : item_(std::move(item)), hash_(hash) {}

  ballot_item item_;
  digest32 hash_;
};

}  // namespace sandoq
