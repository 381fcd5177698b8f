#pragma once

#include <span>
#include <utility>
#include <vector>

#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/elgamal/ciphertext.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq {

/// A ballot all of whose proofs hold, with its ciphertexts decoded. Only ballot_verifier makes one,
/// and a tally adds nothing else. Whether it was cast, and whether its code fits the chain, is the
/// journal's business (52.3, 52.6).                                                    SPEC(70.1)
class verified_ballot {
 public:
  /// The ciphertexts of one contest.
  struct contest {
    contest_index index;
    std::vector<ciphertext<ristretto255>> ciphertexts;  ///< n'
  };

  [[nodiscard]] const device_place& place() const noexcept { return place_; }
  [[nodiscard]] serial number() const noexcept { return number_; }
  [[nodiscard]] style_index style() const noexcept { return style_; }
  [[nodiscard]] const digest32& code() const noexcept { return code_; }
  /// Those of its style, in order.
  [[nodiscard]] std::span<const contest> contests() const noexcept { return contests_; }

 private:
  friend class ballot_verifier;
  verified_ballot(const ballot_item& ballot, std::vector<contest> contests)
      : place_(ballot.place),
        number_(ballot.number),
        style_(ballot.style),
        code_(ballot.code),
        contests_(std::move(contests)) {}

  device_place place_;
  serial number_;
  style_index style_;
  digest32 code_;
  std::vector<contest> contests_;
};

}  // namespace sandoq
