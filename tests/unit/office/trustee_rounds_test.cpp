// One trustee after another goes through the key ceremony, from folders and a bulletin. SPEC(85.5)
// SPEC(85.7)

#include "tools/sandoq/office/trustee_rounds.hpp"

#include <gtest/gtest.h>

#include "sandoq/tally/ties.hpp"
#include "sandoq/threshold/key_holder_secret.hpp"
#include "tools/sandoq/manifest_file.hpp"
#include "tools/sandoq/office/office_commands.hpp"
#include "tools/sandoq/office/private_file.hpp"
#include "tools/sandoq/office/running_election.hpp"
#include "tools/sandoq/office/statement_check.hpp"
#include "tools/sandoq/office/statements.hpp"
#include "tools/sandoq/office/trustee_share.hpp"
#include "trustee_fixture.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

class TrusteeRounds : public trustee_fixture {
 protected:
  std::string refusal(std::size_t who, result<own_message> (*round)(const trustee_at_work&)) {
    const auto done = step(who, round);
    EXPECT_FALSE(done);
    return done ? "" : to_string(done.error());
  }
  static bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
  }
  /// The boards of the attempt that goes on state that somebody is absent from the attempt of that
  /// number; `signers` sign.
  dkg_absence absence_of(const trustee_seat& seat, std::uint32_t attempt,
                         const std::vector<std::size_t>& signers) {
    dkg_absence out{{attempt, seat.board, seat.trustee}, "ill", {}};
    out.signatures.boards.resize(2);
    const signed_message message{"dkg/absence", plan.domain, manifest_hash(plan.encode()),
                                 out.signed_digest()};
    for (const std::size_t who : signers) {
      const trustee_seat signer = homes[who]->seat();
      out.signatures.boards[signer.board.value()].push_back(
          {signer.trustee.value(),
           sandoq::sign(homes[who]->keys().signing(), message, random).value()});
    }
    return out;
  }
};

TEST_F(TrusteeRounds, EndWithSharesOfOneKey) {
  deal({0, 1, 2, 3});
  EXPECT_TRUE(homes[0]->has_attempt(1));
  all({0, 1, 2, 3}, confirm_in);
  const auto election = election_of(read(), workers);
  ASSERT_TRUE(election) << to_string(election.error());
  for (std::size_t who = 0; who < 4; ++who) {
    auto share = step(who, [&](const trustee_at_work& work) { return share_of(work, look()); });
    ASSERT_TRUE(share) << to_string(share.error());
    EXPECT_EQ(share->published, election->published);
    EXPECT_FALSE(homes[who]->has_attempt(1));
    // The holder itself compares share, share key and signing key.
    auto holder =
        key_holder::resume({*election->hashes.e1, plan.domain}, look().boards, std::move(*share),
                           std::move(homes[who]->identity()->signing), {});
    EXPECT_TRUE(holder) << to_string(holder.error());
  }
}

TEST_F(TrusteeRounds, KnowTheCeremonyWithTheirOwnMessage) {
  bulletin board = read();
  ASSERT_NE(board.ceremony(), nullptr);
  EXPECT_EQ(ceremony_of(board)->waiting_for.size(), 4U);
  ASSERT_TRUE(commit_in({*homes[0], board, workers, random}, {}));
  EXPECT_EQ(ceremony_of(board)->waiting_for.size(), 3U);
}

TEST_F(TrusteeRounds, RefuseARoundBeforeTheOneBeforeIsComplete) {
  commits({0, 1});
  EXPECT_TRUE(has(refusal(0, reveal_in),
                  "commitments are missing: of board 0/trustee 3, board 1/trustee 1"));
  commits({2, 3});
  all({0, 1, 2}, reveal_in);
  EXPECT_TRUE(has(refusal(0, deal_in), "reveals are missing: of board 1/trustee 1"));
  all({3}, reveal_in);
  EXPECT_TRUE(has(refusal(0, confirm_in), "deals are missing"));
}

TEST_F(TrusteeRounds, NeverMakeAMessageTwice) {
  commits({0, 1, 2, 3});
  const auto first = [this] {
    const bulletin board = read();
    return board.messages(static_cast<std::uint32_t>(item_kind::dkg_commit))[0]->canonical;
  };
  const bytes before = first();
  EXPECT_TRUE(commit(0)->was_published);
  fs::remove(directory / "dkg_commit-1-0-1.pb");
  EXPECT_FALSE(commit(0)->was_published);
  EXPECT_EQ(first(), before);
  // The program ended between the polynomial and the message: the same commitment, signed anew.
  fs::remove(directory / "dkg_commit-1-0-1.pb");
  fs::remove_all(folder_of(homes[0]->seat()) / "sent");
  ASSERT_TRUE(commit(0));
  EXPECT_EQ(dkg_commit::decode(first())->commitment, dkg_commit::decode(before)->commitment);
  all({0, 1, 2, 3}, reveal_in);
}

TEST_F(TrusteeRounds, CannotGoOnWithoutThePolynomial) {
  commits({0, 1, 2, 3});
  // One of another attempt does not stand for it.
  const fs::path home = folder_of(homes[0]->seat());
  fs::copy_file(home / attempt_name(1), home / attempt_name(7));
  const auto renamed = homes[0]->attempt(7);
  ASSERT_FALSE(renamed);
  EXPECT_TRUE(has(to_string(renamed.error()), "is the file of another attempt"));
  ASSERT_TRUE(homes[0]->destroy_attempt(1));
  EXPECT_TRUE(has(refusal(0, reveal_in), "cannot be revealed without it"));
}

TEST_F(TrusteeRounds, ShutOutADealerWhoCheats) {
  deal({0, 1, 2, 3});
  spoil();
  EXPECT_TRUE(has(refusal(0, confirm_in), "the share from board 0/trustee 2 is wrong"));
  const auto complaints = step(0, complain_in);
  ASSERT_TRUE(complaints) << to_string(complaints.error());
  ASSERT_EQ(complaints->size(), 1U);
  const auto nothing = step(2, complain_in);
  ASSERT_FALSE(nothing);
  EXPECT_TRUE(has(to_string(nothing.error()), "nothing to complain of"));

  // Everybody answers before guilt is judged, so no complaint can come late.
  ceremony_state state = look();
  EXPECT_EQ(state.stage, ceremony_stage::confirming);
  EXPECT_EQ(state.names_waited_for(), "board 0/trustee 2, board 0/trustee 3, board 1/trustee 1");
  all({1, 2, 3}, confirm_in);
  state = look();
  ASSERT_EQ(state.attempts.size(), 2U);
  EXPECT_EQ(state.stage, ceremony_stage::committing);
  ASSERT_EQ(state.guilty[0].size(), 1U);
  EXPECT_EQ(state.guilty[0][0].trustee, trustee_index(2));
  EXPECT_TRUE(state.attempts[0].confirms.empty());  // they do not stand
  EXPECT_EQ(state.names_waited_for(), "board 0/trustee 1, board 0/trustee 3, board 1/trustee 1");

  EXPECT_TRUE(has(to_string(commit(1).error()), "is shut out"));
  // Nor does it help to give the attempt up: of board 0 one more would have to begin the other.
  commits({0, 3}, 5);
  dkg_commit outside{{5, board_index(0), trustee_index(2)}, {random.octets<32>()}, {}};
  sign_as(1, outside, "dkg/commit");
  put("outside.pb", item_kind::dkg_commit, outside);
  EXPECT_EQ(look().present().attempt, 2U);
  deal({0, 2, 3});
  all({0, 2, 3}, confirm_in);
  const auto election = election_of(read(), workers);
  ASSERT_TRUE(election) << to_string(election.error());
  EXPECT_EQ(election->context.keys().boards()[0].shut_out, std::vector<std::uint32_t>{2});
}

TEST_F(TrusteeRounds, WaitForConfirmationsOfThisKey) {
  deal({0, 1, 2, 3});
  all({1, 2, 3}, confirm_in);
  dkg_confirm other{{1, board_index(0), trustee_index(1)}, {random.octets<32>()}, {}};
  sign_as(0, other, "dkg/confirm");
  put("other.pb", item_kind::dkg_confirm, other);
  const ceremony_state state = look();
  EXPECT_EQ(state.stage, ceremony_stage::confirming);
  EXPECT_EQ(state.names_waited_for(), "board 0/trustee 1");
  ASSERT_EQ(state.ignored.size(), 1U);
  EXPECT_TRUE(has(state.ignored[0].reason, "confirms other messages"));
}

TEST_F(TrusteeRounds, ShutOutAFalseAccuser) {
  deal({0, 1, 2, 3});
  const encoded_element<ristretto255> generator(ristretto255::generator());
  dkg_complaint lie{
      {1, board_index(0), trustee_index(1)}, trustee_index(3), {generator.octets()}, {}, {}};
  std::copy_n(generator.octets().begin(), 32, lie.proof.octets.begin());
  std::copy_n(generator.octets().begin(), 32, lie.proof.octets.begin() + 32);
  sign_as(0, lie, "dkg/complaint");
  put("lie.pb", item_kind::dkg_complaint, lie);
  all({1, 2, 3}, confirm_in);
  const ceremony_state state = look();
  ASSERT_EQ(state.guilty[0].size(), 1U);
  EXPECT_EQ(state.guilty[0][0].trustee, trustee_index(1));
  EXPECT_TRUE(has(state.guilty[0][0].reason, "accused board 0/trustee 3 with a false proof"));
}

TEST_F(TrusteeRounds, DoNotCountAComplaintThatDoesNotDecode) {
  deal({0, 1, 2, 3});
  dkg_complaint noise{{1, board_index(0), trustee_index(1)}, trustee_index(3), {}, {}, {}};
  noise.shared.octets.fill(std::byte{255});
  sign_as(0, noise, "dkg/complaint");
  put("noise.pb", item_kind::dkg_complaint, noise);
  dkg_complaint self{{1, board_index(0), trustee_index(2)}, trustee_index(2), {}, {}, {}};
  sign_as(1, self, "dkg/complaint");
  put("self.pb", item_kind::dkg_complaint, self);
  const ceremony_state state = look();
  EXPECT_EQ(state.waiting_for.size(), 4U);
  ASSERT_EQ(state.ignored.size(), 2U);
  EXPECT_EQ(state.ignored[0].file, "noise.pb");
  EXPECT_EQ(state.ignored[1].file, "self.pb");
}

TEST_F(TrusteeRounds, StopWhereATrusteeSaysTwoThings) {
  deal({0, 1, 2, 3});
  spoil();
  ASSERT_TRUE(step(0, complain_in));
  dkg_confirm both{{1, board_index(0), trustee_index(1)}, {}, {}};
  sign_as(0, both, "dkg/confirm");
  put("both.pb", item_kind::dkg_confirm, both);
  const auto state = ceremony_of(read());
  ASSERT_FALSE(state);
  EXPECT_EQ(state.error().code, errc::duplicate);
  EXPECT_TRUE(has(to_string(state.error()), "both.pb"));
  EXPECT_TRUE(has(to_string(state.error()), "dkg_complaint-1-0-1-2.pb"));
}

TEST_F(TrusteeRounds, LetARevealThatIsWrongInItselfEndTheAttempt) {
  commits({0, 1, 2, 3});
  all({0, 1, 2, 3}, reveal_in);
  dkg_reveal wrong = look().items().reveals[2];
  wrong.salt[0] ^= std::byte{1};
  sign_as(2, wrong, "dkg/reveal");
  put("dkg_reveal-1-0-3.pb", item_kind::dkg_reveal, wrong);
  const ceremony_state state = look();
  ASSERT_EQ(state.attempts.size(), 2U);
  EXPECT_TRUE(state.attempts[0].deals.empty());
  EXPECT_EQ(state.guilty[0].at(0).trustee, trustee_index(3));
}

TEST_F(TrusteeRounds, EndWithoutAKeyWhenTooFewAreLeft) {
  commits({0, 1, 2, 3});
  all({0, 1, 2, 3}, reveal_in);
  dkg_reveal wrong = look().items().reveals[3];  // the only trustee of board 1
  wrong.salt[0] ^= std::byte{1};
  sign_as(3, wrong, "dkg/reveal");
  put("dkg_reveal-1-1-1.pb", item_kind::dkg_reveal, wrong);
  const ceremony_state state = look();
  EXPECT_EQ(state.stage, ceremony_stage::failed);
  EXPECT_TRUE(has(state.why_failed, "board b: has 0 trustees left"));
  EXPECT_FALSE(commit(0));
  EXPECT_TRUE(has(to_string(election_of(read(), workers).error()), "cannot go on"));
}

TEST_F(TrusteeRounds, GoOnWithoutOneWhoStaysAway) {
  commits({0, 1, 3});
  const trustee_seat away{board_index(0), trustee_index(3)};
  // One signature too few; as many as are needed, of whom one is absent.
  for (const std::vector<std::size_t>& signers :
       {std::vector<std::size_t>{0, 3}, std::vector<std::size_t>{0, 2, 3}}) {
    put("early.pb", item_kind::dkg_absence, absence_of(away, 2, signers));
    EXPECT_EQ(look().present().attempt, 1U);
  }
  put("early.pb", item_kind::dkg_absence, absence_of(away, 2, {0, 1, 3}));
  ceremony_state state = look();
  EXPECT_EQ(state.present().attempt, 2U);
  EXPECT_EQ(state.given_up, std::vector<std::uint32_t>{1});
  EXPECT_EQ(state.attempts.size(), 1U);  // an attempt that was given up does not stand
  deal({0, 1, 3});
  all({0, 1, 3}, confirm_in);
  const auto election = election_of(read(), workers);
  ASSERT_TRUE(election) << to_string(election.error());
  EXPECT_EQ(election->attempts[0].absences.size(), 1U);
}

TEST_F(TrusteeRounds, SignAnAbsenceOnlyOfOneWhoIsWaitedFor) {
  commits({0, 1, 3});
  const std::optional<running_election> none;
  const auto check = [&](std::uint32_t trustee, std::uint32_t attempt) {
    const bulletin board = read();
    const ceremony_state now = look();
    return statement_check({board, now, none, homes[0]->seat(), workers})(
        state(item_kind::dkg_absence,
              dkg_absence{{attempt, board_index(0), trustee_index(trustee)}, "", {}}));
  };
  EXPECT_TRUE(check(3, 2));
  EXPECT_TRUE(has(to_string(check(3, 1).error()), "has begun already"));
  EXPECT_TRUE(has(to_string(check(2, 2).error()), "does not wait for it"));
  constexpr std::uint32_t far = 4'294'967'295;
  EXPECT_TRUE(has(to_string(check(3, 3).error()), "the next attempt is number 2, not 3"));
  EXPECT_TRUE(has(to_string(check(3, far).error()), "the next attempt is number 2"));
  // One alone who has begun the last of all numbers changes nothing, and its folder can be read.
  commits({1}, far);
  EXPECT_EQ(homes[1]->attempts().value(), (std::vector<std::uint32_t>{1, far}));
  EXPECT_TRUE(check(3, 2));
}

TEST_F(TrusteeRounds, GiveUpAnAttemptWhenAQuorumOfEveryBoardBeginsAnother) {
  commits({0, 1, 2, 3});
  commits({0, 1}, 4);
  EXPECT_EQ(look().present().attempt, 1U);  // board 1 has not agreed
  commits({3}, 4);
  EXPECT_EQ(look().present().attempt, 4U);
  EXPECT_EQ(look().names_waited_for(), "board 0/trustee 3");
  EXPECT_TRUE(has(to_string(commit(2, 3).error()), "must be above the present attempt, 4"));
  commits({2});
  all({0, 1, 2, 3}, reveal_in);
}

// What stands before an attempt is in everything that it makes: whoever publishes another message
// of an earlier attempt late must not make anybody look guilty.
TEST_F(TrusteeRounds, StopWhenWhatStandsBeforeTheAttemptChanges) {
  deal({0, 1, 2, 3});
  spoil();
  ASSERT_TRUE(step(0, complain_in));
  all({1, 2, 3}, confirm_in);
  commits({0, 2, 3});
  dkg_complaint again = look().attempts[0].complaints[0];
  sign_as(0, again, "dkg/complaint");  // says the same, in other bytes
  put("dkg_complaint-1-0-1-2.pb", item_kind::dkg_complaint, again);
  EXPECT_TRUE(has(refusal(0, reveal_in), "is not what it was when this trustee committed"));
}

// The commands, as people give them.
TEST_F(TrusteeRounds, StateAndSignAnAbsence) {
  const std::string file = (place.path() / "passphrase").string();
  ASSERT_TRUE(write_private(file, bytes_of("a passphrase of a test\n")));
  const auto sign = [&](std::size_t who) {
    std::vector<std::string> agree;
    const auto stated = read().statements(item_kind::dkg_absence);
    for (const statement& each : stated.value()) {
      agree.push_back(agreement_name(each));
    }
    return run_trustee_sign(
        {{directory.string(), folder_of(homes[who]->seat()).string(), {file}}, true, agree});
  };
  const absence_options away{directory.string(), "board 0/trustee 3", "ill"};
  commits({0, 1, 3});
  EXPECT_EQ(run_ceremony_absent({directory.string(), "board 0/trustee 2", ""}),
            exit_code::rejected);
  EXPECT_EQ(run_ceremony_absent(away), exit_code::accepted);
  EXPECT_EQ(sign(0), exit_code::accepted);
  EXPECT_EQ(sign(0), exit_code::accepted);  // once is enough
  EXPECT_EQ(sign(3), exit_code::accepted);
  EXPECT_EQ(run_ceremony_absent(away), exit_code::accepted);
  EXPECT_EQ(look().present().attempt, 1U);  // trustee 2 of board 0 has not signed
  EXPECT_EQ(sign(1), exit_code::accepted);
  EXPECT_EQ(look().present().attempt, 1U);  // the item itself has to stand (85.7)
  EXPECT_EQ(run_ceremony_absent(away), exit_code::accepted);
  const ceremony_state state = look();
  EXPECT_EQ(state.present().attempt, 2U);
  EXPECT_EQ(state.items().absences.at(0).remark, "ill");
  EXPECT_EQ(sign(1), exit_code::accepted);  // nothing is left to sign, and nothing refused
  EXPECT_EQ(sign(2), exit_code::rejected);  // whoever is absent is shut out
  EXPECT_EQ(state.names_waited_for(), "board 0/trustee 1, board 0/trustee 2, board 1/trustee 1");
}

// The authority makes its key, comes into the manifest, and says what breaks a tie.
TEST_F(TrusteeRounds, LeaveTiesToTheAuthority) {
  plan.authority = authority_entry{"authority", {}, {}, {}};
  plan.contests[0].attributes = {{"age", {}}, {"terms", {}}};
  const auto at = [this](const char* name) { return (place.path() / name).string(); };
  ASSERT_TRUE(write_private(at("draft.json"), bytes_of(manifest_to_json(plan))));
  ASSERT_TRUE(write_private(at("passphrase"), bytes_of("a passphrase of a test\n")));
  const enrol_options fresh{at("draft.json"),  "", at("authority"), at("entry.pb"), "interactive",
                            {at("passphrase")}};
  EXPECT_EQ(run_authority_new(fresh), exit_code::accepted);
  ASSERT_EQ(run_manifest_enrol({at("draft.json"), {at("entry.pb")}, at("plan.json")}),
            exit_code::accepted);
  plan = read_manifest_file(at("plan.json")).value();
  directory = at("second");
  ASSERT_TRUE(bulletin::create(directory, plan.encode()));
  const std::string name = plan.contests[0].id + "/" + plan.contests[0].options[1].id;
  attribute_options said{directory.string(), at("authority"), {at("passphrase")}, {name + "=51,2"}};
  EXPECT_EQ(run_authority_attributes(said), exit_code::rejected);  // no election hash yet
  deal({0, 1, 2, 3});
  all({0, 1, 2, 3}, confirm_in);
  EXPECT_EQ(run_authority_attributes(said), exit_code::accepted);
  EXPECT_EQ(run_authority_attributes(said), exit_code::accepted);  // the same again
  const auto with = [&](const std::string& home, const std::string& value) {
    return run_authority_attributes({directory.string(), home, {at("passphrase")}, {value}});
  };
  EXPECT_EQ(with(at("authority"), "no/body=51,2"), exit_code::unusable);
  const enrol_options other{at("draft.json"),  "", at("stranger"), at("other.pb"), "interactive",
                            {at("passphrase")}};
  EXPECT_EQ(run_authority_new(other), exit_code::accepted);
  const std::string next = plan.contests[0].id + "/" + plan.contests[0].options[0].id;
  EXPECT_EQ(with(at("stranger"), next + "=1,1"), exit_code::rejected) << "another authority's key";
  const bulletin board = read();
  const auto published =
      board.all<tie_attributes>(static_cast<std::uint32_t>(item_kind::attributes));
  ASSERT_EQ(published->size(), 1U);
  const tie_attributes& item = published->front();
  EXPECT_EQ(item.options.at(0).option, option_index(1));
  EXPECT_EQ(item.options.at(0).values, (std::vector<std::uint32_t>{51, 2}));
  const auto election = election_of(board, workers);
  ASSERT_TRUE(election);
  EXPECT_TRUE(
      verify(*election->context.keys().authority(),
             signed_message{"attributes", plan.domain, *election->hashes.e1, item.signed_digest()},
             item.signature));
  said.values = {name + "=52,2"};
  EXPECT_EQ(run_authority_attributes(said), exit_code::rejected);  // it has said something else
  said.values = {name + "=51"};
  EXPECT_EQ(run_authority_attributes(said), exit_code::rejected);  // two attributes, one value
}

TEST_F(TrusteeRounds, BelongToOneManifest) {
  ASSERT_TRUE(homes[0]->pin(read()));
  plan.title = {{"en", "another title"}};
  const fs::path elsewhere = place.path() / "elsewhere";
  ASSERT_TRUE(bulletin::create(elsewhere, plan.encode()));
  const auto other = bulletin::read(elsewhere);
  EXPECT_TRUE(has(to_string(homes[0]->pin(*other).error()), "has another manifest than the one"));
  ASSERT_TRUE(homes[1]->pin(*other));  // whoever comes first decides for itself
  plan.domain = election_domain::drill;
  const fs::path drill = place.path() / "drill";
  ASSERT_TRUE(bulletin::create(drill, plan.encode()));
  EXPECT_TRUE(has(to_string(homes[2]->pin(*bulletin::read(drill)).error()), "is of the drill"));
}

}  // namespace
}  // namespace sandoq::tool
