#include "sandoq/proofs/disjunction.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/proofs/batch.hpp"
#include "sandoq/proofs/disjunction_prove.hpp"
#include "tests/unit/proofs/proved_value.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::context_of;
using testing::encrypted;
using testing::owned_key;
using testing::proof_fixture;
using list = std::vector<std::uint64_t>;

/// A ciphertext of m, and a proof that it holds a value of the list.
struct proved_value : testing::proved_statement<G, disjunction_statement<G>> {
  proved_value(proof_fixture<G>& values, const encoded_element<G>& K, list of, std::uint64_t m)
      : proved_value(values, K, std::move(of), m, values.nonzero()) {}
  proved_value(proof_fixture<G>& values, const encoded_element<G>& K, list of, std::uint64_t m,
               const G::scalar& r)
      : proved_statement{{K, encrypted<G>(K, m, r), std::move(of)}, {}} {
    claim(values, m, r);
  }
};

list first_numbers(std::uint64_t count) {
  list out;
  for (std::uint64_t i = 0; i < count; ++i) {
    out.push_back(i);
  }
  return out;
}

TEST(disjunction, every_value_of_a_list) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  for (const list& of : {list{0, 1}, list{1, 2, 3}, list{0, 7, 1ULL << 40, ~0ULL}}) {
    for (const std::uint64_t m : of) {
      const proved_value p(values, K, of, m);
      EXPECT_TRUE(p.check()) << p.check().reason();
      EXPECT_EQ(p.proof.size(), disjunction_proof_size<G>(of.size()));
    }
  }
  EXPECT_EQ(disjunction_proof_size<G>(2), 224U);
  const proved_value most(values, K, first_numbers(64), 63);
  EXPECT_TRUE(most.check());
}

TEST(disjunction, a_value_outside_the_list_has_no_proof) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  const G::scalar r = values.nonzero();
  for (const std::uint64_t m : {2ULL, 5ULL, 0ULL - 1}) {
    proved_value p(values, K, {0, 1}, m, r);
    EXPECT_FALSE(p.check());  // the truth fits no branch
    for (const std::uint64_t claimed : {0ULL, 1ULL}) {
      p.claim(values, claimed, r);
      EXPECT_EQ(p.check().reason(),
                "equation " + std::to_string(2 * claimed + 1) + " does not hold");
    }
  }
  // The right value with another nonce.
  proved_value p(values, K, {0, 1}, 1, r);
  p.claim(values, 1, values.nonzero());
  EXPECT_FALSE(p.check());
}

/// beta = r*K + m*G can be opened as anything by whoever knows log K: alpha is what binds it.
TEST(disjunction, the_owner_of_the_key_cannot_lie) {
  proof_fixture<G> values;
  const owned_key<G> key(values.nonzero());
  const G::scalar r = values.nonzero();
  proved_value p(values, key.K, {0, 1}, 5, r);
  for (const std::uint64_t claimed : {0ULL, 1ULL}) {
    const G::scalar used = key.false_nonce(r, 5, claimed);
    ASSERT_EQ(p.statement.ciphertext.beta, encrypted<G>(key.K, claimed, used).beta);
    p.claim(values, claimed, used);
    EXPECT_EQ(p.check().reason(), "equation " + std::to_string(2 * claimed) + " does not hold");
  }
}

/// T2, T6, T7: each public input flipped in turn.
TEST(disjunction, every_public_input_counts) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  const G::scalar r = values.nonzero();
  const proved_value good(values, K, {0, 1, 4}, 1, r);
  ASSERT_TRUE(good.check());
  EXPECT_FALSE(good.check(2));  // context
  std::vector<disjunction_statement<G>> others(8, good.statement);
  others[0].K = values.encoded();
  others[1].ciphertext.alpha = values.encoded();
  others[2].ciphertext.beta = values.encoded();
  others[3].values = {0, 1, 5};
  others[4].values = {0, 2, 4};
  others[5].values = {1, 2, 4};
  // Another voter's ciphertext of the same value, and this one encrypted anew.
  others[6].ciphertext = encrypted<G>(K, 1, values.nonzero());
  const G::scalar x = values.nonzero();
  others[7].ciphertext = encrypted<G>(K, 1, r + x);
  for (const auto& other : others) {
    transcript tr = context_of(1);
    EXPECT_FALSE(verify(other, good.proof, tr));
  }
  // The values shifted together with the plaintext: the equations are the same, the hash is not.
  disjunction_statement<G> shifted = good.statement;
  shifted.values = {1, 2, 5};
  shifted.ciphertext = encrypted<G>(K, 2, r);
  transcript tr = context_of(1);
  EXPECT_FALSE(verify(shifted, good.proof, tr));
}

TEST(disjunction, every_byte_matters) {
  proof_fixture<G> values;
  proved_value p(values, values.encoded(), {0, 1}, 0);
  for (std::size_t i = 0; i < p.proof.size(); ++i) {
    const bytes good = p.proof;
    p.proof[i] ^= static_cast<std::byte>(1U << values.random.below(8));
    EXPECT_FALSE(p.check()) << "byte " << i;
    p.proof = good;
  }
  const bytes good = p.proof;
  p.proof.pop_back();
  EXPECT_FALSE(p.check());
  p.proof = good;
  p.proof.push_back(std::byte{0});
  EXPECT_FALSE(p.check());
  p.proof = bytes(good.size());
  EXPECT_FALSE(p.check());
}

TEST(disjunction, statements_that_no_proof_may_be_about) {
  proof_fixture<G> values;
  const proved_value good(values, values.encoded(), {0, 1}, 0);
  const auto refused = [&](disjunction_statement<G> statement, const std::string& place) {
    transcript tr = context_of(1);
    const auto outcome = verify(statement, good.proof, tr);
    EXPECT_EQ(outcome.reason().find("statement: " + place), 0U) << outcome.reason();
    transcript again = context_of(1);
    const encrypted_value_witness<G> witness{};
    EXPECT_EQ(prove(statement, witness, again, values.random).error().place, "statement/" + place);
  };
  auto bad = good.statement;
  for (const list& of : {list{}, list{1}, list{1, 0}, list{1, 1}, first_numbers(65)}) {
    bad.values = of;
    refused(bad, "values");
  }
  bad = good.statement;
  bad.K = encoded_element<G>();
  refused(bad, "K");
  bad = good.statement;
  bad.ciphertext.alpha = encoded_element<G>();
  refused(bad, "ciphertext/alpha");
}

/// A seed that occurs twice must not give one nonce to two statements, or to two witnesses.
TEST(disjunction, equal_seeds_never_repeat_a_commitment) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  const G::scalar r = values.nonzero();
  const nonce_seed seed = values.seed();
  std::vector<bytes> firsts;
  const auto keep = [&](const disjunction_statement<G>& statement, std::uint64_t m,
                        std::uint64_t context) {
    const encrypted_value_witness<G> witness{secret<std::uint64_t>(m), secret_scalar<G>(r)};
    transcript tr = context_of(context);
    const bytes proof = prove_with_seed(statement, witness, tr, seed).value();
    firsts.emplace_back(proof.begin(), proof.begin() + 32);
  };
  const disjunction_statement<G> zero{K, encrypted<G>(K, 0, r), {0, 1}};
  keep(zero, 0, 1);
  keep(zero, 1, 1);
  keep(zero, 0, 2);
  keep({K, encrypted<G>(K, 0, r), {0, 2}}, 0, 1);
  keep({K, encrypted<G>(K, 1, r), {0, 1}}, 0, 1);
  for (std::size_t i = 0; i < firsts.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_NE(firsts[i], firsts[j]);
    }
  }
}

TEST(disjunction, a_batch_names_its_culprits) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  shared_bases<G> bases;
  const base_index place = bases.add(K.element());
  std::vector<proved_value> items;
  for (std::uint64_t i = 0; i < 9; ++i) {
    items.emplace_back(values, K, list{0, 1}, i % 2);
    items.back().statement.shared_K = place;
  }
  // Two errors that cancel without weights; an element that is none; and a lie.
  const auto shift = [](bytes& proof, const G::scalar& by) {
    const auto z = *G::decode_scalar(byte_view(proof).last(32));
    const auto moved = G::encode_scalar(z + by);
    std::copy(moved.begin(), moved.end(), proof.end() - 32);
  };
  const G::scalar delta = values.nonzero();
  shift(items[1].proof, delta);
  shift(items[4].proof, -delta);
  items[6].proof[0] ^= std::byte{1};
  items[7].claim(values, 0, values.nonzero());
  std::vector<digest32> hashes;
  for (const auto& item : items) {
    hashes.push_back(framed_hash::of("item", item.proof));
  }
  sequential_executor one;
  const auto failures = verify_batch<G>(
      digest32{}, hashes, bases,
      [&](std::size_t i, equation_sink<G>& sink) {
        transcript tr = context_of(1);
        return emit(sink, items[i].statement, items[i].proof, tr);
      },
      one);
  ASSERT_EQ(failures.size(), 4U);
  EXPECT_EQ(failures[0], (batch_failure{1, "equation 2 does not hold"}));
  EXPECT_EQ(failures[1], (batch_failure{4, "equation 2 does not hold"}));
  EXPECT_EQ(failures[2].item, 6U);
  EXPECT_NE(failures[2].reason.find("commitments/element 0"), std::string::npos);
  EXPECT_EQ(failures[3].item, 7U);
}

}  // namespace
}  // namespace sandoq
