#include "sandoq/core/executor.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace sandoq {
namespace {

using factory = std::unique_ptr<executor> (*)(unsigned);

class executor_test : public ::testing::TestWithParam<factory> {};

TEST_P(executor_test, visits_every_index_once_whatever_grain_and_threads) {
  for (const unsigned threads : {1U, 2U, 5U}) {
    const auto ex = GetParam()(threads);
    EXPECT_EQ(ex->concurrency(), threads);
    for (const std::size_t count : {0U, 1U, 2U, 7U, 1000U}) {
      for (const std::size_t grain : {1U, 3U, 7U, 5000U}) {
        std::vector<std::atomic<int>> visits(count);
        ex->parallel_for(
            count, [&](std::size_t i) noexcept { visits[i].fetch_add(1); }, grain);
        for (const auto& n : visits) {
          ASSERT_EQ(n.load(), 1);
        }
        std::atomic<bool> fits{true};
        ex->parallel_ranges(count, grain, [&](index_range r) noexcept {
          if (r.begin >= r.end || r.end - r.begin > grain || r.begin % grain != 0) {
            fits = false;
          }
        });
        EXPECT_TRUE(fits);
      }
    }
  }
}

TEST_P(executor_test, many_short_loops_in_a_row) {
  const auto ex = GetParam()(4);
  std::uint64_t total = 0;
  for (std::uint64_t round = 0; round < 2000; ++round) {
    std::array<std::uint64_t, 8> out{};
    ex->parallel_for(out.size(), [&](std::size_t i) noexcept { out[i] = round + i; });
    for (const std::uint64_t x : out) {
      total += x;
    }
  }
  EXPECT_EQ(total, 2000ULL * 1999 / 2 * 8 + 2000ULL * 28);
}

TEST_P(executor_test, really_uses_two_threads) {
  const auto ex = GetParam()(2);
  // Both items wait for each other, so one thread alone would never finish; give up after 10 s.
  std::atomic<int> arrived{0};
  std::atomic<bool> met{false};
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  ex->parallel_for(2, [&](std::size_t) noexcept {
    arrived.fetch_add(1);
    while (arrived.load() < 2 && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::yield();
    }
    if (arrived.load() == 2) {
      met = true;
    }
  });
  EXPECT_TRUE(met);
}

TEST_P(executor_test, zero_threads_means_all_processors) {
  EXPECT_EQ(GetParam()(0)->concurrency(), std::max(1U, std::thread::hardware_concurrency()));
}

INSTANTIATE_TEST_SUITE_P(backends, executor_test,
                         ::testing::Values(&make_jthread_executor, &make_executor));

TEST(sequential_executor, keeps_the_order) {
  sequential_executor ex;
  std::vector<std::size_t> order;
  ex.parallel_for(
      5, [&](std::size_t i) noexcept { order.push_back(i); }, 2);
  EXPECT_EQ(order, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
}

}  // namespace
}  // namespace sandoq
