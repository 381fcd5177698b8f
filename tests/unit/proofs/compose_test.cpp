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

}  // namespace
}  // namespace sandoq
