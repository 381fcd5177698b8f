// The proofs about plaintexts in every integer group: made, accepted, and refused when something is
// wrong. What is common to all groups has its tests over ristretto255 and the tiny groups.

#include <gtest/gtest.h>

#include <vector>

#include "sandoq/group/integer_group_secret.hpp"
#include "sandoq/proofs/disjunction_prove.hpp"
#include "sandoq/proofs/plaintext_equality_prove.hpp"
#include "sandoq/proofs/range_prove.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/integer_parameters.hpp"

namespace sandoq {
namespace {

template <class G>
class integer_value_proofs : public ::testing::Test {
 protected:
  using ops = secret_ops<G>;

  static transcript context() { return transcript("sandoq-1/test"); }
  scalar_of<G> scalar() {
    return G::scalar_from_nonce_bytes(random.template octets<G::nonce_bytes>());
  }
  encoded_element<G> key() { return encoded_element<G>(G::mul_base_vartime(scalar())); }
  static encoded_ciphertext<G> encrypted(const encoded_element<G>& K, std::uint64_t m,
                                         const scalar_of<G>& r) {
    return encoded_ciphertext<G>(encrypt_vartime<G>(G::scalar_from_u64(m), r, K.element()));
  }
  static encrypted_value_witness<G> witness(std::uint64_t m, const scalar_of<G>& r) {
    return {secret<std::uint64_t>(m), secret_scalar<G>(r)};
  }
  template <class Statement, class Witness>
  auto proof_of(const Statement& statement, const Witness& w) {
    transcript tr = context();
    return prove(statement, w, tr, random).value();
  }
  template <class Statement, class Proof>
  static bool holds(const Statement& statement, const Proof& proof) {
    transcript tr = context();
    return verify(statement, proof, tr).holds();
  }
  /// -E for the first element E of a proof: the same square, but no element of the group.
  static bytes negated(const bytes& proof) {
    bytes out = proof;
    const auto minus = testing::residue_negated<G>(byte_view(proof).first(G::element_bytes));
    std::copy(minus.begin(), minus.end(), out.begin());
    return out;
  }

  /// Whether powers are short enough to try everything.
  static constexpr bool quick = G::q_bits <= 2048;
  testing::deterministic_random random{testing::test_seed()};
};

using groups = ::testing::Types<modp4096, modp4096_v1, belenios2048, rfc3526_2048, swisspost3072,
                                swisspost3072_tt05>;
TYPED_TEST_SUITE(integer_value_proofs, groups);

TYPED_TEST(integer_value_proofs, disjunction) {
  using G = TypeParam;
  const auto K = this->key();
  const auto r = this->scalar();
  const disjunction_statement<G> statement{K, this->encrypted(K, 1, r), {0, 1}};
  bytes proof = this->proof_of(statement, this->witness(1, r));
  EXPECT_EQ(proof.size(), disjunction_proof_size<G>(2));
  EXPECT_TRUE(this->holds(statement, proof));
  EXPECT_FALSE(this->holds(statement, this->proof_of(statement, this->witness(0, r))));
  EXPECT_FALSE(this->holds(statement, this->negated(proof)));
  if (TestFixture::quick) {
    auto another = statement;
    another.values = {0, 2};
    EXPECT_FALSE(this->holds(another, proof));
  }
  proof.back() ^= std::byte{1};
  EXPECT_FALSE(this->holds(statement, proof));
}

/// In bits, and where powers take long as a list.
TYPED_TEST(integer_value_proofs, range) {
  using G = TypeParam;
  const std::uint64_t high = TestFixture::quick ? 16 : 13;
  const auto K = this->key();
  const auto r = this->scalar();
  range_statement<G> statement{K, this->encrypted(K, 13, r), 10, high};
  const bytes proof = this->proof_of(statement, this->witness(13, r));
  EXPECT_EQ(proof.size(), range_proof_size<G>(high - 10));
  EXPECT_TRUE(this->holds(statement, proof));
  ++statement.low;
  ++statement.high;
  EXPECT_FALSE(this->holds(statement, proof));
}

TYPED_TEST(integer_value_proofs, equal_plaintexts) {
  using G = TypeParam;
  const auto K = this->key();
  const auto other_K = this->key();
  const auto r = this->scalar();
  const auto other_r = this->scalar();
  plaintext_equality_statement<G> statement{K, this->encrypted(K, 4, r), other_K,
                                            this->encrypted(other_K, 4, other_r)};
  const plaintext_equality_witness<G> nonces{secret_scalar<G>(r), secret_scalar<G>(other_r)};
  EXPECT_TRUE(this->holds(statement, this->proof_of(statement, nonces)));
  statement.other_ciphertext = this->encrypted(other_K, 5, other_r);
  EXPECT_FALSE(this->holds(statement, this->proof_of(statement, nonces)));
}

TYPED_TEST(integer_value_proofs, encrypted_anew) {
  using G = TypeParam;
  const auto K = this->key();
  const auto r = this->scalar();
  const auto x = this->scalar();
  reencryption_statement<G> statement{K, this->encrypted(K, 7, r), this->encrypted(K, 7, r + x)};
  EXPECT_TRUE(this->holds(statement, this->proof_of(statement, secret_scalar<G>(x))));
  statement.reencrypted = this->encrypted(K, 8, r + x);
  EXPECT_FALSE(this->holds(statement, this->proof_of(statement, secret_scalar<G>(x))));
}

}  // namespace
}  // namespace sandoq
