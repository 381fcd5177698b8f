#pragma once

#include <cstddef>
#include <span>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/sigma/linear_relation.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// The relations of one disjunction, 2 to 64: at least one of them holds.
template <prime_order_group G>
using or_branches = std::span<const linear_relation<G>>;

/// A proof that at least one of m relations holds, without saying which: the commitments of every
/// branch, then the challenges c_1 ... c_{m-1}, then the responses of every branch.    SPEC(40.4)
/// Source: Cramer, Damgard, Schoenmakers, CRYPTO '94.
template <prime_order_group G>
[[nodiscard]] std::size_t or_proof_size(or_branches<G> branches);

/// Emits the equations of every branch, each under its own c_i, with c_m = c - (c_1 + ... +
/// c_{m-1}). Rejects, before any equation, fewer than 2 or more than 64 branches, an invalid
/// relation, bytes that do not decode and the challenge 0 (a share may be 0).
/// \param tr has absorbed the context; it is used up.
template <prime_order_group G>
verification emit_or(equation_sink<G>& sink, or_branches<G> branches, byte_view proof,
                     transcript& tr);

/// The same, checked at once. \pre no element of a branch but the generator is shared
template <prime_order_group G>
verification verify_or(or_branches<G> branches, byte_view proof, transcript& tr);

/// A proof that in each of n disjunctions, 1 to 64, at least one relation holds, under one
/// challenge: the commitments of all, then for each its challenges and its responses. SPEC(40.4)
template <prime_order_group G>
[[nodiscard]] std::size_t and_of_or_proof_size(std::span<const or_branches<G>> disjunctions);

/// Emits the equations of every branch of every disjunction, in order; rejects as emit_or.
/// \param tr has absorbed the context; it is used up.
template <prime_order_group G>
verification emit_and_of_or(equation_sink<G>& sink, std::span<const or_branches<G>> disjunctions,
                            byte_view proof, transcript& tr);

extern template std::size_t or_proof_size<ristretto255>(or_branches<ristretto255>);
extern template verification emit_or<ristretto255>(equation_sink<ristretto255>&,
                                                   or_branches<ristretto255>, byte_view,
                                                   transcript&);
extern template verification verify_or<ristretto255>(or_branches<ristretto255>, byte_view,
                                                     transcript&);
extern template std::size_t and_of_or_proof_size<ristretto255>(
    std::span<const or_branches<ristretto255>>);
extern template verification emit_and_of_or<ristretto255>(
    equation_sink<ristretto255>&, std::span<const or_branches<ristretto255>>, byte_view,
    transcript&);

}  // namespace sandoq
