#pragma once

#include <string>
#include <utility>
#include <vector>

#include "proofs/equation_sink.core.hpp"
#include "proofs/sigma/linear_relation.core.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/sigma/sigma.hpp"

namespace sandoq {

namespace detail {

/// Reads n elements; \pre in has exactly their bytes.
template <prime_order_group G>
result<std::vector<element_of<G>>> decode_commitments(byte_view in) {
  std::vector<element_of<G>> out(in.size() / G::element_bytes);
  if (auto done = G::decode_batch(out, in); !done) {
    return fail_within("commitments", std::move(done.error()));
  }
  return out;
}

/// Reads n scalars; \pre in has exactly their bytes.
template <prime_order_group G>
result<std::vector<scalar_of<G>>> decode_scalars(byte_view in, std::string_view place) {
  std::vector<scalar_of<G>> out;
  out.reserve(in.size() / G::scalar_bytes);
  for (; !in.empty(); in = in.subspan(G::scalar_bytes)) {
    auto s = G::decode_scalar(in.first(G::scalar_bytes));
    if (!s) {
      return fail_within(std::string(place) + "/" + std::to_string(out.size()),
                         std::move(s.error()));
    }
    out.push_back(*s);
  }
  return out;
}

/// A proof on linear relations after its challenge: all that its equations need.
template <prime_order_group G>
struct opened_proof {
  scalar_of<G> challenge;
  std::vector<element_of<G>> commitments;
  std::vector<scalar_of<G>> scalars;
};

/// What every such proof does before its equations: length, transcript, challenge, membership.
/// \param absorb  absorbs the statement and the bytes of the commitments, which it is given
template <prime_order_group G, class Absorb>
result<opened_proof<G>> open_proof(byte_view proof, std::size_t commitments, std::size_t scalars,
                                   transcript& tr, const Absorb& absorb) {
  const std::size_t commitment_bytes = commitments * G::element_bytes;
  if (proof.size() != commitment_bytes + scalars * G::scalar_bytes) {
    return fail(errc::bad_proof, "proof", "it does not have the length of its statement");
  }
  const byte_view wire = proof.first(commitment_bytes);
  absorb(wire);
  auto c = tr.template challenge<G>("c");
  if (!c) {
    return tl::unexpected<error>(std::move(c.error()));
  }
  auto T = decode_commitments<G>(wire);
  if (!T) {
    return tl::unexpected<error>(std::move(T.error()));
  }
  auto s = decode_scalars<G>(proof.subspan(commitment_bytes), "scalars");
  if (!s) {
    return tl::unexpected<error>(std::move(s.error()));
  }
  return opened_proof<G>{*c, std::move(*T), std::move(*s)};
}

/// The equations of a relation for given commitments, challenge and responses: what every proof on
/// a linear relation comes down to.
template <prime_order_group G>
void emit_rows(equation_sink<G>& sink, const linear_relation<G>& relation,
               std::span<const element_of<G>> commitments, const scalar_of<G>& challenge,
               std::span<const scalar_of<G>> responses) {
  const auto term = [&](const scalar_of<G>& s, element_index e) {
    if (const base_index shared = relation.shared(e); shared != not_shared) {
      // Otherwise the equation would be about another element than the challenge.
      SANDOQ_EXPECTS(sink.bases().has(shared, relation.element(e).element()),
                     "the table of the sink has the absorbed element at its shared place");
      sink.add_base(shared, s);
    } else {
      sink.add(s, relation.element(e).element());
    }
  };
  for (std::size_t k = 0; k < relation.rows().size(); ++k) {
    const auto& row = relation.rows()[k];
    sink.begin_equation();
    for (const relation_term& t : row.terms) {
      term(responses[t.scalar.value()], t.base);
    }
    sink.subtract(commitments[k]);
    term(-challenge, row.image);
  }
}

/// What single verification says of a sink that has taken everything.
template <prime_order_group G>
verification close(checking_sink<G>& sink) {
  if (sink.holds()) {
    return verification::ok();
  }
  return verification::rejected("equation " + std::to_string(*sink.first_failure()) +
                                " does not hold");
}

}  // namespace detail

template <prime_order_group G>
verification emit_sigma(equation_sink<G>& sink, const linear_relation<G>& relation, byte_view proof,
                        transcript& tr) {
  if (auto valid = relation.validate(); !valid) {
    return verification::rejected("statement: " + to_string(valid.error()));
  }
  const auto opened = detail::open_proof<G>(
      proof, relation.rows().size(), relation.scalars(), tr, [&](byte_view commitments) {
        relation.absorb(tr);
        tr.template absorb_encoded_elements<G>("commitments", commitments);
      });
  if (!opened) {
    return verification::rejected(to_string(opened.error()));
  }
  detail::emit_rows<G>(sink, relation, opened->commitments, opened->challenge, opened->scalars);
  return verification::ok();
}

template <prime_order_group G>
verification verify_sigma(const linear_relation<G>& relation, byte_view proof, transcript& tr) {
  checking_sink<G> sink;
  if (auto outcome = emit_sigma(static_cast<equation_sink<G>&>(sink), relation, proof, tr);
      !outcome) {
    return outcome;
  }
  return detail::close(sink);
}

}  // namespace sandoq
