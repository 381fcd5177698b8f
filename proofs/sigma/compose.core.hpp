#pragma once

#include <string>
#include <vector>

#include "proofs/sigma/sigma.core.hpp"
#include "sandoq/proofs/sigma/compose.hpp"

namespace sandoq {

namespace detail {

inline constexpr std::size_t or_branch_limit = 64;

template <prime_order_group G>
result<void> validate_branches(std::span<const linear_relation<G>> branches) {
  if (branches.size() < 2 || branches.size() > or_branch_limit) {
    return fail(errc::bad_statement, "branches", "a disjunction has 2 to 64 branches");
  }
  for (std::size_t i = 0; i < branches.size(); ++i) {
    if (auto valid = branches[i].validate(); !valid) {
      return fail_within("branch " + std::to_string(i), std::move(valid.error()));
    }
  }
  return {};
}

template <prime_order_group G>
void absorb_branches(std::span<const linear_relation<G>> branches, transcript& tr) {
  tr.absorb_integer("branches", branches.size());
  for (const auto& branch : branches) {
    branch.absorb(tr);
  }
}

template <prime_order_group G>
std::size_t count_rows(std::span<const linear_relation<G>> branches) {
  std::size_t rows = 0;
  for (const auto& branch : branches) {
    rows += branch.rows().size();
  }
  return rows;
}

template <prime_order_group G>
std::size_t count_scalars(std::span<const linear_relation<G>> branches) {
  std::size_t scalars = 0;
  for (const auto& branch : branches) {
    scalars += branch.scalars();
  }
  return scalars;
}

/// Each branch's commitments, from their concatenated bytes.
template <prime_order_group G>
void absorb_branch_commitments(std::span<const linear_relation<G>> branches, byte_view wire,
                               transcript& tr) {
  for (const auto& branch : branches) {
    const std::size_t size_bytes = branch.rows().size() * G::element_bytes;
    tr.absorb_encoded_elements<G>("commitments", wire.first(size_bytes));
    wire = wire.subspan(size_bytes);
  }
}

}  // namespace detail

template <prime_order_group G>
std::size_t or_proof_size(std::span<const linear_relation<G>> branches) {
  const std::size_t shares = branches.empty() ? 0 : branches.size() - 1;
  return detail::count_rows(branches) * G::element_bytes +
         (shares + detail::count_scalars(branches)) * G::scalar_bytes;
}

template <prime_order_group G>
verification emit_or(equation_sink<G>& sink, std::span<const linear_relation<G>> branches,
                     byte_view proof, transcript& tr) {
  if (auto valid = detail::validate_branches(branches); !valid) {
    return verification::rejected("statement: " + to_string(valid.error()));
  }
  if (proof.size() != or_proof_size(branches)) {
    return verification::rejected("the proof does not have the length of its statement");
  }
  const byte_view wire = proof.first(detail::count_rows(branches) * G::element_bytes);
  detail::absorb_branches(branches, tr);
  detail::absorb_branch_commitments(branches, wire, tr);
  const auto c = tr.template challenge<G>("c");
  if (!c) {
    return verification::rejected(to_string(c.error()));
  }
  const auto commitments = detail::decode_commitments<G>(wire);
  if (!commitments) {
    return verification::rejected(to_string(commitments.error()));
  }
  // Challenge shares c_1 ... c_{m-1}, then all responses.
  const auto scalars = detail::decode_scalars<G>(proof.subspan(wire.size()), "scalars");
  if (!scalars) {
    return verification::rejected(to_string(scalars.error()));
  }
  scalar_of<G> last = *c;
  for (std::size_t i = 0; i + 1 < branches.size(); ++i) {
    last = last - (*scalars)[i];
  }
  std::span<const element_of<G>> T(*commitments);
  std::span<const scalar_of<G>> z = std::span(*scalars).subspan(branches.size() - 1);
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const scalar_of<G>& share = i + 1 < branches.size() ? (*scalars)[i] : last;
    detail::emit_rows<G>(sink, branches[i], T.first(branches[i].rows().size()), share,
                         z.first(branches[i].scalars()));
    T = T.subspan(branches[i].rows().size());
    z = z.subspan(branches[i].scalars());
  }
  return verification::ok();
}

template <prime_order_group G>
verification verify_or(std::span<const linear_relation<G>> branches, byte_view proof,
                       transcript& tr) {
  checking_sink<G> sink;
  if (auto outcome = emit_or(static_cast<equation_sink<G>&>(sink), branches, proof, tr); !outcome) {
    return outcome;
  }
  return detail::close(sink);
}

}  // namespace sandoq
