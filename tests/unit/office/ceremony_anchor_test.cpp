// Which attempts stand before the one that everybody has revealed in, however much junk lies
// between them. SPEC(85.7)

#include "tools/sandoq/office/ceremony_anchor.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/sandoq/office/minutes_form.hpp"
#include "trustee_fixture.hpp"

namespace sandoq::tool {
namespace {

class CeremonyAnchor : public trustee_fixture {
 protected:
  ceremony_messages messages() { return ceremony_messages::of(read(), look().boards); }
};

// Four readings: attempt 1 as it is, and with its complaint; 2 behind it; and 1, whose key enough
// have confirmed, as the first one.
TEST_F(CeremonyAnchor, DoesNotDependOnHowManyReadingsAreTried) {
  deal({0, 1, 2, 3});
  spoil();
  ASSERT_TRUE(step(0, complain_in));
  all({1, 2, 3}, confirm_in);
  commits({0, 2, 3});
  all({0, 2, 3}, reveal_in);
  const ceremony_messages all_of_them = messages();
  for (const int readings : {4, 1024}) {
    const auto found = find_anchor(all_of_them, readings);
    ASSERT_TRUE(found) << to_string(found.error());
    ASSERT_TRUE(*found);
    EXPECT_EQ((*found)->number, 2U);
    EXPECT_FALSE((*found)->is_complete);
    EXPECT_EQ((*found)->before.items.size(), 1U);
  }
  for (const int readings : {1, 2, 3}) {
    const auto found = find_anchor(all_of_them, readings);
    ASSERT_FALSE(found) << readings;
    EXPECT_EQ(found.error().code, errc::too_large);
    EXPECT_NE(to_string(found.error()).find("so many complaints"), std::string::npos);
    EXPECT_NE(to_string(found.error()).find("dkg_complaint-1-0-1-2.pb"), std::string::npos);
  }
}

// Any one trustee can put a message under as many numbers as it likes.
TEST_F(CeremonyAnchor, IsFoundBehindAnyNumberOfAttempts) {
  constexpr std::uint32_t number = 200'001;
  commits({0, 1, 2, 3}, number);
  all({0, 1, 2, 3}, reveal_in);
  ceremony_messages junk = messages();
  for (std::uint32_t i = 1; i < number; ++i) {
    junk.attempts.try_emplace(junk.attempts.end(), i);
  }
  const auto found = find_anchor(junk);
  ASSERT_TRUE(found) << to_string(found.error());
  ASSERT_TRUE(*found);
  EXPECT_EQ((*found)->number, number);
  EXPECT_TRUE((*found)->before.items.empty());
}

TEST_F(CeremonyAnchor, LeavesMinutesThatPeopleCanRead) {
  bytes file;
  for (const std::uint32_t number : {1U, 2U, 3U, 4U, 7U, 9U, 10U}) {
    dkg_commit junk{{number, board_index(0), trustee_index(2)}, {random.octets<32>()}, {}};
    sign_as(1, junk, "dkg/commit");
    append_item(file, item_kind::dkg_commit, junk.encode());
    dkg_confirm late{junk.origin, {random.octets<32>()}, {}};
    sign_as(1, late, "dkg/confirm");
    append_item(file, item_kind::dkg_confirm, late.encode());
  }
  ASSERT_TRUE(write_durably(directory / "junk.pb", file));
  commits({0, 1, 2, 3}, 12);
  all({0, 1, 2, 3}, reveal_in);
  const bulletin board = read();
  const ceremony_state state = look();
  EXPECT_EQ(state.present().attempt, 12U);
  ASSERT_EQ(state.ignored.size(), 1U);
  EXPECT_EQ(state.ignored[0].file, "junk.pb");
  EXPECT_EQ(state.ignored[0].more, 6U);
  const std::string minutes = minutes_text(language::english, {board, state, {}, std::nullopt});
  EXPECT_NE(minutes.find("attempt 1\u20134, 7, 9\u201310\n"), std::string::npos) << minutes;
}

struct sitting_board {
  std::size_t size;
  std::uint32_t threshold;
  std::uint32_t gone_on;  ///< so many of them reveal in a later attempt
};

bool is_overtaken(const std::vector<sitting_board>& sitting, std::uint32_t later) {
  ceremony_messages messages;
  std::vector<std::vector<trustee_index>> who;
  for (std::uint32_t b = 0; b < sitting.size(); ++b) {
    messages.boards.push_back({sitting[b].threshold, {}});
    auto& own = who.emplace_back();
    for (std::uint32_t t = 1; t <= sitting[b].size; ++t) {
      own.emplace_back(t);
      if (t <= sitting[b].gone_on) {
        dkg_reveal reveal;
        reveal.origin = {later, board_index(b), trustee_index(t)};
        messages.attempts[later].reveals.push_back({reveal, ""});
      }
    }
  }
  return messages.is_overtaken(5, participants(std::move(who)));
}

// So many have gone on that they could bring any key to nothing, and too few are left to use it.
TEST(CeremonyMessages, AreOvertakenWhenEveryBoardHasGoneOn) {
  EXPECT_FALSE(is_overtaken({{3, 2, 1}}, 6));
  EXPECT_TRUE(is_overtaken({{3, 2, 2}}, 6));
  EXPECT_FALSE(is_overtaken({{4, 2, 2}}, 6)) << "two are left, who can still use the key";
  EXPECT_TRUE(is_overtaken({{4, 2, 3}}, 6));
  EXPECT_FALSE(is_overtaken({{4, 3, 2}}, 6)) << "two alone bring nobody's key down";
  EXPECT_TRUE(is_overtaken({{4, 3, 3}}, 6));
  EXPECT_FALSE(is_overtaken({{3, 2, 2}, {3, 2, 1}}, 6)) << "of every board";
  EXPECT_TRUE(is_overtaken({{3, 2, 2}, {3, 2, 3}}, 6));
  EXPECT_FALSE(is_overtaken({{3, 2, 3}}, 5)) << "the attempt itself";
  EXPECT_FALSE(is_overtaken({{3, 2, 3}}, 4)) << "one before it";
}

}  // namespace
}  // namespace sandoq::tool
