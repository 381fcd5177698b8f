// The mix between machines: what the bulletin holds of it, and what a count makes of that.
// SPEC(85.8)

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "published_election.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/mixnet/mixer_secret.hpp"
#include "sandoq/proofs/shuffle_prove.hpp"
#include "sandoq/tally/opening_sums.hpp"
#include "tests/support/must.hpp"
#include "tools/sandoq/office/draft_record.hpp"
#include "tools/sandoq/office/mix_state.hpp"
#include "tools/sandoq/office/stated_requests.hpp"

namespace sandoq::tool::mixing_test {
namespace {

namespace fs = std::filesystem;
using testing::must;

/// The mixed election of the tests, in the groups that programs choose: of every contest one.
testing::scenario whole_groups() {
  testing::scenario out = testing::mixed_scenario();
  out.groups.erase(out.groups.begin(), out.groups.begin() + 2);
  out.groups.insert(out.groups.begin(), {contest_index(2), {node_index(0)}});
  return out;
}

bytes content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const byte_view view = bytes_of(text);
  return {view.begin(), view.end()};
}

class Mixing : public ::testing::Test {
 protected:
  /// The election is made once; every test has a bulletin of its own.
  static void SetUpTestSuite() {
    held = std::make_unique<published_election>(whole_groups());
    held->publish_ceremony();
    held->publish_polls();
  }
  static void TearDownTestSuite() { held.reset(); }
  void SetUp() override {
    all.directory = place.path() / "bulletin";
    fs::copy(common, all.directory);
  }
  void TearDown() override { all.directory = common; }

  std::vector<testing::mixed_draft>& mixed() { return all.election.draft.mixed; }
  mixed_stage& stage(std::size_t group, std::size_t number) {
    return mixed()[group].stages[number];
  }
  /// All stages but those.
  void publish_without(std::size_t group, std::size_t first) {
    for (std::size_t g = 0; g < mixed().size(); ++g) {
      for (std::size_t s = 0; s < mixed()[g].stages.size() && !(g == group && s >= first); ++s) {
        all.put_stage(stage(g, s));
      }
    }
  }

  /// The own count of the bulletin, and what the mix is by it.
  result<mix_state> look() {
    const bulletin board = all.read();
    for (const ignored_message& each : board.left_aside()) {
      aside.push_back(each.in_words());
    }
    const running_election election = must(election_of(board, *workers));
    draft_record own = count(board, election);
    const opening_grounds grounds = grounds_of(board.plan(), own.nodes);
    const counted_election counted{board.plan(), election.context, own.nodes, own.closings,
                                   grounds};
    return mix_of(board, counted, *own.inputs, *workers);
  }
  /// \pre the mix can be followed
  mix_state state() { return must(look()); }

  /// Another mix of the same list, by another trustee of the board.
  mixed_stage mixed_again(std::uint32_t board, std::uint32_t trustee) {
    const bulletin there = all.read();
    const running_election election = must(election_of(there, *workers));
    draft_record own = count(there, election);
    const opening_grounds grounds = grounds_of(there.plan(), own.nodes);
    const counted_election counted{there.plan(), election.context, own.nodes, own.closings,
                                   grounds};
    const mix_plan plan = must(mix_plan::make(counted));
    const cascade begun = must(plan.begin(plan.groups()[0], *own.inputs));
    const shuffle_prover_tables<ristretto255> tables(plan.shuffles());
    return must(sandoq::mix(tables, begun,
                            {board_index(board), trustee_index(trustee),
                             all.election.secrets(board, trustee).signing()},
                            must(prepare_mix(tables, begun.shape().size(), begun.shape().width(),
                                             all.election.random())),
                            all.election.random(), *workers));
  }

  /// The count alone: that its record holds, other tests show.
  draft_record count(const bulletin& board, const running_election& election) {
    const testing::temporary_directory scratch;
    return must(write_draft({board, election, must(polling_of(board, election))},
                            draft_extent::counted, scratch.path() / "record", placeholder_quorum,
                            *workers));
  }

  static inline std::unique_ptr<published_election> held;
  published_election& all = *held;
  const fs::path common = held->directory;
  testing::temporary_directory place;
  std::unique_ptr<executor> workers = make_executor(1);
  std::vector<std::string> aside;
};

TEST_F(Mixing, OfAllBoardsIsWhole) {
  all.publish_mix();
  const mix_state found = state();
  EXPECT_TRUE(found.missing.empty());
  EXPECT_TRUE(found.rejected.empty());
  EXPECT_TRUE(aside.empty());
  ASSERT_EQ(found.groups.size(), mixed().size());
  for (std::size_t g = 0; g < mixed().size(); ++g) {
    EXPECT_EQ(found.groups[g].group, mixed()[g].group);
    EXPECT_EQ(found.groups[g].list.ciphertexts, mixed()[g].stages.back().outputs);
  }
}

TEST_F(Mixing, ComesToTheRecordOfTheSameElectionByteForByte) {
  all.publish_mix();
  all.publish_openings();
  const bulletin board = all.read();
  EXPECT_TRUE(board.left_aside().empty());
  const running_election election = must(election_of(board, *workers));
  const polling_state polls = must(polling_of(board, election));
  const fs::path record = all.directory.parent_path() / "record";
  const auto draft = write_draft(
      {board, election, polls}, draft_extent::whole, record,
      [&](const digest32&) -> result<quorum> { return all.election.draft.head.signatures; },
      *workers);
  ASSERT_TRUE(draft) << to_string(draft.error());
  ASSERT_TRUE(draft->head) << draft->opening.missing.front();
  // The tests' own record cuts the mix into more files, which its head names.
  bytes mix;
  for (const auto& [name, content] : all.election.files()) {
    if (name.starts_with("mix-")) {
      mix.insert(mix.end(), content.begin(), content.end());
    } else if (name != "head.pb") {
      EXPECT_TRUE(content_of(record / name) == content) << name;
    }
  }
  EXPECT_TRUE(content_of(record / "mix-000001.pb") == mix);
  EXPECT_EQ(draft->head->cast_ballots, all.election.draft.head.cast_ballots);
}

TEST_F(Mixing, WaitsForTheBoardsInTheirOrder) {
  publish_without(1, 1);
  const mix_state found = state();
  ASSERT_EQ(found.missing.size(), 1U);
  EXPECT_NE(found.missing[0].find("group 2 (survey)"), std::string::npos) << found.missing[0];
  EXPECT_NE(found.missing[0].find("board supervision"), std::string::npos) << found.missing[0];
  EXPECT_EQ(found.groups.size(), mixed().size() - 1);
}

TEST_F(Mixing, BeginsWithTheFirstBoard) {
  publish_without(0, 0);
  all.put_stage(mixed_again(1, 1));  // a good first stage, but of the second board
  const mix_state found = state();
  ASSERT_EQ(found.missing.size(), 1U);
  EXPECT_NE(found.missing[0].find("board executive"), std::string::npos) << found.missing[0];
}

TEST_F(Mixing, TakesTheListThatTheMixerSigned) {
  all.publish_mix();
  mixed_stage copy = stage(0, 0);
  std::swap_ranges(copy.outputs.begin(), copy.outputs.begin() + 64, copy.outputs.begin() + 64);
  const fs::path file = all.put_stage(copy);
  const mix_state found = state();
  EXPECT_TRUE(found.missing.empty());
  ASSERT_EQ(found.rejected.size(), 1U);
  EXPECT_NE(found.rejected[0].find(file.filename().string()), std::string::npos);
  EXPECT_NE(found.rejected[0].find("list"), std::string::npos) << found.rejected[0];
}

TEST_F(Mixing, CountsNoMixThatIsNotProved) {
  mixed_stage wrong = stage(2, 1);
  std::swap_ranges(wrong.outputs.begin(), wrong.outputs.begin() + 64, wrong.outputs.begin() + 64);
  all.election.sign_again(wrong);  // of the last group
  publish_without(2, 1);
  all.put_stage(wrong);
  const mix_state found = state();
  ASSERT_EQ(found.missing.size(), 1U);
  ASSERT_EQ(found.rejected.size(), 1U);
  EXPECT_NE(found.rejected[0].find("proof"), std::string::npos) << found.rejected[0];
}

TEST_F(Mixing, CountsNoMixOfAnotherList) {
  publish_without(2, 1);
  mixed_stage old = stage(2, 1);
  old.item.previous.octets[0] ^= std::byte{1};
  all.election.sign_again(old);
  all.put_stage(old);
  const mix_state found = state();
  ASSERT_EQ(found.missing.size(), 1U);
  ASSERT_EQ(found.rejected.size(), 1U);
  EXPECT_NE(found.rejected[0].find("another list"), std::string::npos) << found.rejected[0];
}

TEST_F(Mixing, LeavesAsideWhatItsTrusteeHasNotSigned) {
  mixed_stage forged = stage(1, 1);
  forged.item.signature.octets[0] ^= std::byte{1};
  publish_without(1, 1);
  all.put_stage(forged);
  EXPECT_EQ(state().missing.size(), 1U);
  ASSERT_EQ(aside.size(), 1U);
  EXPECT_NE(aside[0].find("is not signed by"), std::string::npos) << aside[0];
}

TEST_F(Mixing, StopsAtTwoThatHoldOfOneBoard) {
  all.publish_mix();
  const fs::path other = all.put_stage(mixed_again(0, 2));
  const auto found = look();
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, errc::duplicate);
  EXPECT_NE((found.error().place + found.error().reason).find(other.filename().string()),
            std::string::npos);
}

TEST_F(Mixing, NeedsTheFileForItself) {
  all.publish_mix();
  all.put(item_kind::mix_elements, list_file(number(item_kind::mix_stage), {}, {}));
  bytes file;
  append_item(file, item_kind::dkg_commit, all.election.draft.ceremony.commits[0].encode());
  append_item(file, item_kind::mix_stage, stage(0, 0).item.encode());
  ASSERT_TRUE(write_durably(all.directory / "two.pb", file));
  EXPECT_TRUE(state().missing.empty());
  ASSERT_EQ(aside.size(), 2U);
  EXPECT_NE(aside[1].find("a file for itself"), std::string::npos) << aside[1];
}

TEST_F(Mixing, GivesListsBackAsTheyWerePublished) {
  bulletin board = all.read();
  const mixed_stage& made = stage(0, 0);
  const auto kind = number(item_kind::mix_stage);
  const std::string name = must(board.publish_list("mix", kind, made.item.encode(), made.outputs));
  EXPECT_EQ(must(board.publish_list("other", kind, made.item.encode(), made.outputs)), name);
  const bulletin again = all.read();
  for (const bulletin* each : {&std::as_const(board), &again}) {
    const auto there = each->messages(kind);
    ASSERT_EQ(there.size(), 1U);
    EXPECT_EQ(there[0]->file, name);
    EXPECT_EQ(must(each->read_list(*there[0])), made.outputs);
  }
}

TEST_F(Mixing, IsAskedForAsItWasMixed) {
  all.publish_mix();
  const mix_state found = state();
  const auto& draft = all.election.draft;
  const opening_grounds grounds = grounds_of(draft.election, draft.nodes);
  const list_request& good = mixed()[0].request;
  const auto fits = [&](const list_request& request) {
    std::vector<stated_request> before;
    for (const testing::opening_draft& each : draft.openings) {
      if (each.request.number < good.number) {
        before.push_back({{}, each.request});
      }
    }
    return fits_count(grounds, draft.nodes, good.closings, found.groups)(request, before);
  };
  EXPECT_TRUE(fits(good));
  const auto changed = [&](const auto& change) {
    list_request request = good;
    change(request);
    return fits(request);
  };
  EXPECT_FALSE(changed([](auto& r) { r.list.octets[0] ^= std::byte{1}; }));
  EXPECT_FALSE(changed([](auto& r) { ++r.stages; }));
  EXPECT_FALSE(changed([](auto& r) { ++r.ciphertexts; }));
  EXPECT_FALSE(changed([](auto& r) { r.closings.octets[0] ^= std::byte{1}; }));
  EXPECT_FALSE(changed([](auto& r) { r.group = 2; }));
  EXPECT_FALSE(changed([](auto& r) { r.group = 0; }));
  EXPECT_FALSE(changed([](auto& r) { r.group = 9; }));
  EXPECT_FALSE(changed([](auto& r) { r.number = 1; }));
}

// Of an answer for a list, too, the factors stand behind the item and can be exchanged by others.
TEST_F(Mixing, TakesTheFactorsThatTheTrusteeSigned) {
  all.publish_mix();
  const list_answer& good = mixed()[0].answers[0];
  bytes factors = good.factors;
  std::swap_ranges(factors.begin(), factors.begin() + 32, factors.begin() + 32);
  all.put_list(item_kind::list_partial, good.item.encode(), factors);
  all.publish_openings();
  const bulletin board = all.read();
  const running_election election = must(election_of(board, *workers));
  const draft_record own = must(look_at_draft(board, election, draft_extent::whole, *workers));
  EXPECT_TRUE(own.head);
  ASSERT_EQ(own.opening.rejected.size(), 1U);
  EXPECT_NE(own.opening.rejected[0].find("does not hold"), std::string::npos);
}

}  // namespace
}  // namespace sandoq::tool::mixing_test
