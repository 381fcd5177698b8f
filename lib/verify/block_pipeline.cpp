#include "lib/verify/block_pipeline.hpp"

#include <algorithm>
#include <future>

namespace sandoq {

namespace {

// Tells the other threads if this one leaves by an exception, with the lock or without.
class leaving {
 public:
  leaving(std::unique_lock<std::mutex>& lock, bool& abandoned, std::condition_variable& changed)
      : lock_(lock), abandoned_(abandoned), changed_(changed) {}
  leaving(const leaving&) = delete;
  leaving& operator=(const leaving&) = delete;
  ~leaving() {
    if (in_order_) {
      return;
    }
    if (!lock_.owns_lock()) {
      lock_.lock();
    }
    abandoned_ = true;
    changed_.notify_all();
  }
  void in_order() noexcept { in_order_ = true; }

 private:
  std::unique_lock<std::mutex>& lock_;
  bool& abandoned_;
  std::condition_variable& changed_;
  bool in_order_ = false;
};

}  // namespace

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
  return abandoned_ || (ended_ && std::none_of(slots_.begin(), slots_.end(),
                                               [](const slot& s) { return s.used; }));
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

void block_pipeline::run_part(const task& what, const source& next,
                              std::unique_lock<std::mutex>& lock) {
  begin(what);
  lock.unlock();
  bool there_was_one = true;
  if (what.stage == stages_.size()) {
    there_was_one = next(what.block % slots_.size());
  } else {
    stages_[what.stage].run(what.block % slots_.size());
  }
  lock.lock();
  end(what, there_was_one);
  changed_.notify_all();
}

void block_pipeline::work_on(const source& next, const std::function<void()>& between) {
  const bool is_caller = std::this_thread::get_id() == caller_;
  std::unique_lock lock(mutex_);
  leaving way_out(lock, abandoned_, changed_);
  while (!is_done()) {
    if (const auto found = find_task()) {
      run_part(*found, next, lock);
    } else {
      changed_.wait(lock);
    }
    if (is_caller && between) {
      lock.unlock();
      between();
      lock.lock();
    }
  }
  way_out.in_order();
}

void block_pipeline::run(executor& workers, const source& next,
                         const std::function<void()>& between) {
  caller_ = std::this_thread::get_id();
  // Bodies of parallel loops may not throw; a packaged task keeps what its function throws.
  std::vector<std::packaged_task<void()>> parts;
  for (unsigned i = 0; i < workers.concurrency(); ++i) {
    parts.emplace_back([&] { work_on(next, between); });
  }
  workers.parallel_for(parts.size(), [&](std::size_t i) noexcept { parts[i](); });
  for (std::packaged_task<void()>& part : parts) {
    part.get_future().get();
  }
}

}  // namespace sandoq
