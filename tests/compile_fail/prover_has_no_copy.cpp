// A prover between commitment and response cannot be copied.

#include <utility>

#include "sandoq/proofs/sigma/sigma_prove.hpp"

using group = sandoq::ristretto255;

sandoq::sigma_prover<group> second(sandoq::sigma_prover<group>& prover) {
#ifdef SANDOQ_MISUSE
  return prover;
#else
  return std::move(prover);
#endif
}
