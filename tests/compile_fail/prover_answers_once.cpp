// Responding consumes the prover: two answers from one nonce would give the witness away.

#include <utility>

#include "sandoq/proofs/sigma/sigma_prove.hpp"

using group = sandoq::ristretto255;

sandoq::bytes answer(sandoq::sigma_prover<group>& prover, const group::scalar& c) {
#ifdef SANDOQ_MISUSE
  return prover.respond(c);
#else
  return std::move(prover).respond(c);
#endif
}
