// Schnorr, Chaum-Pedersen and OR over groups of order 11 and 13: every base, witness, nonce and
// challenge.

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "proofs/chaum_pedersen.core.hpp"
#include "proofs/plaintext_knowledge_prove.core.hpp"
#include "proofs/schnorr_prove.core.hpp"
#include "proofs/sigma/compose_prove.core.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/tiny_group.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::tiny11;
using testing::tiny13;

template <class G>
class sigma_exhaustive : public ::testing::Test {
 protected:
  using scalar = scalar_of<G>;
  using element = element_of<G>;

  static scalar s(std::uint32_t value) { return G::scalar_from_u64(value); }
  static encoded_element<G> e(std::uint32_t log) {
    return encoded_element<G>(G::mul_base_vartime(s(log)));
  }
  static transcript context(std::uint64_t number) {
    transcript tr("sandoq-1/exhaustive");
    tr.absorb_integer("context", number);
    return tr;
  }
  /// Whether the rows of a relation hold for these commitments, challenge and responses.
  static bool rows_hold(const linear_relation<G>& r, std::span<const element> T, scalar c,
                        std::span<const scalar> z) {
    checking_sink<G> sink;
    detail::emit_rows<G>(sink, r, T, c, z);
    return sink.holds();
  }
};

using tiny_groups = ::testing::Types<tiny11, tiny13>;
TYPED_TEST_SUITE(sigma_exhaustive, tiny_groups);

/// For every base, witness, nonce and challenge the one response k + c*x is accepted and no other.
TYPED_TEST(sigma_exhaustive, schnorr_has_exactly_one_response) {
  using G = TypeParam;
  constexpr std::uint32_t q = G::order;
  for (std::uint32_t b = 1; b < q; ++b) {
    for (std::uint32_t x = 1; x < q; ++x) {
      const auto r = relation(schnorr_statement<G>{this->e(b), this->e(b * x)});
      ASSERT_TRUE(r.validate());
      for (std::uint32_t k = 0; k < q; ++k) {
        const element_of<G> T = this->e(b * k).element();
        for (std::uint32_t c = 0; c < q; ++c) {
          const auto expected = this->s(k) + this->s(c) * this->s(x);
          for (std::uint32_t z = 0; z < q; ++z) {
            const auto response = this->s(z);
            ASSERT_EQ(this->rows_hold(r, {&T, 1}, this->s(c), {&response, 1}),
                      response == expected);
          }
        }
      }
    }
  }
}

/// A false statement can be answered for at most one challenge, whatever the commitments; a true
/// one for every challenge, if the commitments fit together.
TYPED_TEST(sigma_exhaustive, chaum_pedersen_is_special_sound) {
  using G = TypeParam;
  constexpr std::uint32_t q = G::order;
  const std::uint32_t b2 = 3;
  for (std::uint32_t x1 = 1; x1 < q; ++x1) {
    for (std::uint32_t x2 = 0; x2 < q; ++x2) {
      const auto r = relation(
          chaum_pedersen_statement<G>{this->e(1), this->e(b2), this->e(x1), this->e(b2 * x2)});
      ASSERT_TRUE(r.validate());
      for (std::uint32_t t2 = 0; t2 < q; ++t2) {
        const std::vector<element_of<G>> T{this->e(5).element(), this->e(t2).element()};
        std::uint32_t answerable = 0;
        for (std::uint32_t c = 0; c < q; ++c) {
          for (std::uint32_t z = 0; z < q; ++z) {
            const auto response = this->s(z);
            answerable += this->rows_hold(r, T, this->s(c), {&response, 1}) ? 1U : 0U;
          }
        }
        const bool fits = this->e(t2) == this->e(b2 * 5);
        ASSERT_EQ(answerable, x1 != x2 ? 1U : fits ? q : 0U);
      }
    }
  }
}

/// Two false branches: over all commitments and all ways to split a challenge, at most one
/// challenge has an answer.
TYPED_TEST(sigma_exhaustive, or_of_two_false_branches_is_special_sound) {
  using G = TypeParam;
  constexpr std::uint32_t q = G::order;
  const auto answers = [this](const linear_relation<G>& r, std::uint32_t t2) {
    std::vector<std::uint32_t> out;  // challenges with an answer
    const std::vector<element_of<G>> T{this->e(4).element(), this->e(t2).element()};
    for (std::uint32_t c = 0; c < q; ++c) {
      for (std::uint32_t z = 0; z < q; ++z) {
        const auto response = this->s(z);
        if (this->rows_hold(r, T, this->s(c), {&response, 1})) {
          out.push_back(c);
        }
      }
    }
    return out;
  };
  const auto first =
      relation(chaum_pedersen_statement<G>{this->e(1), this->e(2), this->e(3), this->e(7)});
  const auto second =
      relation(chaum_pedersen_statement<G>{this->e(1), this->e(5), this->e(2), this->e(1)});
  for (std::uint32_t t = 0; t < q; ++t) {
    for (std::uint32_t u = 0; u < q; ++u) {
      std::vector<bool> challenges(q);
      std::size_t count = 0;
      for (const std::uint32_t c1 : answers(first, t)) {
        for (const std::uint32_t c2 : answers(second, u)) {
          challenges[(c1 + c2) % q] = true;
          ++count;
        }
      }
      ASSERT_EQ(count, 1U);
    }
  }
}

/// The prover itself, forced through every challenge by as many contexts as it takes.
TYPED_TEST(sigma_exhaustive, schnorr_prover_under_every_challenge) {
  using G = TypeParam;
  constexpr std::uint32_t q = G::order;
  deterministic_random random(testing::test_seed());
  for (std::uint32_t b = 1; b < q; ++b) {
    for (std::uint32_t x = 1; x < q; ++x) {
      const schnorr_statement<G> statement{this->e(b), this->e(b * x)};
      const secret_scalar<G> witness(this->s(x));
      std::vector<bool> met(q);
      std::uint32_t left = q;
      for (std::uint64_t number = 0; left != 0; ++number) {
        ASSERT_LT(number, 4000U);
        const auto seed = random_secret<32>(random);
        auto tr = this->context(number);
        auto prover =
            sigma_prover<G>::commit(relation(statement), std::span(&witness, 1), tr, seed).value();
        transcript copy = tr;
        const auto c = G::scalar_from_wide(copy.squeeze("c").octets);
        left -= met[c.value()] ? 0U : 1U;
        met[c.value()] = true;
        const bytes octets = std::move(prover).respond(c);
        schnorr_proof<G> proof;
        ASSERT_EQ(octets.size(), proof.octets.size());
        std::copy(octets.begin(), octets.end(), proof.octets.begin());
        auto again = this->context(number);
        const auto whole = prove_with_seed(statement, witness, again, seed);
        auto third = this->context(number);
        const auto outcome = verify(statement, proof, third);
        // Challenge 0 makes both sides stop, although the equation holds.
        ASSERT_EQ(outcome.holds(), c.value() != 0) << outcome.reason();
        ASSERT_EQ(whole.has_value(), c.value() != 0);
        if (whole) {
          ASSERT_EQ(*whole, proof);
        } else {
          ASSERT_EQ(whole.error().code, errc::bad_proof);
          ASSERT_NE(outcome.reason().find("the challenge is zero"), std::string::npos);
        }
      }
    }
  }
}

/// Every true branch with every witness is proved; without a true branch nearly nothing is.
TYPED_TEST(sigma_exhaustive, or_prover_for_every_witness) {
  using G = TypeParam;
  constexpr std::uint32_t q = G::order;
  deterministic_random random(testing::test_seed());
  int proved = 0;
  int refuted = 0;
  int passed_though_false = 0;
  for (std::uint32_t x = 1; x < q; ++x) {
    for (std::uint32_t y = 0; y < q; ++y) {
      for (std::uint32_t branch = 0; branch < 2; ++branch) {
        // Branch 0: log_1 x = log_3 y; branch 1: log_1 x = log_3 (y + 1).
        const std::vector<linear_relation<G>> branches{
            relation(chaum_pedersen_statement<G>{this->e(1), this->e(3), this->e(x), this->e(y)}),
            relation(
                chaum_pedersen_statement<G>{this->e(1), this->e(3), this->e(x), this->e(y + 1)})};
        or_witness<G> witness{secret<std::uint32_t>(branch), {}};
        witness.scalars.emplace_back(this->s(branch == 0 ? x : 0));
        witness.scalars.emplace_back(this->s(branch == 1 ? x : 0));
        const bool is_true = (3 * x) % q == (y + branch) % q;
        auto tr = this->context(x);
        const auto proof = prove_or<G>(branches, witness, tr, random_secret<32>(random));
        if (!proof) {
          ASSERT_EQ(proof.error().code, errc::bad_proof);  // challenge 0
          continue;
        }
        auto again = this->context(x);
        const bool accepted = verify_or<G>(branches, *proof, again).holds();
        if (is_true) {
          ASSERT_TRUE(accepted);
          ++proved;
        } else {
          ++refuted;
          passed_though_false += accepted ? 1 : 0;
        }
      }
    }
  }
  EXPECT_GT(proved, 10);
  // Chance 1/q each that the simulated share is all of the challenge.
  EXPECT_LT(passed_though_false, refuted / 4);
}

/// zG - W - sum c^l alpha_l over every nonce pair.
TYPED_TEST(sigma_exhaustive, plaintext_knowledge_for_every_pair) {
  using G = TypeParam;
  constexpr std::uint32_t q = G::order;
  deterministic_random random(testing::test_seed());
  for (std::uint32_t r1 = 1; r1 < q; ++r1) {
    for (std::uint32_t r2 = 1; r2 < q; ++r2) {
      plaintext_knowledge_statement<G> statement{this->e(7), {}};
      statement.ciphertexts.push_back({this->e(r1), this->e(7 * r1 + 1)});
      statement.ciphertexts.push_back({this->e(r2), this->e(7 * r2)});
      std::vector<secret_scalar<G>> witness;
      witness.emplace_back(this->s(r1));
      witness.emplace_back(this->s(r2));
      auto tr = this->context(r1);
      const auto proof = prove_with_seed<G>(statement, witness, tr, random_secret<32>(random));
      if (!proof) {
        ASSERT_EQ(proof.error().code, errc::bad_proof);
        continue;
      }
      auto again = this->context(r1);
      ASSERT_TRUE(verify(statement, *proof, again));
      // Each other response fails.
      for (std::uint32_t d = 1; d < q; ++d) {
        auto changed = *proof;
        const auto z = *G::decode_scalar(changed.view().subspan(2));
        const auto octets = G::encode_scalar(z + this->s(d));
        std::copy(octets.begin(), octets.end(), changed.octets.begin() + 2);
        auto third = this->context(r1);
        ASSERT_FALSE(verify(statement, changed, third));
      }
    }
  }
}

}  // namespace
}  // namespace sandoq
