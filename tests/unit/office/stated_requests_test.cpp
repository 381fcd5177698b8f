// Each condition under which a stated request is taken, by itself: what is changed here keeps all
// the others. SPEC(85.3)

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "sandoq/tally/opening_sums.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/small_election.hpp"
#include "tools/sandoq/office/opening_state.hpp"

namespace sandoq::tool {
namespace {

class StatedRequests : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    election = std::make_unique<testing::small_election>(testing::tiny_eventful_scenario(),
                                                         testing::test_seed());
    election->make();
  }
  static void TearDownTestSuite() { election.reset(); }

  void SetUp() override {
    for (const testing::opening_draft& each : election->draft.openings) {
      chain.push_back(stated_request{{}, each.request});
    }
    ASSERT_GT(chain.size(), grounds.totals().size()) << "the last one is of a part";
  }

  bool fits(const opening_request& request, std::vector<stated_request> before) const {
    return fits_count(grounds, election->draft.nodes, sum(chain.front()).closings, {})(request,
                                                                                       before);
  }
  static opening_request& sum(stated_request& each) {
    return std::get<opening_request>(each.request);
  }
  static const opening_request& sum(const stated_request& each) {
    return std::get<opening_request>(each.request);
  }
  std::vector<stated_request> first(std::size_t count) const {
    return {chain.begin(), chain.begin() + static_cast<std::ptrdiff_t>(count)};
  }
  static opening_set set_of(const opening_request& request) {
    return {request.number, request.nodes()};
  }

  static std::unique_ptr<testing::small_election> election;
  const opening_grounds grounds = grounds_of(election->draft.election, election->draft.nodes);
  std::vector<stated_request> chain;
};

std::unique_ptr<testing::small_election> StatedRequests::election;

TEST_F(StatedRequests, AreTakenInTheirPlaces) {
  for (std::size_t i = 0; i < chain.size(); ++i) {
    EXPECT_TRUE(fits(sum(chain[i]), first(i))) << i;
  }
}

TEST_F(StatedRequests, WaitForTheirTurn) {
  opening_request early = sum(chain.back());
  early.number = 1;
  early.previous = {};
  const opening_set set = set_of(early);
  ASSERT_TRUE(check_places(grounds, early.contest, set.nodes));
  ASSERT_TRUE(check_policy(grounds, early.contest, std::vector{set}));
  ASSERT_FALSE(check_turn(grounds, early.contest, set, 0));
  EXPECT_FALSE(fits(early, {}));
}

TEST_F(StatedRequests, KeepThePolicy) {
  opening_request again = sum(chain.back());
  ++again.number;
  again.previous = chain.back().hash();
  const opening_set set = set_of(again);
  ASSERT_TRUE(check_places(grounds, again.contest, set.nodes));
  ASSERT_TRUE(check_turn(grounds, again.contest, set, 0));
  ASSERT_FALSE(check_policy(grounds, again.contest, std::vector{set_of(sum(chain.back())), set}));
  EXPECT_FALSE(fits(again, chain));
}

TEST_F(StatedRequests, AreWhatTheTallyGives) {
  for (const std::size_t at : {std::size_t{0}, chain.size() - 1}) {
    opening_request more = sum(chain[at]);
    ++more.ballots;
    EXPECT_FALSE(fits(more, first(at)));
    opening_request of_no_contest = sum(chain[at]);
    of_no_contest.contest = contest_index{static_cast<std::uint32_t>(grounds.contests())};
    EXPECT_FALSE(fits(of_no_contest, first(at)));
    opening_request nowhere = sum(chain[at]);
    nowhere.places.clear();
    EXPECT_FALSE(fits(nowhere, first(at)));
  }
}

// The boards can sign anything; what they should not have signed, nothing is built upon.
TEST_F(StatedRequests, FollowNothingThatMustNotStand) {
  std::vector<stated_request> before = first(chain.size() - 1);
  const auto own = std::find_if(before.begin(), before.end(), [&](const stated_request& each) {
    return each.contest() == chain.back().contest();
  });
  ASSERT_NE(own, before.end());
  sum(*own).places.clear();
  EXPECT_FALSE(fits(sum(chain.back()), before));
}

}  // namespace
}  // namespace sandoq::tool
