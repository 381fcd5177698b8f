#include "sandoq/proofs/sigma/linear_relation.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/proofs/proof_fixture.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::proof_fixture;
using terms = std::vector<relation_term>;

constexpr scalar_index x0{0};
constexpr scalar_index x1{1};

class linear_relation_rules : public ::testing::Test {
 protected:
  /// x0*B0 + x1*B1 = Y over three random elements, without its row.
  linear_relation_rules() {
    r.add_scalar();
    r.add_scalar();
    B0 = r.add_element(values.encoded());
    B1 = r.add_element(values.encoded());
    Y = r.add_element(values.encoded());
  }
  void expect_refused(errc code, const std::string& place) {
    const auto valid = r.validate();
    ASSERT_FALSE(valid);
    EXPECT_EQ(valid.error().code, code);
    EXPECT_EQ(valid.error().place, place);
  }

  proof_fixture<G> values;
  linear_relation<G> r;
  element_index B0;
  element_index B1;
  element_index Y;
};

TEST_F(linear_relation_rules, a_good_one) {
  r.add_row(Y, {{x0, B0}, {x1, B1}});
  EXPECT_TRUE(r.validate());
}

TEST_F(linear_relation_rules, no_rows) {
  expect_refused(errc::bad_statement, "relation");
}

TEST_F(linear_relation_rules, no_scalars) {
  linear_relation<G> empty;
  empty.add_element(values.encoded());
  empty.add_row(element_index(0), {});
  EXPECT_EQ(empty.validate().error().place, "relation");
}

TEST_F(linear_relation_rules, row_without_terms) {
  r.add_row(Y, {{x0, B0}, {x1, B1}});
  r.add_row(Y, {});
  expect_refused(errc::bad_statement, "row 1");
}

TEST_F(linear_relation_rules, indices_out_of_range) {
  for (const auto& [image, bad] : std::vector<std::pair<element_index, relation_term>>{
           {Y, {scalar_index(2), B1}}, {Y, {x1, element_index(3)}}, {element_index(3), {x1, B1}}}) {
    linear_relation<G> copy = r;
    copy.add_row(image, {{x0, B0}, bad});
    EXPECT_EQ(copy.validate().error().code, errc::bad_statement);
    EXPECT_EQ(copy.validate().error().place, "row 0");
  }
}

TEST_F(linear_relation_rules, repeated_term) {
  r.add_row(Y, {{x0, B0}, {x1, B1}, {x0, B0}});
  expect_refused(errc::bad_statement, "row 0");
}

TEST_F(linear_relation_rules, image_is_a_base_of_its_row) {
  r.add_row(Y, {{x0, B0}, {x1, Y}});
  expect_refused(errc::bad_statement, "row 0");
}

TEST_F(linear_relation_rules, image_may_be_a_base_of_another_row) {
  r.add_row(Y, {{x0, B0}});
  r.add_row(B1, {{x1, Y}});
  EXPECT_TRUE(r.validate());
}

TEST_F(linear_relation_rules, unused_scalar) {
  r.add_row(Y, {{x0, B0}, {x0, B1}});
  expect_refused(errc::bad_statement, "scalar 1");
}

TEST_F(linear_relation_rules, unused_element) {
  r.add_row(Y, {{x0, B0}, {x1, B0}});
  expect_refused(errc::bad_statement, "element 1");
}

TEST_F(linear_relation_rules, identity_as_base) {
  const element_index zero = r.add_element(encoded_element<G>());
  r.add_row(Y, {{x0, B0}, {x1, B1}, {x0, zero}});
  expect_refused(errc::identity_element, "element 3");
}

TEST_F(linear_relation_rules, identity_as_image_only_where_allowed) {
  const element_index zero = r.add_element(encoded_element<G>());
  r.add_row(Y, {{x0, B0}, {x1, B1}});
  linear_relation<G> allowed = r;
  r.add_row(zero, {{x0, B1}});
  expect_refused(errc::identity_element, "row 1");
  allowed.add_row(zero, {{x0, B1}}, image_rule::may_be_identity);
  EXPECT_TRUE(allowed.validate());
}

TEST_F(linear_relation_rules, at_most_4096_of_each) {
  r.add_row(Y, {{x0, B0}, {x1, B1}});
  linear_relation<G> rows = r;
  for (std::size_t i = 1; i < 4096; ++i) {
    rows.add_row(Y, {{x0, B0}});
  }
  EXPECT_TRUE(rows.validate());
  rows.add_row(Y, {{x0, B0}});
  EXPECT_EQ(rows.validate().error().place, "relation");
}

TEST_F(linear_relation_rules, append_joins_lists_and_shares_scalars) {
  r.add_row(Y, {{x0, B0}, {x1, B1}});
  linear_relation<G> joined;
  const scalar_index shared = joined.add_scalar();
  const scalar_index second = joined.add_scalar();
  const scalar_index third = joined.add_scalar();
  const std::vector<scalar_index> first_places{shared, second};
  const std::vector<scalar_index> second_places{third, shared};
  joined.append(r, first_places);
  joined.append(r, second_places);
  ASSERT_TRUE(joined.validate());
  EXPECT_EQ(joined.elements().size(), 6U);
  ASSERT_EQ(joined.rows().size(), 2U);
  EXPECT_EQ(joined.rows()[0].terms, (terms{{shared, B0}, {second, B1}}));
  EXPECT_EQ(joined.rows()[1].terms, (terms{{third, element_index(3)}, {shared, element_index(4)}}));
  EXPECT_EQ(joined.rows()[1].image, element_index(5));
  EXPECT_EQ(joined.elements()[5], r.elements()[2]);
}

TEST_F(linear_relation_rules, absorbs_shape_and_elements) {
  r.add_row(Y, {{x0, B0}, {x1, B1}});
  transcript tr("sandoq-1/unit");
  transcript by_hand = tr;
  r.absorb(tr);
  by_hand.absorb_bytes("relation", *from_hex("02000000"
                                             "03000000"
                                             "01000000"
                                             "02000000"
                                             "02000000"
                                             "0000000000000000"
                                             "0100000001000000"));
  by_hand.absorb_elements<G>("elements", r.elements());
  EXPECT_EQ(tr.fork("f"), by_hand.fork("f"));
}

TEST_F(linear_relation_rules, knows_the_generator) {
  const element_index g = r.add_element(encoded_element<G>(G::generator()));
  const element_index s = r.add_element(values.encoded(), base_index(7));
  EXPECT_EQ(r.shared(g), generator_base);
  EXPECT_EQ(r.shared(s), base_index(7));
  EXPECT_EQ(r.shared(B0), not_shared);
}

}  // namespace
}  // namespace sandoq
