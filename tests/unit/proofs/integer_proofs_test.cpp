// Every proof of section 40 in every integer group: made, accepted, and refused when something is
// wrong. What is common to all groups has its tests over ristretto255 and the tiny groups.

#include <gtest/gtest.h>

#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/group/integer_group_secret.hpp"
#include "sandoq/proofs/batch.hpp"
#include "sandoq/proofs/chaum_pedersen_prove.hpp"
#include "sandoq/proofs/plaintext_knowledge_prove.hpp"
#include "sandoq/proofs/schnorr_prove.hpp"
#include "sandoq/proofs/sigma/compose_prove.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/integer_parameters.hpp"

namespace sandoq {
namespace {

template <class G>
class integer_proofs : public ::testing::Test {
 protected:
  static transcript context() { return transcript("sandoq-1/test"); }
  encoded_element<G> public_of(const secret_element<G>& e) {
    return encoded_element<G>(declassify<"part of a statement in a test">(e));
  }
  /// Raised to the cofactor where that is cheap, otherwise a power of the generator.
  encoded_element<G> random_base() {
    return encoded_element<G>(
        G::membership == membership_rule::jacobi
            ? G::from_uniform_bytes(random.template octets<64>())
            : G::mul_base_vartime(G::scalar_from_wide(random.template octets<64>())));
  }

  testing::deterministic_random random{testing::test_seed()};
  const secret_scalar<G> x = secret_ops<G>::random_scalar(random);
  const encoded_element<G> g{G::generator()};
};

using groups = ::testing::Types<modp4096, modp4096_v1, belenios2048, rfc3526_2048, swisspost3072,
                                swisspost3072_tt05>;
TYPED_TEST_SUITE(integer_proofs, groups);

TYPED_TEST(integer_proofs, schnorr) {
  using G = TypeParam;
  using ops = secret_ops<G>;
  const auto B = this->random_base();
  const schnorr_statement<G> statement{B, this->public_of(ops::mul(this->x, B.element()))};
  transcript proving = this->context();
  auto proof = prove(statement, this->x, proving, this->random);
  ASSERT_TRUE(proof);
  transcript tr = this->context();
  EXPECT_TRUE(verify(statement, *proof, tr).holds());
  // p - T, which has the square of T, but is no element of the group.
  auto negated = *proof;
  const auto minus_T = testing::residue_negated<G>(proof->view().first(G::element_bytes));
  std::copy(minus_T.begin(), minus_T.end(), negated.octets.begin());
  tr = this->context();
  EXPECT_FALSE(verify(statement, negated, tr).holds());
  auto changed = *proof;
  changed.octets.back() ^= std::byte{1};
  tr = this->context();
  EXPECT_FALSE(verify(statement, changed, tr).holds());
  tr = transcript("sandoq-1/unit");
  EXPECT_FALSE(verify(statement, *proof, tr).holds());
}

TYPED_TEST(integer_proofs, chaum_pedersen) {
  using G = TypeParam;
  using ops = secret_ops<G>;
  const auto B = this->random_base();
  const auto Y = this->public_of(ops::mul_base(this->x));
  const auto Z = this->public_of(ops::mul(this->x, B.element()));
  const chaum_pedersen_statement<G> statement{this->g, B, Y, Z};
  transcript proving = this->context();
  const auto proof = prove(statement, this->x, proving, this->random);
  ASSERT_TRUE(proof);
  transcript tr = this->context();
  EXPECT_TRUE(verify(statement, *proof, tr).holds());
  const chaum_pedersen_statement<G> another{this->g, B, Y, Y};
  tr = this->context();
  EXPECT_FALSE(verify(another, *proof, tr).holds());
}

TYPED_TEST(integer_proofs, plaintext_knowledge) {
  using G = TypeParam;
  using ops = secret_ops<G>;
  const auto K = this->random_base();
  std::vector<secret_scalar<G>> r;
  r.push_back(this->x.clone());
  plaintext_knowledge_statement<G> statement{K, {}};
  statement.ciphertexts.push_back(
      {this->public_of(ops::mul_base(r[0])), this->public_of(ops::mul(r[0], K.element()))});
  transcript proving = this->context();
  const auto proof = prove<G>(statement, r, proving, this->random);
  ASSERT_TRUE(proof);
  transcript tr = this->context();
  EXPECT_TRUE(verify(statement, *proof, tr).holds());
  statement.ciphertexts[0].alpha = this->g;
  tr = this->context();
  EXPECT_FALSE(verify(statement, *proof, tr).holds());
}

TYPED_TEST(integer_proofs, disjunction) {
  using G = TypeParam;
  using ops = secret_ops<G>;
  const auto Y = this->public_of(ops::mul_base(this->x));
  const std::vector<linear_relation<G>> branches = {
      relation(schnorr_statement<G>{this->g, this->random_base()}),
      relation(schnorr_statement<G>{this->g, Y})};
  or_witness<G> witness{secret<std::uint32_t>(1), {}};
  witness.scalars.emplace_back();
  witness.scalars.push_back(this->x.clone());
  transcript proving = this->context();
  auto proof = prove_or<G>(branches, witness, proving, random_secret<32>(this->random));
  ASSERT_TRUE(proof);
  transcript tr = this->context();
  EXPECT_TRUE(verify_or<G>(branches, *proof, tr).holds());
  proof->back() ^= std::byte{1};
  tr = this->context();
  EXPECT_FALSE(verify_or<G>(branches, *proof, tr).holds());
}

TYPED_TEST(integer_proofs, batch_names_its_culprit) {
  using G = TypeParam;
  using ops = secret_ops<G>;
  std::vector<schnorr_statement<G>> statements;
  std::vector<schnorr_proof<G>> proofs;
  std::vector<digest32> hashes;
  for (int i = 0; i < 3; ++i) {
    const auto key = ops::random_scalar(this->random);
    statements.push_back({this->g, this->public_of(ops::mul_base(key))});
    transcript tr = this->context();
    proofs.push_back(*prove(statements.back(), key, tr, this->random));
    if (i == 1) {
      proofs.back().octets.back() ^= std::byte{1};
    }
    hashes.push_back(framed_hash::of("test", statements.back().Y.view(), proofs.back().view()));
  }
  const shared_bases<G> bases;
  sequential_executor workers;
  const auto failures = verify_batch<G>(
      digest32{}, hashes, bases,
      [&](std::size_t i, equation_sink<G>& sink) {
        transcript tr = this->context();
        return emit(sink, statements[i], proofs[i], tr);
      },
      workers);
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_EQ(failures[0].item, 1U);
}

}  // namespace
}  // namespace sandoq
