#pragma once

#include "proofs/encrypted_value.core.hpp"
#include "proofs/sigma/compose.core.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/proofs/disjunction.hpp"

namespace sandoq {

namespace detail {

template <prime_order_group G>
result<void> validate(const disjunction_statement<G>& statement) {
  const auto& values = statement.values;
  if (values.size() < 2 || values.size() > or_branch_limit) {
    return fail(errc::bad_statement, "values",
                "a disjunction has 2 to 64 values; for one, prove equal logarithms");
  }
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (values[i - 1] >= values[i]) {
      return fail(errc::bad_statement, "values", "they must be strictly ascending");
    }
  }
  if (auto valid = validate_key<G>(statement.K, "K"); !valid) {
    return valid;
  }
  return validate_alpha<G>(statement.ciphertext.alpha, "ciphertext/alpha");
}

/// The statement itself; the images that are computed from it follow with the branches.
template <prime_order_group G>
void absorb(const disjunction_statement<G>& statement, transcript& tr) {
  byte_writer values;
  values.count(statement.values.size());
  for (const std::uint64_t v : statement.values) {
    values.u64(v);
  }
  tr.absorb_element("K", statement.K);
  absorb_ciphertext<G>(tr, "ciphertext", statement.ciphertext);
  tr.absorb_bytes("values", values.view());
}

template <prime_order_group G>
std::vector<linear_relation<G>> branches(const disjunction_statement<G>& statement) {
  return holds_one_of<G>({statement.K, statement.shared_K}, statement.ciphertext, statement.values);
}

}  // namespace detail

template <prime_order_group G>
verification emit(equation_sink<G>& sink, const disjunction_statement<G>& statement,
                  byte_view proof, transcript& tr) {
  if (auto valid = detail::validate(statement); !valid) {
    return verification::rejected("statement: " + to_string(valid.error()));
  }
  detail::absorb(statement, tr);
  return emit_or<G>(sink, detail::branches(statement), proof, tr);
}

template <prime_order_group G>
verification verify(const disjunction_statement<G>& statement, byte_view proof, transcript& tr) {
  disjunction_statement<G> alone = statement;
  alone.shared_K = not_shared;
  checking_sink<G> sink;
  if (auto outcome = emit<G>(sink, alone, proof, tr); !outcome) {
    return outcome;
  }
  return detail::close(sink);
}

}  // namespace sandoq
