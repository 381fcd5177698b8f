// The shuffle argument over tiny groups. The real prover: every permutation of 2 and of 3
// ciphertexts, in one and in two rows, and every other element in the place of each output. A
// prover that lies, whose challenges the test chooses: it is accepted under exactly those
// that 48.10 predicts.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "proofs/equation_sink.core.hpp"
#include "proofs/shuffle/prove.core.hpp"
#include "proofs/shuffle/verify.core.hpp"
#include "sandoq/elgamal/ciphertext.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/recording_sink.hpp"
#include "tests/support/tiny_group.hpp"

// A namespace of its own, where several tests are compiled as one.
namespace sandoq::shuffle_exhaustive_test {
namespace {

using testing::deterministic_random;
using testing::test_seed;
using testing::tiny11;
using testing::tiny199;

using indices = std::vector<std::uint32_t>;

std::vector<indices> permutations_of(std::uint32_t n) {
  indices order(n);
  std::iota(order.begin(), order.end(), 0U);
  std::vector<indices> out;
  do {
    out.push_back(order);
  } while (std::next_permutation(order.begin(), order.end()));
  return out;
}

/// All lists of n numbers below `bound`.
std::vector<indices> lists_below(std::uint32_t bound, std::size_t n) {
  std::vector<indices> out = {{}};
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<indices> longer;
    for (const indices& list : out) {
      for (std::uint32_t v = 0; v < bound; ++v) {
        longer.push_back(list);
        longer.back().push_back(v);
      }
    }
    out = std::move(longer);
  }
  return out;
}

/// An election none of whose bases is the identity, which in a large group never happens.
template <class G>
shuffle_election<G> election_with_bases(std::size_t bases, deterministic_random& random) {
  for (;;) {
    const auto key = G::mul_base_vartime(G::scalar_from_u64(1 + random.below(G::order - 1)));
    auto made = shuffle_election<G>::make({random.octets<32>()}, {random.octets<32>()},
                                          election_domain::drill, encoded_element<G>(key), bases);
    const auto all = made->bases().elements();
    if (std::none_of(all.begin(), all.end(), [](auto e) { return G::is_identity(e); })) {
      return std::move(*made);
    }
  }
}

/// Ciphertexts of random plaintexts, no alpha the identity.
template <class G>
encoded_elements<G> some_ciphertexts(std::size_t n, deterministic_random& random) {
  std::vector<element_of<G>> out;
  for (std::size_t i = 0; i < n; ++i) {
    out.push_back(G::mul_base_vartime(G::scalar_from_u64(1 + random.below(G::order - 1))));
    out.push_back(G::mul_base_vartime(G::scalar_from_u64(random.below(G::order))));
  }
  return encoded_elements<G>(std::move(out));
}

template <class G>
shuffle_preparation<G> prepared_as(const shuffle_prover_tables<G>& tables,
                                   const shuffle_shape& shape, const indices& permutation,
                                   deterministic_random& random) {
  std::vector<secret<std::uint32_t>> ranks(permutation.size());
  for (std::uint32_t i = 0; i < permutation.size(); ++i) {
    ranks[permutation[i]] = secret<std::uint32_t>(i);
  }
  const auto some = [&](std::size_t count) {
    std::vector<secret_scalar<G>> out;
    while (out.size() < count) {
      out.push_back(secret_ops<G>::random_scalar(random));
    }
    return out;
  };
  return shuffle_preparation<G>::of(tables, shape, secret_permutation::of_ranks(ranks),
                                    some(shape.total()), some(shape.rows()));
}

/// The real prover for a list and permutation. Where a tiny group makes an alpha the identity, one
/// alpha another, or a challenge 0, it tries again.
template <class G>
shuffled_list<G> shuffled(const shuffle_prover_tables<G>& tables, const shuffle_context<G>& context,
                          const shuffle_shape& shape, const indices& permutation,
                          deterministic_random& random) {
  for (;;) {
    auto made = shuffle(tables, context, some_ciphertexts<G>(shape.size(), random),
                        prepared_as(tables, shape, permutation, random), random);
    if (made) {
      return std::move(*made);
    }
    EXPECT_NE(made.error().code, errc::bad_statement);
  }
}

TEST(shuffle_exhaustive, every_permutation_is_proved) {
  using G = tiny199;
  deterministic_random random(test_seed());
  const auto election = election_with_bases<G>(4, random);
  const shuffle_prover_tables<G> tables(election);
  const shuffle_context<G> context{election, "contest", "set", {}, 1, 1, {}};
  const std::pair<std::size_t, std::size_t> shapes[] = {{2, 1}, {3, 1}, {3, 2}, {4, 2}};
  for (const auto& [size, rows] : shapes) {
    const auto shape = shuffle_shape::with_rows(size, 1, rows).value();
    for (const indices& pi : permutations_of(static_cast<std::uint32_t>(shape.total()))) {
      const auto made = shuffled(tables, context, shape, pi, random);
      const auto verdict = verify(context, made.lists, made.proof);
      ASSERT_TRUE(verdict) << verdict.reason();
      const auto& inputs = made.lists.inputs();
      const auto& outputs = made.lists.outputs();
      for (std::size_t i = 0; i < pi.size(); ++i) {
        // Enc(0; rho): beta = kappa*alpha, whatever was added.
        const auto alpha = outputs[2 * i] - inputs[2 * pi[i]];
        const auto beta = outputs[2 * i + 1] - inputs[2 * pi[i] + 1];
        std::uint32_t r = 0;
        while (!(G::mul_base_vartime(G::scalar_from_u64(r)) == alpha)) {
          ++r;
        }
        ASSERT_EQ(beta, G::mul_vartime(G::scalar_from_u64(r), election.joint_key().element()));
      }
    }
  }
}

/// Six equations of a group of order 199 hold by chance for one of 6*10^13.
TEST(shuffle_exhaustive, every_other_element_in_an_output_is_refused) {
  using G = tiny199;
  deterministic_random random(test_seed());
  const auto election = election_with_bases<G>(3, random);
  const shuffle_prover_tables<G> tables(election);
  const shuffle_context<G> context{election, "contest", "set", {}, 1, 1, {}};
  for (const std::uint32_t size : {2U, 3U}) {
    const auto shape = shuffle_shape::of(size).value();
    for (const indices& pi : permutations_of(size)) {
      const auto made = shuffled(tables, context, shape, pi, random);
      const auto inputs = encoded_elements<G>::decode(made.lists.inputs().octets()).value();
      for (std::size_t place = 0; place < 2 * size; ++place) {
        for (std::uint32_t log = 0; log < G::order; ++log) {
          const auto all = made.lists.outputs().elements();
          std::vector<element_of<G>> outputs(all.begin(), all.end());
          const auto other = G::mul_base_vartime(G::scalar_from_u64(log));
          if (outputs[place] == other) {
            continue;
          }
          outputs[place] = other;
          const auto lists =
              shuffle_lists<G>::make(shape, inputs, encoded_elements<G>(std::move(outputs)));
          ASSERT_FALSE(lists && verify(context, *lists, made.proof));
        }
      }
    }
  }
}

/// Challenges that the test chooses, for one row.
template <class G>
struct chosen_challenges {
  scalar_of<G> x, y, z, x_product, x_multi;

  using scalar = scalar_of<G>;
  using sum = shuffling::linear_sum<G>;
  using list = shuffling::ciphertext_list<G>;

  [[nodiscard]] result<scalar> first(const list&, const list&,
                                     const shuffling::shuffle_part<G>&) const {
    return x;
  }
  [[nodiscard]] result<std::pair<scalar, scalar>> second(const shuffling::shuffle_part<G>&) const {
    return std::pair{y, z};
  }
  [[nodiscard]] result<std::pair<scalar, scalar>> hadamard(
      std::span<const sum>, const sum&, const shuffling::hadamard_part<G>&) const {
    return std::pair{scalar{}, scalar{}};  // one row has none
  }
  [[nodiscard]] result<scalar> zero(std::span<const sum>, std::span<const sum>,
                                    const shuffling::zero_part<G>&) const {
    return scalar{};
  }
  [[nodiscard]] result<scalar> single_value_product(const sum&, const scalar&,
                                                    const shuffling::single_value_part<G>&) const {
    return x_product;
  }
  [[nodiscard]] result<scalar> multi_exponentiation(
      const list&, const shuffling::weighted_ciphertexts<G>&, std::span<const sum>,
      const shuffling::multi_exponentiation_part<G>&) const {
    return x_multi;
  }
};

/// One row, mixed and proved by whoever claims any list of indices as its permutation. It does what
/// 48.3 to 48.7 say otherwise, so what does not hold follows from its lie alone.
template <class G>
class lying_mixer {
 public:
  using scalar = scalar_of<G>;
  using element = element_of<G>;

  /// outputs[i] = inputs[claimed[i]] + Enc(delta[i]; rho_i)
  lying_mixer(const shuffle_election<G>& election, const encoded_elements<G>& inputs,
              const indices& claimed, const indices& delta, deterministic_random& random)
      : election_(election), random_(random), inputs_(inputs), claimed_(claimed) {
    for (std::size_t i = 0; i < claimed.size(); ++i) {
      rho_.push_back(some());
      const auto fresh =
          encrypt_vartime<G>(number(delta[i]), rho_[i], election.joint_key().element());
      outputs_.push_back(inputs[2 * claimed[i]] + fresh.alpha);
      outputs_.push_back(inputs[2 * claimed[i] + 1] + fresh.beta);
    }
  }

  static scalar number(std::uint64_t v) { return G::scalar_from_u64(v); }
  [[nodiscard]] const std::vector<element>& outputs() const { return outputs_; }

  /// The equations of 48.8 that do not hold under these challenges.
  [[nodiscard]] std::vector<std::size_t> failures(chosen_challenges<G> challenges) {
    elements_.clear();
    scalars_.clear();
    const std::size_t n = claimed_.size();
    const auto shape = shuffle_shape::of(n).value();
    prove(challenges);
    const shuffle_proof<G> proof{encoded_elements<G>(std::move(elements_)), scalars_};
    testing::recording_sink<G> sink(election_.bases());
    using election = shuffle_election<G>;
    const auto layout = shuffling::pairs_layout(1, election::joint_key_base);
    shuffling::argument<G, chosen_challenges<G>> argument(
        sink, {election::blind_base, election::vector_base}, layout, challenges);
    EXPECT_TRUE(argument.shuffle({inputs_.elements(), 2}, {outputs_, 2},
                                 shuffling::parts_of(shape, proof)));
    EXPECT_EQ(sink.equations(), shuffle_equations(shape));
    return sink.failures();
  }

 private:
  using vector = std::vector<scalar>;

  scalar some() { return number(random_.below(G::order)); }
  vector some(std::size_t count) {
    vector out(count);
    std::generate(out.begin(), out.end(), [this] { return some(); });
    return out;
  }
  void commit(const vector& values, const scalar& blind) {
    element sum = G::mul_vartime(blind, election_.blind());
    for (std::size_t i = 0; i < values.size(); ++i) {
      sum += G::mul_vartime(values[i], election_.vector()[i]);
    }
    elements_.push_back(sum);
  }
  void respond(const vector& values) {
    scalars_.insert(scalars_.end(), values.begin(), values.end());
  }

  void prove(const chosen_challenges<G>& c) {
    const std::size_t n = claimed_.size();
    vector a, b, d;
    for (const std::uint32_t index : claimed_) {
      a.push_back(number(index));
      scalar power = number(1);
      for (std::uint32_t i = 0; i < index; ++i) {
        power *= c.x;
      }
      b.push_back(power);
      d.push_back(c.y * a.back() + power - c.z);
    }
    const scalar r = some(), s = some();
    commit(a, r);
    commit(b, s);
    const vector mask = some(n), delta = deltas(mask);
    const scalar r_d = some(), s_0 = some(), s_x = some();
    vector p = d;
    for (std::size_t i = 1; i < n; ++i) {
      p[i] *= p[i - 1];
    }
    vector lower, upper;
    for (std::size_t i = 0; i + 1 < n; ++i) {
      lower.push_back(-(delta[i] * mask[i + 1]));
      upper.push_back(delta[i + 1] - d[i + 1] * delta[i] - p[i] * mask[i + 1]);
    }
    commit(mask, r_d);
    commit(lower, s_0);
    commit(upper, s_x);
    for (std::size_t i = 0; i < n; ++i) {
      scalars_.push_back(c.x_product * d[i] + mask[i]);
    }
    for (std::size_t i = 1; i + 1 < n; ++i) {
      scalars_.push_back(c.x_product * p[i] + delta[i]);
    }
    respond({c.x_product * (c.y * r + s) + r_d, c.x_product * s_x + s_0});
    multi_exponentiation(b, s, c.x_multi);
  }
  vector deltas(const vector& mask) {
    vector out = some(mask.size());
    out.front() = mask.front();
    out.back() = scalar{};
    return out;
  }
  void multi_exponentiation(const vector& b, const scalar& s, const scalar& x) {
    const std::size_t n = b.size();
    const vector a_0 = some(n);
    const scalar r_0 = some(), b_0 = some(), s_0 = some(), tau_0 = some();
    commit(a_0, r_0);
    commit({b_0}, s_0);
    const auto E = encrypt_vartime<G>(b_0, tau_0, election_.joint_key().element());
    elements_.push_back(E.alpha);
    elements_.push_back(E.beta);
    scalar rho{};
    for (std::size_t i = 0; i < n; ++i) {
      scalars_.push_back(a_0[i] + x * b[i]);
      elements_[elements_.size() - 2] += G::mul_vartime(a_0[i], outputs_[2 * i]);
      elements_[elements_.size() - 1] += G::mul_vartime(a_0[i], outputs_[2 * i + 1]);
      rho -= b[i] * rho_[i];
    }
    respond({r_0 + x * s, b_0, s_0, tau_0 + x * rho});
  }

  const shuffle_election<G>& election_;
  deterministic_random& random_;
  encoded_elements<G> inputs_;
  indices claimed_;
  vector rho_;
  std::vector<element> outputs_;
  std::vector<element> elements_;
  std::vector<scalar> scalars_;
};

template <class G>
scalar_of<G> power(const scalar_of<G>& x, std::uint32_t exponent) {
  auto out = G::scalar_from_u64(1);
  for (std::uint32_t i = 0; i < exponent; ++i) {
    out *= x;
  }
  return out;
}

template <class G>
scalar_of<G> nonzero(deterministic_random& random) {
  return G::scalar_from_u64(1 + random.below(G::order - 1));
}

/// Plaintexts are changed by delta while they are permuted: only the betas show it, and they do not
/// for the roots x of Sum x^pi(i) delta_i alone.
TEST(shuffle_exhaustive, changed_plaintexts_hold_for_the_predicted_challenges_only) {
  using G = tiny11;
  deterministic_random random(test_seed());
  const auto election = election_with_bases<G>(3, random);
  for (const std::uint32_t size : {2U, 3U}) {
    const auto inputs = some_ciphertexts<G>(size, random);
    const auto permutations = permutations_of(size);
    for (const indices& delta : lists_below(G::order, size)) {
      const indices& pi = permutations[random.below(permutations.size())];
      lying_mixer<G> mixer(election, inputs, pi, delta, random);
      for (std::uint32_t x = 1; x < G::order; ++x) {
        const auto at = G::scalar_from_u64(x);
        scalar_of<G> difference{};
        for (std::size_t i = 0; i < size; ++i) {
          difference += power<G>(at, pi[i]) * G::scalar_from_u64(delta[i]);
        }
        const auto failed = mixer.failures(
            {at, nonzero<G>(random), nonzero<G>(random), nonzero<G>(random), nonzero<G>(random)});
        const std::vector<std::size_t> expected =
            difference == scalar_of<G>{} ? std::vector<std::size_t>{} : std::vector<std::size_t>{5};
        ASSERT_EQ(failed, expected);
      }
    }
  }
}

/// Any indices in the place of a permutation, one taken twice and another dropped among them: the
/// product shows it, but for the roots (y, z) of a polynomial, and the sums of ciphertexts, but for
/// those x for which they agree.
TEST(shuffle_exhaustive, other_indices_hold_for_the_predicted_challenges_only) {
  using G = tiny11;
  deterministic_random random(test_seed());
  const auto election = election_with_bases<G>(3, random);
  for (const std::uint32_t size : {2U, 3U}) {
    const auto inputs = some_ciphertexts<G>(size, random);
    const indices none(size);
    for (const indices& claimed : lists_below(size, size)) {
      lying_mixer<G> mixer(election, inputs, claimed, none, random);
      std::size_t accepted = 0;
      for (const indices& drawn : lists_below(G::order - 1, 3)) {
        const auto x = G::scalar_from_u64(1 + drawn[0]);
        const auto y = G::scalar_from_u64(1 + drawn[1]);
        const auto z = G::scalar_from_u64(1 + drawn[2]);
        auto product = G::scalar_from_u64(1);
        auto expected_product = product;
        std::array<element_of<G>, 2> before, after;
        for (std::uint32_t i = 0; i < size; ++i) {
          const auto ours = power<G>(x, claimed[i]);
          product *= y * G::scalar_from_u64(claimed[i]) + ours - z;
          expected_product *= y * G::scalar_from_u64(i) + power<G>(x, i) - z;
          for (std::size_t place = 0; place < 2; ++place) {
            before[place] += G::mul_vartime(power<G>(x, i), inputs[2 * i + place]);
            after[place] += G::mul_vartime(ours, inputs[2 * claimed[i] + place]);
          }
        }
        std::vector<std::size_t> expected;
        if (!(product == expected_product)) {
          expected.push_back(1);
        }
        for (std::size_t place = 0; place < 2; ++place) {
          if (!(before[place] == after[place])) {
            expected.push_back(4 + place);
          }
        }
        accepted += expected.empty() ? 1 : 0;
        ASSERT_EQ(mixer.failures({x, y, z, nonzero<G>(random), nonzero<G>(random)}), expected);
      }
      indices sorted = claimed;
      std::sort(sorted.begin(), sorted.end());
      const bool permutes = std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
      EXPECT_EQ(accepted == 1000U, permutes);
    }
  }
}

}  // namespace
}  // namespace sandoq::shuffle_exhaustive_test
