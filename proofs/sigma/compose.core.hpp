#pragma once

#include <string>
#include <utility>
#include <vector>

#include "proofs/sigma/sigma.core.hpp"
#include "sandoq/proofs/sigma/compose.hpp"

namespace sandoq {

namespace detail {

inline constexpr std::size_t or_branch_limit = 64;
inline constexpr std::size_t disjunction_limit = 64;

template <prime_order_group G>
result<void> validate_branches(or_branches<G> branches) {
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
result<void> validate_disjunctions(std::span<const or_branches<G>> disjunctions) {
  if (disjunctions.empty() || disjunctions.size() > disjunction_limit) {
    return fail(errc::bad_statement, "disjunctions", "a proof is about 1 to 64 disjunctions");
  }
  for (std::size_t j = 0; j < disjunctions.size(); ++j) {
    if (auto valid = validate_branches<G>(disjunctions[j]); !valid) {
      return disjunctions.size() == 1
                 ? tl::unexpected<error>(std::move(valid.error()))
                 : fail_within("disjunction " + std::to_string(j), std::move(valid.error()));
    }
  }
  return {};
}

template <prime_order_group G>
void absorb_disjunctions(std::span<const or_branches<G>> disjunctions, transcript& tr) {
  for (const or_branches<G>& branches : disjunctions) {
    tr.absorb_integer("branches", branches.size());
    for (const auto& branch : branches) {
      branch.absorb(tr);
    }
  }
}

/// What a proof consists of.
struct and_of_or_counts {
  std::size_t commitments = 0;
  std::size_t shares = 0;     // challenge shares on the wire: one a disjunction is implied
  std::size_t responses = 0;  // and scalars of the witness
};

template <prime_order_group G>
and_of_or_counts count_parts(std::span<const or_branches<G>> disjunctions) {
  and_of_or_counts out;
  for (const or_branches<G>& branches : disjunctions) {
    out.shares += branches.empty() ? 0 : branches.size() - 1;
    for (const auto& branch : branches) {
      out.commitments += branch.rows().size();
      out.responses += branch.scalars();
    }
  }
  return out;
}

/// Each branch's commitments, from their concatenated bytes.
template <prime_order_group G>
void absorb_branch_commitments(std::span<const or_branches<G>> disjunctions, byte_view wire,
                               transcript& tr) {
  for (const or_branches<G>& branches : disjunctions) {
    for (const auto& branch : branches) {
      const std::size_t size_bytes = branch.rows().size() * G::element_bytes;
      tr.absorb_encoded_elements<G>("commitments", wire.first(size_bytes));
      wire = wire.subspan(size_bytes);
    }
  }
}

/// The first n of a list, which loses them.
template <class T>
std::span<const T> take(std::span<const T>& list, std::size_t n) {
  const std::span<const T> out = list.first(n);
  list = list.subspan(n);
  return out;
}

/// The equations of one disjunction; takes its part off T and off the scalars.
template <prime_order_group G>
void emit_branches(equation_sink<G>& sink, or_branches<G> branches, const scalar_of<G>& challenge,
                   std::span<const element_of<G>>& T, std::span<const scalar_of<G>>& scalars) {
  const auto shares = take(scalars, branches.size() - 1);
  scalar_of<G> last = challenge;
  for (const scalar_of<G>& share : shares) {
    last = last - share;
  }
  for (std::size_t i = 0; i < branches.size(); ++i) {
    emit_rows<G>(sink, branches[i], take(T, branches[i].rows().size()),
                 i < shares.size() ? shares[i] : last, take(scalars, branches[i].scalars()));
  }
}

}  // namespace detail

template <prime_order_group G>
std::size_t and_of_or_proof_size(std::span<const or_branches<G>> disjunctions) {
  const auto counts = detail::count_parts<G>(disjunctions);
  return counts.commitments * G::element_bytes +
         (counts.shares + counts.responses) * G::scalar_bytes;
}

template <prime_order_group G>
std::size_t or_proof_size(or_branches<G> branches) {
  return and_of_or_proof_size<G>({&branches, 1});
}

template <prime_order_group G>
verification emit_and_of_or(equation_sink<G>& sink, std::span<const or_branches<G>> disjunctions,
                            byte_view proof, transcript& tr) {
  if (auto valid = detail::validate_disjunctions<G>(disjunctions); !valid) {
    return verification::rejected("statement: " + to_string(valid.error()));
  }
  const auto counts = detail::count_parts<G>(disjunctions);
  const auto opened = detail::open_proof<G>(
      proof, counts.commitments, counts.shares + counts.responses, tr, [&](byte_view commitments) {
        detail::absorb_disjunctions<G>(disjunctions, tr);
        detail::absorb_branch_commitments<G>(disjunctions, commitments, tr);
      });
  if (!opened) {
    return verification::rejected(to_string(opened.error()));
  }
  std::span<const element_of<G>> T(opened->commitments);
  std::span<const scalar_of<G>> scalars(opened->scalars);
  for (const or_branches<G>& branches : disjunctions) {
    detail::emit_branches<G>(sink, branches, opened->challenge, T, scalars);
  }
  return verification::ok();
}

template <prime_order_group G>
verification emit_or(equation_sink<G>& sink, or_branches<G> branches, byte_view proof,
                     transcript& tr) {
  return emit_and_of_or<G>(sink, {&branches, 1}, proof, tr);
}

template <prime_order_group G>
verification verify_or(or_branches<G> branches, byte_view proof, transcript& tr) {
  checking_sink<G> sink;
  if (auto outcome = emit_or<G>(sink, branches, proof, tr); !outcome) {
    return outcome;
  }
  return detail::close(sink);
}

}  // namespace sandoq
