#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "published_election.hpp"
#include "sandoq/ballot/journal_recovery.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/record/segment.hpp"
#include "sandoq/threshold/derived_key.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tools/sandoq/office/booth_folder.hpp"
#include "tools/sandoq/office/booth_steps.hpp"
#include "tools/sandoq/office/message_check.hpp"
#include "tools/sandoq/office/private_file.hpp"
#include "tools/sandoq/office/running_election.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_text(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
}

/// One election for all tests of this file, of which each test has devices of its own.
class Booth : public ::testing::Test {
 protected:
  static constexpr std::uint32_t capacity = 5;

  static void SetUpTestSuite() {
    testing::scenario plan = testing::tiny_scenario();
    plan.election.eligibility = eligibility_log::tokens;
    plan.boards.front() = {2, 2};
    plan.election.boards.front().threshold = 2;
    all = std::make_unique<published_election>(std::move(plan));
    all->publish_ceremony();
    const auto workers = make_executor(1);
    auto running = election_of(all->read(), *workers);
    ASSERT_TRUE(running) << to_string(running.error());
    election = std::make_unique<running_election>(std::move(*running));
  }
  static void TearDownTestSuite() {
    election.reset();
    all.reset();
  }

  Booth() : board(all->read()), place{branch(), device_index{++devices}} {
    folder = all->directory.parent_path() / ("device" + std::to_string(devices));
    contest = board.plan().contests[0];
    style = board.plan().styles[0].id;
  }

  static branch_index branch() { return election->context.index().branches().front(); }

  std::vector<board_seed> seeds(std::uint32_t of_capacity = capacity, bool publishes = true) {
    std::vector<board_seed> out;
    for (std::uint32_t b = 0; b < board.plan().boards.size(); ++b) {
      board_seed& seed = out.emplace_back();
      seed.place = place;
      seed.capacity = of_capacity;
      seed.board = board_index{b};
      seed.kappa = secret<byte_array<32>>(random.octets<32>());
      if (publishes) {
        publish_root(seed);
      }
    }
    return out;
  }

  void publish_root(const board_seed& seed) { publish_root(seed, seed.board); }
  /// The root as that trustee of its board; the one of that number of `signer` signs.
  void publish_root(const board_seed& seed, board_index signer, std::uint32_t by = 1) {
    const auto ratchet =
        seed_ratchet::from_start(election->context.seeds(place), seed_role_of(seed.board),
                                 seed.capacity, seed.kappa.clone());
    seed_root root{place, seed.capacity, seed.board, trustee_index{by}, ratchet.root(), {}};
    root.signature = all->election.sign_as(
        signer.value(), by,
        {"seed/root", election->hashes.domain, *election->hashes.e1, root.signed_digest()});
    ASSERT_TRUE(board.publish(
        "root-" + std::to_string(place.device.value()) + "-" + std::to_string(seed.board.value()),
        root));
  }

  booth_folder reopened() {
    auto out = booth_folder::open(folder);
    EXPECT_TRUE(out) << to_string(out.error());
    return std::move(*out);
  }
  std::string refusal() {
    const auto out = booth_folder::open(folder);
    EXPECT_FALSE(out);
    return out ? "" : to_string(out.error());
  }

  void open() {
    const auto enrolled = enrol_device(folder, board, *election, {place, capacity}, random);
    ASSERT_TRUE(enrolled) << to_string(enrolled.error());
    {
      booth_folder at = reopened();
      const auto prepared = prepare_device(at, board, *election, seeds());
      ASSERT_TRUE(prepared) << to_string(prepared.error());
      const auto early = open_device(at, board, *election);
      ASSERT_FALSE(early);
      EXPECT_NE(to_string(early.error()).find(" more of board "), std::string::npos);
    }
    sign(item_kind::opening);
    booth_folder at = reopened();
    const auto opened = open_device(at, board, *election);
    ASSERT_TRUE(opened) << to_string(opened.error());
  }

  /// The boards sign what was stated last of this device.
  void sign(item_kind kind) {
    const auto stated = board.statements(kind);
    ASSERT_TRUE(stated);
    for (const statement& what : *stated) {
      if (place_of_item(what.body).value() != place) {
        continue;
      }
      const signed_message message = message_of(what, election->hashes).value();
      for (std::uint32_t b = 0; b < board.plan().boards.size(); ++b) {
        for (std::uint32_t t = 1; t <= board.plan().boards[b].trustees.size(); ++t) {
          const statement_signature own{kind, message.digest, board_index{b}, trustee_index{t},
                                        all->election.sign_as(b, t, message)};
          ASSERT_TRUE(board.publish(stem_of(what) + "-" + std::to_string(b), own));
        }
      }
    }
  }

  std::string choices(std::size_t option) {
    return style + "\n" + contest.id + ": " + contest.options[option].id + "\n";
  }

  void vote(std::size_t option) {
    booth_folder at = reopened();
    const auto item = write_ballot(at, choices(option));
    ASSERT_TRUE(item) << to_string(item.error());
  }

  static device_tokens tokens_in(const fs::path& path) {
    const std::string file = text_of(path);
    segment_reader reader(memory_source(bytes_of(file)), "tokens");
    segment_item item;
    EXPECT_TRUE(reader.next(item).value_or(false));
    return device_tokens::decode(item.canonical).value();
  }
  /// By the key of the opening that the boards have signed.
  bool is_signed(const device_tokens& tokens) {
    const auto stated = board.statements(item_kind::opening).value();
    for (const statement& what : stated) {
      const auto opening = decode_body<opening_item>(what).value();
      if (opening.place == place) {
        return check_device_tokens(*election, opening, tokens).has_value();
      }
    }
    return false;
  }
  void expect_signed(const device_tokens& tokens) { EXPECT_TRUE(is_signed(tokens)); }

  std::string token() { return to_hex(random.octets<32>()); }

  testing::deterministic_random random{testing::test_seed()};
  bulletin board;
  device_place place;
  fs::path folder;
  contest_entry contest;
  std::string style;

  static inline std::unique_ptr<published_election> all;
  static inline std::unique_ptr<running_election> election;
  static inline std::uint32_t devices = 10;
};

TEST_F(Booth, HoldsADayWithAProgramAStep) {
  open();
  vote(0);
  {
    booth_folder at = reopened();
    EXPECT_FALSE(write_ballot(at, choices(0)));  // one at a time
  }
  {
    booth_folder at = reopened();
    EXPECT_TRUE(cast_ballot(at, token()));
  }
  vote(1);
  {
    booth_folder at = reopened();
    const auto opened = challenge_ballot(at);
    ASSERT_TRUE(opened) << to_string(opened.error());
    EXPECT_EQ(opened->choices.at(0).bits.at(1), 1);
    EXPECT_EQ(opened->choices.at(0).bits.at(0), 0);
  }
  vote(1);
  {
    booth_folder at = reopened();
    EXPECT_TRUE(void_ballot(at));
    EXPECT_FALSE(cast_ballot(at, token()));  // nothing waits any more
  }
  std::vector<std::string> names;
  for (int again = 0; again < 2; ++again) {
    booth_folder at = reopened();
    const auto closed = close_device(at, board, random);
    ASSERT_TRUE(closed) << to_string(closed.error());
    EXPECT_EQ(closed->size(), 3U);  // journal, tokens, close
    EXPECT_EQ(describe(at.state()), "closed");
    EXPECT_FALSE(at.state().memory);
    if (again > 0) {
      EXPECT_EQ(*closed, names);
    }
    names = *closed;
  }
  // Chain, order and counters, judged by what recovers the journals of others.
  const bulletin published = all->read();
  for (const published_journal& journal : published.journals()) {
    if (journal.place != place) {
      continue;
    }
    const auto items = published.read_journal(journal);
    ASSERT_TRUE(items);
    const auto judged = recover_journal(election->context.chain(), *items, {1}, "");
    ASSERT_TRUE(judged) << to_string(judged.error());
    EXPECT_EQ(judged->recovery.counters, (journal_counters{3, 1, 1, 1}));
    const auto closes = published.statements(item_kind::close);
    ASSERT_TRUE(closes);
    const auto close = decode_body<close_item>(closes->back());
    ASSERT_TRUE(close);
    EXPECT_EQ(close->last_link, judged->recovery.last_link);
    EXPECT_EQ(close->counters, judged->recovery.counters);
  }
}

TEST_F(Booth, FinishesAfterACrashWhatTheStateNames) {
  open();
  const std::string before = text_of(folder / "journal.pb");
  vote(0);
  const std::string after = text_of(folder / "journal.pb");
  ASSERT_GT(after.size(), before.size());
  // Nothing written, one byte, half, all but one byte.
  for (const std::size_t kept :
       {before.size(), before.size() + 1, (before.size() + after.size()) / 2, after.size() - 1}) {
    write_text(folder / "journal.pb", after.substr(0, kept));
    const booth_folder at = reopened();
    EXPECT_EQ(text_of(folder / "journal.pb"), after) << kept;
    EXPECT_EQ(describe(at.state()), "open, and ballot 1 waits to be cast, challenged or voided");
  }
  {
    booth_folder at = reopened();
    ASSERT_TRUE(cast_ballot(at, token()));
  }
  // A cast whose token and item were not written any more.
  const std::string cast = text_of(folder / "journal.pb");
  const device_tokens tokens = tokens_in(folder / "tokens.pb");
  write_text(folder / "journal.pb", after);
  fs::remove(folder / "tokens.pb");
  (void)reopened();
  EXPECT_EQ(text_of(folder / "journal.pb"), cast);
  // The list again, and signed again: it is the device's, whoever carries the file.
  const auto again = tokens_in(folder / "tokens.pb");
  EXPECT_EQ(again.tokens, tokens.tokens);
  ASSERT_EQ(again.tokens.size(), 1U);
  expect_signed(again);
}

TEST_F(Booth, SignsItsTokensFromTheOpeningOn) {
  open();
  const auto none = tokens_in(folder / "tokens.pb");
  EXPECT_TRUE(none.tokens.empty());
  expect_signed(none);
  vote(0);
  {
    booth_folder at = reopened();
    ASSERT_TRUE(cast_ballot(at, token()));
  }
  auto one = tokens_in(folder / "tokens.pb");
  expect_signed(one);
  EXPECT_TRUE(one.includes(none));
  EXPECT_FALSE(none.includes(one));
  one.tokens.front().hash = digest32{random.octets<32>()};
  EXPECT_FALSE(is_signed(one));
}

TEST_F(Booth, StateAloneIsAStepThatTheNextProgramEnds) {
  open();
  const std::string before = text_of(folder / "journal.pb");
  vote(0);
  const std::string after = text_of(folder / "journal.pb");
  {
    // The program ends between state and journal.
    booth_folder at = reopened();
    auto ballot = committed_ballot::resume(at.site(place), at.take_memory(), *at.trees());
    ASSERT_TRUE(ballot) << to_string(ballot.error());
    staged_item staged;
    auto cast = std::move(*ballot).cast({7}).commit(staged);
    ASSERT_TRUE(cast);
    ASSERT_TRUE(at.store_state(cast->memory(), staged.item, std::nullopt));
    EXPECT_EQ(text_of(folder / "journal.pb"), after);
  }
  const booth_folder at = reopened();
  EXPECT_EQ(describe(at.state()), "open and ready for serial 2 of 5");
  const std::string cast = text_of(folder / "journal.pb");
  EXPECT_EQ(cast.substr(0, after.size()), after);
  EXPECT_GT(cast.size(), after.size());
}

TEST_F(Booth, RefusesAnOlderState) {
  open();
  const std::string old_state = text_of(folder / "state");
  vote(0);
  const std::string state = text_of(folder / "state");
  write_text(folder / "state", old_state);
  EXPECT_NE(refusal().find("is an old copy and must not be used"), std::string::npos);
  write_text(folder / "state", state);
  {
    booth_folder at = reopened();
    ASSERT_TRUE(void_ballot(at));
  }
  write_text(folder / "state", state);
  EXPECT_NE(refusal().find("is an old copy and must not be used"), std::string::npos);
}

TEST_F(Booth, RefusesAJournalThatIsNotItsOwn) {
  open();
  vote(0);
  const std::string journal = text_of(folder / "journal.pb");
  std::string other = journal;
  other.back() = static_cast<char>(other.back() ^ 1);
  write_text(folder / "journal.pb", other);
  EXPECT_NE(refusal().find("they do not belong together"), std::string::npos);
  write_text(folder / "journal.pb", journal.substr(0, 100));
  EXPECT_NE(refusal().find("has lost something"), std::string::npos);
  write_text(folder / "journal.pb", journal + "x");
  EXPECT_NE(refusal().find("holds more than the state knows"), std::string::npos);
}

TEST_F(Booth, IsForOneProgramAndItsOwnerAlone) {
  open();
  const booth_folder at = reopened();
  EXPECT_NE(refusal().find("is in use by another program"), std::string::npos);
  for (const char* name : {"state", "journal.pb", "trees"}) {
    struct stat found {};
    ASSERT_EQ(::stat((folder / name).c_str(), &found), 0) << name;
    EXPECT_EQ(found.st_mode & 0777U, 0600U) << name;
  }
}

TEST_F(Booth, RefusesSeedsThatNoTrusteeSpokeOf) {
  ASSERT_TRUE(enrol_device(folder, board, *election, {place, capacity}, random));
  // Again: the same announcement. Another capacity: another device.
  EXPECT_TRUE(enrol_device(folder, board, *election, {place, capacity}, random));
  EXPECT_FALSE(enrol_device(folder, board, *election, {place, capacity + 1}, random));
  const auto refused = [&](std::vector<board_seed> given) {
    booth_folder at = reopened();
    const auto prepared = prepare_device(at, board, *election, std::move(given));
    EXPECT_FALSE(prepared);
    return prepared ? "" : to_string(prepared.error());
  };
  EXPECT_NE(refused(seeds(capacity, false)).find("no trustee has published its root"),
            std::string::npos);
  EXPECT_NE(refused(seeds(capacity + 1, false)).find("is for device"), std::string::npos);
  std::vector<board_seed> one = seeds(capacity, false);
  one.pop_back();
  EXPECT_NE(refused(std::move(one)).find("one file of each of"), std::string::npos);
  std::vector<board_seed> good = seeds();
  EXPECT_NE(refused(seeds(capacity, false)).find("is none of which a trustee"), std::string::npos);
  booth_folder at = reopened();
  EXPECT_TRUE(prepare_device(at, board, *election, std::move(good)));
}

// Any trustee of a board can publish a root for any device.
TEST_F(Booth, TakesTheSeedsThatAreHandedToIt) {
  ASSERT_TRUE(enrol_device(folder, board, *election, {place, capacity}, random));
  publish_root(seeds(capacity, false).front(), board_index{0});
  std::vector<board_seed> handed = seeds(capacity, false);
  publish_root(handed[0], board_index{0}, 2);
  publish_root(handed[1], board_index{1});
  booth_folder at = reopened();
  const auto prepared = prepare_device(at, board, *election, std::move(handed));
  EXPECT_TRUE(prepared) << to_string(prepared.error());
}

TEST_F(Booth, RefusesARootThatItsTrusteeHasNotSigned) {
  ASSERT_TRUE(enrol_device(folder, board, *election, {place, capacity}, random));
  std::vector<board_seed> given = seeds(capacity, false);
  for (const board_seed& seed : given) {
    publish_root(seed, board_index{1});
  }
  booth_folder at = reopened();
  const auto prepared = prepare_device(at, board, *election, std::move(given));
  ASSERT_FALSE(prepared);
  EXPECT_NE(to_string(prepared.error()).find("signature under its root does not hold"),
            std::string::npos);
}

TEST_F(Booth, WorksInTheElectionItWasEnrolledFor) {
  ASSERT_TRUE(enrol_device(folder, board, *election, {place, capacity}, random));
  const auto boards = election->context.keys().boards();
  auto context = election_context::make(board.plan(), digest32{random.octets<32>()},
                                        decode_keys(election->published)->joint_key,
                                        {boards.begin(), boards.end()});
  ASSERT_TRUE(context) << to_string(context.error());
  const running_election other{election->plan, election->attempts, election->published,
                               std::move(*context), election->hashes};
  booth_folder at = reopened();
  const auto prepared = prepare_device(at, board, other, seeds());
  ASSERT_FALSE(prepared);
  EXPECT_NE(to_string(prepared.error()).find("was enrolled for another election"),
            std::string::npos);
}

TEST_F(Booth, IsPreparedAfterACrashInTheMiddleOfIt) {
  ASSERT_TRUE(enrol_device(folder, board, *election, {place, capacity}, random));
  booth_folder at = reopened();
  auto trees = at.trees();
  ASSERT_TRUE(trees);
  // The leaves of the boards were written, the memory not.
  trees->leaves.push_back(trees->leaves[0]);
  ASSERT_TRUE(at.store(*trees));
  const auto prepared = prepare_device(at, board, *election, seeds());
  EXPECT_TRUE(prepared) << to_string(prepared.error());
}

TEST_F(Booth, RefusesTokensOfAnotherDevice) {
  open();
  const device_tokens foreign{{place.branch, device_index{9}},
                              {{digest32{random.octets<32>()}, style_index{0}}},
                              {random.octets<64>()}};
  bytes file;
  append_item(file, static_cast<item_kind>(device_tokens::kind), foreign.encode());
  ASSERT_TRUE(replace_private(folder / "tokens.pb", file));
  EXPECT_NE(refusal().find("is another device's"), std::string::npos);
}

// Whoever has no share of the key signs for no board, at the device too.
TEST(BoothFolder, KnowsWhoIsShutOut) {
  testing::scenario plan = testing::tiny_eventful_scenario();
  plan.cheats.clear();
  published_election all(std::move(plan));
  all.publish_ceremony();
  const auto workers = make_executor(1);
  const auto election = election_of(all.read(), *workers);
  ASSERT_TRUE(election) << to_string(election.error());
  bulletin board = all.read();
  testing::deterministic_random random{testing::test_seed()};
  const fs::path folder = all.directory.parent_path() / "device";
  const device_place place{election->context.index().branches().front(), device_index{90}};
  ASSERT_TRUE(enrol_device(folder, board, *election, {place, 5}, random));
  const auto at = booth_folder::open(folder);
  ASSERT_TRUE(at) << to_string(at.error());
  const auto expected = election->context.keys().boards();
  const auto found = at->election().keys().boards();
  ASSERT_EQ(found.size(), expected.size());
  std::size_t shut_out = 0;
  for (std::size_t b = 0; b < found.size(); ++b) {
    EXPECT_EQ(found[b].shut_out, expected[b].shut_out);
    shut_out += expected[b].shut_out.size();
  }
  EXPECT_GT(shut_out, 0U);
}

TEST_F(Booth, TakesATokenOnce) {
  open();
  const std::string used = token();
  vote(0);
  {
    booth_folder at = reopened();
    EXPECT_FALSE(cast_ballot(at, "no token"));
    EXPECT_FALSE(cast_ballot(at, {}));
    EXPECT_TRUE(cast_ballot(at, used));
  }
  vote(0);
  booth_folder at = reopened();
  const auto again = cast_ballot(at, used);
  ASSERT_FALSE(again);
  EXPECT_NE(to_string(again.error()).find("was used at this device before"), std::string::npos);
  EXPECT_EQ(describe(at.state()), "open, and ballot 2 waits to be cast, challenged or voided");
  EXPECT_TRUE(cast_ballot(at, token()));
  const auto tokens = at.tokens();
  ASSERT_TRUE(tokens);
  ASSERT_EQ(tokens->tokens.size(), 2U);
  EXPECT_LT(tokens->tokens[0].hash, tokens->tokens[1].hash);
}

TEST_F(Booth, ReadsSeedFilesOfTheirLengthOnly) {
  byte_writer out;
  out.u32(4);
  out.u32(1);
  out.u32(9);
  out.u32(1);
  out.fixed(random.octets<32>());
  const auto seed = board_seed::decode(secret_bytes(out.view()));
  ASSERT_TRUE(seed);
  EXPECT_EQ(seed->place, (device_place{branch_index{4}, device_index{1}}));
  EXPECT_EQ(seed->capacity, 9U);
  EXPECT_EQ(seed->board, board_index{1});
  for (std::size_t size = 0; size < out.size(); ++size) {
    EXPECT_FALSE(board_seed::decode(secret_bytes(out.view().first(size))));
  }
  out.u8(0);
  EXPECT_FALSE(board_seed::decode(secret_bytes(out.view())));
}

// Two devices of one name would both get no seeds.
TEST_F(Booth, IsEnrolledAtAPlaceThatIsFree) {
  const auto first = enrol_device(folder, board, *election, {place, capacity}, random);
  ASSERT_TRUE(first) << to_string(first.error());
  EXPECT_TRUE(enrol_device(folder, board, *election, {place, capacity}, random)) << "again";
  const fs::path other = folder.string() + "-other";
  const auto second = enrol_device(other, board, *election, {place, capacity}, random);
  ASSERT_FALSE(second);
  EXPECT_NE(to_string(second.error()).find("is announced already (" + *first + ")"),
            std::string::npos)
      << to_string(second.error());
  EXPECT_FALSE(fs::exists(other));
}

TEST_F(Booth, LeavesNoFolderBehindThatIsNoDevice) {
  for (const new_device& wrong :
       {new_device{{place.branch, device_index{0}}, capacity}, new_device{place, 0},
        new_device{{branch_index{0}, place.device}, capacity}}) {
    EXPECT_FALSE(enrol_device(folder, board, *election, wrong, random));
    EXPECT_FALSE(fs::exists(folder));
  }
}

TEST_F(Booth, IsMadeInNoTrusteesHome) {
  ASSERT_TRUE(make_private_directory(folder));
  ASSERT_TRUE(write_private(folder / "identity.key", bytes_of("sealed")));
  const auto made = enrol_device(folder, board, *election, {place, capacity}, random);
  ASSERT_FALSE(made);
  EXPECT_NE(to_string(made.error()).find("holds keys (identity.key)"), std::string::npos);
  EXPECT_FALSE(fs::exists(folder / "election.pb"));
}

TEST_F(Booth, TakesOneSeedOfEachBoard) {
  ASSERT_TRUE(enrol_device(folder, board, *election, {place, capacity}, random));
  booth_folder at = reopened();
  std::vector<board_seed> own = seeds();
  own.back().board = own.front().board;
  const auto prepared = prepare_device(at, board, *election, std::move(own));
  ASSERT_FALSE(prepared);
  EXPECT_NE(to_string(prepared.error()).find("or one file was named twice"), std::string::npos)
      << to_string(prepared.error());
}

}  // namespace
}  // namespace sandoq::tool
