#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "sandoq/core/executor.hpp"

namespace sandoq {

/// Takes blocks through stages, one after another, several blocks at a time: while one is verified
/// the next is read. Every thread does whatever is ready, so none waits for another while there is
/// work, and with one thread everything is done by the caller. What a stage in order sees and does
/// cannot depend on the number of threads.
class block_pipeline {
 public:
  /// \param slots  blocks under way at a time; block n (from 0) is in slot n % slots
  explicit block_pipeline(std::size_t slots) : slots_(slots) {}

  /// Brings the next block into a slot; false if there is none.
  using source = std::function<bool(std::size_t slot)>;
  /// Does its part with the block in a slot.
  using work = std::function<void(std::size_t slot)>;

  /// A further stage that takes the blocks in their order, one at a time.
  void in_order(work part) { stages_.push_back({true, false, 0, std::move(part)}); }
  /// A further stage that takes blocks as they come, several at once: it may touch nothing else.
  void in_any_order(work part) { stages_.push_back({false, false, 0, std::move(part)}); }

  /// Takes all blocks of the source, asked for one at a time, through all stages. Once only. What
  /// any of them throws (lack of memory, or what a caller's function throws) ends the work of all
  /// threads, each after the stage it is in, and leaves by this.
  /// \param between  called now and then, from the calling thread
  /// \pre nothing in a stage uses the same executor
  void run(executor& workers, const source& next, const std::function<void()>& between);

 private:
  struct station {
    bool is_in_order;
    bool busy;           // in order only
    std::uint64_t next;  // in order only: the block whose turn it is
    work run;
  };
  struct slot {
    bool used = false;
    bool running = false;
    std::size_t stage = 0;  // to come, or running
  };
  /// The stage and block to do next; stage stages_.size() is the source.
  struct task {
    std::size_t stage;
    std::uint64_t block;
  };

  [[nodiscard]] slot& of(std::uint64_t block) noexcept { return slots_[block % slots_.size()]; }
  [[nodiscard]] bool is_ready(std::size_t stage, std::uint64_t block) noexcept;
  [[nodiscard]] std::optional<task> find_task() noexcept;
  [[nodiscard]] bool is_done() const noexcept;
  void begin(const task& what) noexcept;
  void end(const task& what, bool there_was_one) noexcept;
  void work_on(const source& next, const std::function<void()>& between);
  void run_part(const task& what, const source& next, std::unique_lock<std::mutex>& lock);

  std::vector<station> stages_;
  std::vector<slot> slots_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t read_ = 0;  // blocks
  bool reading_ = false;
  bool ended_ = false;
  bool abandoned_ = false;  // a thread has left by an exception
  std::thread::id caller_;
};

}  // namespace sandoq
