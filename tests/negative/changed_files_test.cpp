// Files of a record removed, truncated, duplicated, or swapped with another record's.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "sandoq/verify/verify_record.hpp"
#include "tests/support/small_election.hpp"
#include "tests/support/temporary_directory.hpp"

namespace sandoq::testing {
namespace {

namespace fs = std::filesystem;

class ChangedFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    election_.make();
    other_.make();
    election_.write(record());
    other_.write(other());
    ASSERT_TRUE(accepted());
  }

  [[nodiscard]] fs::path record() const { return dir_.path() / "r"; }
  [[nodiscard]] fs::path other() const { return dir_.path() / "other"; }

  [[nodiscard]] bool accepted() const {
    const auto workers = make_jthread_executor(2);
    const auto outcome = verify_record(record(), {}, *workers);
    EXPECT_TRUE(outcome);
    return outcome && outcome->accepted;
  }

  // Rejected as `change` leaves it, accepted again when it is put back.
  template <class Change>
  void expect_rejected(const std::string& what, Change&& change) {
    change();
    EXPECT_FALSE(accepted()) << what;
    fs::remove_all(record());
    election_.write(record());
  }

  std::random_device::result_type seed_ = std::random_device{}();
  ::testing::ScopedTrace trace_{__FILE__, __LINE__, "seed " + std::to_string(seed_)};
  temporary_directory dir_;
  small_election election_{tiny_scenario(), seed_};
  small_election other_{tiny_scenario(), seed_ + 1ULL};
};

TEST_F(ChangedFiles, AreRejected) {
  for (const auto& named : election_.files()) {
    const std::string& name = named.first;  // clang 14 captures no structured binding
    const bytes& content = named.second;
    const fs::path file = record() / name;
    expect_rejected(name + " removed", [&] { fs::remove(file); });
    for (const std::size_t keep :
         {std::size_t{0}, std::size_t{1}, content.size() / 2, content.size() - 1}) {
      expect_rejected(name + " cut to " + std::to_string(keep),
                      [&] { fs::resize_file(file, keep); });
    }
    expect_rejected(name + " made longer", [&] { fs::resize_file(file, content.size() + 1); });
    expect_rejected(name + " twice in itself", [&] {
      std::ofstream out(file, std::ios::binary | std::ios::app);
      out.write(reinterpret_cast<const char*>(content.data()),
                static_cast<std::streamsize>(content.size()));
    });
    expect_rejected(name + " copied beside itself",
                    [&] { fs::copy_file(file, record() / ("copy-of-" + name)); });
    expect_rejected(name + " of another record", [&] {
      fs::copy_file(other() / name, file, fs::copy_options::overwrite_existing);
    });
    expect_rejected(name + " replaced by a link", [&] {
      fs::rename(file, dir_.path() / "moved");
      fs::create_symlink(dir_.path() / "moved", file);
    });
    fs::remove(dir_.path() / "moved");
  }
  expect_rejected("a second ballot file", [&] {
    fs::copy_file(record() / "ballots-000001.pb", record() / "ballots-000002.pb");
  });
  EXPECT_TRUE(accepted());
}

// Two files exchanged between records of the same parties, each good in itself.
TEST_F(ChangedFiles, AreRejectedInPairs) {
  std::vector<std::string> names;
  for (const auto& [name, content] : election_.files()) {
    names.push_back(name);
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      expect_rejected(names[i] + " and " + names[j] + " of another record", [&] {
        for (const std::string& name : {names[i], names[j]}) {
          fs::copy_file(other() / name, record() / name, fs::copy_options::overwrite_existing);
        }
      });
    }
  }
}

// Garbage instead of any file, also where its hash is listed: no crash and no acceptance.
TEST_F(ChangedFiles, AreRejectedAsGarbage) {
  std::mt19937 random(seed_);
  for (const auto& named : election_.files()) {
    const std::string& name = named.first;
    const bytes& content = named.second;
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{4096}, content.size()}) {
      expect_rejected(name + " as garbage", [&] {
        std::ofstream out(record() / name, std::ios::binary | std::ios::trunc);
        for (std::size_t i = 0; i < size; ++i) {
          out.put(static_cast<char>(random()));
        }
      });
    }
  }
}

}  // namespace
}  // namespace sandoq::testing
