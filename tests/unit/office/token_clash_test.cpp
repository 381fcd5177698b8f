// One token cast at two devices: named before a log is stated or signed, and an election that is
// counted once the boards have excluded one of the devices. SPEC(52.9) SPEC(85.3)

#include "tools/sandoq/office/token_clash.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "published_election.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/ballot/journal_recovery.hpp"
#include "sandoq/core/executor.hpp"
#include "tools/sandoq/office/branch_log.hpp"
#include "tools/sandoq/office/draft_record.hpp"
#include "tools/sandoq/office/poll_commands.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t excluded = 1;  // of the journals: device 2 of branch b

/// Branch b with two devices, branch b2 with one; a ballot each.
testing::scenario two_branches() {
  testing::scenario out = testing::tiny_scenario();
  manifest& m = out.election;
  m.eligibility = eligibility_log::tokens;
  m.contests[0].floor = 1;
  m.nodes.push_back(m.nodes.back());
  m.nodes.back().id = "b2";
  m.branch_styles.push_back({style_index(0)});
  out.devices = {{1, 1}, {1}};
  out.votes = {{0, 1, 0, {{1, 0, 0}}, journal_kind::cast},
               {0, 2, 0, {{0, 1, 0}}, journal_kind::cast},
               {1, 1, 0, {{1, 0, 0}}, journal_kind::cast}};
  out.lost = {{0, 2, exclusion_reason::other, "a token was used twice"}};
  return out;
}

/// The log of branch b has no token of the excluded device.
void leave_out_a_token(testing::stage s, testing::small_election& e) {
  if (s == testing::stage::eligibility && e.draft.eligibility.size() == 1) {
    e.draft.eligibility.front().tokens.pop_back();
  }
}

class TokenClash : public ::testing::Test {
 protected:
  void SetUp() override {
    all.publish_all();
    for (const fs::path& file : all.tokens) {
      fs::remove(file);
    }
    close_excluded();
    take_away(item_kind::exclusion);
  }

  const eligibility_item& log(std::size_t branch) const {
    return all.election.draft.eligibility[branch];
  }
  branch_index branch(std::size_t i) const { return log(i).branch; }

  void publish_list(std::size_t journal, const std::vector<used_token>& tokens) {
    device_tokens own{all.election.draft.journals[journal].opening.place, tokens, {}};
    all.sign_tokens(journal, own);
    all.put(own.kind, own.encode());
  }
  /// Of every device, before anything is logged.
  void publish_lists(const std::vector<used_token>& of_the_excluded) {
    publish_list(0, log(0).tokens);
    publish_list(excluded, of_the_excluded);
    publish_list(2, log(1).tokens);
    take_away(item_kind::eligibility);
  }
  /// The device had closed, as if nothing were wrong.
  void close_excluded() {
    const testing::journal_draft& journal = all.election.draft.journals[excluded];
    const chain_context chain = all.election.context().chain();
    const auto counted = recover_journal(chain, journal.entries(), {7}, "");
    ASSERT_TRUE(counted) << to_string(counted.error());
    close_item close;
    close.place = journal.opening.place;
    close.time = {7};
    close.counters = counted->recovery.counters;
    close.last_link = counted->recovery.last_link;
    close.device_signature =
        sign(all.election.device_key(excluded), device_message(chain, close), all.election.random())
            .value();
    state_signed(state(item_kind::close, close));
  }
  void state_signed(const statement& what) {
    all.put(what.kind, what.encode());
    (void)all.sign_statement(what, log(0).signatures);
  }

  /// Statements of a kind and the signatures under them, as if nobody had made them yet.
  void take_away(item_kind kind) { move_all(kind, all.directory, aside); }
  void bring(item_kind kind) { move_all(kind, aside, all.directory); }
  /// That of one branch comes back: each board is one trustee.
  void bring_log(std::size_t i) {
    const auto& signatures = all.signatures[item_kind::eligibility];
    for (const fs::path& file :
         {all.statements[item_kind::eligibility][i], signatures[2 * i], signatures[2 * i + 1]}) {
      fs::rename(aside / file.filename(), file);
    }
  }
  void move_all(item_kind kind, const fs::path& from, const fs::path& to) {
    fs::create_directories(aside);
    for (const auto* files : {&all.statements[kind], &all.signatures[kind]}) {
      for (const fs::path& file : *files) {
        fs::rename(from / file.filename(), to / file.filename());
      }
    }
  }

  polling_state polls() {
    const bulletin board = all.read();
    const auto election = election_of(board, *workers);
    EXPECT_TRUE(election) << to_string(election.error());
    auto out = polling_of(board, *election);
    EXPECT_TRUE(out) << to_string(out.error());
    return std::move(*out);
  }
  std::size_t stated_logs() const {
    return all.read().statements(item_kind::eligibility).value().size();
  }
  /// What keeps a trustee from signing the log.
  std::string refusal(const eligibility_item& item) {
    const auto done =
        check_eligibility_statement(all.read(), state(item_kind::eligibility, item), *workers);
    return done ? "" : to_string(done.error());
  }
  /// Named by all who look, and no branch that has a part in it is logged.
  void expect_clash(const std::string& first, const std::string& second) {
    const polling_state now = polls();
    ASSERT_EQ(now.clashes.size(), 1U);
    const std::string words = in_words(all.election.draft.election, now.clashes.front());
    EXPECT_NE(words.find("taken at " + first + " and at " + second + ":"), std::string::npos)
        << words;
    EXPECT_NE(words.find("journal exclude"), std::string::npos);
    EXPECT_NE(std::find(now.missing.begin(), now.missing.end(), words), now.missing.end());
    for (const branch_index each : now.unlogged) {
      EXPECT_EQ(now.clash_of(each), nullptr);
    }
    EXPECT_NE(refusal(log(0)).find(words), std::string::npos) << refusal(log(0));
  }
  /// The head of the record that the tests made by other means, with every check passed.
  void expect_accepted() {
    const polling_state now = polls();
    EXPECT_TRUE(now.clashes.empty());
    EXPECT_TRUE(now.missing.empty()) << now.missing.front();
    const auto done =
        check_head_statement(all.read(), state_head(all.election.draft.head), *workers);
    EXPECT_TRUE(done) << to_string(done.error());
  }
  exit_code close() { return run_close({all.directory.string(), ""}); }

  published_election all{two_branches(), testing::test_seed(), leave_out_a_token};
  const fs::path aside = all.directory.parent_path() / "aside";
  std::unique_ptr<executor> workers = make_executor(1);
};

TEST_F(TokenClash, OfOneBranch) {
  publish_lists(log(0).tokens);
  expect_clash("device 1 of branch b", "device 2 of branch b");
  EXPECT_EQ(close(), exit_code::rejected);
  EXPECT_EQ(stated_logs(), 1U) << "of the branch that has no part in it";
  bring(item_kind::exclusion);
  EXPECT_EQ(refusal(log(0)), "");
  EXPECT_EQ(close(), exit_code::rejected);
  EXPECT_EQ(stated_logs(), 2U);
  bring(item_kind::eligibility);
  expect_accepted();
}

TEST_F(TokenClash, OfTwoBranches) {
  publish_lists(log(1).tokens);
  expect_clash("device 2 of branch b", "device 1 of branch b2");
  EXPECT_NE(refusal(log(1)), "");
  EXPECT_EQ(close(), exit_code::rejected);
  EXPECT_EQ(stated_logs(), 0U);
  bring(item_kind::exclusion);
  EXPECT_EQ(refusal(log(0)) + refusal(log(1)), "");
  bring(item_kind::eligibility);
  expect_accepted();
}

// A branch is logged when its devices have closed: the other one may come later.
TEST_F(TokenClash, WithALogThatIsSigned) {
  publish_lists(log(1).tokens);
  eligibility_item both = log(0);
  both.tokens.push_back(log(1).tokens.front());
  std::sort(both.tokens.begin(), both.tokens.end());
  state_signed(state(item_kind::eligibility, both));
  bring_log(1);
  expect_clash("device 2 of branch b", "device 1 of branch b2");
  bring(item_kind::exclusion);
  const polling_state now = polls();
  EXPECT_TRUE(now.clashes.empty());
  EXPECT_EQ(now.unlogged, std::vector<branch_index>{branch(0)});
  EXPECT_EQ(now.eligibility.count(branch(1)), 1U);
  EXPECT_EQ(close(), exit_code::rejected);
  EXPECT_EQ(stated_logs(), 3U);
  EXPECT_NE(refusal(both), "");
  EXPECT_EQ(refusal(log(0)), "");
  bring_log(0);
  expect_accepted();
}

TEST_F(TokenClash, AnExclusionAloneAsksForNoOtherLog) {
  publish_lists({{{}, style_index(0)}});
  eligibility_item both = log(0);
  both.tokens.push_back({{}, style_index(0)});
  std::sort(both.tokens.begin(), both.tokens.end());
  state_signed(state(item_kind::eligibility, both));
  bring_log(1);
  bring(item_kind::exclusion);
  EXPECT_TRUE(polls().missing.empty());
  EXPECT_NE(refusal(log(0)).find("another log of this branch is signed"), std::string::npos);
}

TEST(FindClashes, NamesEveryPairOfPlacesOnce) {
  const auto token = [](unsigned value) {
    used_token out{{}, style_index(0)};
    out.hash.octets[0] = std::byte(value);
    return out;
  };
  const branch_index a{1};
  const branch_index b{2};
  const auto list = [](branch_index branch, std::uint32_t device, std::vector<used_token> tokens) {
    return device_tokens{{branch, device_index(device)}, std::move(tokens), {}};
  };
  std::map<branch_index, branch_tokens> branches;
  branches[a].lists = {list(a, 1, {token(1), token(3), token(5)}), list(a, 2, {token(2)})};
  branches[b].lists = {list(b, 1, {token(3), token(4), token(5)})};
  EXPECT_EQ(find_clashes({}).size(), 0U);
  auto found = find_clashes(branches);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].first, (token_use{a, device_index(1)}));
  EXPECT_EQ(found[0].second, (token_use{b, device_index(1)}));
  EXPECT_EQ(found[0].token, token(3).hash);
  EXPECT_EQ(found[0].tokens, 2U);
  // A signed log stands for the lists of its branch, which tell the devices.
  branches[b].log = eligibility_item{b, {token(2), token(4)}, {}};
  found = find_clashes(branches);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].first, (token_use{a, device_index(2)}));
  EXPECT_EQ(found[0].second, (token_use{b, std::nullopt}));
}

}  // namespace
}  // namespace sandoq::tool
