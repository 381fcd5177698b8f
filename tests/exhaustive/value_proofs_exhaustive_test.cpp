// Proofs about plaintexts over groups of order 11 and 13: every ciphertext, value and nonce, under
// many keys.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "lib/elgamal/encrypt_secret.core.hpp"
#include "proofs/disjunction_prove.core.hpp"
#include "proofs/plaintext_equality_prove.core.hpp"
#include "proofs/range_prove.core.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/tiny_group.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::tiny11;
using testing::tiny13;

template <class G>
class value_proofs_exhaustive : public ::testing::Test {
 protected:
  using scalar = scalar_of<G>;

  static scalar s(std::uint32_t value) { return G::scalar_from_u64(value); }
  static encoded_element<G> e(std::uint32_t log) {
    return encoded_element<G>(G::mul_base_vartime(s(log)));
  }
  /// Enc(m; r) under the key of logarithm kappa.
  static encoded_ciphertext<G> encrypted(std::uint32_t kappa, std::uint32_t m, std::uint32_t r) {
    return {e(r), e(r * kappa + m)};
  }
  static transcript context(std::uint64_t number) {
    transcript tr("sandoq-1/exhaustive");
    tr.absorb_integer("context", number);
    return tr;
  }
  /// Whether these scalars satisfy the relation: the verifier's rows with nothing committed and the
  /// challenge 1.
  static bool satisfies(const linear_relation<G>& r, std::span<const scalar> x) {
    const std::vector<element_of<G>> nothing(r.rows().size());
    checking_sink<G> sink;
    detail::emit_rows<G>(sink, r, nothing, s(1), x);
    return sink.holds();
  }
  static encrypted_value_witness<G> witness(std::uint32_t m, std::uint32_t r) {
    return {secret<std::uint64_t>(m), secret_scalar<G>(s(r))};
  }

  /// Proves and verifies under fresh contexts; nullopt where the challenge was 0, or a bit's nonce.
  template <class Statement>
  std::optional<bool> accepted(const Statement& statement, const encrypted_value_witness<G>& w) {
    ++number_;
    auto tr = context(number_);
    const auto proof = prove_with_seed<G>(statement, w, tr, random_secret<32>(random_));
    if (!proof) {
      EXPECT_TRUE(proof.error().code == errc::bad_proof ||
                  proof.error().code == errc::identity_element);
      return std::nullopt;
    }
    auto again = context(number_);
    return verify<G>(statement, *proof, again).holds();
  }

  std::uint64_t number_ = 0;
  deterministic_random random_{testing::test_seed()};
};

using tiny_groups = ::testing::Types<tiny11, tiny13>;
TYPED_TEST_SUITE(value_proofs_exhaustive, tiny_groups);

/// Over all ciphertexts, values and nonces: a branch has a witness iff the ciphertext
/// decrypts to its value, and then exactly one.
TYPED_TEST(value_proofs_exhaustive, a_branch_is_true_iff_the_value_is_encrypted) {
  using G = TypeParam;
  constexpr std::uint32_t q = G::order;
  for (std::uint32_t kappa = 1; kappa < q; kappa += 3) {
    const auto K = this->e(kappa);
    for (std::uint32_t r = 1; r < q; ++r) {
      for (std::uint32_t m = 0; m < q; ++m) {
        const auto c = this->encrypted(kappa, m, r);
        for (std::uint32_t v = 0; v < q; ++v) {
          const auto branch = detail::holds_value<G>({K, not_shared}, c, v);
          ASSERT_TRUE(branch.validate());
          for (std::uint32_t x = 0; x < q; ++x) {
            const auto nonce = this->s(x);
            ASSERT_EQ(this->satisfies(branch, {&nonce, 1}), v == m && x == r);
          }
        }
      }
    }
  }
}

/// Every nonce, plaintext and claim: accepted iff it is true and in the list. A lie
/// passes with the chance 1/q that a simulated share is all of the challenge.
TYPED_TEST(value_proofs_exhaustive, disjunction_for_every_plaintext_and_claim) {
  using G = TypeParam;
  constexpr std::uint32_t q = G::order;
  int proved = 0;
  int lies = 0;
  int believed = 0;
  for (const auto& values : {std::vector<std::uint64_t>{0, 1}, {1, 4, 9}}) {
    for (std::uint32_t kappa = 1; kappa < q; kappa += 3) {
      for (std::uint32_t r = 1; r < q; ++r) {
        for (std::uint32_t m = 0; m < q; ++m) {
          const disjunction_statement<G> statement{this->e(kappa), this->encrypted(kappa, m, r),
                                                   values};
          for (const std::uint64_t claimed : values) {
            const auto v = static_cast<std::uint32_t>(claimed);
            const auto outcome = this->accepted(statement, this->witness(v, r));
            if (!outcome) {
              continue;
            }
            if (v == m) {
              ASSERT_TRUE(*outcome);
              ++proved;
            } else if (std::find(values.begin(), values.end(), m) == values.end()) {
              ++lies;
              believed += *outcome ? 1 : 0;
            }
          }
        }
      }
    }
  }
  EXPECT_GT(proved, 100);
  EXPECT_GT(lies, 500);
  EXPECT_LT(believed, lies / 5);
}

/// For false statements: over all commitments of both branches, at most one challenge has an
/// answer, however it is shared out. So whoever answers two knows that the ciphertext holds a
/// value.
TYPED_TEST(value_proofs_exhaustive, a_false_disjunction_is_answered_for_one_challenge) {
  using G = TypeParam;
  constexpr std::uint32_t q = G::order;
  const std::uint32_t kappa = 5;
  for (std::uint32_t m = 2; m < q; ++m) {
    const auto c = this->encrypted(kappa, m, 3);
    // How many challenge shares each branch can answer, for each ratio of its commitments.
    for (std::uint32_t v = 0; v < 2; ++v) {
      const auto branch = detail::holds_value<G>({this->e(kappa), not_shared}, c, v);
      for (std::uint32_t t = 0; t < q; ++t) {
        const std::vector<element_of<G>> T{this->e(7).element(), this->e(t).element()};
        std::uint32_t answerable = 0;
        for (std::uint32_t share = 0; share < q; ++share) {
          for (std::uint32_t z = 0; z < q; ++z) {
            const auto response = this->s(z);
            checking_sink<G> sink;
            detail::emit_rows<G>(sink, branch, T, this->s(share), {&response, 1});
            answerable += sink.holds() ? 1U : 0U;
          }
        }
        // One share each, so their sum is one challenge.
        ASSERT_EQ(answerable, 1U);
      }
    }
  }
}

/// Every range and every plaintext, listed or in bits: accepted iff it is within.
TYPED_TEST(value_proofs_exhaustive, range_for_every_plaintext) {
  using G = TypeParam;
  constexpr std::uint32_t q = G::order;
  int proved = 0;
  int lies = 0;
  int believed = 0;
  for (std::uint32_t low = 0; low < 3; ++low) {
    for (std::uint32_t high = low + 1; high < q; ++high) {
      for (std::uint32_t m = 0; m < q; ++m) {
        for (std::uint32_t r = 1; r < q; r += 4) {
          const std::uint32_t kappa = 1 + (m + r) % (q - 1);
          const range_statement<G> statement{this->e(kappa), this->encrypted(kappa, m, r), low,
                                             high};
          const bool within = low <= m && m <= high;
          const std::uint32_t claimed = within ? m : low + (m + r) % (high - low + 1);
          const auto outcome = this->accepted(statement, this->witness(claimed, r));
          if (!outcome) {
            continue;
          }
          if (within) {
            ASSERT_TRUE(*outcome) << m << " in " << low << ".." << high;
            ++proved;
          } else {
            ++lies;
            believed += *outcome ? 1 : 0;
          }
        }
      }
    }
  }
  EXPECT_GT(proved, 200);
  EXPECT_GT(lies, 200);
  EXPECT_LT(believed, lies / 5);
}

/// The implied bit, for every plaintext, every nonce and all values of the other two bits: with
/// them and its own value it adds up to the ciphertext, bit for bit.
TYPED_TEST(value_proofs_exhaustive, the_first_bit_is_what_the_others_leave) {
  using G = TypeParam;
  constexpr std::uint32_t q = G::order;
  const std::uint32_t kappa = 6;
  const std::uint32_t low = 2;  // 2..8: weights 1, 2, 3
  for (std::uint32_t m = 0; m < q; ++m) {
    for (std::uint32_t s2 = 1; s2 < q; ++s2) {
      for (std::uint32_t b2 = 0; b2 < 2; ++b2) {
        const std::uint32_t s3 = 4;
        const std::uint32_t b3 = 1;
        const std::uint32_t r = 9;
        const range_statement<G> statement{this->e(kappa), this->encrypted(kappa, m, r), low,
                                           low + 6};
        const encoded_ciphertext<G> carried[]{this->encrypted(kappa, b2, s2),
                                              this->encrypted(kappa, b3, s3)};
        const auto bits = detail::all_bits<G>(statement, carried);
        const std::uint32_t s1 = (r + 5 * q - 2 * s2 % q - 3 * s3 % q) % q;
        ASSERT_EQ(bits.has_value(), s1 != 0);
        if (!bits) {
          ASSERT_EQ(bits.error().place, "bit 1/alpha");
          continue;
        }
        const std::uint32_t b1 = (m + 5 * q - low - 2 * b2 - 3 * b3) % q;
        const auto expected = this->encrypted(kappa, b1, s1);
        ASSERT_EQ(bits->front().alpha, expected.alpha);
        ASSERT_EQ(bits->front().beta, expected.beta);
        ASSERT_EQ(bits->size(), 3U);
      }
    }
  }
}

/// Over all plaintext differences and nonces: (r, -r') is a witness iff the plaintexts are
/// equal, and no other pair ever is.
TYPED_TEST(value_proofs_exhaustive, equality_is_true_iff_plaintexts_are_equal) {
  using G = TypeParam;
  constexpr std::uint32_t q = G::order;
  for (std::uint32_t kappa = 1; kappa < q; kappa += 4) {
    for (std::uint32_t other = 1; other < q; other += 3) {
      for (std::uint32_t r = 1; r < q; r += 2) {
        for (std::uint32_t m = 0; m < q; ++m) {
          const std::uint32_t other_r = 1 + (r + m) % (q - 1);
          const plaintext_equality_statement<G> statement{
              this->e(kappa), this->encrypted(kappa, 3, r), this->e(other),
              this->encrypted(other, m, other_r)};
          const auto rows = detail::relation(statement);
          ASSERT_TRUE(rows.validate());
          for (std::uint32_t x = 0; x < q; ++x) {
            for (std::uint32_t y = 0; y < q; ++y) {
              const scalar_of<G> pair[]{this->s(x), this->s(y)};
              ASSERT_EQ(this->satisfies(rows, pair), m == 3 && x == r && (y + other_r) % q == 0);
            }
          }
        }
      }
    }
  }
}

TYPED_TEST(value_proofs_exhaustive, reencryption_is_true_iff_plaintexts_are_equal) {
  using G = TypeParam;
  constexpr std::uint32_t q = G::order;
  for (std::uint32_t kappa = 1; kappa < q; kappa += 3) {
    for (std::uint32_t r = 1; r < q; ++r) {
      for (std::uint32_t x = 1; x < q; ++x) {
        if ((r + x) % q == 0) {
          continue;  // alpha' would be the identity
        }
        for (std::uint32_t m = 0; m < q; ++m) {
          const reencryption_statement<G> statement{this->e(kappa), this->encrypted(kappa, 2, r),
                                                    this->encrypted(kappa, m, r + x)};
          ASSERT_TRUE(detail::validate(statement));
          const auto rows = detail::relation(statement);
          for (std::uint32_t y = 0; y < q; ++y) {
            const auto factor = this->s(y);
            ASSERT_EQ(this->satisfies(rows, {&factor, 1}), m == 2 && y == x);
          }
        }
      }
    }
  }
}

/// Both provers, for every nonce.
TYPED_TEST(value_proofs_exhaustive, equality_and_reencryption_are_proved) {
  using G = TypeParam;
  constexpr std::uint32_t q = G::order;
  int proved = 0;
  for (std::uint32_t r = 1; r < q; ++r) {
    for (std::uint32_t other_r = 1; other_r < q; ++other_r) {
      const std::uint32_t m = (3 * r + other_r) % q;
      const plaintext_equality_statement<G> equal{this->e(2), this->encrypted(2, m, r), this->e(7),
                                                  this->encrypted(7, m, other_r)};
      const plaintext_equality_witness<G> nonces{secret_scalar<G>(this->s(r)),
                                                 secret_scalar<G>(this->s(other_r))};
      auto tr = this->context(r);
      if (const auto proof =
              prove_with_seed<G>(equal, nonces, tr, random_secret<32>(this->random_))) {
        auto again = this->context(r);
        ASSERT_TRUE(verify(equal, *proof, again));
        ++proved;
      }
      if (r == other_r) {
        continue;
      }
      const reencryption_statement<G> anew{this->e(2), this->encrypted(2, m, r),
                                           this->encrypted(2, m, other_r)};
      const secret_scalar<G> x(this->s(other_r) - this->s(r));
      auto third = this->context(r);
      if (const auto proof = prove_with_seed<G>(anew, x, third, random_secret<32>(this->random_))) {
        auto again = this->context(r);
        ASSERT_TRUE(verify(anew, *proof, again));
        ++proved;
      }
    }
  }
  EXPECT_GT(proved, 100);
}

}  // namespace
}  // namespace sandoq
