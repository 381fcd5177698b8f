#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/ballot/device_memory_secret.hpp"
#include "sandoq/ballot/device_secret.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/sample_device.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::memory_journal;
using testing::sample_polls;
using testing::test_seed;

bytes plain(const secret_bytes& stored) {
  return declassify<"a test looks at it">(stored);
}

std::string text_of(const error& e) {
  return e.place + ": " + e.reason;
}

class DeviceMemory : public ::testing::Test {
 protected:
  // Through the stored forms and back.
  device_memory stored(const device_memory& memory) {
    const secret_bytes octets = encode(memory);
    auto read = decode_device_memory(octets, polls_.context());
    EXPECT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(plain(encode(*read)), plain(octets));
    return std::move(*read);
  }
  static device_trees stored(const device_trees& trees) {
    return device_trees::decode(trees.encode()).value();
  }
  template <class State>
  State again(const State& state, const device_trees& trees) {
    auto out = State::resume(site_, stored(state.memory()), stored(trees));
    EXPECT_TRUE(out) << to_string(out.error());
    return std::move(*out);
  }

  ready_device open(memory_journal& journal) {
    ready_device out = polls_.open(site_, journal);
    trees_ = out.trees();
    return out;
  }
  committed_ballot commit(ready_device device, const std::vector<std::uint32_t>& options) {
    return polls_.commit(std::move(device), polls_.council(options), journal_);
  }

  // What State::resume says of a changed memory of this state.
  template <class State>
  std::string refusal(const State& state,
                      const std::function<void(device_memory&, device_trees&)>& change) {
    device_memory memory = state.memory();
    device_trees trees = trees_;
    change(memory, trees);
    const auto out = State::resume(site_, std::move(memory), std::move(trees));
    EXPECT_FALSE(out);
    return out ? std::string() : text_of(out.error());
  }

  deterministic_random random_{test_seed()};
  sample_polls polls_{random_};
  device_site site_ = polls_.site();
  memory_journal journal_;
  device_trees trees_;
};

using memory_change = void(device_memory&, device_trees&);

// Two programs take the same steps, one of which ends and comes back between any two of them.
TEST_F(DeviceMemory, GoesOnByteForByte) {
  memory_journal other;
  enrolled_device enrolled = polls_.enrol(site_);
  enrolled_device enrolled_again = again(enrolled, enrolled.trees());
  std::vector<seed_ratchet> seeds;
  std::vector<seed_ratchet> same_seeds;
  for (std::uint32_t b = 0; b < 2; ++b) {
    const auto kappa = random_secret<32>(random_);
    for (auto* list : {&seeds, &same_seeds}) {
      list->push_back(seed_ratchet::from_start(polls_.context().seeds(site_.place),
                                               seed_role_of(board_index(b)), sample_polls::capacity,
                                               kappa.clone()));
    }
  }
  prepared_device prepared = *std::move(enrolled).prepare(std::move(seeds));
  prepared_device prepared_again = *std::move(enrolled_again).prepare(std::move(same_seeds));
  prepared_again = again(prepared_again, prepared_again.trees());
  const quorum opened = polls_.sign(prepared.message());
  const device_trees trees = prepared.trees();
  ready_device ready = *std::move(prepared).open(opened, journal_);
  ready_device ready_again = *std::move(prepared_again).open(opened, other);
  EXPECT_EQ(ready.trees(), trees);
  const std::vector<std::vector<std::uint32_t>> votes = {{1, 4, 9}, {}, {0}, {2, 3}};
  for (std::size_t i = 0; i < votes.size(); ++i) {
    ready_again = again(ready_again, trees);
    EXPECT_EQ(ready_again.link(), ready.link());
    auto ballot = *std::move(ready).encrypt(polls_.council(votes[i]), 1234, {2000 + i});
    auto ballot_again = *std::move(ready_again).encrypt(polls_.council(votes[i]), 1234, {2000 + i});
    ballot_again = again(ballot_again, trees);
    committed_ballot committed = *std::move(ballot).commit(journal_);
    committed_ballot committed_again = *std::move(ballot_again).commit(other);
    committed_again = again(committed_again, trees);
    EXPECT_EQ(committed_again.item(), committed.item());
    if (i == 1) {
      ready = *std::move(committed).challenge({3000}).commit(journal_);
      ready_again = *std::move(committed_again).challenge({3000}).commit(other);
    } else if (i == 2) {
      ready = *std::move(committed).discard({3000}).commit(journal_);
      ready_again = *std::move(committed_again).discard({3000}).commit(other);
    } else {
      ready = *std::move(committed).cast({3000}).commit(journal_);
      ready_again = *std::move(committed_again).cast({3000}).commit(other);
    }
  }
  deterministic_random nonces(1);
  deterministic_random same_nonces(1);
  closing_device closing = *std::move(ready).close({4000}, nonces);
  closing_device closing_again = *again(ready_again, trees).close({4000}, same_nonces);
  closing_again = again(closing_again, trees);
  const quorum signatures = polls_.sign(closing.message());
  EXPECT_TRUE(std::move(closing).finish(signatures, journal_));
  EXPECT_TRUE(std::move(closing_again).finish(signatures, other));
  ASSERT_EQ(other.entries.size(), journal_.entries.size());
  for (std::size_t i = 0; i < other.entries.size(); ++i) {
    EXPECT_EQ(other.entries[i].kind, journal_.entries[i].kind);
    EXPECT_EQ(other.entries[i].canonical, journal_.entries[i].canonical) << i;
  }
}

// The journal already has the resolution, the memory not: the same step gives the same device.
TEST_F(DeviceMemory, TakesAStepOnceMoreAfterAPowerCut) {
  committed_ballot ballot = commit(open(journal_), {3});
  const secret_bytes before = encode(ballot.memory());
  const ready_device ready = *std::move(ballot).challenge({2001}).commit(journal_);
  memory_journal replayed;
  committed_ballot back =
      *committed_ballot::resume(site_, *decode_device_memory(before, polls_.context()), trees_);
  const ready_device same = *std::move(back).challenge({2001}).commit(replayed);
  EXPECT_EQ(replayed.entries[0].canonical, journal_.entries.back().canonical);
  EXPECT_EQ(plain(encode(same.memory())), plain(encode(ready.memory())));
}

TEST_F(DeviceMemory, ComesBackOnlyToItsOwnStage) {
  ready_device ready = open(journal_);
  auto wrong = committed_ballot::resume(site_, ready.memory(), trees_);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(text_of(wrong.error()),
            "device memory: it is of a device that waits for the next ballot, not of one that has "
            "a ballot that is not resolved");
  EXPECT_FALSE(prepared_device::resume(site_, ready.memory(), trees_));
  EXPECT_FALSE(enrolled_device::resume(site_, ready.memory(), trees_));
  EXPECT_FALSE(closing_device::resume(site_, ready.memory(), trees_));
  const committed_ballot ballot = commit(std::move(ready), {3});
  EXPECT_FALSE(ready_device::resume(site_, ballot.memory(), trees_));
  // Of another device.
  const auto elsewhere = committed_ballot::resume(polls_.site(3, 2), ballot.memory(), trees_);
  ASSERT_FALSE(elsewhere);
  EXPECT_EQ(text_of(elsewhere.error()), "device memory/place: is not where this device works");
}

TEST_F(DeviceMemory, RefusesPartsThatDoNotBelongTogether) {
  ready_device first = open(journal_);
  const std::pair<std::function<memory_change>, std::string> at_first[] = {
      {[](auto& m, auto&) { m.link.octets[0] ^= std::byte{1}; },
       "device memory/link: does not come from the opening"},
      {[](auto& m, auto&) { m.opening.time.value += 1; }, "device memory/opening: "},
      {[](auto& m, auto&) { m.opening.signatures.boards[1].pop_back(); },
       "device memory/opening: "},
      {[](auto& m, auto&) { m.opening.board_roots.pop_back(); }, "device memory/board roots: "},
  };
  for (const auto& [change, reason] : at_first) {
    EXPECT_EQ(refusal(first, change).substr(0, reason.size()), reason);
  }
  const ready_device ready = *commit(std::move(first), {3}).cast({2001}).commit(journal_);
  const std::pair<std::function<memory_change>, std::string> changes[] = {
      {[](auto& m, auto&) { m.key = secret_scalar<ristretto255>(); }, "device memory/key"},
      {[&](auto& m, auto&) { m.key = secret_ops<ristretto255>::random_scalar(random_); },
       "device memory/key: is not the one of the opening"},
      {[](auto& m, auto&) { m.used = 0; },
       "device memory/counters: do not add up to the serials that were used"},
      {[](auto& m, auto&) { m.used = m.counters.committed = m.counters.cast = 7; },
       "device memory/used: 7 serials are used, the capacity is 6"},
      {[](auto& m, auto&) { m.counters.cast = 0; }, "device memory/counters: "},
      {[](auto& m, auto&) { m.used = m.counters.committed = m.counters.cast = 2; },
       "device memory/seeds of role 0: the stored secret is not the one of serial 3"},
      {[](auto& m, auto&) { std::swap(m.kappas[1], m.kappas[2]); },
       "device memory/seeds of role 1: the stored secret is not the one of serial 2"},
      {[](auto& m, auto&) { m.kappas.pop_back(); },
       "device memory/kappas: there must be one for the device and for each board"},
      {[](auto&, auto& t) { t.leaves.pop_back(); },
       "device trees: there must be one for the device and for each board"},
      {[](auto&, auto& t) { t.leaves[1].pop_back(); },
       "device trees: have not as many leaves as the capacity"},
      {[](auto&, auto& t) { t.leaves[2][5].octets[0] ^= std::byte{1}; },
       "device memory/seeds of role 2: the leaves do not lead to the root of the opening"},
      {[](auto& m, auto&) { m.opening.signatures = {}; }, "device memory: it is of a device that "},
  };
  for (const auto& [change, reason] : changes) {
    EXPECT_EQ(refusal(ready, change).substr(0, reason.size()), reason);
  }
}

TEST_F(DeviceMemory, RefusesABallotThatIsNotItsOwn) {
  committed_ballot earlier = commit(open(journal_), {3});
  const device_memory old = earlier.memory();
  const committed_ballot ballot = commit(*std::move(earlier).cast({2001}).commit(journal_), {1, 2});
  const std::pair<std::function<memory_change>, std::string> changes[] = {
      {[&](auto& m, auto&) { m.pending->item = old.pending->item; },
       "device memory/pending ballot: is not the last one of this device"},
      {[](auto& m, auto&) { m.link.octets[0] ^= std::byte{1}; },
       "device memory/pending ballot/previous: does not follow the link"},
      {[](auto& m, auto&) { m.pending->item.time.value += 1; },
       "device memory/pending ballot/code: is not the ballot's"},
      {[](auto& m, auto&) { m.pending->item.contests[0].bits().z_B.octets[0] ^= std::byte{1}; },
       "device memory/pending ballot/code: is not the ballot's"},
      {[&](auto& m, auto&) {
         m.pending->selection = polls_.council({1, 3});
       },
       "device memory/pending ballot/choices: and seeds do not give the ballot that was committed"},
      {[&](auto& m, auto&) {
         m.pending->selection = polls_.council({1, 2}, 6);
       },
       "device memory/pending ballot/choices: are for another branch or style"},
      {[](auto& m, auto&) { std::swap(m.pending->seeds[0], m.pending->seeds[2]); },
       "device memory/pending ballot/seeds: the seed of role 0 is not the one of its serial"},
      {[](auto& m, auto&) { m.pending->seeds.pop_back(); },
       "device memory/pending ballot/seeds: there must be one for the device and for each board"},
  };
  for (const auto& [change, reason] : changes) {
    EXPECT_EQ(refusal(ballot, change), reason);
  }
}

TEST_F(DeviceMemory, RefusesACloseThatIsNotItsOwn) {
  ready_device ready = *commit(open(journal_), {3}).cast({2001}).commit(journal_);
  const closing_device closing = *std::move(ready).close({3000}, random_);
  const std::pair<std::function<memory_change>, std::string> changes[] = {
      {[](auto& m, auto&) { m.closing->counters.cast = 0; },
       "device memory/close: is not what this device comes to"},
      {[](auto& m, auto&) { m.closing->last_link.octets[0] ^= std::byte{1}; },
       "device memory/close: is not what this device comes to"},
      {[](auto& m, auto&) { m.closing->time.value += 1; },
       "device memory/close: is not signed by this device"},
  };
  for (const auto& [change, reason] : changes) {
    EXPECT_EQ(refusal(closing, change), reason);
  }
}

// In a memory of the first ballot nothing can change unnoticed.
TEST_F(DeviceMemory, NoticesEveryByte) {
  const committed_ballot ballot = commit(open(journal_), {3, 5});
  const bytes good = plain(encode(ballot.memory()));
  const std::size_t step = 97;
  for (std::size_t at = random_.below(step); at < good.size(); at += step) {
    bytes bad = good;
    bad[at] ^= static_cast<std::byte>(1U << random_.below(8));
    auto read = decode_device_memory(secret_bytes(byte_view(bad)), polls_.context());
    EXPECT_FALSE(read && committed_ballot::resume(site_, std::move(*read), trees_))
        << "byte " << at;
  }
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(decode_device_memory(secret_bytes(byte_view(good).first(size)), polls_.context()));
  }
  bytes longer = good;
  longer.push_back(std::byte{0});
  const auto refused = decode_device_memory(secret_bytes(byte_view(longer)), polls_.context());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::trailing_bytes);
  longer.back() = std::byte{0};
  longer[good.size() - 1] = std::byte{2};
  EXPECT_EQ(decode_device_memory(secret_bytes(byte_view(longer)), polls_.context()).error().reason,
            "must be 0 or 1");
}

TEST_F(DeviceMemory, TreesHaveOneForm) {
  const ready_device ready = open(journal_);
  EXPECT_EQ(trees_.leaves.size(), 3U);
  const bytes octets = trees_.encode();
  EXPECT_EQ(octets.size(), 4 + 3 * (4 + 32 * sample_polls::capacity));
  EXPECT_EQ(device_trees::decode(octets).value(), trees_);
  for (std::size_t size = 0; size < octets.size(); ++size) {
    EXPECT_FALSE(device_trees::decode(byte_view(octets).first(size)));
  }
  byte_writer many;
  many.count(10);
  for (int i = 0; i < 10; ++i) {
    many.count(1);
    many.fixed(digest32{}.view());
  }
  EXPECT_EQ(device_trees::decode(many.view()).error().code, errc::too_large);
  byte_writer none;
  none.count(1);
  none.count(0);
  none.fixed(digest32{}.view());
  EXPECT_EQ(device_trees::decode(none.view()).error().place.substr(0, 26),
            "device trees/role 0/leaves");
}

}  // namespace
}  // namespace sandoq
