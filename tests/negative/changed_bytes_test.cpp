// Every byte of a record of three ballots, changed one by one: always rejected.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <random>
#include <utility>

#include "sandoq/verify/verify_record.hpp"
#include "tests/support/small_election.hpp"
#include "tests/support/temporary_directory.hpp"

namespace sandoq::testing {
namespace {

// A file of the record that can be changed in place.
class patched_file {
 public:
  explicit patched_file(const std::filesystem::path& path)
      : descriptor_(::open(path.c_str(), O_WRONLY | O_CLOEXEC)) {}
  ~patched_file() { ::close(descriptor_); }
  patched_file(const patched_file&) = delete;
  patched_file& operator=(const patched_file&) = delete;

  void put(std::size_t at, std::byte value) const {
    ASSERT_EQ(::pwrite(descriptor_, &value, 1, static_cast<off_t>(at)), 1);
  }

 private:
  int descriptor_;
};

TEST(ChangedBytes, AreRejectedWhereverTheyStand) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  small_election election(tiny_scenario(), seed);
  election.make();
  const temporary_directory dir;
  const auto record = dir.path() / "r";
  election.write(record);
  const auto workers = make_jthread_executor(1);
  ASSERT_TRUE(verify_record(record, {}, *workers)->accepted);
  std::size_t changed = 0;
  for (const auto& [name, content] : election.files()) {
    const patched_file file(record / name);
    for (std::size_t at = 0; at < content.size(); ++at) {
      const auto difference = static_cast<std::byte>(1 + random() % 255);
      file.put(at, content[at] ^ difference);
      const auto outcome = verify_record(record, {}, *workers);
      ASSERT_TRUE(outcome);
      ASSERT_FALSE(outcome->accepted) << name << " byte " << at;
      file.put(at, content[at]);
      ++changed;
    }
  }
  EXPECT_TRUE(verify_record(record, {}, *workers)->accepted) << "all is as it was";
  EXPECT_GT(changed, 4'000U);
  RecordProperty("changed", std::to_string(changed));
}

// The same in the items, with a head that lists the changed files and is signed by all boards: a
// byte that no check looked at would be accepted.
class ChangedItems : public ::testing::Test {
 protected:
  void SetUp() override {
    election_.make();
    election_.write(record_);
  }

  // Writes the files of the changed items, and a head for them.
  [[nodiscard]] bool accepted_after(framed_item& changed, bytes canonical) {
    const bytes before = std::exchange(changed.canonical, std::move(canonical));
    election_.list_files();
    election_.sign_head();
    std::filesystem::remove_all(record_);
    election_.write(record_);
    changed.canonical = before;
    sequential_executor alone;
    const auto outcome = verify_record(record_, {}, alone);
    EXPECT_TRUE(outcome);
    return outcome && outcome->accepted;
  }

  [[nodiscard]] framed_item& any_item() {
    std::vector<framed_item*> all;
    for (auto& [section, items] : election_.draft.items) {
      for (framed_item& item : items) {
        all.push_back(&item);
      }
    }
    return *all[random_() % all.size()];
  }

  std::random_device::result_type seed_ = std::random_device{}();
  ::testing::ScopedTrace trace_{__FILE__, __LINE__, "seed " + std::to_string(seed_)};
  std::mt19937 random_{seed_};
  temporary_directory dir_;
  std::filesystem::path record_ = dir_.path() / "r";
  small_election election_{tiny_scenario(), seed_};
  static constexpr int trials = 150;
};

TEST_F(ChangedItems, AreRejectedUnderANewHead) {
  RecordProperty("changed", trials);
  for (int trial = 0; trial < trials; ++trial) {
    framed_item& item = any_item();
    bytes canonical = item.canonical;
    const std::size_t at = random_() % canonical.size();
    canonical[at] ^= static_cast<std::byte>(1 + random_() % 255);
    ASSERT_FALSE(accepted_after(item, canonical)) << name_of(item.kind) << " byte " << at;
  }
}

// Every byte of every item: minutes, so only on request (--gtest_also_run_disabled_tests).
TEST_F(ChangedItems, DISABLED_AreRejectedUnderANewHeadWhereverTheyStand) {
  for (auto& [section, items] : election_.draft.items) {
    for (framed_item& item : items) {
      for (std::size_t at = 0; at < item.canonical.size(); ++at) {
        bytes canonical = item.canonical;
        canonical[at] ^= static_cast<std::byte>(1 + random_() % 255);
        ASSERT_FALSE(accepted_after(item, canonical)) << name_of(item.kind) << " byte " << at;
      }
    }
  }
}

// Bytes put in, taken out, repeated or replaced by large numbers, where lengths and counts stand
// too.
TEST_F(ChangedItems, OfAnyLengthAreRejectedUnderANewHead) {
  RecordProperty("changed", trials);
  for (int trial = 0; trial < trials; ++trial) {
    framed_item& item = any_item();
    bytes canonical = item.canonical;
    const auto at = static_cast<std::ptrdiff_t>(random_() % canonical.size());
    const auto length = static_cast<std::ptrdiff_t>(
        std::min<std::size_t>(1 + random_() % 40, canonical.size() - static_cast<std::size_t>(at)));
    switch (random_() % 4) {
      case 0:
        canonical.erase(canonical.begin() + at, canonical.begin() + at + length);
        break;
      case 1: {
        const bytes part(canonical.begin() + at, canonical.begin() + at + length);
        canonical.insert(canonical.begin() + at, part.begin(), part.end());
        break;
      }
      case 2:
        canonical.resize(static_cast<std::size_t>(at));
        break;
      default:
        std::fill_n(canonical.begin() + at, std::min<std::ptrdiff_t>(length, 4), std::byte{0xff});
    }
    if (canonical != item.canonical) {
      ASSERT_FALSE(accepted_after(item, canonical)) << name_of(item.kind) << " at " << at;
    }
  }
}

}  // namespace
}  // namespace sandoq::testing
