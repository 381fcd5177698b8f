#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <thread>

#include "sandoq/core/contract.hpp"
#include "sandoq/core/executor.hpp"

namespace sandoq {
namespace {

class tbb_executor final : public executor {
 public:
  explicit tbb_executor(unsigned threads)
      : threads_(threads),
        limit_(tbb::global_control::max_allowed_parallelism, threads),
        arena_(static_cast<int>(threads)) {}

  [[nodiscard]] unsigned concurrency() const noexcept override { return threads_; }

 private:
  void run(std::size_t count, std::size_t grain, range_function body, void* context) override {
    SANDOQ_EXPECTS(grain >= 1, "the grain of a parallel loop is at least one item");
    const std::size_t ranges = count / grain + static_cast<std::size_t>(count % grain != 0);
    arena_.execute([&] {
      tbb::parallel_for(
          tbb::blocked_range<std::size_t>(0, ranges, 1),
          [&](const tbb::blocked_range<std::size_t>& numbers) {
            for (std::size_t i = numbers.begin(); i < numbers.end(); ++i) {
              const std::size_t begin = i * grain;
              body(context, {begin, begin + std::min(grain, count - begin)});
            }
          },
          tbb::simple_partitioner());
    });
  }

  unsigned threads_;
  tbb::global_control limit_;  // lets more threads run than there are processors
  tbb::task_arena arena_;
};

}  // namespace

std::unique_ptr<executor> make_executor(unsigned threads) {
  if (threads == 0) {
    threads = std::max(1U, std::thread::hardware_concurrency());
  }
  if (threads == 1) {
    return std::make_unique<sequential_executor>();
  }
  return std::make_unique<tbb_executor>(threads);
}

const char* executor_backend_name() noexcept {
  return "tbb";
}

}  // namespace sandoq
