#pragma once

#include <cstdint>
#include <span>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// How much there is to do in the mixes of an election and in opening their lists (spec 60), when
/// one trustee of every board mixes each list.
struct mix_load {
  double lists = 0;
  double stages = 0;  ///< one of every board for each list
  double bases = 0;   ///< that commitments to the longest row need
  double lines = 0;   ///< ciphertexts, in all stages
  double pairs = 0;   ///< in those
  /// The same, of a stage in several rows as many times as its proof takes longer to make.
  double proved_lines = 0;
  double proved_pairs = 0;
  double answers = 0;        ///< of trustees, to the request for each list
  double answer_pairs = 0;   ///< in them
  double opened_slots = 0;   ///< slots that are read, in all lists
  double opened_packed = 0;  ///< ciphertexts of packed ballots
  double codes = 0;          ///< in the tables by which slots are read
  double bytes = 0;          ///< of lists, proofs, requests and answers, in the record
};

/// \param ballots  cast ballots of each contest, by index; \param branches  that vote on it, by
/// index. Lists are divided as plan_groups() does. Errors: those of contest_ballot_size_of.
[[nodiscard]] result<mix_load> mix_load_of(const manifest& m, std::span<const double> ballots,
                                           std::span<const std::uint64_t> branches);

}  // namespace sandoq::tool
