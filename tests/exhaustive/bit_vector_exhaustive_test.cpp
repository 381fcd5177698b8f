// The algebra of the bit-vector proof in groups of order 11 and 199: every challenge (y, w, x),
// every vector of choices, honest or not. Soundness error is large in so small a group, so the
// tests do not ask for rejection but for the exact number of challenges that section 45.7 predicts.

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "lib/elgamal/encrypt_secret.core.hpp"
#include "proofs/bit_vector/open_transcript.core.hpp"
#include "proofs/bit_vector/prove.core.hpp"
#include "proofs/bit_vector/recompute.core.hpp"
#include "proofs/bit_vector/verify.core.hpp"
#include "proofs/equation_sink.core.hpp"
#include "proofs/proof_election.core.hpp"
#include "proofs/prover_tables_secret.core.hpp"
#include "tests/support/contest_fixture.hpp"
#include "tests/support/recording_sink.hpp"
#include "tests/support/tiny_group.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::test_seed;
using testing::tiny11;
using testing::tiny199;

template <class G>
using scalars = std::vector<scalar_of<G>>;

/// Small contests: (n, L, Lmin, blank).
const choice_limits contests[] = {
    {.options = 1, .max_choices = 1, .min_choices = 0},
    {.options = 2, .max_choices = 1, .min_choices = 1},
    {.options = 2, .max_choices = 2, .min_choices = 1, .blank = blank_option::counted},
    {.options = 3, .max_choices = 2, .min_choices = 2},
    {.options = 3, .max_choices = 3, .min_choices = 0},
};

/// All vectors of `length` values out of `alphabet`.
std::vector<std::vector<std::uint32_t>> vectors_over(const std::vector<std::uint32_t>& alphabet,
                                                     std::size_t length) {
  std::vector<std::vector<std::uint32_t>> out{{}};
  for (std::size_t i = 0; i < length; ++i) {
    std::vector<std::vector<std::uint32_t>> longer;
    for (const auto& prefix : out) {
      for (const std::uint32_t value : alphabet) {
        longer.push_back(prefix);
        longer.back().push_back(value);
      }
    }
    out = std::move(longer);
  }
  return out;
}

/// A prover that follows 45.4 with whatever it is given instead of bits: b committed, m encrypted.
template <class G>
class dishonest_prover {
 public:
  using scalar = scalar_of<G>;

  dishonest_prover(const proof_election<G>& election, const bit_vector_shape& shape, scalars<G> b,
                   scalars<G> m, deterministic_random& random)
      : election_(election), shape_(shape), b_(std::move(b)), a_(shape.bits()) {
    std::vector<element_of<G>> elements;
    for (const scalar& value : m) {
      r_.push_back(G::scalar_from_u64(1 + random.below(G::order - 1)));
      const auto c = encrypt_vartime<G>(value, r_.back(), election.joint_key().element());
      elements.insert(elements.end(), {c.alpha, c.beta});
    }
    ciphertexts_ = encoded_elements<G>(elements);
    for (scalar* s : {&rho_, &alpha_, &tau1_, &tau0_, &sigma_}) {
      *s = G::scalar_from_u64(random.u64());
    }
    for (std::size_t i = 1; i < a_.size(); ++i) {
      a_[i] = G::scalar_from_u64(random.u64());
      a_[0] -= G::scalar_from_u64(shape.weights()[i]) * a_[i];
    }
  }

  /// The numbers of the equations that fail under these challenges.
  [[nodiscard]] std::vector<std::size_t> failures(const bit_vector::challenges<G>& c) const {
    const auto& H = election_.blind();
    element_of<G> B = G::mul_vartime(rho_, H);
    element_of<G> A = G::mul_vartime(alpha_, H);
    scalar t1, t0, e, r_sum, y_power = c.y, w_power = c.w;
    bit_vector_proof<G> proof{{}, {}, c.x * rho_ + alpha_, c.x * tau1_ + tau0_, {}};
    for (std::size_t i = 0; i < b_.size(); ++i, y_power *= c.y, w_power *= c.w) {
      B += G::mul_vartime(b_[i], election_.vector()[i]);
      A += G::mul_vartime(a_[i], election_.vector()[i]);
      t1 += y_power * a_[i] * (G::scalar_from_u64(1) - b_[i] - b_[i]);
      t0 -= y_power * a_[i] * a_[i];
      if (i < r_.size()) {
        e += w_power * a_[i];
        r_sum += w_power * r_[i];
      }
      if (i > 0) {
        proof.f.push_back(c.x * b_[i] + a_[i]);
      }
    }
    proof.z_E = c.x * r_sum + sigma_;
    const auto E = encrypt_vartime<G>(e, sigma_, election_.joint_key().element());
    proof.commitments = encoded_elements<G>({B, A, G::double_mul_vartime(tau1_, H, t1),
                                             G::double_mul_vartime(tau0_, H, t0), E.alpha, E.beta});
    testing::recording_sink<G> sink(election_.bases());
    const auto f = bit_vector::complete_responses<G>(shape_, proof.f, c.x);
    bit_vector::emit_opening(sink, proof, c.x, f);
    bit_vector::emit_bits(sink, proof, c, f);
    bit_vector::emit_ciphertexts(sink, ciphertexts_, proof, c, f);
    return sink.failures();
  }

 private:
  const proof_election<G>& election_;
  const bit_vector_shape& shape_;
  scalars<G> b_, a_, r_;
  scalar rho_, alpha_, tau1_, tau0_, sigma_;
  encoded_elements<G> ciphertexts_;
};

template <class G>
scalars<G> to_scalars(const std::vector<std::uint32_t>& values) {
  scalars<G> out;
  for (const std::uint32_t v : values) {
    out.push_back(G::scalar_from_u64(v));
  }
  return out;
}

/// An election in which no base is the identity, which ristretto255 has with overwhelming
/// probability and a group of order 11 only sometimes.
template <class G>
proof_election<G> election_with_bases(std::size_t bits, deterministic_random& random) {
  for (;;) {
    const encoded_element<G> key(testing::contest_fixture<G>::random_key(random));
    auto made = proof_election<G>::make({random.octets<32>()}, {random.octets<32>()},
                                        election_domain::drill, key, {.bits = bits});
    bool usable = made.has_value();
    for (const auto& base : made->bases().elements()) {
      usable = usable && !G::is_identity(base);
    }
    if (usable) {
      return std::move(*made);
    }
  }
}

/// Sum of c^i * values_i, i from 1: zero for how many nonzero c?
template <class G>
std::size_t roots(const scalars<G>& values) {
  std::size_t count = 0;
  for (std::uint32_t c = 1; c < G::order; ++c) {
    scalar_of<G> sum, power = G::scalar_from_u64(1);
    for (const auto& v : values) {
      power *= G::scalar_from_u64(c);
      sum += power * v;
    }
    count += sum == scalar_of<G>{} ? 1 : 0;
  }
  return count;
}

/// How many of the (q-1)^3 challenges make each equation fail, and how many make none fail.
struct tally_of_failures {
  std::size_t accepted = 0;
  std::size_t failed[4] = {};
};

template <class G>
tally_of_failures try_all_challenges(const dishonest_prover<G>& prover) {
  tally_of_failures out;
  for (std::uint32_t y = 1; y < G::order; ++y) {
    for (std::uint32_t w = 1; w < G::order; ++w) {
      for (std::uint32_t x = 1; x < G::order; ++x) {
        const auto failures =
            prover.failures({G::scalar_from_u64(y), G::scalar_from_u64(w), G::scalar_from_u64(x)});
        out.accepted += failures.empty() ? 1 : 0;
        for (const std::size_t k : failures) {
          ++out.failed[k];
        }
      }
    }
  }
  return out;
}

// 45.6: every permitted choice, every challenge.
TEST(bit_vector_exhaustive, permitted_choices_hold_under_every_challenge) {
  using G = tiny11;
  deterministic_random random(test_seed());
  for (const choice_limits& limits : contests) {
    const auto shape = *bit_vector_shape::derive(limits);
    const auto election = election_with_bases<G>(shape.bits(), random);
    for (const auto& values : vectors_over({0, 1}, shape.ciphertexts())) {
      const std::vector<std::uint8_t> choices(values.begin(), values.end());
      const auto bits = complete_bits_vartime(shape, choices);
      ASSERT_EQ(bits.has_value(), testing::permitted(shape, choices));
      if (!bits) {
        continue;
      }
      const dishonest_prover<G> prover(election, shape, to_scalars<G>({bits->begin(), bits->end()}),
                                       to_scalars<G>(values), random);
      EXPECT_EQ(try_all_challenges(prover).accepted, 1000U);
    }
  }
}

// 45.7: values other than bits pass for the roots y of a polynomial of degree N only; a wrong sum
// never passes. The alphabet holds bits, 2, -1 and a large value.
TEST(bit_vector_exhaustive, other_values_hold_for_the_predicted_challenges_only) {
  using G = tiny11;
  deterministic_random random(test_seed());
  for (const choice_limits& limits : contests) {
    const auto shape = *bit_vector_shape::derive(limits);
    if (shape.bits() > 3) {
      continue;
    }
    const auto election = election_with_bases<G>(shape.bits(), random);
    for (const auto& values : vectors_over({0, 1, 2, G::order - 1, 6}, shape.bits())) {
      const scalars<G> b = to_scalars<G>(values);
      scalar_of<G> sum;
      scalars<G> excess;  // b_i(1 - b_i), which must vanish
      for (std::size_t i = 0; i < b.size(); ++i) {
        sum += G::scalar_from_u64(shape.weights()[i]) * b[i];
        excess.push_back(b[i] * (G::scalar_from_u64(1) - b[i]));
      }
      const scalars<G> m(b.begin(), b.begin() + static_cast<std::ptrdiff_t>(shape.ciphertexts()));
      const auto counted = try_all_challenges(dishonest_prover<G>(election, shape, b, m, random));
      if (sum == G::scalar_from_u64(shape.limit())) {
        EXPECT_EQ(counted.accepted, roots<G>(excess) * 100);
        EXPECT_EQ(counted.failed[1], 1000 - roots<G>(excess) * 100);
        EXPECT_EQ(counted.failed[0] + counted.failed[2] + counted.failed[3], 0U);
      } else {
        // The implied f_1 is then not x*b_1 + a_1, and B opens to nothing else.
        EXPECT_EQ(counted.accepted, 0U);
        EXPECT_EQ(counted.failed[0], 1000U);
        EXPECT_EQ(counted.failed[2], 0U);
      }
    }
  }
}

// 45.7: ciphertexts of other values than the committed bits pass for the roots w only.
TEST(bit_vector_exhaustive, other_ciphertexts_hold_for_the_predicted_challenges_only) {
  using G = tiny11;
  deterministic_random random(test_seed());
  const auto shape = *bit_vector_shape::derive({.options = 3, .max_choices = 2, .min_choices = 2});
  const auto election = election_with_bases<G>(shape.bits(), random);
  const scalars<G> b = to_scalars<G>({1, 0, 1});
  for (const auto& values : vectors_over({0, 1, 2, G::order - 1}, 3)) {
    const scalars<G> m = to_scalars<G>(values);
    scalars<G> difference;
    for (std::size_t i = 0; i < 3; ++i) {
      difference.push_back(m[i] - b[i]);
    }
    const auto counted = try_all_challenges(dishonest_prover<G>(election, shape, b, m, random));
    EXPECT_EQ(counted.accepted, roots<G>(difference) * 100);
    EXPECT_EQ(counted.failed[3], 1000 - roots<G>(difference) * 100);
    EXPECT_EQ(counted.failed[0] + counted.failed[1] + counted.failed[2], 0U);
  }
}

// The real prover, recomputation and verifier, Fiat-Shamir included, for every permitted choice.
// A zero nonce or challenge, which this group has often, is a reported failure, not a bad proof.
TEST(bit_vector_exhaustive, prover_recomputation_and_verifier_in_order_199) {
  using G = tiny199;
  deterministic_random random(test_seed());
  std::size_t proved = 0;
  for (const choice_limits& limits : contests) {
    const testing::contest_fixture<G> contest(limits, random);
    for (const auto& values : vectors_over({0, 1}, contest.shape().ciphertexts())) {
      const std::vector<std::uint8_t> choices(values.begin(), values.end());
      for (int round = 0; round < 5; ++round) {
        const auto seed = random.octets<32>();
        const auto ballot = contest.make(choices, seed);
        const auto again = recompute_vartime(contest.context(), choices, seed);
        ASSERT_EQ(ballot.has_value(), again.has_value());
        if (!ballot) {
          continue;
        }
        EXPECT_TRUE(testing::permitted(contest.shape(), choices));
        EXPECT_EQ(ballot->ciphertexts, again->ciphertexts);
        EXPECT_EQ(ballot->proof.commitments, again->proof.commitments);
        EXPECT_EQ(ballot->proof.f, again->proof.f);
        EXPECT_TRUE(contest.check(*ballot)) << contest.check(*ballot).reason();
        ++proved;
      }
    }
  }
  EXPECT_GT(proved, 50U);
}

}  // namespace
}  // namespace sandoq
