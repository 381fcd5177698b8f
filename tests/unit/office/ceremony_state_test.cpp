// Where a key ceremony stands, told from nothing but the published messages. SPEC(85.7)

#include "tools/sandoq/office/ceremony_state.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "office_fixture.hpp"
#include "sandoq/record/items.hpp"
#include "tools/sandoq/drill_trustees.hpp"
#include "tools/sandoq/office/running_election.hpp"

namespace sandoq::tool {
namespace {

/// A whole ceremony without faults, of which tests publish as much as they like.
class CeremonyState : public office_fixture {
 protected:
  CeremonyState() {
    auto enrolled = drill_trustees::enrol(plan, random);
    EXPECT_TRUE(enrolled) << to_string(enrolled.error());
    trustees.emplace(std::move(*enrolled));
    const auto held = trustees->hold_ceremony(plan, workers, random);
    EXPECT_TRUE(held) << to_string(held.error());
    create();
  }

  template <class Item>
  void publish(item_kind kind, const std::vector<Item>& items, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      put(fmt::format("{}-{}.pb", name_of(kind), i), static_cast<std::uint32_t>(kind),
          items[i].encode());
    }
  }
  ceremony_state look() {
    auto state = ceremony_of(read());
    EXPECT_TRUE(state) << to_string(state.error());
    return std::move(*state);
  }
  const ceremony_items& played() const { return trustees->items(); }

  sequential_executor workers;
  std::optional<drill_trustees> trustees;
};

TEST_F(CeremonyState, WaitsForEveryRoundInTurn) {
  ceremony_state state = look();
  EXPECT_EQ(state.stage, ceremony_stage::committing);
  EXPECT_EQ(state.present().attempt, 1U);
  EXPECT_EQ(state.waiting_for.size(), 6U);
  publish(item_kind::dkg_commit, played().commits, 5);
  publish(item_kind::dkg_reveal, played().reveals, 6);  // too early: not looked at
  EXPECT_EQ(look().names_waited_for(), "board 1/trustee 3");
  EXPECT_TRUE(look().items().reveals.empty());
  put("late.pb", static_cast<std::uint32_t>(item_kind::dkg_commit), played().commits[5].encode());
  EXPECT_EQ(look().stage, ceremony_stage::dealing);
  publish(item_kind::dkg_deal, played().deals, 4);
  EXPECT_EQ(look().names_waited_for(), "board 1/trustee 2, board 1/trustee 3");
  put("deal-4.pb", static_cast<std::uint32_t>(item_kind::dkg_deal), played().deals[4].encode());
  put("deal-5.pb", static_cast<std::uint32_t>(item_kind::dkg_deal), played().deals[5].encode());
  EXPECT_EQ(look().stage, ceremony_stage::confirming);
  const auto early = election_of(read(), workers);
  ASSERT_FALSE(early);
  EXPECT_NE(to_string(early.error())
                .find("attempt 1 waits for the confirmation of trustee-0-1, trustee-0-2"),
            std::string::npos)
      << to_string(early.error());
  publish(item_kind::dkg_confirm, played().confirms, 6);
  state = look();
  EXPECT_EQ(state.stage, ceremony_stage::complete);
  EXPECT_TRUE(state.ignored.empty());
  EXPECT_TRUE(state.guilty[0].empty());
}

// The trustees' own programs are the other side: they have made these keys.
TEST_F(CeremonyState, OfACompleteCeremonyGivesTheKeysThatTheTrusteesHold) {
  publish(item_kind::dkg_commit, played().commits, 6);
  publish(item_kind::dkg_reveal, played().reveals, 6);
  publish(item_kind::dkg_deal, played().deals, 6);
  publish(item_kind::dkg_confirm, played().confirms, 6);
  const auto election = election_of(read(), workers);
  ASSERT_TRUE(election) << to_string(election.error());
  EXPECT_EQ(election->published, trustees->keys());
  EXPECT_EQ(election->hashes.e1, trustees->keys().election_hash);
  EXPECT_EQ(election->context.e0(), manifest_hash(plan.encode()));
  EXPECT_EQ(election->context.domain(), election_domain::real);
}

TEST_F(CeremonyState, DoesNotCountWhatIsNotSigned) {
  publish(item_kind::dkg_commit, played().commits, 5);
  dkg_commit forged = played().commits[5];
  forged.commitment = played().commits[0].commitment;
  put("forged.pb", static_cast<std::uint32_t>(item_kind::dkg_commit), forged.encode());
  const ceremony_state state = look();
  EXPECT_EQ(state.names_waited_for(), "board 1/trustee 3");
  ASSERT_EQ(state.ignored.size(), 1U);
  EXPECT_EQ(state.ignored[0].file, "forged.pb");
  EXPECT_EQ(state.ignored[0].reason, "dkg_commit is not signed by trustee-1-3");
}

TEST_F(CeremonyState, DoesNotBeginOnARosterWithoutProofs) {
  plan.boards[0].trustees[1].signing_proof = plan.boards[0].trustees[0].signing_proof;
  directory = place.path() / "other";
  create();
  const auto state = ceremony_of(read());
  ASSERT_FALSE(state);
  EXPECT_EQ(state.error().code, errc::bad_proof);
}

}  // namespace
}  // namespace sandoq::tool
