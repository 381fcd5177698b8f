#include "sandoq/record/temporary_store.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "tests/support/deterministic_random.hpp"

namespace sandoq::temporary_store_test {
namespace {

using testing::deterministic_random;

bytes drawn(deterministic_random& random, std::size_t size) {
  bytes out(size);
  random.fill(out);
  return out;
}

/// Adds and reads in turn, and compares with octets in one vector.
void expect_all_comes_back(octet_store& store) {
  deterministic_random random(testing::test_seed());
  const auto below = [&](std::size_t n) {
    return (std::to_integer<std::size_t>(random.octets<1>()[0]) << 8U |
            std::to_integer<std::size_t>(random.octets<1>()[0])) %
           n;
  };
  bytes all;
  for (int turn = 0; turn < 200; ++turn) {
    const bytes more = drawn(random, below(300));
    ASSERT_TRUE(store.append(more));
    all.insert(all.end(), more.begin(), more.end());
    const std::size_t first = below(all.size() + 1);
    bytes part(below(all.size() - first + 1));
    ASSERT_TRUE(store.read(first, part));
    EXPECT_TRUE(
        std::equal(part.begin(), part.end(), all.begin() + static_cast<std::ptrdiff_t>(first)));
  }
  bytes whole(all.size());
  ASSERT_TRUE(store.read(0, whole));
  EXPECT_EQ(whole, all);
}

TEST(octet_stores, give_back_what_was_added) {
  memory_store memory;
  expect_all_comes_back(memory);
  temporary_store never_full;
  expect_all_comes_back(never_full);
  temporary_store soon_full(1000);
  expect_all_comes_back(soon_full);
  temporary_store full(0);
  expect_all_comes_back(full);
}

TEST(octet_stores, say_that_there_is_no_room) {
  const char* const before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  ::setenv("TMPDIR", "/proc", 1);  // a directory that takes no files
  temporary_store store(10);
  EXPECT_TRUE(store.append(bytes(10)));
  const auto done = store.append(bytes(1));
  if (before == nullptr) {
    ::unsetenv("TMPDIR");
  } else {
    ::setenv("TMPDIR", kept.c_str(), 1);
  }
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, errc::io);
  EXPECT_NE(to_string(done.error()).find("/proc"), std::string::npos) << to_string(done.error());
}

}  // namespace
}  // namespace sandoq::temporary_store_test
