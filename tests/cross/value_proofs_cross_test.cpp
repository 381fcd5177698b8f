// Proofs about plaintexts judged by libsodium from the bytes of statement and wire alone: its hash,
// its scalars and its ristretto255. Nothing of our transcript, group or verifier is used.

#include <gtest/gtest.h>
#include <sodium.h>

#include <cstring>
#include <vector>

#include "sandoq/proofs/disjunction_prove.hpp"
#include "sandoq/proofs/plaintext_equality_prove.hpp"
#include "sandoq/proofs/range_prove.hpp"
#include "tests/support/sodium_judge.hpp"
#include "tests/unit/proofs/proof_fixture.hpp"

namespace sandoq {
namespace {

using namespace testing::sodium;  // NOLINT(google-build-using-namespace): the other side of it all
using G = ristretto255;
using testing::encrypted;
using testing::proof_fixture;

constexpr std::uint64_t context_number = 77;

records begun() {
  records tr("sandoq-1/unit/proofs");
  tr.add_integer("context", context_number);
  return tr;
}

value at(const octets& in, std::size_t block) {
  value out;
  std::memcpy(out.data(), in.data() + 32 * block, 32);
  return out;
}
octets joined(std::initializer_list<value> values) {
  octets out;
  for (const value& v : values) {
    out.insert(out.end(), v.begin(), v.end());
  }
  return out;
}
value generator() {
  value out;
  crypto_scalarmult_ristretto255_base(out.data(), small(1).data());
  return out;
}
/// a - s*b, by libsodium.
value less_multiple(const value& a, const value& s, const value& b) {
  sum out;
  out.add(a);
  out.add(value{} - s, b);
  return out.total();
}

struct pair {
  value alpha;
  value beta;
};

/// A relation of Chaum and Pedersen, as 40.2 absorbs it: one scalar, four elements, two rows.
void absorb_branch(records& tr, const value& K, const pair& c, const value& rest) {
  octets shape;
  for (const std::uint64_t word : {1U, 4U, 2U, 2U, 1U, 0U, 0U, 3U, 1U, 0U, 1U}) {
    put_int(shape, word, 4);
  }
  tr.add(1, "relation", shape);
  tr.add_elements("elements", joined({generator(), K, c.alpha, rest}));
}

/// The equations of several disjunctions under one challenge; the proof begins with commitments.
std::vector<bool> judge_disjunctions(records& tr, const value& K, const std::vector<pair>& texts,
                                     const std::vector<std::uint64_t>& values,
                                     const octets& proof) {
  const std::size_t m = values.size();
  EXPECT_EQ(proof.size(), 32 * texts.size() * (4 * m - 1));
  for (const pair& c : texts) {
    tr.add_integer("branches", m);
    for (const std::uint64_t v : values) {
      absorb_branch(tr, K, c, less_multiple(c.beta, small(v), generator()));
    }
  }
  for (std::size_t i = 0; i < texts.size() * m; ++i) {
    tr.add_elements("commitments", joined({at(proof, 2 * i), at(proof, 2 * i + 1)}));
  }
  const value challenge = tr.challenge("c");
  std::vector<bool> out;
  for (std::size_t j = 0; j < texts.size(); ++j) {
    const std::size_t tail = 2 * m * texts.size() + j * (2 * m - 1);
    value last = challenge;
    for (std::size_t i = 0; i < m; ++i) {
      const value share = i + 1 < m ? at(proof, tail + i) : last;
      last = last - share;
      const value z = at(proof, tail + m - 1 + i);
      const value rest = less_multiple(texts[j].beta, small(values[i]), generator());
      sum first;
      first.add_generator(z);
      first.add(value{} - small(1), at(proof, 2 * (j * m + i)));
      first.add(value{} - share, texts[j].alpha);
      sum second;
      second.add(z, K);
      second.add(value{} - small(1), at(proof, 2 * (j * m + i) + 1));
      second.add(value{} - share, rest);
      out.push_back(first.is_zero());
      out.push_back(second.is_zero());
    }
  }
  return out;
}

value bytes_of(const encoded_element<G>& e) {
  value out;
  std::memcpy(out.data(), e.octets().data(), 32);
  return out;
}
pair bytes_of(const encoded_ciphertext<G>& c) {
  return {bytes_of(c.alpha), bytes_of(c.beta)};
}

std::vector<bool> all(std::size_t equations) {
  return std::vector<bool>(equations, true);
}

class value_proofs_cross : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_GE(sodium_init(), 0); }

  template <class Statement, class Witness>
  octets proof_of(const Statement& statement, const Witness& witness) {
    transcript tr = testing::context_of(context_number);
    const auto made = prove(statement, witness, tr, fixture.random);
    if constexpr (requires { made->octets; }) {
      return from_bytes(made->view());
    } else {
      return from_bytes(*made);
    }
  }
  static encrypted_value_witness<G> witness(std::uint64_t m, const G::scalar& r) {
    return {secret<std::uint64_t>(m), secret_scalar<G>(r)};
  }

  proof_fixture<G> fixture;
  encoded_element<G> K = fixture.encoded();
};

TEST_F(value_proofs_cross, disjunction) {
  for (const std::vector<std::uint64_t>& values :
       {std::vector<std::uint64_t>{0, 1}, std::vector<std::uint64_t>{2, 3, 1ULL << 50U}}) {
    const G::scalar r = fixture.nonzero();
    const std::uint64_t m = values[1];
    const auto c = encrypted<G>(K, m, r);
    const octets proof = proof_of(disjunction_statement<G>{K, c, values}, witness(m, r));
    const auto judge = [&](const std::vector<std::uint64_t>& claimed, const octets& wire) {
      records tr = begun();
      tr.add(4, "K", joined({bytes_of(K)}));
      tr.add_elements("ciphertext", joined({bytes_of(c.alpha), bytes_of(c.beta)}));
      octets list;
      put_int(list, claimed.size(), 4);
      for (const std::uint64_t v : claimed) {
        put_int(list, v, 8);
      }
      tr.add(1, "values", list);
      return judge_disjunctions(tr, bytes_of(K), {bytes_of(c)}, claimed, wire);
    };
    EXPECT_EQ(judge(values, proof), all(2 * values.size()));
    // The judge is no yes-man: another list gives another challenge, which the last share takes on;
    // the last response stands in the last two equations, too.
    auto expected = all(2 * values.size());
    expected[expected.size() - 1] = expected[expected.size() - 2] = false;
    auto other = values;
    ++other.back();
    EXPECT_EQ(judge(other, proof), expected);
    octets changed = proof;
    changed[proof.size() - 32] ^= 1;
    EXPECT_EQ(judge(values, changed), expected);
  }
}

TEST_F(value_proofs_cross, range) {
  struct range_case {
    std::uint64_t low, high, m;
    std::vector<std::uint64_t> weights;  // worked out by hand
  };
  for (const range_case& test : {range_case{4, 7, 6, {}}, range_case{3, 9, 8, {1, 2, 3}},
                                 range_case{0, 100, 99, {1, 2, 4, 8, 16, 32, 37}}}) {
    const G::scalar r = fixture.nonzero();
    const auto c = encrypted<G>(K, test.m, r);
    octets proof = proof_of(range_statement<G>{K, c, test.low, test.high}, witness(test.m, r));
    records tr = begun();
    tr.add(4, "K", joined({bytes_of(K)}));
    tr.add_elements("ciphertext", joined({bytes_of(c.alpha), bytes_of(c.beta)}));
    tr.add_integer("low", test.low);
    tr.add_integer("high", test.high);
    if (test.weights.empty()) {
      std::vector<std::uint64_t> values;
      for (std::uint64_t v = test.low; v <= test.high; ++v) {
        values.push_back(v);
      }
      EXPECT_EQ(judge_disjunctions(tr, bytes_of(K), {bytes_of(c)}, values, proof),
                all(2 * values.size()));
      continue;
    }
    std::vector<pair> bits{bytes_of(c)};
    bits[0].beta = less_multiple(bits[0].beta, small(test.low), generator());
    const std::size_t carried = test.weights.size() - 1;
    for (std::size_t j = 0; j < carried; ++j) {
      bits.push_back({at(proof, 2 * j), at(proof, 2 * j + 1)});
      const value w = small(test.weights[j + 1]);
      bits[0].alpha = less_multiple(bits[0].alpha, w, bits.back().alpha);
      bits[0].beta = less_multiple(bits[0].beta, w, bits.back().beta);
    }
    const auto split = proof.begin() + static_cast<std::ptrdiff_t>(64 * carried);
    tr.add_elements("bits", {proof.begin(), split});
    proof.erase(proof.begin(), split);
    EXPECT_EQ(judge_disjunctions(tr, bytes_of(K), bits, {0, 1}, proof), all(4 * bits.size()));
  }
}

TEST_F(value_proofs_cross, plaintext_equality) {
  const auto other_K = fixture.encoded();
  const G::scalar r = fixture.nonzero();
  const G::scalar other_r = fixture.nonzero();
  const auto c = encrypted<G>(K, 9, r);
  const auto other = encrypted<G>(other_K, 9, other_r);
  const octets proof =
      proof_of(plaintext_equality_statement<G>{K, c, other_K, other},
               plaintext_equality_witness<G>{secret_scalar<G>(r), secret_scalar<G>(other_r)});
  ASSERT_EQ(proof.size(), 160U);
  const value minus_alpha = less_multiple(value{}, small(1), bytes_of(other.alpha));
  const value difference = less_multiple(bytes_of(c.beta), small(1), bytes_of(other.beta));
  records tr = begun();
  tr.add(4, "K", joined({bytes_of(K)}));
  tr.add_elements("ciphertext", joined({bytes_of(c.alpha), bytes_of(c.beta)}));
  tr.add(4, "other K", joined({bytes_of(other_K)}));
  tr.add_elements("other ciphertext", joined({bytes_of(other.alpha), bytes_of(other.beta)}));
  octets shape;
  for (const std::uint64_t word :
       {2U, 6U, 3U, 3U, 1U, 0U, 0U, 4U, 1U, 1U, 0U, 5U, 2U, 0U, 1U, 1U, 2U}) {
    put_int(shape, word, 4);
  }
  tr.add(1, "relation", shape);
  tr.add_elements("elements", joined({generator(), bytes_of(K), bytes_of(other_K),
                                      bytes_of(c.alpha), minus_alpha, difference}));
  tr.add_elements("commitments", {proof.begin(), proof.begin() + 96});
  const value minus_c = value{} - tr.challenge("c");
  const value minus_one = value{} - small(1);
  sum rows[3];
  rows[0].add_generator(at(proof, 3));
  rows[0].add(minus_c, bytes_of(c.alpha));
  rows[1].add_generator(at(proof, 4));
  rows[1].add(minus_c, minus_alpha);
  rows[2].add(at(proof, 3), bytes_of(K));
  rows[2].add(at(proof, 4), bytes_of(other_K));
  rows[2].add(minus_c, difference);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_FALSE(rows[k].is_zero());
    rows[k].add(minus_one, at(proof, k));
    EXPECT_TRUE(rows[k].is_zero()) << "row " << k;
  }
}

TEST_F(value_proofs_cross, reencryption) {
  const G::scalar r = fixture.nonzero();
  const G::scalar x = fixture.nonzero();
  const auto from = encrypted<G>(K, 2, r);
  const auto to = encrypted<G>(K, 2, r + x);
  const octets proof = proof_of(reencryption_statement<G>{K, from, to}, secret_scalar<G>(x));
  ASSERT_EQ(proof.size(), 96U);
  const pair difference{less_multiple(bytes_of(to.alpha), small(1), bytes_of(from.alpha)),
                        less_multiple(bytes_of(to.beta), small(1), bytes_of(from.beta))};
  records tr = begun();
  tr.add(4, "K", joined({bytes_of(K)}));
  tr.add_elements("ciphertext", joined({bytes_of(from.alpha), bytes_of(from.beta)}));
  tr.add_elements("re-encrypted", joined({bytes_of(to.alpha), bytes_of(to.beta)}));
  absorb_branch(tr, bytes_of(K), difference, difference.beta);
  tr.add_elements("commitments", {proof.begin(), proof.begin() + 64});
  const value minus_c = value{} - tr.challenge("c");
  const value bases[]{generator(), bytes_of(K)};
  const value images[]{difference.alpha, difference.beta};
  for (std::size_t k = 0; k < 2; ++k) {
    sum row;
    row.add(at(proof, 2), bases[k]);
    row.add(minus_c, images[k]);
    EXPECT_FALSE(row.is_zero());
    row.add(value{} - small(1), at(proof, k));
    EXPECT_TRUE(row.is_zero()) << "row " << k;
  }
}

}  // namespace
}  // namespace sandoq
