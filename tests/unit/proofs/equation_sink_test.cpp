#include "sandoq/proofs/equation_sink.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "lib/group/ristretto255_access.hpp"
#include "tests/unit/proofs/proof_fixture.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::proof_fixture;

/// Random terms whose sum is `error` times the generator, by every way of adding.
void emit_random(equation_sink<G>& sink, const shared_bases<G>& bases, proof_fixture<G>& values,
                 const G::scalar& error) {
  G::element sum = G::identity();
  sink.begin_equation();
  std::vector<G::scalar> scalars(3);
  std::vector<G::element> elements(3);
  for (std::size_t i = 0; i < 3; ++i) {
    scalars[i] = values.scalar();
    elements[i] = values.element();
    sum += G::mul_vartime(scalars[i], elements[i]);
  }
  sink.add(scalars, elements);
  sink.add(scalars[1], elements[2]);
  sum += G::mul_vartime(scalars[1], elements[2]);
  sink.add(elements[0]);
  sum += elements[0];
  sink.subtract(elements[1]);
  sum -= elements[1];
  sink.add_base(base_index(1), scalars[0]);
  sum += G::mul_vartime(scalars[0], bases.elements()[1]);
  sink.add_bases(base_index(0), scalars);
  for (std::size_t i = 0; i < 3; ++i) {
    sum += G::mul_vartime(scalars[i], bases.elements()[i]);
  }
  sink.subtract(sum);
  sink.add_base(generator_base, error);
}

shared_bases<G> three_bases(proof_fixture<G>& values) {
  shared_bases<G> bases;
  EXPECT_EQ(bases.add(values.element()), base_index(1));
  const std::vector<G::element> more{values.element(), values.element()};
  EXPECT_EQ(bases.add(more), base_index(2));
  EXPECT_EQ(bases.size(), 4U);
  return bases;
}

TEST(checking_sink, names_the_first_equation_that_fails) {
  proof_fixture<G> values;
  const auto bases = three_bases(values);
  for (std::size_t wrong = 0; wrong <= 4; ++wrong) {
    checking_sink<G> sink(bases);
    for (std::size_t k = 0; k < 4; ++k) {
      emit_random(sink, bases, values, k >= wrong ? values.nonzero() : G::scalar{});
    }
    EXPECT_EQ(sink.holds(), wrong == 4);
    if (wrong < 4) {
      EXPECT_EQ(sink.first_failure(), wrong);
    }
  }
  checking_sink<G> empty;
  EXPECT_TRUE(empty.holds());
}

TEST(collecting_sink, agrees_with_the_checking_one) {
  proof_fixture<G> values;
  const auto bases = three_bases(values);
  const weights batch(digest64{values.random.octets<64>()});
  for (int wrong = -1; wrong < 6; ++wrong) {
    collecting_sink<G> sink(bases, batch);
    for (std::uint32_t j = 1; j <= 3; ++j) {
      sink.begin_item(j);
      for (int k = 0; k < 2; ++k) {
        const bool bad = 2 * static_cast<int>(j - 1) + k == wrong;
        emit_random(sink, bases, values, bad ? values.nonzero() : G::scalar{});
      }
    }
    EXPECT_EQ(G::is_identity(sink.sum()), wrong == -1) << wrong;
    EXPECT_EQ(sink.own_terms(), 6U * 7U);
    EXPECT_EQ(sink.sum(), sink.own_sum() + G::msm_vartime(sink.shared_scalars(), bases.elements()));
  }
}

/// k-th equation of item j has weight_{j,k}: seen from outside.
TEST(collecting_sink, weights_follow_item_and_equation) {
  proof_fixture<G> values;
  const shared_bases<G> bases;
  const weights batch(digest64{values.random.octets<64>()});
  collecting_sink<G> sink(bases, batch);
  G::scalar expected;
  for (const std::uint32_t j : {4U, 1U}) {
    sink.begin_item(j);
    for (std::uint32_t k = 0; k < 3; ++k) {
      const G::scalar s = values.scalar();
      sink.begin_equation();
      sink.add_base(generator_base, s);
      expected += batch.at<G>(j, k) * s;
    }
  }
  EXPECT_EQ(sink.shared_scalars()[0], expected);
  EXPECT_EQ(sink.sum(), G::mul_base_vartime(expected));
}

/// Which of the four points that stand for the identity a sum ended at.
int representative(const G::element& e) {
  const auto p = point_of(e);
  const auto is_zero = [](const arith::field_wide& f) { return is_public_true(arith::is_zero(f)); };
  if (is_zero(p.x)) {
    return is_zero(p.y - p.z) ? 0 : 1;  // (0, 1), (0, -1)
  }
  EXPECT_TRUE(is_zero(p.y));
  return 2;  // (+-i, 0)
}

/// A sum of decoded points that is the identity as an element can end at any point of E[4].
TEST(equation_sinks, accept_every_representative_of_the_identity) {
  proof_fixture<G> values;
  const shared_bases<G> bases;
  std::set<int> seen;
  for (int i = 0; i < 60; ++i) {
    const G::element P = values.element();
    const G::element same = *G::decode(G::encode(P));
    const G::scalar s = values.nonzero();
    const auto emit = [&](equation_sink<G>& sink) {
      sink.begin_equation();
      sink.add(P);
      sink.add(s, P);
      sink.subtract(same);
      sink.add(-s, same);
    };
    checking_sink<G> checking;
    emit(checking);
    EXPECT_TRUE(checking.holds());
    collecting_sink<G> collecting(bases, weights(digest64{values.random.octets<64>()}));
    collecting.begin_item(1);
    emit(collecting);
    const G::element sum = collecting.sum();
    EXPECT_TRUE(G::is_identity(sum));
    seen.insert(representative(sum));
  }
  EXPECT_EQ(seen, (std::set<int>{0, 1, 2})) << "the test must have met them all";
}

TEST(equation_sinks_death, misuse) {
  const shared_bases<G> bases;
  checking_sink<G> checking(bases);
  EXPECT_DEATH(checking.add(G::generator()), "belongs to an equation");
  checking.begin_equation();
  EXPECT_DEATH(checking.add_base(base_index(1), G::scalar{}), "table");
  collecting_sink<G> collecting(bases, weights(digest64{}));
  EXPECT_DEATH(collecting.begin_equation(), "belongs to an item");
  collecting.begin_item(1);
  EXPECT_DEATH(collecting.add(G::generator()), "belongs to an equation");
  collecting.begin_equation();
  EXPECT_DEATH(collecting.add_base(not_shared, G::scalar{}), "table");
  const std::vector<G::scalar> two(2);
  EXPECT_DEATH(collecting.add_bases(generator_base, two), "table");
}

}  // namespace
}  // namespace sandoq
