#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "choice_count.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// What one ballot of a contest costs each who works on it, in group multiplications: products of
/// an element and a scalar, those of a sum one by one. Hashes and decodings are not counted.
struct ballot_cost {
  std::uint64_t device = 0;    ///< encrypts and proves
  std::uint64_t verifier = 0;  ///< the ballot; its way through one stage a board; the answers
  std::uint64_t mixer = 0;     ///< permutes and proves one stage, with what it prepares before
  std::uint64_t trustee = 0;   ///< answers for its part of the opening
};

/// What 50.9 says of one contest.
struct contest_plan {
  contest_encoding automatic{};  ///< what "auto" stands for; 0 if there is none
  std::string why;               ///< half a sentence
  std::size_t ciphertexts = 0;   ///< in every ballot
  std::size_t ciphertext_bytes = 0;
  std::size_t proof_bytes = 0;
  ballot_cost cost;
  choice_count choices;
  std::uint64_t ballots_a_group = 0;       ///< most that one mix can take; 0 if it is not mixed
  std::uint64_t mixer_bytes_a_ballot = 0;  ///< of memory, in lists of up to 131,072 ciphertexts
  std::uint64_t mixer_bytes = 0;           ///< of memory, for the longest list of one mix
  std::vector<std::string> warnings;       ///< whole sentences without a full stop
};

/// \pre the manifest keeps 50.3 to 50.7. SPEC(50.9)
[[nodiscard]] result<contest_plan> plan_contest(const manifest& m, const contest_entry& contest);

}  // namespace sandoq::tool
