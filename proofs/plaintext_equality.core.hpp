#pragma once

#include <utility>

#include "proofs/encrypted_value.core.hpp"
#include "proofs/sigma/sigma.core.hpp"
#include "sandoq/proofs/plaintext_equality.hpp"

namespace sandoq {

namespace detail {

template <prime_order_group G>
result<void> validate(const plaintext_equality_statement<G>& statement) {
  return validate_key<G>(statement.K, "K")
      .and_then([&] { return validate_key<G>(statement.other_K, "other K"); })
      .and_then([&] { return validate_alpha<G>(statement.ciphertext.alpha, "ciphertext/alpha"); })
      .and_then([&] {
        return validate_alpha<G>(statement.other_ciphertext.alpha, "other ciphertext/alpha");
      });
}

template <prime_order_group G>
result<void> validate(const reencryption_statement<G>& statement) {
  return validate_key<G>(statement.K, "K")
      .and_then([&] { return validate_alpha<G>(statement.ciphertext.alpha, "ciphertext/alpha"); })
      .and_then(
          [&] { return validate_alpha<G>(statement.reencrypted.alpha, "re-encrypted/alpha"); })
      .and_then([&]() -> result<void> {
        if (statement.ciphertext.alpha == statement.reencrypted.alpha) {
          return fail(errc::identity_element, "re-encrypted/alpha",
                      "it is that of the first ciphertext: nothing was encrypted anew");
        }
        return {};
      });
}

template <prime_order_group G>
void absorb(const plaintext_equality_statement<G>& statement, transcript& tr) {
  tr.absorb_element("K", statement.K);
  absorb_ciphertext<G>(tr, "ciphertext", statement.ciphertext);
  tr.absorb_element("other K", statement.other_K);
  absorb_ciphertext<G>(tr, "other ciphertext", statement.other_ciphertext);
}

template <prime_order_group G>
void absorb(const reencryption_statement<G>& statement, transcript& tr) {
  tr.absorb_element("K", statement.K);
  absorb_ciphertext<G>(tr, "ciphertext", statement.ciphertext);
  absorb_ciphertext<G>(tr, "re-encrypted", statement.reencrypted);
}

/// x_0*G = alpha, x_1*G = -alpha', x_0*K + x_1*K' = beta - beta' with x_0 = r and x_1 = -r'. The
/// sign stands in x_1, so that K' itself is a base and can be shared.
template <prime_order_group G>
linear_relation<G> relation(const plaintext_equality_statement<G>& statement) {
  const auto& c = statement.ciphertext;
  const auto& other = statement.other_ciphertext;
  linear_relation<G> out;
  const scalar_index r = out.add_scalar();
  const scalar_index minus_other_r = out.add_scalar();
  const element_index g = out.add_element(encoded_generator<G>());
  const element_index K = out.add_element(statement.K, statement.shared_K);
  const element_index other_K = out.add_element(statement.other_K, statement.shared_other_K);
  const element_index alpha = out.add_element(c.alpha);
  const element_index minus_other_alpha =
      out.add_element(encoded_element<G>(-other.alpha.element()));
  const element_index difference =
      out.add_element(encoded_element<G>(c.beta.element() - other.beta.element()));
  out.add_row(alpha, {{r, g}});
  out.add_row(minus_other_alpha, {{minus_other_r, g}});
  out.add_row(difference, {{r, K}, {minus_other_r, other_K}}, image_rule::may_be_identity);
  return out;
}

/// x*G = alpha' - alpha, x*K = beta' - beta.
template <prime_order_group G>
linear_relation<G> relation(const reencryption_statement<G>& statement) {
  const auto& from = statement.ciphertext;
  const auto& to = statement.reencrypted;
  return holds_value<G>({statement.K, statement.shared_K},
                        {encoded_element<G>(to.alpha.element() - from.alpha.element()),
                         encoded_element<G>(to.beta.element() - from.beta.element())},
                        0);
}

/// Statement, then the sigma protocol of its relation: the same for both.
template <prime_order_group G, class Statement>
verification emit_statement(equation_sink<G>& sink, const Statement& statement, byte_view proof,
                            transcript& tr) {
  if (auto valid = validate(statement); !valid) {
    return verification::rejected("statement: " + to_string(valid.error()));
  }
  absorb(statement, tr);
  return emit_sigma<G>(sink, relation(statement), proof, tr);
}

template <prime_order_group G, class Statement>
verification verify_statement(const Statement& alone, byte_view proof, transcript& tr) {
  checking_sink<G> sink;
  if (auto outcome = emit_statement<G>(sink, alone, proof, tr); !outcome) {
    return outcome;
  }
  return close(sink);
}

}  // namespace detail

template <prime_order_group G>
verification emit(equation_sink<G>& sink, const plaintext_equality_statement<G>& statement,
                  const plaintext_equality_proof<G>& proof, transcript& tr) {
  return detail::emit_statement<G>(sink, statement, proof.view(), tr);
}

template <prime_order_group G>
verification verify(const plaintext_equality_statement<G>& statement,
                    const plaintext_equality_proof<G>& proof, transcript& tr) {
  plaintext_equality_statement<G> alone = statement;
  alone.shared_K = not_shared;
  alone.shared_other_K = not_shared;
  return detail::verify_statement<G>(alone, proof.view(), tr);
}

template <prime_order_group G>
verification emit(equation_sink<G>& sink, const reencryption_statement<G>& statement,
                  const reencryption_proof<G>& proof, transcript& tr) {
  return detail::emit_statement<G>(sink, statement, proof.view(), tr);
}

template <prime_order_group G>
verification verify(const reencryption_statement<G>& statement, const reencryption_proof<G>& proof,
                    transcript& tr) {
  reencryption_statement<G> alone = statement;
  alone.shared_K = not_shared;
  return detail::verify_statement<G>(alone, proof.view(), tr);
}

}  // namespace sandoq
