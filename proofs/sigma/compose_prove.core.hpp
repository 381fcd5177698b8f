#pragma once

#include <utility>

#include "proofs/sigma/compose.core.hpp"
#include "proofs/sigma/sigma_prove.core.hpp"
#include "sandoq/core/choice.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/sigma/compose_prove.hpp"

namespace sandoq {

namespace detail {

/// One branch of a disjunction while it is proved. In the true branch `masks` are nonces and the
/// challenge is what remains of c; in the others `masks` are the responses themselves and the
/// challenge is `share`. Nothing but the two choices differs.
template <proving_group G>
struct or_branch {
  secret<std::uint64_t> taken_bit;  // not a choice, which is not wiped
  std::vector<secret_scalar<G>> masks;
  secret_scalar<G> share;  // 0 in the true branch

  [[nodiscard]] choice taken() const noexcept {
    return choice::from_bit(expose_for_secret_ops(taken_bit));
  }
};

/// What is known of all disjunctions together.
template <proving_group G>
struct known_branches {
  std::span<const secret<std::uint32_t>> branches;
  std::span<const secret_scalar<G>> scalars;
};

/// The scalars of all branches, then the index of each true one.
template <proving_group G>
secret_bytes or_witness_bytes(const known_branches<G>& witness) {
  const secret_bytes scalars = witness_bytes<G>(witness.scalars);
  secret_bytes out(scalars.size() + 4 * witness.branches.size());
  const byte_view from = expose_for_secret_ops(scalars);
  byte_span to = expose_for_secret_ops(out);
  std::copy(from.begin(), from.end(), to.begin());
  to = to.subspan(from.size());
  for (const auto& branch : witness.branches) {
    const std::uint32_t index = expose_for_secret_ops(branch);
    for (std::size_t i = 0; i < 4; ++i) {
      to[i] = static_cast<std::byte>((index >> (8 * i)) & 0xFFU);
    }
    to = to.subspan(4);
  }
  return out;
}

/// Nonces per branch: first its masks, then its challenge share. `next` runs through all of them.
template <proving_group G>
std::vector<or_branch<G>> draw_branches(or_branches<G> branches,
                                        const secret<std::uint32_t>& true_branch,
                                        const prover_nonces& nonces, std::uint32_t& next) {
  const secret_scalar<G> zero;
  std::vector<or_branch<G>> out;
  out.reserve(branches.size());
  for (std::size_t i = 0; i < branches.size(); ++i) {
    or_branch<G> b;
    b.taken_bit = secret<std::uint64_t>::made_by(
        [&]() noexcept { return choice::equal(expose_for_secret_ops(true_branch), i).bit(); });
    b.masks.reserve(branches[i].scalars());
    for (std::size_t t = 0; t < branches[i].scalars(); ++t) {
      b.masks.push_back(nonces.at<G>(next++));
    }
    b.share = secret_ops<G>::select(b.taken(), zero, nonces.at<G>(next++));
    out.push_back(std::move(b));
  }
  return out;
}

/// T = sum of masks * E_b - share * E_y: a commitment where the share is 0, a simulated one
/// elsewhere, by the same multiplication.
template <proving_group G>
void append_commitments(bytes& out, const linear_relation<G>& relation, const or_branch<G>& b) {
  using ops = secret_ops<G>;
  for (const auto& row : relation.rows()) {
    std::vector<secret_scalar<G>> scalars;
    std::vector<element_of<G>> elements;
    for (const relation_term& t : row.terms) {
      scalars.push_back(b.masks[t.scalar.value()].clone());
      elements.push_back(relation.element(t.base).element());
    }
    scalars.push_back(ops::neg(b.share));
    elements.push_back(relation.element(row.image).element());
    const auto T = declassify<"a commitment of a disjunction: uniform, whichever branch is true">(
        ops::msm(scalars, elements));
    append(out, G::encode(T));
  }
}

/// The shares and responses of one disjunction, whose scalars are given.
template <proving_group G>
void append_responses(bytes& proof, std::span<const or_branch<G>> drawn,
                      std::span<const secret_scalar<G>> scalars, const scalar_of<G>& c) {
  using ops = secret_ops<G>;
  const secret_scalar<G> zero;
  secret_scalar<G> rest(c);  // c minus the shares of the simulated branches: the true one's
  for (const auto& b : drawn) {
    rest = ops::sub(rest, b.share);
  }
  for (std::size_t i = 0; i + 1 < drawn.size(); ++i) {
    const auto share = declassify<"challenge shares are uniform with the sum c">(
        ops::select(drawn[i].taken(), rest, drawn[i].share));
    append(proof, G::encode_scalar(share));
  }
  std::size_t next = 0;
  for (const auto& b : drawn) {
    const secret_scalar<G> factor = ops::select(b.taken(), rest, zero);
    for (const auto& mask : b.masks) {
      const auto z = declassify<"a response of a disjunction: uniform, whichever branch is true">(
          ops::fma(mask, factor, scalars[next++]));
      append(proof, G::encode_scalar(z));
    }
  }
}

template <proving_group G>
result<bytes> prove_disjunctions(std::span<const or_branches<G>> disjunctions,
                                 const known_branches<G>& witness, transcript& tr,
                                 const nonce_seed& seed) {
  if (auto valid = validate_disjunctions<G>(disjunctions); !valid) {
    return fail_within("statement", std::move(valid.error()));
  }
  if (witness.branches.size() != disjunctions.size()) {
    return fail(errc::bad_witness, "witness", "it must name a branch of each disjunction");
  }
  if (witness.scalars.size() != count_parts<G>(disjunctions).responses) {
    return fail(errc::bad_witness, "witness", "it must have a scalar for each of all branches");
  }
  absorb_disjunctions<G>(disjunctions, tr);
  const prover_nonces nonces(tr, or_witness_bytes<G>(witness), seed);
  std::vector<std::vector<or_branch<G>>> drawn;
  drawn.reserve(disjunctions.size());
  bytes proof;
  std::uint32_t next = 0;
  for (std::size_t j = 0; j < disjunctions.size(); ++j) {
    drawn.push_back(draw_branches<G>(disjunctions[j], witness.branches[j], nonces, next));
    for (std::size_t i = 0; i < disjunctions[j].size(); ++i) {
      append_commitments(proof, disjunctions[j][i], drawn[j][i]);
    }
  }
  absorb_branch_commitments<G>(disjunctions, proof, tr);
  const auto c = tr.template challenge<G>("c");
  if (!c) {
    return tl::unexpected<error>(c.error());
  }
  auto scalars = witness.scalars;
  for (std::size_t j = 0; j < disjunctions.size(); ++j) {
    const std::size_t own = count_parts<G>({&disjunctions[j], 1}).responses;
    append_responses<G>(proof, drawn[j], take(scalars, own), *c);
  }
  return proof;
}

}  // namespace detail

template <proving_group G>
result<bytes> prove_or(or_branches<G> branches, const or_witness<G>& witness, transcript& tr,
                       const nonce_seed& seed) {
  return detail::prove_disjunctions<G>({&branches, 1}, {{&witness.branch, 1}, witness.scalars}, tr,
                                       seed);
}

template <proving_group G>
result<bytes> prove_and_of_or(std::span<const or_branches<G>> disjunctions,
                              const and_of_or_witness<G>& witness, transcript& tr,
                              const nonce_seed& seed) {
  return detail::prove_disjunctions<G>(disjunctions, {witness.branches, witness.scalars}, tr, seed);
}

}  // namespace sandoq
