#include "lib/verify/block_pipeline.hpp"

#include <algorithm>

namespace sandoq {

bool block_pipeline::is_ready(std::size_t stage, std::uint64_t block) noexcept {
  const slot& s = of(block);
  return block < read_ && s.used && !s.running && s.stage == stage;
}

// What is in order first, since others wait for it; of the rest the latest stage, which empties
// slots; and reading last, so that no more blocks are under way than there is use for.
std::optional<block_pipeline::task> block_pipeline::find_task() noexcept {
  for (std::size_t s = stages_.size(); s-- > 0;) {
    const station& in_turn = stages_[s];
    if (in_turn.is_in_order && !in_turn.busy && is_ready(s, in_turn.next)) {
      return task{s, in_turn.next};
    }
  }
  const std::uint64_t oldest = read_ - std::min<std::uint64_t>(read_, slots_.size());
  for (std::size_t s = stages_.size(); s-- > 0;) {
    for (std::uint64_t block = oldest; !stages_[s].is_in_order && block < read_; ++block) {
      if (is_ready(s, block)) {
        return task{s, block};
      }
    }
  }
  if (!reading_ && !ended_ && !of(read_).used) {
    return task{stages_.size(), read_};
  }
  return std::nullopt;
}

bool block_pipeline::is_done() const noexcept {
  return ended_ && std::none_of(slots_.begin(), slots_.end(), [](const slot& s) { return s.used; });
}

void block_pipeline::begin(const task& what) noexcept {
  if (what.stage == stages_.size()) {
    reading_ = true;
    return;
  }
  of(what.block).running = true;
  stages_[what.stage].busy = true;
}

void block_pipeline::end(const task& what, bool there_was_one) noexcept {
  slot& s = of(what.block);
  if (what.stage == stages_.size()) {
    reading_ = false;
    ended_ = !there_was_one;
    if (there_was_one) {
      s = {true, false, 0};
      ++read_;
    }
    return;
  }
  s.running = false;
  s.used = ++s.stage < stages_.size();
  stages_[what.stage].busy = false;
  ++stages_[what.stage].next;
}

void block_pipeline::work_on(const source& next, const std::function<void()>& between) {
  const bool is_caller = std::this_thread::get_id() == caller_;
  std::unique_lock lock(mutex_);
  while (!is_done()) {
    const auto found = find_task();
    if (!found) {
      changed_.wait(lock);
    } else {
      begin(*found);
      lock.unlock();
      bool there_was_one = true;
      if (found->stage == stages_.size()) {
        there_was_one = next(found->block % slots_.size());
      } else {
        stages_[found->stage].run(found->block % slots_.size());
      }
      lock.lock();
      end(*found, there_was_one);
      changed_.notify_all();
    }
    if (is_caller && between) {
      lock.unlock();
      between();
      lock.lock();
    }
  }
}

void block_pipeline::run(executor& workers, const source& next,
                         const std::function<void()>& between) {
  caller_ = std::this_thread::get_id();
  workers.parallel_for(workers.concurrency(),
                       [&](std::size_t) noexcept { work_on(next, between); });
}

}  // namespace sandoq
