#pragma once

// What every group must satisfy. Included by one source a family of groups, which says by how much
// work (law_effort) and instantiates the suite.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sandoq/core/canonical.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::testing {

/// How many random cases a law is tried on.
template <class G>
struct law_effort {
  static constexpr int rounds = 40;
  static constexpr int multiples = 10;
  static constexpr std::size_t most_terms = 33;
  static constexpr std::size_t secret_terms = 9;
  static constexpr bool small_multiples = true;  ///< all around the digits of a window
  static constexpr bool quick_map = true;        ///< from_uniform_bytes costs less than a multiple
};

template <class G>
class group_laws : public ::testing::Test {
 protected:
  using scalar = typename G::scalar;
  using element = typename G::element;

  scalar random_scalar() {
    return G::scalar_from_nonce_bytes(random.template octets<G::nonce_bytes>());
  }
  /// A random base, never the generator itself.
  element random_element() {
    return law_effort<G>::quick_map ? G::from_uniform_bytes(random.template octets<64>())
                                    : G::mul_vartime(random_scalar(), origin);
  }
  scalar number(std::uint64_t n) { return G::scalar_from_u64(n); }
  element out(const secret<element>& e) { return declassify<"test of a law">(e); }
  scalar out(const secret<scalar>& s) { return declassify<"test of a law">(s); }

  deterministic_random random{test_seed()};
  const element origin = G::from_uniform_bytes(random.template octets<64>());
  static constexpr int rounds = law_effort<G>::rounds;
};
TYPED_TEST_SUITE_P(group_laws);

TYPED_TEST_P(group_laws, scalars_are_a_field) {
  for (int i = 0; i < this->rounds; ++i) {
    const auto a = this->random_scalar();
    const auto b = this->random_scalar();
    const auto c = this->random_scalar();
    const typename TestFixture::scalar zero = this->number(0);
    const typename TestFixture::scalar one = this->number(1);
    EXPECT_EQ((a + b) + c, a + (b + c));
    EXPECT_EQ(a + b, b + a);
    EXPECT_EQ((a * b) * c, a * (b * c));
    EXPECT_EQ(a * b, b * a);
    EXPECT_EQ(a * (b + c), a * b + a * c);
    EXPECT_EQ(a - b, a + TypeParam::neg(b));
    EXPECT_EQ(a + (-a), zero);
    EXPECT_EQ(a * one, a);
    EXPECT_EQ(TypeParam::invert(a) * a, a == zero ? zero : one);
    EXPECT_EQ(typename TypeParam::scalar{}, zero);
  }
}

TYPED_TEST_P(group_laws, elements_are_a_commutative_group) {
  using G = TypeParam;
  EXPECT_TRUE(G::is_identity(G::identity()));
  EXPECT_TRUE(G::is_identity(typename G::element{}));
  EXPECT_FALSE(G::is_identity(G::generator()));
  for (int i = 0; i < this->rounds; ++i) {
    const auto p = this->random_element();
    const auto q = this->random_element();
    const auto r = this->random_element();
    EXPECT_EQ((p + q) + r, p + (q + r));
    EXPECT_EQ(p + q, q + p);
    EXPECT_EQ(p + G::identity(), p);
    EXPECT_TRUE(G::is_identity(p - p));
    EXPECT_EQ(p - q, p + (-q));
    EXPECT_EQ(p == q, G::encode(p) == G::encode(q));
    EXPECT_EQ(G::is_identity(p), G::encode(p) == G::encode(G::identity()));
    auto sum = p;
    sum += q;
    sum -= r;
    EXPECT_EQ(sum, p + q - r);
  }
}

TYPED_TEST_P(group_laws, multiples_distribute_and_the_order_is_the_order) {
  using G = TypeParam;
  for (int i = 0; i < this->rounds; ++i) {
    const auto p = this->random_element();
    const auto q = this->random_element();
    const auto a = this->random_scalar();
    const auto b = this->random_scalar();
    const auto mul = [](const auto& s, const auto& e) { return G::mul_vartime(s, e); };
    EXPECT_EQ(mul(a + b, p), mul(a, p) + mul(b, p));
    EXPECT_EQ(mul(a, p + q), mul(a, p) + mul(a, q));
    EXPECT_EQ(mul(a * b, p), mul(a, mul(b, p)));
    EXPECT_TRUE(G::is_identity(mul(this->number(0), p)));
    EXPECT_EQ(mul(this->number(1), p), p);
    // -1 as a scalar has all high digits, and (q-1)*p + p = q*p.
    EXPECT_TRUE(G::is_identity(mul(-this->number(1), p) + p));
    EXPECT_EQ(G::mul_base_vartime(a), mul(a, G::generator()));
    EXPECT_EQ(G::double_mul_vartime(a, p, b), mul(a, p) + mul(b, G::generator()));
  }
}

TYPED_TEST_P(group_laws, sums) {
  using G = TypeParam;
  for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{5},
                              law_effort<G>::most_terms}) {
    std::vector<typename G::element> p;
    std::vector<typename G::scalar> s;
    typename G::element plain;
    typename G::element weighted;
    for (std::size_t i = 0; i < n; ++i) {
      p.push_back(i == 3 ? G::identity() : this->random_element());
      s.push_back(i == 4 ? this->number(0) : this->random_scalar());
      plain += p.back();
      weighted += G::mul_vartime(s.back(), p.back());
    }
    EXPECT_EQ(G::sum(p), plain);
    EXPECT_EQ(G::msm_vartime(s, p), weighted);
    std::vector<typename G::element> accumulators = p;
    G::add_many(accumulators, p);
    for (std::size_t i = 0; i < n; ++i) {
      EXPECT_EQ(accumulators[i], p[i] + p[i]);
    }
  }
}

TYPED_TEST_P(group_laws, encodings_are_canonical) {
  using G = TypeParam;
  for (int i = 0; i < this->rounds; ++i) {
    const auto p = this->random_element();
    const auto octets = G::encode(p);
    ASSERT_TRUE(G::decode(octets));
    EXPECT_EQ(*G::decode(octets), p);
    EXPECT_EQ(G::encode(*G::decode(octets)), octets);
    const auto s = this->random_scalar();
    EXPECT_EQ(G::decode_scalar(G::encode_scalar(s)), s);
    // Two ways to one element, one encoding.
    const auto a = this->random_scalar();
    EXPECT_EQ(G::encode(G::mul_vartime(a, p) + p),
              G::encode(G::mul_vartime(a + this->number(1), p)));
  }
  EXPECT_EQ(G::decode(byte_view{}).error().code, errc::bad_encoding);
  EXPECT_EQ(G::decode_scalar(byte_view{}).error().code, errc::bad_encoding);
  const auto minus_one = G::encode_scalar(-this->number(1));
  // q - 1 is even, so its lowest byte takes one more: the first or the last of the encoding.
  auto order = minus_one;
  const auto one = G::encode_scalar(this->number(1));
  std::byte& lowest = one.front() == std::byte{1} ? order.front() : order.back();
  lowest = static_cast<std::byte>(std::to_integer<unsigned>(lowest) + 1);
  EXPECT_TRUE(G::decode_scalar(minus_one));
  EXPECT_EQ(G::decode_scalar(order).error().code, errc::out_of_range);
}

TYPED_TEST_P(group_laws, batches_are_their_items_and_name_the_first_bad_one) {
  using G = TypeParam;
  for (const std::size_t n : {0U, 1U, 2U, 3U, 8U, 9U}) {
    std::vector<typename G::element> p;
    for (std::size_t i = 0; i < n; ++i) {
      p.push_back(this->random_element());
    }
    bytes wire(n * G::element_bytes);
    G::encode_batch(wire, p);
    for (std::size_t i = 0; i < n; ++i) {
      const auto one = G::encode(p[i]);
      EXPECT_TRUE(std::equal(one.begin(), one.end(),
                             wire.begin() + static_cast<std::ptrdiff_t>(i * G::element_bytes)));
    }
    std::vector<typename G::element> back(n);
    ASSERT_TRUE(G::decode_batch(back, wire));
    EXPECT_EQ(back, p);
    for (std::size_t bad = 0; bad < n; ++bad) {
      bytes broken = wire;
      std::fill_n(broken.begin() + static_cast<std::ptrdiff_t>(bad * G::element_bytes),
                  G::element_bytes * (n - bad), std::byte{0xFF});
      const auto outcome = G::decode_batch(back, broken);
      ASSERT_FALSE(outcome);
      EXPECT_EQ(outcome.error().place, "element " + std::to_string(bad));
    }
  }
}

TYPED_TEST_P(group_laws, derived_bases_differ_by_label_election_and_index) {
  using G = TypeParam;
  const digest32 e0{this->random.template octets<32>()};
  const digest32 e1{this->random.template octets<32>()};
  EXPECT_EQ(G::base("vec/G", e0, 1), G::base("vec/G", e0, 1));
  EXPECT_EQ(G::base("vec/G", e0, 1), G::from_uniform_bytes(base_derivation("vec/G", e0, 1).octets));
  EXPECT_NE(base_derivation("vec/G", e0, 1), base_derivation("vec/G", e0, 2));
  EXPECT_NE(base_derivation("vec/G", e0, 1), base_derivation("vec/G", e1, 1));
  EXPECT_NE(base_derivation("vec/G", e0, 1), base_derivation("vec/R", e0, 1));
  EXPECT_DEATH(static_cast<void>(base_derivation("vec/G", e0, 0)), "counted from 1");
}

TYPED_TEST_P(group_laws, secret_scalars_compute_like_public_ones) {
  using G = TypeParam;
  using ops = secret_ops<G>;
  using S = secret<typename G::scalar>;
  for (int i = 0; i < this->rounds; ++i) {
    const auto a = i == 0 ? this->number(0) : this->random_scalar();
    const auto b = this->random_scalar();
    const auto c = this->random_scalar();
    const S x(a);
    const S y(b);
    const S z(c);
    EXPECT_EQ(this->out(ops::add(x, y)), a + b);
    EXPECT_EQ(this->out(ops::add(x, b)), a + b);
    EXPECT_EQ(this->out(ops::sub(x, y)), a - b);
    EXPECT_EQ(this->out(ops::sub(x, b)), a - b);
    EXPECT_EQ(this->out(ops::sub(a, y)), a - b);
    EXPECT_EQ(this->out(ops::neg(x)), -a);
    EXPECT_EQ(this->out(ops::mul(x, y)), a * b);
    EXPECT_EQ(this->out(ops::mul(x, b)), a * b);
    EXPECT_EQ(this->out(ops::invert(x)), G::invert(a));
    EXPECT_EQ(this->out(ops::fma(x, b, z)), a + b * c);
    EXPECT_EQ(this->out(ops::fma(x, y, z)), a + b * c);
    EXPECT_EQ(this->out(ops::select(choice::yes(), x, y)), a);
    EXPECT_EQ(this->out(ops::select(choice::no(), x, y)), b);
    EXPECT_EQ(declassify<"test of a law">(ops::is_zero(x)), a == this->number(0));
    const auto stored = ops::encode_scalar(x);
    EXPECT_EQ(declassify<"test of a law">(stored), G::encode_scalar(a));
    EXPECT_EQ(this->out(ops::decode_scalar(stored).value()), a);
    const auto wide = this->random.template octets<64>();
    EXPECT_EQ(this->out(ops::scalar_from_wide(secret<byte_array<64>>(wide))),
              G::scalar_from_wide(wide));
    const auto nonce = this->random.template octets<G::nonce_bytes>();
    EXPECT_EQ(this->out(ops::scalar_from_nonce_bytes(secret(nonce))),
              G::scalar_from_nonce_bytes(nonce));
    const std::uint64_t n = this->random.u64();
    EXPECT_EQ(this->out(ops::scalar_from_u64(secret<std::uint64_t>(n))), G::scalar_from_u64(n));
  }
  EXPECT_EQ(this->out(ops::scalar_from_choice(choice::yes())), this->number(1));
  EXPECT_EQ(this->out(ops::scalar_from_choice(choice::no())), this->number(0));
  std::array<std::byte, G::scalar_bytes> too_large;
  too_large.fill(std::byte{0xFF});
  EXPECT_EQ(
      ops::decode_scalar(secret<std::array<std::byte, G::scalar_bytes>>(too_large)).error().code,
      errc::out_of_range);
  // Two copies of one source give one scalar; going on gives another.
  deterministic_random left(7);
  deterministic_random right(7);
  EXPECT_EQ(this->out(ops::random_scalar(left)),
            G::scalar_from_nonce_bytes(right.octets<G::nonce_bytes>()));
}

TYPED_TEST_P(group_laws, secret_multiples_equal_public_ones) {
  using G = TypeParam;
  using ops = secret_ops<G>;
  using S = secret<typename G::scalar>;
  using E = secret<typename G::element>;
  std::vector<typename G::scalar> cases;
  for (const std::uint64_t small : {0U, 1U, 2U, 7U, 8U, 9U, 15U, 16U, 17U, 128U}) {
    if (law_effort<G>::small_multiples || small < 2) {
      cases.push_back(this->number(small));
      cases.push_back(-this->number(small));
    }
  }
  for (int i = 0; i < law_effort<G>::multiples; ++i) {
    cases.push_back(this->random_scalar());
  }
  const auto p = this->random_element();
  fixed_base_table<G> made(p);
  const fixed_base_table<G> table(std::move(made));
  EXPECT_EQ(table.base(), p);
  for (const auto& a : cases) {
    const S x(a);
    EXPECT_EQ(this->out(ops::mul(x, p)), G::mul_vartime(a, p));
    EXPECT_EQ(this->out(ops::mul(x, E(p))), G::mul_vartime(a, p));
    EXPECT_EQ(this->out(ops::mul(x, G::identity())), G::identity());
    EXPECT_EQ(this->out(ops::mul_base(x)), G::mul_base_vartime(a));
    EXPECT_EQ(this->out(table.mul(x)), G::mul_vartime(a, p));
  }
  for (const std::size_t n : {std::size_t{0}, std::size_t{2}, law_effort<G>::secret_terms}) {
    std::vector<S> xs;
    std::vector<typename G::scalar> as;
    std::vector<typename G::element> es;
    for (std::size_t i = 0; i < n; ++i) {
      as.push_back(i == 1 ? this->number(0) : this->random_scalar());
      xs.emplace_back(as.back());
      es.push_back(this->random_element());
    }
    EXPECT_EQ(this->out(ops::msm(xs, es)), G::msm_vartime(as, es));
  }
}

TYPED_TEST_P(group_laws, secret_elements_compute_like_public_ones) {
  using G = TypeParam;
  using ops = secret_ops<G>;
  using E = secret<typename G::element>;
  for (int i = 0; i < 10; ++i) {
    const auto p = this->random_element();
    const auto q = this->random_element();
    const E a(p);
    const E b(q);
    EXPECT_EQ(this->out(ops::add(a, b)), p + q);
    EXPECT_EQ(this->out(ops::add(a, q)), p + q);
    EXPECT_EQ(this->out(ops::sub(a, b)), p - q);
    EXPECT_EQ(this->out(ops::sub(a, q)), p - q);
    EXPECT_EQ(this->out(ops::sub(p, b)), p - q);
    EXPECT_EQ(this->out(ops::neg(a)), -p);
    for (const bool bit : {false, true}) {
      const choice c = bit ? choice::yes() : choice::no();
      EXPECT_EQ(this->out(ops::select(c, p, q)), bit ? p : q);
      EXPECT_EQ(this->out(ops::select(c, a, b)), bit ? p : q);
      EXPECT_EQ(this->out(ops::add_if(c, a, q)), bit ? p + q : p);
    }
    EXPECT_EQ(declassify<"test of a law">(ops::encode(a)), G::encode(p));
  }
}

REGISTER_TYPED_TEST_SUITE_P(group_laws, scalars_are_a_field, elements_are_a_commutative_group,
                            multiples_distribute_and_the_order_is_the_order, sums,
                            encodings_are_canonical,
                            batches_are_their_items_and_name_the_first_bad_one,
                            derived_bases_differ_by_label_election_and_index,
                            secret_scalars_compute_like_public_ones,
                            secret_multiples_equal_public_ones,
                            secret_elements_compute_like_public_ones);

}  // namespace sandoq::testing
