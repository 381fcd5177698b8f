// The skeleton and the simple proofs on it: completeness, and that everything absorbed matters.

#include "sandoq/proofs/sigma/sigma.hpp"

#include <gtest/gtest.h>

#include <type_traits>

#include "sandoq/proofs/chaum_pedersen_prove.hpp"
#include "sandoq/proofs/plaintext_knowledge_prove.hpp"
#include "sandoq/proofs/schnorr_prove.hpp"
#include "sandoq/proofs/sigma/sigma_prove.hpp"
#include "tests/unit/proofs/proof_fixture.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::context_of;
using testing::proof_fixture;
using testing::times;

/// Some bit of a proof.
template <class Proof>
Proof flipped(Proof proof, std::uint64_t bit) {
  proof.octets[bit / 8 % proof.octets.size()] ^= static_cast<std::byte>(1U << (bit % 8));
  return proof;
}

template <class Statement, class Proof>
bool accepts(const Statement& statement, const Proof& proof, std::uint64_t context) {
  transcript tr = context_of(context);
  return verify(statement, proof, tr).holds();
}

TEST(schnorr, random_bases) {
  proof_fixture<G> values;
  for (int i = 0; i < 10; ++i) {
    const G::scalar x = values.nonzero();
    const auto B = i == 0 ? encoded_element<G>(G::generator()) : values.encoded();
    const schnorr_statement<G> statement{B, times<G>(x, B)};
    transcript tr = context_of(1);
    const auto proof = prove(statement, secret_scalar<G>(x), tr, values.random).value();
    EXPECT_TRUE(accepts(statement, proof, 1));

    EXPECT_FALSE(accepts(statement, proof, 2)) << "context";
    EXPECT_FALSE(accepts(schnorr_statement<G>{values.encoded(), statement.Y}, proof, 1)) << "base";
    EXPECT_FALSE(accepts(schnorr_statement<G>{B, values.encoded()}, proof, 1)) << "image";
    EXPECT_FALSE(accepts(statement, flipped(proof, values.random.u64()), 1)) << "a bit";
    transcript other("sandoq-1/unit/other");
    other.absorb_integer("context", 1);
    EXPECT_FALSE(verify(statement, proof, other)) << "label of the transcript";
  }
}

/// Fiat-Shamir over the commitment alone would let a prover choose the statement last.
TEST(schnorr, a_statement_fitted_to_the_challenge_is_refused) {
  proof_fixture<G> values;
  const auto B = encoded_element<G>(G::generator());
  const schnorr_statement<G> decoy{B, values.encoded()};
  const G::scalar z = values.scalar();
  const G::element T = values.element();
  schnorr_proof<G> proof;
  const auto T_octets = G::encode(T);
  const auto z_octets = G::encode_scalar(z);
  std::copy(z_octets.begin(), z_octets.end(),
            std::copy(T_octets.begin(), T_octets.end(), proof.octets.begin()));
  transcript tr = context_of(1);
  relation(decoy).absorb(tr);
  tr.absorb_encoded_elements<G>("commitments", T_octets);
  const G::scalar c = tr.challenge<G>("c").value();
  const encoded_element<G> Y(G::mul_vartime(G::invert(c), G::mul_vartime(z, B.element()) - T));
  ASSERT_EQ(G::mul_base_vartime(z), T + G::mul_vartime(c, Y.element())) << "the equation holds";
  EXPECT_FALSE(accepts(schnorr_statement<G>{B, Y}, proof, 1));
}

TEST(schnorr, identities_are_refused_by_both_sides) {
  proof_fixture<G> values;
  const encoded_element<G> zero;
  for (const auto& statement :
       {schnorr_statement<G>{zero, values.encoded()}, schnorr_statement<G>{values.encoded(), zero},
        schnorr_statement<G>{zero, zero}}) {
    transcript tr = context_of(1);
    const auto proof = prove(statement, secret_scalar<G>(), tr, values.random);
    ASSERT_FALSE(proof);
    EXPECT_EQ(proof.error().code, errc::identity_element);
    EXPECT_FALSE(accepts(statement, schnorr_proof<G>{}, 1));
  }
}

TEST(schnorr, a_wrong_witness_gives_no_proof) {
  proof_fixture<G> values;
  const schnorr_statement<G> statement{encoded_element<G>(G::generator()), values.encoded()};
  transcript tr = context_of(1);
  const auto proof =
      prove(statement, secret_scalar<G>(values.nonzero()), tr, values.random).value();
  EXPECT_FALSE(accepts(statement, proof, 1));
}

TEST(chaum_pedersen, everything_matters) {
  proof_fixture<G> values;
  for (int i = 0; i < 10; ++i) {
    const G::scalar x = values.nonzero();
    const auto B_1 = i % 2 == 0 ? encoded_element<G>(G::generator()) : values.encoded();
    const auto B_2 = values.encoded();
    const chaum_pedersen_statement<G> statement{B_1, B_2, times<G>(x, B_1), times<G>(x, B_2)};
    transcript tr = context_of(1);
    const auto proof = prove(statement, secret_scalar<G>(x), tr, values.random).value();
    EXPECT_TRUE(accepts(statement, proof, 1));

    EXPECT_FALSE(accepts(statement, proof, 2));
    for (int field = 0; field < 4; ++field) {
      auto wrong = statement;
      (field == 0   ? wrong.B_1
       : field == 1 ? wrong.B_2
       : field == 2 ? wrong.Y_1
                    : wrong.Y_2) = values.encoded();
      EXPECT_FALSE(accepts(wrong, proof, 1)) << field;
    }
    auto swapped = proof;
    std::swap_ranges(swapped.octets.begin(), swapped.octets.begin() + 32,
                     swapped.octets.begin() + 32);
    EXPECT_FALSE(accepts(statement, swapped, 1)) << "commitments swapped";
    const chaum_pedersen_statement<G> mirrored{statement.B_2, statement.B_1, statement.Y_2,
                                               statement.Y_1};
    EXPECT_FALSE(accepts(mirrored, swapped, 1)) << "the order is part of the statement";
    EXPECT_FALSE(accepts(statement, flipped(proof, values.random.u64()), 1));
  }
}

TEST(chaum_pedersen, different_logarithms_have_no_proof) {
  proof_fixture<G> values;
  const G::scalar x = values.nonzero();
  const auto B_1 = values.encoded();
  const auto B_2 = values.encoded();
  const chaum_pedersen_statement<G> statement{B_1, B_2, times<G>(x, B_1),
                                              times<G>(x + G::scalar_from_u64(1), B_2)};
  transcript tr = context_of(1);
  const auto proof = prove(statement, secret_scalar<G>(x), tr, values.random).value();
  EXPECT_FALSE(accepts(statement, proof, 1));
  // The second image may be the identity as far as form goes; the equations refuse it.
  const chaum_pedersen_statement<G> vanished{B_1, B_2, times<G>(x, B_1), encoded_element<G>()};
  EXPECT_TRUE(relation(vanished).validate());
  EXPECT_FALSE(accepts(vanished, proof, 1));
}

plaintext_knowledge_statement<G> ciphertexts_of(proof_fixture<G>& values,
                                                const std::vector<G::scalar>& r) {
  plaintext_knowledge_statement<G> out{values.encoded(), {}};
  for (const G::scalar& r_l : r) {
    out.ciphertexts.push_back(
        {encoded_element<G>(G::mul_base_vartime(r_l)),
         encoded_element<G>(G::double_mul_vartime(r_l, out.K.element(), values.scalar()))});
  }
  return out;
}

TEST(plaintext_knowledge, everything_matters) {
  proof_fixture<G> values;
  for (const std::size_t width : {1U, 2U, 7U, 64U}) {
    std::vector<G::scalar> r;
    std::vector<secret_scalar<G>> witness;
    for (std::size_t l = 0; l < width; ++l) {
      r.push_back(values.nonzero());
      witness.emplace_back(r.back());
    }
    const auto statement = ciphertexts_of(values, r);
    transcript tr = context_of(1);
    const auto proof = prove<G>(statement, witness, tr, values.random).value();
    EXPECT_TRUE(accepts(statement, proof, 1));
    EXPECT_FALSE(accepts(statement, proof, 2));
    EXPECT_FALSE(accepts(statement, flipped(proof, values.random.u64()), 1));
    auto wrong = statement;
    wrong.K = values.encoded();
    EXPECT_FALSE(accepts(wrong, proof, 1)) << "K";
    for (std::size_t l = 0; l < width; l += 3) {
      wrong = statement;
      wrong.ciphertexts[l].beta = values.encoded();
      EXPECT_FALSE(accepts(wrong, proof, 1)) << "beta " << l;
      wrong = statement;
      wrong.ciphertexts[l].alpha = values.encoded();
      EXPECT_FALSE(accepts(wrong, proof, 1)) << "alpha " << l;
      wrong.ciphertexts[l].alpha = encoded_element<G>();
      EXPECT_FALSE(accepts(wrong, proof, 1)) << "alpha identity " << l;
    }
    witness.pop_back();
    transcript again = context_of(1);
    EXPECT_EQ((prove<G>(statement, witness, again, values.random).error().code), errc::bad_witness);
  }
}

TEST(plaintext_knowledge, width_is_1_to_64) {
  proof_fixture<G> values;
  for (const std::size_t width : {0U, 65U}) {
    const std::vector<G::scalar> r(width, values.nonzero());
    std::vector<secret_scalar<G>> witness;
    for (const auto& r_l : r) {
      witness.emplace_back(r_l);
    }
    const auto statement = ciphertexts_of(values, r);
    transcript tr = context_of(1);
    EXPECT_EQ((prove<G>(statement, witness, tr, values.random).error().code), errc::bad_statement);
    EXPECT_FALSE(accepts(statement, plaintext_knowledge_proof<G>{}, 1));
  }
}

/// x0*B0 + x1*B1 = Y_0 and x0*B1 = Y_1.
struct two_rows {
  explicit two_rows(proof_fixture<G>& values) {
    const scalar_index a = r.add_scalar();
    const scalar_index b = r.add_scalar();
    const G::scalar x0 = values.nonzero();
    const G::scalar x1 = values.nonzero();
    const auto B0 = values.encoded();
    const auto B1 = values.encoded();
    const auto e0 = r.add_element(B0);
    const auto e1 = r.add_element(B1);
    const auto y0 =
        r.add_element(encoded_element<G>(times<G>(x0, B0).element() + times<G>(x1, B1).element()));
    const auto y1 = r.add_element(times<G>(x0, B1));
    r.add_row(y0, {{a, e0}, {b, e1}});
    r.add_row(y1, {{a, e1}});
    x.emplace_back(x0);
    x.emplace_back(x1);
  }
  linear_relation<G> r;
  std::vector<secret_scalar<G>> x;
};

TEST(sigma, every_bit_of_a_proof_matters) {
  proof_fixture<G> values;
  const two_rows two(values);
  transcript tr = context_of(1);
  const bytes proof = prove_sigma<G>(two.r, two.x, tr, values.seed()).value();
  ASSERT_EQ(proof.size(), sigma_proof_size(two.r));
  transcript again = context_of(1);
  ASSERT_TRUE(verify_sigma(two.r, proof, again));
  for (std::size_t bit = 0; bit < 8 * proof.size(); ++bit) {
    bytes changed = proof;
    changed[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    transcript t = context_of(1);
    ASSERT_FALSE(verify_sigma(two.r, changed, t)) << "bit " << bit;
  }
  for (std::size_t size = 0; size < proof.size(); ++size) {
    transcript t = context_of(1);
    ASSERT_FALSE(verify_sigma(two.r, byte_view(proof).first(size), t));
  }
  for (std::size_t more = 1; more <= 64; ++more) {  // whole scalars too
    bytes longer = proof;
    longer.resize(proof.size() + more);
    transcript t = context_of(1);
    ASSERT_FALSE(verify_sigma(two.r, longer, t)) << more << " bytes more";
  }
}

TEST(sigma, the_shape_is_part_of_the_statement) {
  proof_fixture<G> values;
  const two_rows two(values);
  transcript tr = context_of(1);
  const bytes proof = prove_sigma<G>(two.r, two.x, tr, values.seed()).value();
  // The same equations, with the terms of the first row in the other order.
  linear_relation<G> reordered;
  reordered.add_scalar();
  reordered.add_scalar();
  for (const auto& e : two.r.elements()) {
    reordered.add_element(e);
  }
  const auto& rows = two.r.rows();
  reordered.add_row(rows[0].image, {rows[0].terms[1], rows[0].terms[0]});
  reordered.add_row(rows[1].image, rows[1].terms);
  transcript again = context_of(1);
  EXPECT_FALSE(verify_sigma(reordered, proof, again));
}

TEST(sigma, a_prover_answers_once_and_repeats_with_its_seed) {
  static_assert(!std::is_copy_constructible_v<sigma_prover<G>>);
  static_assert(!std::is_copy_assignable_v<sigma_prover<G>>);
  static_assert(std::is_move_constructible_v<sigma_prover<G>>);
  proof_fixture<G> values;
  const two_rows two(values);
  const nonce_seed seed = values.seed();
  const auto prove_in = [&](std::uint64_t context) {
    transcript tr = context_of(context);
    return prove_sigma<G>(two.r, two.x, tr, seed).value();
  };
  EXPECT_EQ(prove_in(1), prove_in(1));
  const bytes a = prove_in(1);
  const bytes b = prove_in(2);
  EXPECT_FALSE(std::equal(a.begin(), a.begin() + 32, b.begin()))
      << "one seed, two statements: the commitments differ";
  EXPECT_DEATH(
      {
        transcript tr = context_of(1);
        auto prover = sigma_prover<G>::commit(two.r, two.x, tr, seed).value();
        const auto c = tr.challenge<G>("c").value();
        const auto first = std::move(prover).respond(c);
        const auto second = std::move(prover).respond(c + c);  // NOLINT(bugprone-use-after-move)
      },
      "responds once");
}

TEST(sigma, a_witness_of_another_length_is_refused) {
  proof_fixture<G> values;
  two_rows two(values);
  two.x.pop_back();
  transcript tr = context_of(1);
  EXPECT_EQ((prove_sigma<G>(two.r, two.x, tr, values.seed()).error().code), errc::bad_witness);
}

}  // namespace
}  // namespace sandoq
