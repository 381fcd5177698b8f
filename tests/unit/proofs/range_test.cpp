#include "sandoq/proofs/range.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/proofs/batch.hpp"
#include "sandoq/proofs/disjunction_prove.hpp"
#include "sandoq/proofs/range_prove.hpp"
#include "tests/unit/proofs/proved_value.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::context_of;
using testing::encrypted;
using testing::owned_key;
using testing::proof_fixture;

struct bounds {
  std::uint64_t low;
  std::uint64_t high;
};

/// A ciphertext of m, and a proof that it holds a value between the bounds.
struct proved_range : testing::proved_statement<G, range_statement<G>> {
  proved_range(proof_fixture<G>& values, const encoded_element<G>& K, bounds b, std::uint64_t m)
      : proved_range(values, K, b, m, values.nonzero()) {}
  proved_range(proof_fixture<G>& values, const encoded_element<G>& K, bounds b, std::uint64_t m,
               const G::scalar& r)
      : proved_statement{{K, encrypted<G>(K, m, r), b.low, b.high}, {}} {
    claim(values, m, r);
  }
};

TEST(range, sums_of_weights_are_exactly_the_range) {
  for (std::uint64_t length = 1; length <= 300; ++length) {
    const auto weights = range_weights(length);
    std::uint64_t digits = 0;
    for (std::uint64_t rest = length; rest > 0; rest /= 2) {
      ++digits;
    }
    ASSERT_EQ(weights.size(), digits);
    ASSERT_EQ(weights.front(), 1U);
    std::vector<bool> reached(length + 1);
    for (std::uint64_t subset = 0; subset < (1ULL << weights.size()); ++subset) {
      std::uint64_t sum = 0;
      for (std::size_t j = 0; j < weights.size(); ++j) {
        sum += (subset >> j & 1U) != 0 ? weights[j] : 0;
      }
      ASSERT_LE(sum, length);
      reached[sum] = true;
    }
    ASSERT_EQ(std::count(reached.begin(), reached.end(), false), 0) << length;
  }
  const auto most = range_weights(~0ULL);
  EXPECT_EQ(most.size(), 64U);
  EXPECT_EQ(most.back(), 1ULL << 63U);
}

TEST(range, sizes) {
  EXPECT_EQ(range_proof_size<G>(1), 224U);
  EXPECT_EQ(range_proof_size<G>(5), 736U);
  EXPECT_EQ(range_proof_size<G>(6), 800U);
  EXPECT_EQ(range_proof_size<G>(7), 800U);
  EXPECT_EQ(range_proof_size<G>(100), 1952U);
}

TEST(range, every_value_of_small_ranges) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  for (std::uint64_t length = 1; length <= 9; ++length) {
    const std::uint64_t low = length % 3;
    for (std::uint64_t m = low; m <= low + length; ++m) {
      const proved_range p(values, K, {low, low + length}, m);
      ASSERT_TRUE(p.check()) << m << " in " << low << ".." << low + length << ": "
                             << p.check().reason();
      ASSERT_EQ(p.proof.size(), range_proof_size<G>(length));
    }
  }
}

TEST(range, ends_of_large_ranges) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  for (const bounds b :
       {bounds{0, 1000}, bounds{12345, 1ULL << 33U}, bounds{0, ~0ULL}, bounds{~0ULL - 10, ~0ULL}}) {
    for (const std::uint64_t m : {b.low, b.high, std::midpoint(b.low, b.high)}) {
      EXPECT_TRUE(proved_range(values, K, b, m).check()) << m;
    }
  }
}

TEST(range, a_value_outside_has_no_proof) {
  proof_fixture<G> values;
  const owned_key<G> key(values.nonzero());
  for (const bounds b : {bounds{3, 7}, bounds{3, 9}, bounds{3, 40}}) {
    const G::scalar r = values.nonzero();
    const G::scalar zero{};
    for (const std::uint64_t m : {b.low - 1, b.high + 1, std::uint64_t{0}, b.high + 1000}) {
      proved_range p(values, key.K, b, m, r);
      EXPECT_FALSE(p.check()) << m;  // the truth
      for (const std::uint64_t claimed : {b.low, b.high, b.low + 1}) {
        p.claim(values, claimed, r);
        EXPECT_FALSE(p.check());
        // Whoever knows log K can open beta as anything: alpha is what binds it.
        const G::scalar used = key.false_nonce(r, m, claimed);
        ASSERT_EQ(p.statement.ciphertext.beta, encrypted<G>(key.K, claimed, used).beta);
        p.claim(values, claimed, used);
        EXPECT_FALSE(p.check());
      }
    }
    // -1 is not in any range either.
    const proved_range minus_one(values, key.K, b, b.low, r);
    range_statement<G> statement = minus_one.statement;
    statement.ciphertext =
        encoded_ciphertext<G>(encrypt_vartime<G>(zero - G::scalar_from_u64(1), r, key.K.element()));
    transcript tr = context_of(1);
    EXPECT_FALSE(verify(statement, minus_one.proof, tr));
  }
}

/// T2, T6, T7: each public input flipped in turn, for both constructions.
TEST(range, every_public_input_counts) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  for (const bounds b : {bounds{2, 5}, bounds{2, 12}}) {
    const G::scalar r = values.nonzero();
    const proved_range good(values, K, b, 4, r);
    ASSERT_TRUE(good.check());
    EXPECT_FALSE(good.check(2));
    std::vector<range_statement<G>> others(7, good.statement);
    others[0].K = values.encoded();
    others[1].ciphertext.alpha = values.encoded();
    others[2].ciphertext.beta = values.encoded();
    others[3].ciphertext = encrypted<G>(K, 4, values.nonzero());
    --others[4].low;
    ++others[5].high;
    ++others[6].low;
    ++others[6].high;
    for (const auto& other : others) {
      transcript tr = context_of(1);
      EXPECT_FALSE(verify(other, good.proof, tr));
    }
  }
}

/// The two kinds of proof about a ciphertext do not stand in for each other.
TEST(range, a_disjunction_is_no_range) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  const G::scalar r = values.nonzero();
  const proved_range range(values, K, {0, 1}, 1, r);
  const disjunction_statement<G> listed{K, range.statement.ciphertext, {0, 1}};
  const encrypted_value_witness<G> witness{secret<std::uint64_t>(1), secret_scalar<G>(r)};
  transcript tr = context_of(1);
  const bytes proof = prove(listed, witness, tr, values.random).value();
  ASSERT_EQ(proof.size(), range.proof.size());
  transcript one = context_of(1);
  EXPECT_FALSE(verify(range.statement, proof, one));
  transcript two = context_of(1);
  EXPECT_FALSE(verify(listed, range.proof, two));
}

TEST(range, every_byte_matters) {
  proof_fixture<G> values;
  for (const bounds b : {bounds{0, 1}, bounds{0, 6}}) {
    proved_range p(values, values.encoded(), b, 1);
    for (std::size_t i = 0; i < p.proof.size(); i += 3) {
      const bytes good = p.proof;
      p.proof[i] ^= static_cast<std::byte>(1U << values.random.below(8));
      ASSERT_FALSE(p.check()) << "byte " << i;
      p.proof = good;
    }
    p.proof.pop_back();
    EXPECT_FALSE(p.check());
    p.proof.resize(p.proof.size() + 2);
    EXPECT_FALSE(p.check());
    p.proof.clear();
    EXPECT_FALSE(p.check());
  }
}

TEST(range, bits_must_be_ciphertexts) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  proved_range p(values, K, {0, 6}, 5);  // weights 1, 2, 3: B_2 and B_3 are on the wire
  const auto put = [&](std::size_t at, const encoded_element<G>& e) {
    std::copy(e.octets().begin(), e.octets().end(),
              p.proof.begin() + static_cast<std::ptrdiff_t>(32 * at));
  };
  const bytes good = p.proof;
  put(0, encoded_element<G>());
  EXPECT_EQ(p.check().reason().find("bit 2/alpha"), 0U) << p.check().reason();
  p.proof = good;
  put(2, encoded_element<G>());
  EXPECT_EQ(p.check().reason().find("bit 3/alpha"), 0U) << p.check().reason();
  // alpha of B_1 is what remains of the ciphertext's: here nothing.
  const auto s_2 = values.nonzero();
  const auto s_3 = values.nonzero();
  const auto B_2 = encrypted<G>(K, 1, s_2);
  const auto B_3 = encrypted<G>(K, 1, s_3);
  p.statement.ciphertext =
      encrypted<G>(K, 5, G::scalar_from_u64(2) * s_2 + G::scalar_from_u64(3) * s_3);
  put(0, B_2.alpha);
  put(1, B_2.beta);
  put(2, B_3.alpha);
  put(3, B_3.beta);
  EXPECT_EQ(p.check().reason().find("bit 1/alpha"), 0U) << p.check().reason();
}

TEST(range, statements_that_no_proof_may_be_about) {
  proof_fixture<G> values;
  const proved_range good(values, values.encoded(), {2, 12}, 4);
  const auto refused = [&](const range_statement<G>& statement, const std::string& place) {
    transcript tr = context_of(1);
    const auto outcome = verify(statement, good.proof, tr);
    EXPECT_EQ(outcome.reason().find("statement: " + place), 0U) << outcome.reason();
    transcript again = context_of(1);
    const encrypted_value_witness<G> witness{};
    EXPECT_EQ(prove(statement, witness, again, values.random).error().place, "statement/" + place);
  };
  auto bad = good.statement;
  bad.low = bad.high;
  refused(bad, "bounds");
  bad.low = bad.high + 1;
  refused(bad, "bounds");
  bad = good.statement;
  bad.K = encoded_element<G>();
  refused(bad, "K");
  bad = good.statement;
  bad.ciphertext.alpha = encoded_element<G>();
  refused(bad, "ciphertext/alpha");
}

TEST(range, a_batch_names_its_culprits) {
  proof_fixture<G> values;
  const auto K = values.encoded();
  shared_bases<G> bases;
  const base_index place = bases.add(K.element());
  std::vector<proved_range> items;
  for (std::uint64_t i = 0; i < 6; ++i) {
    items.emplace_back(values, K, i % 2 == 0 ? bounds{0, 3} : bounds{0, 20}, i % 3);
    items.back().statement.shared_K = place;
  }
  items[3].claim(values, 5, values.nonzero());
  items[4].proof.pop_back();
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
  ASSERT_EQ(failures.size(), 2U);
  EXPECT_EQ(failures[0].item, 3U);
  EXPECT_EQ(failures[0].reason.find("equation "), 0U) << failures[0].reason;
  EXPECT_EQ(failures[1].item, 4U);
  EXPECT_NE(failures[1].reason.find("length"), std::string::npos);
}

}  // namespace
}  // namespace sandoq
