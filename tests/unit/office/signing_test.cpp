// What a trustee's program signs, and what it does not: forged journals, second statements for one
// place, what only a person can judge. SPEC(85.3)

#include <gtest/gtest.h>

#include <algorithm>

#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/ballot/journal_recovery.hpp"
#include "sandoq/proofs/schnorr_prove.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "sandoq/tally/lot.hpp"
#include "tools/sandoq/office/ending_check.hpp"
#include "tools/sandoq/office/office_commands.hpp"
#include "tools/sandoq/office/private_file.hpp"
#include "tools/sandoq/office/running_election.hpp"
#include "tools/sandoq/office/statement_check.hpp"
#include "tools/sandoq/office/statement_words.hpp"
#include "trustee_fixture.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;
using group = ristretto255;

class Signing : public trustee_fixture {
 protected:
  void SetUp() override {
    plan.beacon = {{"en", "what is read out"}};
    directory = place.path() / "with-a-lot";
    ASSERT_TRUE(bulletin::create(directory, plan.encode()));
    ASSERT_TRUE(write_private(passphrase_file(), bytes_of("a passphrase of a test\n")));
    deal({0, 1, 2, 3});
    all({0, 1, 2, 3}, confirm_in);
    const auto branch = std::find_if(plan.nodes.begin(), plan.nodes.end(), [](const auto& node) {
      return node.level == node_level::branch;
    });
    at = {branch_index(static_cast<std::uint32_t>(branch - plan.nodes.begin())), device_index(1)};
    auto made = election_of(read(), workers);
    ASSERT_TRUE(made) << to_string(made.error());
    election.emplace(std::move(*made));
  }

  std::string passphrase_file() const { return (place.path() / "passphrase").string(); }
  trustee_options options(std::size_t who) const {
    return {directory.string(), folder_of(homes[who]->seat()).string(), {passphrase_file()}};
  }
  exit_code sign_all(std::size_t who, const std::vector<std::string>& agree = {}) const {
    return run_trustee_sign({options(who), true, agree});
  }

  /// As many of each board as are needed sign.
  quorum signed_by_boards(const signed_message& message) {
    const auto of = [&](std::size_t who) {
      return quorum_signature{homes[who]->seat().trustee.value(),
                              sign(homes[who]->keys().signing(), message, random).value()};
    };
    return {{{of(0), of(1)}, {of(3)}}};
  }
  opening_item opening_of(const signing_key<group>& device) {
    const chain_context chain = election->context.chain();
    opening_item out;
    out.place = at;
    out.device_key = {device.public_key().octets()};
    transcript tr = device_key_transcript(chain, at);
    out.key_proof = prove(schnorr_statement<group>{encoded_element<group>(group::generator()),
                                                   device.public_key()},
                          device.scalar(), tr, random)
                        .value();
    out.capacity = 12;
    out.device_root = {random.octets<32>()};
    out.device_signature = sign(device, device_message(chain, out), random).value();
    out.board_roots = {digest32{random.octets<32>()}, digest32{random.octets<32>()}};
    out.signatures = signed_by_boards(board_message(chain, out));
    return out;
  }
  close_item close_of(const opening_item& opening, const signing_key<group>& device) {
    const chain_context chain = election->context.chain();
    close_item out;
    out.place = at;
    out.last_link = opening_link(chain, opening.encode());
    out.device_signature = sign(device, device_message(chain, out), random).value();
    return out;
  }
  void put_journal(const opening_item& opening) { put("journal.pb", item_kind::opening, opening); }
  void put_statement(const statement& what, const std::string& name) {
    put(name, static_cast<item_kind>(statement::kind), what);
  }

  std::string refusal(const statement& what) {
    const bulletin board = read();
    const ceremony_state now = look();
    const auto done = statement_check({board, now, election, homes[0]->seat(), workers})(what);
    return done ? "" : to_string(done.error());
  }
  static bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
  }
  std::size_t signatures() {
    return read().messages(static_cast<std::uint32_t>(exchange_kind::signature)).size();
  }

  device_place at;
  std::optional<running_election> election;
};

TEST_F(Signing, BelievesNoJournalThatNobodyHasOpened) {
  const auto device = signing_key<group>::generate(random);
  const opening_item opening = opening_of(device);
  const auto statements_of = [&](const opening_item& first) {
    const auto lost = recover_journal(
        election->context.chain(),
        std::vector<journal_entry>{{journal_kind::opening, first.encode()}}, {7}, "it fell");
    return std::vector<statement>{state(item_kind::close, close_of(first, device)),
                                  state(item_kind::recovery, lost.value().recovery)};
  };
  put_journal(opening);
  for (const statement& what : statements_of(opening)) {
    EXPECT_EQ(refusal(what), "");
  }
  opening_item of_nobody = opening;
  of_nobody.signatures.boards[1][0].signature = {};
  opening_item without_key = opening;
  without_key.key_proof = {};
  without_key.device_signature =
      sign(device, device_message(election->context.chain(), without_key), random).value();
  without_key.signatures = signed_by_boards(board_message(election->context.chain(), without_key));
  for (const opening_item& forged : {of_nobody, without_key}) {
    put_journal(forged);
    const bulletin board = read();
    EXPECT_TRUE(board.journals().empty());
    ASSERT_FALSE(board.left_aside().empty());
    EXPECT_TRUE(has(board.left_aside()[0].reason, "an opening that does not hold"));
    for (const statement& what : statements_of(forged)) {
      EXPECT_TRUE(has(refusal(what), "its journal is not in this bulletin")) << refusal(what);
    }
  }
}

TEST_F(Signing, OfAnEndComparesItWithTheJournal) {
  const auto device = signing_key<group>::generate(random);
  const opening_item opening = opening_of(device);
  put_journal(opening);
  const auto resigned = [&](close_item close, const signing_key<group>& key) {
    close.device_signature =
        sign(key, device_message(election->context.chain(), close), random).value();
    return state(item_kind::close, close);
  };
  const close_item close = close_of(opening, device);
  EXPECT_EQ(refusal(resigned(close, device)), "");
  EXPECT_TRUE(has(refusal(resigned(close, signing_key<group>::generate(random))),
                  "the device has not signed this close"));
  close_item more = close;
  more.counters = {1, 1, 0, 0};
  EXPECT_TRUE(has(refusal(resigned(more, device)),
                  "device 1 of branch " + plan.nodes[at.branch.value()].id));
  close_item elsewhere = close;
  elsewhere.last_link = {random.octets<32>()};
  EXPECT_TRUE(has(refusal(resigned(elsewhere, device)),
                  "device 1 of branch " + plan.nodes[at.branch.value()].id));
  recovery_item lost =
      recover_journal(election->context.chain(),
                      std::vector<journal_entry>{{journal_kind::opening, opening.encode()}}, {7},
                      "it fell")
          .value()
          .recovery;
  EXPECT_EQ(refusal(state(item_kind::recovery, lost)), "");
  lost.counters = {1, 1, 0, 0};
  EXPECT_TRUE(has(refusal(state(item_kind::recovery, lost)), "gives something else"));
}

TEST_F(Signing, OfAnOpeningWantsItAnnouncedAndSeedsOfEveryBoard) {
  const auto device = signing_key<group>::generate(random);
  opening_item opening = opening_of(device);
  const auto announce = [&](const opening_item& what) {
    announcement announced{what};
    announced.opening.board_roots.clear();
    announced.opening.signatures = {};
    put("device.pb", static_cast<item_kind>(announcement::kind), announced);
  };
  const auto refusal_of = [&](const opening_item& what) {
    return refusal(state(item_kind::opening, what));
  };
  const auto resign = [&](opening_item& what) {
    what.device_signature =
        sign(device, device_message(election->context.chain(), what), random).value();
  };
  announce(opening);
  for (const std::size_t who : {0U, 3U}) {
    EXPECT_TRUE(has(refusal_of(opening), "has published the root"));
    const trustee_seat seat = homes[who]->seat();
    seed_root root{
        at, opening.capacity, seat.board, seat.trustee, opening.board_roots[seat.board.value()],
        {}};
    root.signature =
        sign(homes[who]->keys().signing(),
             {"seed/root", plan.domain, *election->hashes.e1, root.signed_digest()}, random)
            .value();
    put(fmt::format("root-{}.pb", who), static_cast<item_kind>(seed_root::kind), root);
  }
  EXPECT_EQ(refusal_of(opening), "");
  opening_item other = opening;
  other.board_roots[1] = {random.octets<32>()};
  EXPECT_TRUE(has(refusal_of(other), "no trustee of board b has published the root"));
  other = opening;
  other.device_root = {random.octets<32>()};
  resign(other);
  EXPECT_TRUE(has(refusal_of(other), "no announcement of this device says"));
  opening.key_proof = {};
  resign(opening);
  const auto why_left_aside = [&] {
    const bulletin board = read();
    return board.left_aside().empty() ? std::string() : board.left_aside().front().reason;
  };
  announce(opening);
  EXPECT_TRUE(has(why_left_aside(), "does not prove that it holds its key"));
  EXPECT_TRUE(has(refusal_of(opening), "no announcement of this device says"));
  opening = opening_of(device);
  opening.device_signature = {};
  announce(opening);
  EXPECT_TRUE(has(why_left_aside(), "has not signed its announcement"));
  EXPECT_TRUE(has(refusal_of(opening), "no announcement of this device says"));
}

TEST_F(Signing, OfALotIsForTheOwnBoard) {
  const auto lot_of = [&](std::uint32_t b) {
    return state(item_kind::lot_commit, lot_commit{board_index(b), {random.octets<32>()}, {}});
  };
  EXPECT_EQ(refusal(lot_of(0)), "");
  EXPECT_TRUE(has(refusal(lot_of(1)), "is of another board"));
}

TEST_F(Signing, IsNotKeptFromItByASignatureOfSomebodyElse) {
  const auto device = signing_key<group>::generate(random);
  const opening_item opening = opening_of(device);
  put_journal(opening);
  const statement what = state(item_kind::close, close_of(opening, device));
  put_statement(what, "close.pb");
  const signed_message message = message_of(what, election->hashes).value();
  statement_signature forged{what.of, message.digest, board_index(0), trustee_index(1), {}};
  forged.signature = sign(homes[1]->keys().signing(), message, random).value();
  put("forged.pb", static_cast<item_kind>(statement_signature::kind), forged);
  EXPECT_EQ(signatures(), 0U) << "it is of nobody";
  EXPECT_EQ(sign_all(0), exit_code::accepted);
  EXPECT_EQ(signatures(), 1U);
}

TEST_F(Signing, IsForOneStatementOfAPlace) {
  const auto device = signing_key<group>::generate(random);
  const opening_item opening = opening_of(device);
  put_journal(opening);
  close_item close = close_of(opening, device);
  put_statement(state(item_kind::close, close), "close.pb");
  EXPECT_EQ(sign_all(0), exit_code::accepted);
  EXPECT_EQ(signatures(), 1U);
  const std::string name = fmt::format("signature-close-{}-1-0-1.pb", at.branch.value());
  ASSERT_TRUE(fs::exists(directory / name));
  // The statement goes and another one comes: the old signature is not put under it.
  close.time = {99};
  close.device_signature =
      sign(device, device_message(election->context.chain(), close), random).value();
  fs::remove(directory / name);
  put_statement(state(item_kind::close, close), "close.pb");
  EXPECT_EQ(refusal(state(item_kind::close, close)), "");
  EXPECT_EQ(sign_all(0), exit_code::rejected);
  EXPECT_EQ(signatures(), 0U);
  EXPECT_EQ(sign_all(1), exit_code::accepted);
}

// Whoever states something false costs nobody anything: what is true is signed, and all is well.
TEST_F(Signing, LeavesAsideWhatOthersStateFalsely) {
  const auto device = signing_key<group>::generate(random);
  const opening_item opening = opening_of(device);
  put_journal(opening);
  put_statement(state(item_kind::close, close_of(opening, device)), "close.pb");
  recovery_item lost{at, {7}, {1, 1, 0, 0}, {random.octets<32>()}, "it fell", {}};
  const statement recovery = state(item_kind::recovery, lost);
  put_statement(recovery, "recovery.pb");
  lost.place.device = device_index(2);
  put_statement(state(item_kind::recovery, lost), "of-no-journal.pb");
  put_statement(state(item_kind::opening, opening), "not-announced.pb");
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(sign_all(0), exit_code::accepted);
  std::fflush(stdout);
  const std::string said = ::testing::internal::GetCapturedStdout();
  EXPECT_TRUE(has(said, "1 signed now, 0 before, 3 left aside, 0 refused")) << said;
  EXPECT_EQ(signatures(), 1U);
  EXPECT_EQ(sign_all(0, {agreement_name(recovery)}), exit_code::rejected) << "it is asked for";
}

// Each journal is read once, whatever is said of its end.
TEST_F(Signing, ReadsAJournalOnceForAllEndsThatAreStated) {
  const auto device = signing_key<group>::generate(random);
  const opening_item opening = opening_of(device);
  put_journal(opening);
  const bulletin board = read();
  ending_check check(board, *election);
  EXPECT_TRUE(check(state(item_kind::close, close_of(opening, device))));
  fs::remove(directory / "journal.pb");
  const std::vector<journal_entry> items{{journal_kind::opening, opening.encode()}};
  auto lost = recover_journal(election->context.chain(), items, {7}, "it fell");
  EXPECT_TRUE(check(state(item_kind::recovery, lost.value().recovery)));
  ++lost->recovery.counters.cast;
  EXPECT_FALSE(check(state(item_kind::recovery, lost->recovery)));
}

// An exclusion that was stated wrongly can be stated again: each signature has a name of its own.
TEST_F(Signing, OfWhatAPersonJudgesIsAskedForByName) {
  const auto exclusion = [&](const std::string& remark) {
    return state(item_kind::exclusion,
                 exclude_journal(election->context.chain(), at, {5}, exclusion_reason::other,
                                 remark, std::vector<journal_entry>{})
                     .value());
  };
  const statement first = exclusion("no journal");
  const std::string name = agreement_name(first);
  EXPECT_TRUE(name.starts_with(stem_of(first) + "-")) << name;
  EXPECT_EQ(name.size(), stem_of(first).size() + 1 + 32) << name;
  EXPECT_EQ(sign_all(0, {name}), exit_code::rejected) << "nobody has stated it";
  put_statement(first, "exclusion.pb");
  EXPECT_EQ(sign_all(0), exit_code::rejected);
  EXPECT_EQ(sign_all(0, {stem_of(first)}), exit_code::rejected) << "a place, and no content";
  EXPECT_EQ(signatures(), 0U);
  EXPECT_EQ(sign_all(0, {name}), exit_code::accepted);
  EXPECT_EQ(signatures(), 1U);
  // Somebody puts another one into its place between the look and the signature.
  const statement second = exclusion("no journal was found");
  put_statement(second, "exclusion.pb");
  EXPECT_EQ(sign_all(0, {name}), exit_code::rejected);
  EXPECT_EQ(signatures(), 1U);
  EXPECT_EQ(sign_all(0, {agreement_name(second)}), exit_code::accepted);
  EXPECT_EQ(signatures(), 2U);
  EXPECT_EQ(sign_all(0, {agreement_name(second)}), exit_code::accepted) << "once more";
  EXPECT_EQ(sign_all(0, {name}), exit_code::rejected) << "it is not stated any more";
  EXPECT_TRUE(has(in_words(read(), first), plan.nodes[at.branch.value()].id));
}

TEST_F(Signing, ReadsJournalsOfWhatStandsInJournalsOnly) {
  const opening_item opening = opening_of(signing_key<group>::generate(random));
  for (const auto& [kind, name] : {std::pair{item_kind::dkg_commit, "dkg_commit"},
                                   std::pair{item_kind::eligibility, "eligibility"}}) {
    fs::remove(directory / "journal.pb");
    bytes file;
    append_item(file, item_kind::opening, opening.encode());
    append_item(file, kind, bytes(40));
    ASSERT_TRUE(write_durably(directory / "journal.pb", file));
    const bulletin board = read();
    ASSERT_EQ(board.journals().size(), 1U);
    const auto items = board.read_journal(board.journals().front());
    ASSERT_FALSE(items);
    EXPECT_TRUE(has(to_string(items.error()), std::string(name) + " does not stand in a journal"));
  }
}

// Two that the boards have opened, and no close that tells which: people decide. SPEC(85.1)
TEST_F(Signing, StopsAtTwoJournalsOfOneDevice) {
  const auto device = signing_key<group>::generate(random);
  const opening_item opening = opening_of(device);
  put_journal(opening);
  bytes copy;
  append_item(copy, item_kind::opening, opening.encode());
  ASSERT_TRUE(write_durably(directory / "copy.pb", copy));
  EXPECT_EQ(read().journals().size(), 1U);  // the same twice is one
  put("other.pb", item_kind::opening, opening_of(device));
  const auto two = bulletin::read(directory);
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().code, errc::duplicate);
  EXPECT_TRUE(
      has(to_string(two.error()), "device 1 of branch " + plan.nodes[at.branch.value()].id));
}

// What a record keeps as evidence is a journal that the boards have opened, or nothing. SPEC(52.10)
TEST_F(Signing, OfAnExclusionNeedsAJournalThatTheBoardsHaveOpened) {
  const auto device = signing_key<group>::generate(random);
  const opening_item opening = opening_of(device);
  const auto exclusion = [&](const std::vector<journal_entry>& evidence) {
    return state(item_kind::exclusion,
                 exclude_journal(election->context.chain(), at, {5},
                                 exclusion_reason::broken_journal, "", evidence)
                     .value());
  };
  const auto begins_with = [](const opening_item& first) {
    return std::vector<journal_entry>{{journal_kind::opening, first.encode()}};
  };
  put_journal(opening);
  EXPECT_EQ(refusal(exclusion(begins_with(opening))), "");
  EXPECT_TRUE(has(refusal(exclusion({})), "gives something else"));
  EXPECT_TRUE(has(refusal(exclusion(begins_with(opening_of(device)))), "gives something else"));
  opening_item of_nobody = opening;
  of_nobody.signatures.boards[1][0].signature = {};
  put_journal(of_nobody);
  EXPECT_TRUE(has(refusal(exclusion(begins_with(of_nobody))), "gives something else"));
  EXPECT_EQ(refusal(exclusion({})), "");
}

TEST_F(Signing, OfAPublicValueWaitsForEveryLotAndResults) {
  const statement beacon = state(item_kind::lot_beacon, lot_beacon{{std::byte{'7'}}, {}});
  EXPECT_TRUE(has(refusal(beacon), "board a has not fixed its value"));
  EXPECT_EQ(run_trustee_lot({options(0)}), exit_code::accepted);
  EXPECT_EQ(run_trustee_lot({options(3)}), exit_code::accepted);
  EXPECT_TRUE(has(refusal(beacon), "is not signed yet: 2 more of board a"));
  for (const std::size_t who : {0U, 1U, 3U}) {
    EXPECT_EQ(run_trustee_lot({options(who), true, true}), exit_code::rejected);
    EXPECT_EQ(sign_all(who), exit_code::accepted);
  }
  // files_election_test goes on to where there are results, and a tie.
  EXPECT_TRUE(has(refusal(beacon), "the votes cannot be counted yet")) << refusal(beacon);
  EXPECT_EQ(run_trustee_lot({options(0), true, true}), exit_code::rejected);
}

TEST_F(Signing, GivesADeviceOneSeed) {
  const auto device = signing_key<group>::generate(random);
  announcement announced{opening_of(device)};
  announced.opening.board_roots.clear();
  announced.opening.signatures = {};
  put("device.pb", static_cast<item_kind>(announcement::kind), announced);
  const auto seed = [&](const char* file) {
    return run_trustee_seed(
        {options(0), plan.nodes[at.branch.value()].id + ":1", (place.path() / file).string()});
  };
  // A root of a colleague, whose seed nobody has, keeps nobody from giving another.
  seed_root of_a_colleague{at, 9, board_index(0), trustee_index(2), digest32{random.octets<32>()},
                           {}};
  of_a_colleague.signature =
      sign(homes[1]->keys().signing(),
           {"seed/root", plan.domain, *election->hashes.e1, of_a_colleague.signed_digest()}, random)
          .value();
  put("colleague.pb", static_cast<item_kind>(seed_root::kind), of_a_colleague);
  EXPECT_EQ(seed("seed"), exit_code::accepted);
  const std::string name = fmt::format("seed_root-{}-1-0-1.pb", at.branch.value());
  ASSERT_TRUE(fs::exists(directory / name));
  fs::remove(directory / name);  // a copy of the bulletin from elsewhere
  EXPECT_EQ(seed("another"), exit_code::rejected);
  EXPECT_FALSE(fs::exists(place.path() / "another"));
  EXPECT_FALSE(fs::exists(directory / name));
  EXPECT_EQ(seed("seed"), exit_code::accepted);
  EXPECT_TRUE(fs::exists(directory / name));
  // Announced once more under another key: no program knows whose is the device.
  announcement other{opening_of(signing_key<group>::generate(random))};
  other.opening.board_roots.clear();
  other.opening.signatures = {};
  put("other.pb", static_cast<item_kind>(announcement::kind), other);
  EXPECT_EQ(read().messages(static_cast<std::uint32_t>(announcement::kind)).size(), 2U);
  EXPECT_EQ(seed("seed"), exit_code::rejected);
}

}  // namespace
}  // namespace sandoq::tool
