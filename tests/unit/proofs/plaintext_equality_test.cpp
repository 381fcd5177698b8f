#include "sandoq/proofs/plaintext_equality.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/proofs/batch.hpp"
#include "sandoq/proofs/plaintext_equality_prove.hpp"
#include "tests/unit/proofs/proof_fixture.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::context_of;
using testing::encrypted;
using testing::owned_key;
using testing::proof_fixture;

plaintext_equality_proof<G> prove_equal(proof_fixture<G>& values,
                                        const plaintext_equality_statement<G>& statement,
                                        const G::scalar& r, const G::scalar& other_r) {
  transcript tr = context_of(1);
  const plaintext_equality_witness<G> witness{secret_scalar<G>(r), secret_scalar<G>(other_r)};
  return prove(statement, witness, tr, values.random).value();
}

reencryption_proof<G> prove_anew(proof_fixture<G>& values,
                                 const reencryption_statement<G>& statement, const G::scalar& x) {
  transcript tr = context_of(1);
  return prove(statement, secret_scalar<G>(x), tr, values.random).value();
}

template <class Statement, class Proof>
verification check(const Statement& statement, const Proof& proof, std::uint64_t context = 1) {
  transcript tr = context_of(context);
  return verify(statement, proof, tr);
}

encoded_element<G> plus(const encoded_element<G>& a, const encoded_element<G>& b) {
  return encoded_element<G>(a.element() + b.element());
}

/// A statement about Enc(m; r) and Enc(other_m; other_r).
struct two_ciphertexts {
  two_ciphertexts(const encoded_element<G>& K, std::uint64_t m, const encoded_element<G>& other_K,
                  std::uint64_t other_m, proof_fixture<G>& values)
      : r(values.nonzero()),
        other_r(values.nonzero()),
        statement{K, encrypted<G>(K, m, r), other_K, encrypted<G>(other_K, other_m, other_r)} {}
  G::scalar r;
  G::scalar other_r;
  plaintext_equality_statement<G> statement;
};

TEST(plaintext_equality, two_keys_one_key_one_ciphertext) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  for (const auto& other_K : {values.encoded(), K}) {
    for (const std::uint64_t m : {0ULL, 1ULL, 123456789ULL}) {
      const two_ciphertexts two(K, m, other_K, m, values);
      const auto proof = prove_equal(values, two.statement, two.r, two.other_r);
      EXPECT_TRUE(check(two.statement, proof)) << check(two.statement, proof).reason();
      EXPECT_FALSE(check(two.statement, proof, 2));
    }
  }
  two_ciphertexts same(K, 4, K, 4, values);
  same.statement.other_ciphertext = same.statement.ciphertext;
  EXPECT_TRUE(check(same.statement, prove_equal(values, same.statement, same.r, same.r)));
  EXPECT_EQ(plaintext_equality_proof<G>::size_bytes, 160U);
}

TEST(plaintext_equality, the_plaintext_may_be_any_element) {
  proof_fixture<G> values;
  two_ciphertexts two(values.encoded(), 0, values.encoded(), 0, values);
  const auto M = values.encoded();
  two.statement.ciphertext.beta = plus(two.statement.ciphertext.beta, M);
  two.statement.other_ciphertext.beta = plus(two.statement.other_ciphertext.beta, M);
  EXPECT_TRUE(check(two.statement, prove_equal(values, two.statement, two.r, two.other_r)));
}

TEST(plaintext_equality, unequal_plaintexts_have_no_proof) {
  proof_fixture<G> values;
  const owned_key<G> key(values.nonzero());
  const owned_key<G> other(values.nonzero());
  const two_ciphertexts two(key.K, 5, other.K, 6, values);
  const auto says = [&](const G::scalar& r, const G::scalar& other_r) {
    return check(two.statement, prove_equal(values, two.statement, r, other_r)).reason();
  };
  EXPECT_EQ(says(two.r, two.other_r), "equation 2 does not hold");
  // The owners of the keys can meet the third row, but then not the first or the second.
  EXPECT_EQ(says(key.false_nonce(two.r, 5, 6), two.other_r), "equation 0 does not hold");
  EXPECT_EQ(says(two.r, other.false_nonce(two.other_r, 6, 5)), "equation 1 does not hold");
}

/// T2, T6, T7: each public input flipped in turn.
TEST(plaintext_equality, every_public_input_counts) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  const two_ciphertexts two(K, 3, values.encoded(), 3, values);
  const auto proof = prove_equal(values, two.statement, two.r, two.other_r);
  ASSERT_TRUE(check(two.statement, proof));
  std::vector<plaintext_equality_statement<G>> others(9, two.statement);
  others[0].K = values.encoded();
  others[1].other_K = values.encoded();
  others[2].ciphertext.alpha = values.encoded();
  others[3].ciphertext.beta = values.encoded();
  others[4].other_ciphertext.alpha = values.encoded();
  others[5].other_ciphertext.beta = values.encoded();
  std::swap(others[6].ciphertext, others[6].other_ciphertext);
  std::swap(others[6].K, others[6].other_K);
  // Both plaintexts changed alike: the rows are the same, the hash is not.
  const auto M = values.encoded();
  others[7].ciphertext.beta = plus(two.statement.ciphertext.beta, M);
  others[7].other_ciphertext.beta = plus(two.statement.other_ciphertext.beta, M);
  others[8].other_ciphertext = encrypted<G>(two.statement.other_K, 3, values.nonzero());
  for (std::size_t i = 0; i < others.size(); ++i) {
    EXPECT_FALSE(check(others[i], proof)) << i;
  }
}

TEST(plaintext_equality, statements_that_no_proof_may_be_about) {
  proof_fixture<G> values;
  const two_ciphertexts two(values.encoded(), 3, values.encoded(), 3, values);
  const auto proof = prove_equal(values, two.statement, two.r, two.other_r);
  const auto refused = [&](const plaintext_equality_statement<G>& statement,
                           const std::string& place) {
    EXPECT_EQ(check(statement, proof).reason().find("statement: " + place), 0U);
    transcript tr = context_of(1);
    const plaintext_equality_witness<G> witness{};
    const auto made = prove(statement, witness, tr, values.random);
    EXPECT_EQ(made.error().place, "statement/" + place);
  };
  std::vector<plaintext_equality_statement<G>> bad(4, two.statement);
  const encoded_element<G> identity;
  bad[0].K = identity;
  refused(bad[0], "K");
  bad[1].other_K = identity;
  refused(bad[1], "other K");
  bad[2].ciphertext.alpha = identity;
  refused(bad[2], "ciphertext/alpha");
  bad[3].other_ciphertext.alpha = identity;
  refused(bad[3], "other ciphertext/alpha");
}

/// Enc(m; r), and the same encrypted anew with x.
struct encrypted_anew {
  encrypted_anew(const encoded_element<G>& K, std::uint64_t m, std::uint64_t other_m,
                 proof_fixture<G>& values)
      : r(values.nonzero()),
        x(values.nonzero()),
        statement{K, encrypted<G>(K, m, r), encrypted<G>(K, other_m, r + x)} {}
  G::scalar r;
  G::scalar x;
  reencryption_statement<G> statement;
};

TEST(reencryption, what_was_encrypted_anew_holds_the_same) {
  proof_fixture<G> values;
  const owned_key<G> key(values.nonzero());
  const encrypted_anew good(key.K, 8, 8, values);
  EXPECT_TRUE(check(good.statement, prove_anew(values, good.statement, good.x)));
  EXPECT_EQ(reencryption_proof<G>::size_bytes, 96U);
  const encrypted_anew lie(key.K, 8, 9, values);
  EXPECT_EQ(check(lie.statement, prove_anew(values, lie.statement, lie.x)).reason(),
            "equation 1 does not hold");
  const G::scalar fits_beta = key.false_nonce(lie.x, 1, 0);
  EXPECT_EQ(check(lie.statement, prove_anew(values, lie.statement, fits_beta)).reason(),
            "equation 0 does not hold");
  // For one key, equal plaintexts with both nonces known are a re-encryption by r' - r.
  const two_ciphertexts two(key.K, 5, key.K, 5, values);
  const reencryption_statement<G> seen_so{key.K, two.statement.ciphertext,
                                          two.statement.other_ciphertext};
  EXPECT_TRUE(check(seen_so, prove_anew(values, seen_so, two.other_r - two.r)));
}

TEST(reencryption, every_public_input_counts) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  const encrypted_anew good(K, 8, 8, values);
  const auto proof = prove_anew(values, good.statement, good.x);
  ASSERT_TRUE(check(good.statement, proof));
  EXPECT_FALSE(check(good.statement, proof, 2));
  std::vector<reencryption_statement<G>> others(8, good.statement);
  others[0].K = values.encoded();
  others[1].ciphertext.alpha = values.encoded();
  others[2].ciphertext.beta = values.encoded();
  others[3].reencrypted.alpha = values.encoded();
  others[4].reencrypted.beta = values.encoded();
  std::swap(others[5].ciphertext, others[5].reencrypted);
  // Both shifted alike: the differences are the same, the hash is not.
  const auto shift = values.encoded();
  others[6].ciphertext.beta = plus(good.statement.ciphertext.beta, shift);
  others[6].reencrypted.beta = plus(good.statement.reencrypted.beta, shift);
  others[7].ciphertext.alpha = plus(good.statement.ciphertext.alpha, shift);
  others[7].reencrypted.alpha = plus(good.statement.reencrypted.alpha, shift);
  for (std::size_t i = 0; i < others.size(); ++i) {
    EXPECT_FALSE(check(others[i], proof)) << i;
  }
}

TEST(reencryption, statements_that_no_proof_may_be_about) {
  proof_fixture<G> values;
  const encrypted_anew good(values.encoded(), 8, 8, values);
  const auto proof = prove_anew(values, good.statement, good.x);
  const auto refused = [&](const reencryption_statement<G>& statement, const std::string& place) {
    EXPECT_EQ(check(statement, proof).reason().find("statement: " + place), 0U);
    transcript tr = context_of(1);
    EXPECT_EQ(prove(statement, secret_scalar<G>(), tr, values.random).error().place,
              "statement/" + place);
  };
  std::vector<reencryption_statement<G>> bad(5, good.statement);
  const encoded_element<G> identity;
  bad[0].K = identity;
  refused(bad[0], "K");
  bad[1].ciphertext.alpha = identity;
  refused(bad[1], "ciphertext/alpha");
  bad[2].reencrypted.alpha = identity;
  refused(bad[2], "re-encrypted/alpha");
  bad[3].reencrypted = bad[3].ciphertext;
  refused(bad[3], "re-encrypted/alpha");
  bad[4].reencrypted.alpha = bad[4].ciphertext.alpha;
  refused(bad[4], "re-encrypted/alpha");
}

template <class Proof>
void every_byte_matters(const Proof& proof, const std::function<bool(const Proof&)>& holds) {
  ASSERT_TRUE(holds(proof));
  for (std::size_t i = 0; i < proof.octets.size(); ++i) {
    Proof changed = proof;
    changed.octets[i] ^= std::byte{4};
    ASSERT_FALSE(holds(changed)) << "byte " << i;
  }
}

TEST(plaintext_equality, every_byte_matters_in_both_proofs) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  const two_ciphertexts two(K, 3, K, 3, values);
  every_byte_matters<plaintext_equality_proof<G>>(
      prove_equal(values, two.statement, two.r, two.other_r),
      [&](const auto& proof) { return check(two.statement, proof).holds(); });
  const encrypted_anew anew(K, 8, 8, values);
  every_byte_matters<reencryption_proof<G>>(
      prove_anew(values, anew.statement, anew.x),
      [&](const auto& proof) { return check(anew.statement, proof).holds(); });
}

TEST(plaintext_equality, a_batch_names_its_culprits) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  const auto other_K = values.encoded();
  shared_bases<G> bases;
  const base_index place = bases.add(K.element());
  const base_index other_place = bases.add(other_K.element());
  std::vector<plaintext_equality_statement<G>> statements;
  std::vector<plaintext_equality_proof<G>> proofs;
  std::vector<digest32> hashes;
  for (std::uint64_t i = 0; i < 7; ++i) {
    two_ciphertexts two(K, i, other_K, i == 5 ? i + 1 : i, values);
    two.statement.shared_K = place;
    two.statement.shared_other_K = other_place;
    statements.push_back(two.statement);
    proofs.push_back(prove_equal(values, two.statement, two.r, two.other_r));
    hashes.push_back(framed_hash::of("item", proofs.back().view()));
  }
  sequential_executor one;
  const auto failures = verify_batch<G>(
      digest32{}, hashes, bases,
      [&](std::size_t i, equation_sink<G>& sink) {
        transcript tr = context_of(1);
        return emit(sink, statements[i], proofs[i], tr);
      },
      one);
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_EQ(failures[0], (batch_failure{5, "equation 2 does not hold"}));
}

}  // namespace
}  // namespace sandoq
