#include "lib/verify/block_pipeline.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <thread>
#include <vector>

namespace sandoq {
namespace {

constexpr std::size_t blocks = 200;

// What two stages in order saw, with stages in any order between them.
struct seen {
  std::vector<std::size_t> read, followed, settled;
  std::size_t most_under_way = 0;
  std::size_t reports = 0;
  bool reported_by_caller = true;
};

seen run(unsigned threads, std::size_t slots, std::size_t count) {
  const auto workers = make_jthread_executor(threads);
  seen out;
  std::vector<std::size_t> number(slots);
  std::vector<std::size_t> doubled(slots);
  std::atomic<std::size_t> under_way = 0;
  const auto caller = std::this_thread::get_id();
  block_pipeline line(slots);
  line.in_any_order([&](std::size_t slot) {
    if (number[slot] % 7 == 0) {  // the others overtake it
      std::this_thread::yield();
    }
    doubled[slot] = 2 * number[slot];
  });
  line.in_order([&](std::size_t slot) { out.followed.push_back(doubled[slot] / 2); });
  line.in_any_order([&](std::size_t slot) { doubled[slot] += 1; });
  line.in_order([&](std::size_t slot) {
    EXPECT_EQ(doubled[slot], 2 * number[slot] + 1);
    out.settled.push_back(number[slot]);
    --under_way;
  });
  line.run(
      *workers,
      [&](std::size_t slot) {
        if (out.read.size() == count) {
          return false;
        }
        EXPECT_EQ(slot, out.read.size() % slots);
        number[slot] = out.read.size();
        out.read.push_back(number[slot]);
        out.most_under_way = std::max<std::size_t>(out.most_under_way, ++under_way);
        return true;
      },
      [&] {
        ++out.reports;
        out.reported_by_caller = out.reported_by_caller && std::this_thread::get_id() == caller;
      });
  return out;
}

TEST(BlockPipeline, TakesEveryBlockThroughEveryStageInItsOrder) {
  std::vector<std::size_t> all(blocks);
  std::iota(all.begin(), all.end(), std::size_t{0});
  for (const unsigned threads : {1U, 2U, 3U, 8U}) {
    for (const std::size_t slots : {1U, 2U, 5U}) {
      SCOPED_TRACE(threads * 10 + slots);
      const seen out = run(threads, slots, blocks);
      EXPECT_EQ(out.read, all);
      EXPECT_EQ(out.followed, all);
      EXPECT_EQ(out.settled, all);
      EXPECT_LE(out.most_under_way, slots);
      EXPECT_TRUE(out.reported_by_caller);
    }
  }
}

TEST(BlockPipeline, OneThreadNeverReadsAheadOfWhatItHasToDo) {
  const seen out = run(1, 5, blocks);
  EXPECT_EQ(out.most_under_way, 1U);
  EXPECT_GT(out.reports, blocks);
}

TEST(BlockPipeline, EndsWhereThereIsNothing) {
  for (const unsigned threads : {1U, 4U}) {
    const seen out = run(threads, 3, 0);
    EXPECT_TRUE(out.read.empty());
    EXPECT_TRUE(out.settled.empty());
  }
}

// Lack of memory, or what a caller's function throws: wherever it happens it reaches the caller,
// while the other threads end and do not wait for what will never come.
TEST(BlockPipeline, HandsOnWhatAnyPartThrows) {
  enum class part { source, in_order, in_any_order, between };
  struct thrown {};
  for (const unsigned threads : {1U, 2U, 4U}) {
    const auto workers = make_jthread_executor(threads);
    for (const part guilty : {part::source, part::in_order, part::in_any_order, part::between}) {
      SCOPED_TRACE(threads * 10 + static_cast<unsigned>(guilty));
      std::atomic<std::size_t> calls = 0;
      const auto pass = [&](part here) {
        if (here == guilty && ++calls == 20) {
          throw thrown{};
        }
      };
      block_pipeline line(3);
      line.in_any_order([&](std::size_t) { pass(part::in_any_order); });
      line.in_order([&](std::size_t) { pass(part::in_order); });
      const auto next = [&](std::size_t) {
        pass(part::source);
        return true;  // without end
      };
      EXPECT_THROW(line.run(*workers, next, [&] { pass(part::between); }), thrown);
      std::atomic<std::size_t> after = 0;
      workers->parallel_for(threads, [&](std::size_t) noexcept { ++after; });
      EXPECT_EQ(after, threads) << "no thread was lost";
    }
  }
}

}  // namespace
}  // namespace sandoq
