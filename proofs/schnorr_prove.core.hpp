#pragma once

#include <algorithm>

#include "proofs/schnorr.core.hpp"
#include "proofs/sigma/sigma_prove.core.hpp"
#include "sandoq/proofs/schnorr_prove.hpp"

namespace sandoq {

template <proving_group G>
result<schnorr_proof<G>> prove_with_seed(const schnorr_statement<G>& statement,
                                         const secret_scalar<G>& x, transcript& tr,
                                         const nonce_seed& seed) {
  return prove_sigma<G>(relation(statement), std::span(&x, 1), tr, seed)
      .map([](const bytes& octets) {
        schnorr_proof<G> out;
        std::copy(octets.begin(), octets.end(), out.octets.begin());
        return out;
      });
}

template <proving_group G>
result<schnorr_proof<G>> prove(const schnorr_statement<G>& statement, const secret_scalar<G>& x,
                               transcript& tr, random_source& random) {
  return prove_with_seed<G>(statement, x, tr, random_secret<32>(random));
}

}  // namespace sandoq
