// A mixer's preparation is used up by the list it mixes: it cannot be kept for another one.

#include <utility>

#include "sandoq/mixnet/mixer_secret.hpp"

auto mix_once(const sandoq::shuffle_prover_tables<sandoq::ristretto255>& tables,
              const sandoq::cascade& verified, const sandoq::mixer_identity& who,
              sandoq::mix_preparation prepared, sandoq::random_source& source,
              sandoq::executor& workers) {
#ifdef SANDOQ_MISUSE
  return sandoq::mix(tables, verified, who, prepared, source, workers);
#else
  return sandoq::mix(tables, verified, who, std::move(prepared), source, workers);
#endif
}
