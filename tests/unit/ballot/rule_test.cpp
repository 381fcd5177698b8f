#include "sandoq/ballot/rule.hpp"

#include <gtest/gtest.h>

#include "tests/support/list_rules.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;

// One changed bit is refused with a place and a reason, or makes another rule with those bytes.
TEST(Rule, AChangedBitIsRefusedOrAnotherRule) {
  proportional_rule custom = divisors(proportional_rule::method_code::custom);
  custom.divisors = {{1, 1}, {3, 2}};
  custom.threshold = threshold_rule{{1, 5}, threshold_rule::base_code::votes, 0, {}};
  custom.threshold->applies = threshold_rule::scope_code::lists;
  ranking_rule irv;
  std::size_t refused = 0;
  std::size_t other = 0;
  for (const rule& law : {law_of(custom), law_of(hare()), rule{ballot_rule{}, irv},
                          rule{ballot_rule{}, plurality_rule{custom.threshold, 2}}}) {
    const bytes data = law.encode();
    ASSERT_EQ(rule::decode(data).value(), law);
    for (std::size_t bit = 0; bit < 8 * data.size(); ++bit) {
      bytes changed = data;
      changed[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
      const auto read = rule::decode(changed);
      if (read) {
        EXPECT_EQ(read->encode(), changed);
        EXPECT_FALSE(*read == law);
        ++other;
      } else {
        EXPECT_FALSE(read.error().place.empty() || read.error().reason.empty());
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 100U);
  EXPECT_GT(other, 20U);
}

TEST(Rule, EncodingNamesTheOneMethod) {
  EXPECT_EQ(rule::decode(law_of(hare()).encode()).value(), law_of(hare()));
  bytes none = rule{ballot_rule{}, plurality_rule{}}.encode();
  none.resize(none.size() - 20);  // one plurality (12 bytes) and the two empty lists
  none.insert(none.end(), 12, std::byte{0});
  const auto read = rule::decode(none);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().place, "rule.method");
}

// One rule has one encoding: what has no meaning is 0.
TEST(Rule, AFieldWithoutMeaningIsZero) {
  ranking_rule irv;
  EXPECT_TRUE((rule{ballot_rule{}, irv}.check().has_value()));
  irv.quota = ranking_rule::quota_code::droop;
  EXPECT_EQ((rule{ballot_rule{}, irv}.check().error().place), "rule.ranking");
  proportional_rule part = divisors(proportional_rule::method_code::d_hondt);
  EXPECT_TRUE(law_of(part).check().has_value());
  part.one_extra = 1;
  EXPECT_EQ(law_of(part).check().error().place, "rule.proportional");
}

}  // namespace
}  // namespace sandoq
