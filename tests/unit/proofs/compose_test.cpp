#include "sandoq/proofs/sigma/compose.hpp"

#include <gtest/gtest.h>

#include <type_traits>

#include "proofs/sigma/compose_prove.core.hpp"
#include "sandoq/proofs/chaum_pedersen.hpp"
#include "sandoq/proofs/schnorr.hpp"
#include "sandoq/proofs/sigma/compose_prove.hpp"
#include "tests/unit/proofs/proof_fixture.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::context_of;
using testing::proof_fixture;
using testing::times;

/// "The ciphertext (alpha, beta) under K encrypts a number below m": the classical use.
struct encrypted_choice {
  encrypted_choice(proof_fixture<G>& values, std::uint32_t m, std::uint32_t choice)
      : witness{secret<std::uint32_t>(choice), {}} {
    const auto g = encoded_element<G>(G::generator());
    const auto K = values.encoded();
    const G::scalar r = values.nonzero();
    const auto alpha = times<G>(r, g);
    const G::element beta =
        times<G>(r, K).element() + G::mul_base_vartime(G::scalar_from_u64(choice));
    for (std::uint32_t i = 0; i < m; ++i) {
      const encoded_element<G> rest(beta - G::mul_base_vartime(G::scalar_from_u64(i)));
      branches.push_back(relation(chaum_pedersen_statement<G>{g, K, alpha, rest}));
      witness.scalars.emplace_back(i == choice ? r : G::scalar{});
    }
  }
  [[nodiscard]] std::span<const linear_relation<G>> all() const { return branches; }
  std::vector<linear_relation<G>> branches;
  or_witness<G> witness;
};

// Which branch is true is a secret: what holds it is wiped, as a plain choice is not.
static_assert(std::is_same_v<decltype(detail::or_branch<G>::taken_bit), secret<std::uint64_t>>);

bool accepts(std::span<const linear_relation<G>> branches, byte_view proof, std::uint64_t context) {
  transcript tr = context_of(context);
  return verify_or(branches, proof, tr).holds();
}

TEST(compose_or, any_branch_may_be_the_true_one) {
  proof_fixture<G> values;
  for (const std::uint32_t m : {2U, 3U, 5U}) {
    for (std::uint32_t choice = 0; choice < m; ++choice) {
      const encrypted_choice ballot(values, m, choice);
      transcript tr = context_of(1);
      const bytes proof = prove_or<G>(ballot.all(), ballot.witness, tr, values.seed()).value();
      EXPECT_EQ(proof.size(), or_proof_size<G>(ballot.all()));
      EXPECT_TRUE(accepts(ballot.all(), proof, 1));
      EXPECT_FALSE(accepts(ballot.all(), proof, 2));
      auto exchanged = ballot.branches;
      std::swap(exchanged[0], exchanged[1]);
      EXPECT_FALSE(accepts(exchanged, proof, 1));
      EXPECT_FALSE(accepts(ballot.all().first(m - 1), proof, 1));
    }
  }
}

TEST(compose_or, no_true_branch_no_proof) {
  proof_fixture<G> values;
  // The plaintext is 2, the branches say 0 or 1.
  const encrypted_choice ballot(values, 3, 2);
  const auto branches = ballot.all().first(2);
  for (std::uint32_t claimed = 0; claimed < 2; ++claimed) {
    or_witness<G> witness{secret<std::uint32_t>(claimed), {}};
    for (std::uint32_t i = 0; i < 2; ++i) {
      witness.scalars.push_back(i == claimed ? ballot.witness.scalars[2].clone()
                                             : secret_scalar<G>());
    }
    transcript tr = context_of(1);
    const bytes proof = prove_or<G>(branches, witness, tr, values.seed()).value();
    EXPECT_FALSE(accepts(branches, proof, 1));
  }
}

TEST(compose_or, every_bit_matters) {
  proof_fixture<G> values;
  const encrypted_choice ballot(values, 2, 1);
  transcript tr = context_of(1);
  const bytes proof = prove_or<G>(ballot.all(), ballot.witness, tr, values.seed()).value();
  for (std::size_t bit = 0; bit < 8 * proof.size(); ++bit) {
    bytes changed = proof;
    changed[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    ASSERT_FALSE(accepts(ballot.all(), changed, 1)) << "bit " << bit;
  }
}

TEST(compose_or, branches_are_2_to_64_and_valid) {
  proof_fixture<G> values;
  const encrypted_choice one(values, 1, 0);
  transcript tr = context_of(1);
  EXPECT_EQ((prove_or<G>(one.all(), one.witness, tr, values.seed()).error().code),
            errc::bad_statement);
  EXPECT_FALSE(accepts(one.all(), bytes(or_proof_size<G>(one.all())), 1));
  const encrypted_choice many(values, 65, 3);
  transcript again = context_of(1);
  EXPECT_EQ((prove_or<G>(many.all(), many.witness, again, values.seed()).error().code),
            errc::bad_statement);
  encrypted_choice two(values, 2, 0);
  two.branches[1] = linear_relation<G>();
  transcript third = context_of(1);
  EXPECT_EQ((prove_or<G>(two.all(), two.witness, third, values.seed()).error().place),
            "statement/branch 1/relation");
}

TEST(compose_or, the_largest_one) {
  proof_fixture<G> values;
  const encrypted_choice ballot(values, 64, 63);
  transcript tr = context_of(1);
  const bytes proof = prove_or<G>(ballot.all(), ballot.witness, tr, values.seed()).value();
  EXPECT_TRUE(accepts(ballot.all(), proof, 1));
}

/// Several disjunctions under one challenge.
struct encrypted_choices_of_three {
  explicit encrypted_choices_of_three(proof_fixture<G>& values) {
    parts.reserve(3);
    parts.emplace_back(values, 2U, 1U);
    parts.emplace_back(values, 4U, 2U);
    parts.emplace_back(values, 3U, 0U);
    for (const auto& part : parts) {
      disjunctions.push_back(part.all());
      witness.branches.push_back(part.witness.branch.clone());
      for (const auto& x : part.witness.scalars) {
        witness.scalars.push_back(x.clone());
      }
    }
  }
  [[nodiscard]] verification check(byte_view proof, std::uint64_t context) const {
    checking_sink<G> sink;
    transcript tr = context_of(context);
    if (auto outcome = emit_and_of_or<G>(sink, disjunctions, proof, tr); !outcome) {
      return outcome;
    }
    return detail::close(sink);
  }
  std::vector<encrypted_choice> parts;
  std::vector<or_branches<G>> disjunctions;
  and_of_or_witness<G> witness;
};

TEST(compose_and_of_or, every_disjunction_must_hold) {
  proof_fixture<G> values;
  encrypted_choices_of_three all(values);
  transcript tr = context_of(1);
  const bytes proof = prove_and_of_or<G>(all.disjunctions, all.witness, tr, values.seed()).value();
  EXPECT_EQ(proof.size(), and_of_or_proof_size<G>(all.disjunctions));
  EXPECT_TRUE(all.check(proof, 1)) << all.check(proof, 1).reason();
  EXPECT_FALSE(all.check(proof, 2));
  // A false branch in any one of them.
  for (std::size_t j = 0; j < all.disjunctions.size(); ++j) {
    encrypted_choices_of_three lie(values);
    lie.witness.branches[j] =
        secret<std::uint32_t>((expose_for_secret_ops(lie.witness.branches[j]) + 1) %
                              static_cast<std::uint32_t>(lie.disjunctions[j].size()));
    transcript other = context_of(1);
    const bytes made =
        prove_and_of_or<G>(lie.disjunctions, lie.witness, other, values.seed()).value();
    EXPECT_FALSE(lie.check(made, 1));
  }
  // Their order is part of the statement.
  std::swap(all.disjunctions[0], all.disjunctions[2]);
  EXPECT_FALSE(all.check(proof, 1));
}

TEST(compose_and_of_or, one_disjunction_is_or) {
  proof_fixture<G> values;
  const encrypted_choice ballot(values, 3, 1);
  const or_branches<G> branches = ballot.all();
  and_of_or_witness<G> witness;
  witness.branches.emplace_back(1U);
  for (const auto& x : ballot.witness.scalars) {
    witness.scalars.push_back(x.clone());
  }
  const nonce_seed seed = values.seed();
  transcript one = context_of(1);
  transcript two = context_of(1);
  EXPECT_EQ(prove_or<G>(branches, ballot.witness, one, seed).value(),
            prove_and_of_or<G>({&branches, 1}, witness, two, seed).value());
}

TEST(compose_and_of_or, numbers_must_fit) {
  proof_fixture<G> values;
  encrypted_choices_of_three all(values);
  const auto refused = [&](std::span<const or_branches<G>> disjunctions) {
    transcript tr = context_of(1);
    return prove_and_of_or<G>(disjunctions, all.witness, tr, values.seed()).error();
  };
  EXPECT_EQ(refused({}).code, errc::bad_statement);
  EXPECT_EQ(refused(std::vector<or_branches<G>>(65, all.disjunctions[0])).code,
            errc::bad_statement);
  EXPECT_EQ(refused(std::span(all.disjunctions).first(2)).code, errc::bad_witness);
  auto short_one = all.disjunctions;
  short_one[1] = short_one[1].first(1);
  EXPECT_EQ(refused(short_one).place, "statement/disjunction 1/branches");
  short_one[1] = all.disjunctions[1].first(3);
  EXPECT_EQ(refused(short_one).code, errc::bad_witness);
  checking_sink<G> sink;
  transcript tr = context_of(1);
  EXPECT_FALSE(emit_and_of_or<G>(sink, {}, {}, tr));
}

}  // namespace
}  // namespace sandoq
