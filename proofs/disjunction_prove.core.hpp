#pragma once

#include <utility>

#include "proofs/disjunction.core.hpp"
#include "proofs/encrypted_value_prove.core.hpp"
#include "proofs/sigma/compose_prove.core.hpp"
#include "sandoq/proofs/disjunction_prove.hpp"

namespace sandoq {

template <proving_group G>
result<bytes> prove_with_seed(const disjunction_statement<G>& statement,
                              const encrypted_value_witness<G>& witness, transcript& tr,
                              const nonce_seed& seed) {
  if (auto valid = detail::validate(statement); !valid) {
    return fail_within("statement", std::move(valid.error()));
  }
  detail::absorb(statement, tr);
  and_of_or_witness<G> known;
  detail::know_value<G>(known.branches, known.scalars, statement.values, witness.value, witness.r);
  const auto branches = detail::branches(statement);
  const or_branches<G> all(branches);
  return prove_and_of_or<G>({&all, 1}, known, tr, seed);
}

template <proving_group G>
result<bytes> prove(const disjunction_statement<G>& statement,
                    const encrypted_value_witness<G>& witness, transcript& tr,
                    random_source& random) {
  return prove_with_seed<G>(statement, witness, tr, random_secret<32>(random));
}

}  // namespace sandoq
