#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "sandoq/core/contract.hpp"
#include "sandoq/core/executor.hpp"

namespace sandoq {
namespace {

/// One loop at a time: the workers and the calling thread take ranges from a shared counter.
class jthread_executor final : public executor {
 public:
  explicit jthread_executor(unsigned threads) {
    workers_.reserve(threads - 1);
    for (unsigned i = 1; i < threads; ++i) {
      workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
  }
  jthread_executor(const jthread_executor&) = delete;
  jthread_executor& operator=(const jthread_executor&) = delete;
  ~jthread_executor() override {
    for (std::jthread& worker : workers_) {
      worker.request_stop();
    }
    wake_.notify_all();
  }

  [[nodiscard]] unsigned concurrency() const noexcept override {
    return static_cast<unsigned>(workers_.size()) + 1;
  }

 private:
  struct loop {
    std::size_t count;
    std::size_t grain;
    range_function body;
    void* context;
    std::atomic<std::size_t> next{0};
  };

  void run(std::size_t count, std::size_t grain, range_function body, void* context) override {
    SANDOQ_EXPECTS(grain >= 1, "the grain of a parallel loop is at least one item");
    const std::lock_guard one_loop(loop_mutex_);
    loop current{count, grain, body, context};
    {
      const std::lock_guard lock(mutex_);
      loop_ = &current;
      ++generation_;
      busy_ = workers_.size();
    }
    wake_.notify_all();
    take_ranges(current);
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return busy_ == 0; });
    loop_ = nullptr;
  }

  static void take_ranges(loop& current) noexcept {
    for (;;) {
      // Ranges are numbered, so that the counter cannot run over however many threads ask.
      const std::size_t ranges =
          current.count / current.grain + (current.count % current.grain != 0);
      const std::size_t index = current.next.fetch_add(1, std::memory_order_relaxed);
      if (index >= ranges) {
        return;
      }
      const std::size_t begin = index * current.grain;
      current.body(current.context,
                   {begin, begin + std::min(current.grain, current.count - begin)});
    }
  }

  void work(const std::stop_token& stop) {
    std::uint64_t seen = 0;
    for (;;) {
      loop* current = nullptr;
      {
        std::unique_lock lock(mutex_);
        if (!wake_.wait(lock, stop, [&] { return generation_ != seen; })) {
          return;
        }
        seen = generation_;
        current = loop_;
      }
      take_ranges(*current);
      const std::lock_guard lock(mutex_);
      if (--busy_ == 0) {
        done_.notify_one();
      }
    }
  }

  std::mutex loop_mutex_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::condition_variable done_;
  loop* loop_ = nullptr;
  std::uint64_t generation_ = 0;
  std::size_t busy_ = 0;
  std::vector<std::jthread> workers_;  // last: they stop before what they use goes away
};

}  // namespace

std::unique_ptr<executor> make_jthread_executor(unsigned threads) {
  if (threads == 0) {
    threads = std::max(1U, std::thread::hardware_concurrency());
  }
  if (threads == 1) {
    return std::make_unique<sequential_executor>();
  }
  return std::make_unique<jthread_executor>(threads);
}

}  // namespace sandoq
