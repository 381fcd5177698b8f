#pragma once

#include <cstdint>

#include "sandoq/core/verdict.hpp"
#include "sandoq/proofs/disjunction_prove.hpp"
#include "tests/unit/proofs/proof_fixture.hpp"

namespace sandoq::testing {

/// A statement about an encrypted value, and a proof of it; a claim need not be true.
template <class G, class Statement>
struct proved_statement {
  /// Proves that the ciphertext holds m with the nonce r.
  void claim(proof_fixture<G>& values, std::uint64_t m, const scalar_of<G>& r) {
    const encrypted_value_witness<G> witness{secret<std::uint64_t>(m), secret_scalar<G>(r)};
    transcript tr = context_of(1);
    proof = prove(statement, witness, tr, values.random).value();
  }
  [[nodiscard]] verification check(std::uint64_t context = 1) const {
    transcript tr = context_of(context);
    return verify(statement, proof, tr);
  }

  Statement statement;
  bytes proof;
};

}  // namespace sandoq::testing
