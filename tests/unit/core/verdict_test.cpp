#include "sandoq/core/verdict.hpp"

#include <gtest/gtest.h>

#include <type_traits>

#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {
namespace {

TEST(verdict, is_accepted_only_when_everything_was_run_and_passed) {
  verdict v;
  EXPECT_FALSE(v.accepted());  // nothing checked is not acceptance
  v.pass("a");
  EXPECT_TRUE(v.accepted());
  verdict w = v;
  w.not_run("b", "needs c");
  EXPECT_FALSE(w.accepted());
  v.fail("c", "ballot 3", "the proof does not hold");
  EXPECT_FALSE(v.accepted());
  v.append(w);
  ASSERT_EQ(v.checks().size(), 4U);
  EXPECT_EQ(v.checks()[3].id, "b");
  ASSERT_NE(v.find("c"), nullptr);
  EXPECT_EQ(v.find("c")->place, "ballot 3");
  EXPECT_EQ(v.find("d"), nullptr);
  v.append(v);
  EXPECT_EQ(v.checks().size(), 8U);
  EXPECT_EQ(name_of(check_status::not_run), "not-run");
}

TEST(verification, holds_or_says_why) {
  EXPECT_TRUE(verification::ok().holds());
  EXPECT_FALSE(verification::rejected("why").holds());
  EXPECT_EQ(verification::rejected("why").reason(), "why");
}

TEST(error, place_grows_outwards) {
  const result<int> inner = fail(errc::truncated, "alpha @64", "needs 32 bytes");
  const result<int> outer = fail_within("ballot 7", inner.error());
  EXPECT_EQ(to_string(outer.error()), "ballot 7/alpha @64: needs 32 bytes (truncated)");
}

static_assert(!std::is_convertible_v<branch_index, device_index>);
static_assert(!std::is_convertible_v<std::uint32_t, branch_index>);
static_assert(!std::is_convertible_v<branch_index, std::uint32_t>);
static_assert(branch_index(3) < branch_index(4));

}  // namespace
}  // namespace sandoq
