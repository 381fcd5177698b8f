// Messages that come late, in any order, change nothing of what everybody has signed since.
// SPEC(85.7)

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "tools/sandoq/office/running_election.hpp"
#include "tools/sandoq/office/trustee_share.hpp"
#include "trustee_fixture.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

/// Trustee 2 of board 0 cheats and is convicted in attempt 1; attempt 2 is given up, because
/// trustee 3 of board 0 does not confirm; attempt 3 goes on.
class LateMessages : public trustee_fixture {
 protected:
  void hold_two_attempts() {
    deal({0, 1, 2, 3});
    spoil();
    ASSERT_TRUE(step(0, complain_in));
    all({1, 2, 3}, confirm_in);
    deal({0, 2, 3});
    all({0, 3}, confirm_in);
    commits({0, 2, 3}, 3);
    ASSERT_EQ(look().present().attempt, 3U);
  }

  /// Messages whose authors come with them when it is too late.
  std::map<std::string, bytes> late_ones() {
    std::map<std::string, bytes> out;
    const auto add = [&](const std::string& name, item_kind kind, auto item, std::size_t who,
                         literal purpose) {
      sign_as(who, item, purpose);
      append_item(out[name], kind, item.encode());
    };
    const bulletin board = read();
    const auto confirms =
        board.all<dkg_confirm>(static_cast<std::uint32_t>(item_kind::dkg_confirm)).value();
    dkg_confirm second = *std::find_if(confirms.begin(), confirms.end(),
                                       [](const auto& each) { return each.origin.attempt == 2; });
    second.origin = {2, board_index(0), trustee_index(3)};
    add("confirms-attempt-2", item_kind::dkg_confirm, second, 2, "dkg/confirm");
    for (const std::uint32_t attempt : {1U, 2U, 3U}) {
      // By the one who is shut out, and by one who is not.
      for (const auto& [who, of] : {std::pair{1U, 3U}, {0U, 3U}, {2U, 1U}}) {
        add(fmt::format("complaint-{}-{}-{}", attempt, who, of), item_kind::dkg_complaint,
            complaint(attempt, who + 1, of), who, "dkg/complaint");
      }
    }
    return out;
  }

  dkg_complaint complaint(std::uint32_t attempt, std::uint32_t accuser, std::uint32_t dealer) {
    const encoded_element<ristretto255> generator(ristretto255::generator());
    dkg_complaint out{{attempt, board_index(0), trustee_index(accuser)},
                      trustee_index(dealer),
                      {generator.octets()},
                      {},
                      {}};
    std::copy_n(generator.octets().begin(), 32, out.proof.octets.begin());
    std::copy_n(generator.octets().begin(), 32, out.proof.octets.begin() + 32);
    return out;
  }
};

TEST_F(LateMessages, ChangeNothingOfAKeyThatIsComplete) {
  hold_two_attempts();
  all({0, 2, 3}, reveal_in);
  all({0, 2, 3}, deal_in);
  all({0, 2, 3}, confirm_in);
  const auto before = election_of(read(), workers);
  ASSERT_TRUE(before) << to_string(before.error());
  ASSERT_EQ(before->attempts.size(), 2U);
  const auto late = late_ones();
  // One by one, and random selections of them, under names that come before or after the others.
  std::vector<std::vector<std::string>> selections;
  for (const auto& [name, file] : late) {
    selections.push_back({name});
  }
  for (int i = 0; i < 6; ++i) {
    auto& some = selections.emplace_back();
    for (const auto& [name, file] : late) {
      if ((random.octets<1>()[0] & std::byte{1}) != std::byte{0}) {
        some.push_back(name);
      }
    }
  }
  for (const auto& names : selections) {
    std::vector<fs::path> put;
    std::string shown;
    for (const std::string& name : names) {
      const bool first = (random.octets<1>()[0] & std::byte{1}) != std::byte{0};
      put.push_back(directory / ((first ? "a-" : "z-") + name + ".pb"));
      ASSERT_TRUE(write_durably(put.back(), late.at(name)));
      shown += name + " ";
    }
    const auto state = ceremony_of(read());
    ASSERT_TRUE(state) << shown << to_string(state.error());
    EXPECT_EQ(state->stage, ceremony_stage::complete) << shown;
    EXPECT_EQ(state->present().attempt, 3U) << shown;
    EXPECT_EQ(state->given_up, std::vector<std::uint32_t>{2}) << shown;
    for (const fs::path& path : put) {
      EXPECT_TRUE(std::any_of(
          state->ignored.begin(), state->ignored.end(),
          [&](const ignored_message& each) { return each.file == path.filename().string(); }))
          << path;
    }
    const auto now = election_of(read(), workers);
    ASSERT_TRUE(now) << shown << to_string(now.error());
    EXPECT_EQ(now->published, before->published) << shown;
    for (const fs::path& path : put) {
      fs::remove(path);
    }
  }
}

// The reveals rest on what stood before them, and whoever is honest goes on.
TEST_F(LateMessages, ChangeNothingBeforeAnAttemptThatIsRevealed) {
  hold_two_attempts();
  all({0, 2, 3}, reveal_in);
  for (const auto& [name, file] : late_ones()) {
    if (name.rfind("complaint-3", 0) != 0 && name != "confirms-attempt-2") {
      ASSERT_TRUE(write_durably(directory / (name + ".pb"), file));
    }
  }
  const ceremony_state state = look();
  EXPECT_EQ(state.present().attempt, 3U);
  EXPECT_EQ(state.stage, ceremony_stage::dealing);
  ASSERT_EQ(state.attempts.size(), 2U);
  EXPECT_EQ(state.attempts[0].complaints.size(), 1U);
  all({0, 2, 3}, deal_in);
  all({0, 2, 3}, confirm_in);
  EXPECT_TRUE(election_of(read(), workers));
}

// As long as no later one is complete, the last confirmation of an attempt completes it.
TEST_F(LateMessages, CompleteAnAttemptThatNothingHasReplaced) {
  hold_two_attempts();
  ASSERT_TRUE(write_durably(directory / "late.pb", late_ones().at("confirms-attempt-2")));
  EXPECT_EQ(look().stage, ceremony_stage::complete);
  EXPECT_EQ(look().present().attempt, 2U);
}

// Before the reveals it can cost one attempt: nobody is made guilty by it but its author.
TEST_F(LateMessages, CostOneAttemptWhereNothingRestsOnThemYet) {
  deal({0, 1, 2, 3});
  spoil();
  ASSERT_TRUE(step(0, complain_in));
  const auto accuse = [&](std::uint32_t dealer) {
    dkg_complaint lie = complaint(1, 2, dealer);
    sign_as(1, lie, "dkg/complaint");
    put(fmt::format("lie-{}.pb", dealer), item_kind::dkg_complaint, lie);
  };
  accuse(3);
  all({2, 3}, confirm_in);
  commits({0, 2, 3});
  ASSERT_EQ(look().present().attempt, 2U);
  accuse(1);
  const auto stopped = step(0, reveal_in);
  ASSERT_FALSE(stopped);
  EXPECT_NE(to_string(stopped.error()).find("is not what it was when this trustee committed"),
            std::string::npos);
  ASSERT_EQ(look().guilty[0].size(), 1U);
  EXPECT_EQ(look().guilty[0][0].trustee, trustee_index(2));
  commits({0, 2, 3}, 3);
  all({0, 2, 3}, reveal_in);
  all({0, 2, 3}, deal_in);
  all({0, 2, 3}, confirm_in);
  EXPECT_TRUE(election_of(read(), workers));
  EXPECT_EQ(look().present().attempt, 3U);
}

/// Trustee 2 of board 0 withholds its confirmation of attempt 1, and the boards begin attempt 2.
class TwoKeys : public trustee_fixture {
 protected:
  void begin_twice() {
    deal({0, 1, 2, 3});
    all({0, 2, 3}, confirm_in);
    last = confirmation(1);
    commits({0, 1, 2, 3}, 2);
  }
  /// The confirmation that trustee 2 of board 0 withholds.
  dkg_confirm confirmation(std::uint32_t attempt) {
    const bulletin board = read();
    const auto all =
        board.all<dkg_confirm>(static_cast<std::uint32_t>(item_kind::dkg_confirm)).value();
    dkg_confirm out = *std::find_if(all.begin(), all.end(), [&](const dkg_confirm& each) {
      return each.origin.attempt == attempt;
    });
    out.origin = {attempt, board_index(0), trustee_index(2)};
    sign_as(1, out, "dkg/confirm");
    return out;
  }
  void publish_last() { put("last.pb", item_kind::dkg_confirm, last); }
  result<holder_memory> take(std::size_t who) {
    return step(who, [&](const trustee_at_work& work) { return share_of(work, look()); });
  }
  void expect_present(std::uint32_t attempt, ceremony_stage stage) {
    const ceremony_state state = look();
    EXPECT_EQ(state.present().attempt, attempt);
    EXPECT_EQ(state.stage, stage);
  }
  static void expect_refusal(const error& why, std::string_view part) {
    EXPECT_NE(to_string(why).find(part), std::string::npos) << to_string(why);
  }

  dkg_confirm last;
};

TEST_F(TwoKeys, CannotBothBeCompletedByOneWhoWithholds) {
  begin_twice();
  all({0, 1, 2, 3}, reveal_in);
  publish_last();
  expect_present(2, ceremony_stage::dealing);
  all({0, 1, 2, 3}, deal_in);
  all({0, 2, 3}, confirm_in);
  expect_present(2, ceremony_stage::confirming);
  put("last-of-2.pb", item_kind::dkg_confirm, confirmation(2));
  const auto with = election_of(read(), workers);
  ASSERT_TRUE(with) << to_string(with.error());
  EXPECT_TRUE(take(0));
  fs::remove(directory / "last.pb");
  EXPECT_EQ(election_of(read(), workers).value().published, with->published);
}

// The mirror of it: the reveal is withheld, and the first key completed.
TEST_F(TwoKeys, NeitherIsCompletedWhereTheRevealIsWithheldToo) {
  begin_twice();
  all({0, 3}, reveal_in);
  publish_last();
  expect_present(1, ceremony_stage::complete);  // two of board 0 can still use it
  fs::remove(directory / "last.pb");
  all({2}, reveal_in);
  publish_last();
  expect_present(2, ceremony_stage::revealing);
  // Whoever has not fetched the commitments sees at least that it goes on.
  for (const char* name : {"dkg_commit-2-0-1.pb", "dkg_commit-2-1-1.pb"}) {
    fs::remove(directory / name);
  }
  expect_present(2, ceremony_stage::committing);
}

TEST_F(TwoKeys, AreNeverServedBothByOneTrustee) {
  begin_twice();
  all({0}, reveal_in);
  publish_last();
  expect_present(1, ceremony_stage::complete);
  const auto gone_on = take(0);
  ASSERT_FALSE(gone_on);
  expect_refusal(gone_on.error(), "has revealed in attempt 2 and never goes back");
  // So says the folder, without the message.
  fs::rename(directory / "dkg_reveal-2-0-1.pb", directory / "away");
  EXPECT_FALSE(take(0));
  fs::rename(directory / "away", directory / "dkg_reveal-2-0-1.pb");
  EXPECT_TRUE(homes[0]->has_attempt(1));
  EXPECT_TRUE(homes[0]->has_attempt(2));
  ASSERT_TRUE(take(2));
  fs::remove(directory / "last.pb");
  expect_present(2, ceremony_stage::revealing);
  for (const auto& refused : {step(2, reveal_in), commit(2, 3)}) {
    ASSERT_FALSE(refused);
    expect_refusal(refused.error(), "holds a share already");
  }
}

// Nor does one who reveals later than everybody's shares are taken bring a complete key down.
TEST_F(TwoKeys, AreNotMadeOfOneByALateReveal) {
  begin_twice();
  publish_last();
  for (const std::size_t who : {0U, 2U, 3U}) {
    ASSERT_TRUE(take(who));
  }
  const auto before = election_of(read(), workers).value().published;
  dkg_reveal late = look().items().reveals[1];
  for (const std::uint32_t attempt : {2U, 3U}) {
    late.origin.attempt = attempt;
    sign_as(1, late, "dkg/reveal");
    put(fmt::format("late-{}.pb", attempt), item_kind::dkg_reveal, late);
  }
  EXPECT_EQ(election_of(read(), workers).value().published, before);
}

TEST_F(TwoKeys, AShareOfAnotherKeyIsRefusedAndNothingDestroyed) {
  deal({0, 1, 2, 3});
  all({0, 1, 2, 3}, confirm_in);
  const fs::path home = folder_of(homes[0]->seat());
  fs::copy_file(home / attempt_name(1), home / "kept");
  auto share = take(0);
  ASSERT_TRUE(share);
  fs::rename(home / "kept", home / attempt_name(1));
  share->published.election_hash.octets[0] ^= std::byte{1};
  fs::remove(home / trustee_home::share_name);
  ASSERT_TRUE(homes[0]->keep(*share, random));
  const auto other = take(0);
  ASSERT_FALSE(other);
  expect_refusal(other.error(), "is of another key");
  EXPECT_TRUE(homes[0]->has_attempt(1));
}

}  // namespace
}  // namespace sandoq::tool
