#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "sandoq/core/executor.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/mixnet/cascade.hpp"
#include "sandoq/proofs/shuffle_prove.hpp"
#include "sandoq/proofs/signature_prove.hpp"

namespace sandoq {

/// Who mixes. Refers to the key.
struct mixer_identity {
  board_index board;
  trustee_index trustee;
  const signing_key<ristretto255>& key;
};

/// What a mixer has done so far.
enum class mix_step : std::uint8_t {
  decoded,  ///< the list that it takes
  mixed,    ///< it has been permuted, encrypted anew and proved
  done,     ///< the stage is signed
};
/// Called after each of them.
using mix_progress = std::function<void(mix_step)>;

/// Everything that a mixer can make before the list is known, for the longest list it expects.
/// Serves one list, once, and cannot be copied: with it the list can be traced.         SPEC(60.5)
using mix_preparation = shuffle_preparation<ristretto255>;

/// Makes one. Constant time.
/// \param tables   of this election, with bases for that length
/// \param longest  N of the longest list that may come
/// \return out_of_range if N or w is outside 48.2. Cost and memory for a ciphertext of width 1:
/// two fixed-base multiplications and about 500 bytes.
[[nodiscard]] result<mix_preparation> prepare_mix(const shuffle_prover_tables<ristretto255>& tables,
                                                  std::size_t longest, std::size_t width,
                                                  random_source& source);

/// The next stage of a cascade: takes its list, permutes it, encrypts it anew, proves and signs
/// that. Constant time in everything secret.                                   SPEC(60.3)
/// SPEC(60.5) \param tables    of the election of the cascade \param verified  the stages before,
/// every proof of which was verified: an honest mixer never
///                  works on what it has not checked
/// \param prepared  used up, also if the list is shorter
/// \param progress  called in the calling thread; may be empty
/// \return what cascade::admits says; bad_proof if a proof before was not verified; bad_witness if
/// the key is not the trustee's; bad_statement if the preparation is too short or of another width;
/// the decoder's error for the list. Cost and memory: shuffle().
[[nodiscard]] result<mixed_stage> mix(const shuffle_prover_tables<ristretto255>& tables,
                                      const cascade& verified, const mixer_identity& who,
                                      mix_preparation prepared, random_source& source,
                                      executor& workers, const mix_progress& progress = {});

}  // namespace sandoq
