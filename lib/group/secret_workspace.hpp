#pragma once

// Where kernels work on secrets: memory and stack that are wiped behind them.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "lib/kernels/aligned_words.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq::workspace {

/// Deeper than the frames of any kernel, which lib/kernels/CMakeLists.txt limits to 32 kB.
inline constexpr std::size_t kernel_stack_bytes = 40960;

/// Memory for secrets that a kernel works on, wiped at its end.
template <class T>
class working_memory {
 public:
  explicit working_memory(std::size_t n) : items_(n) {}
  working_memory(working_memory&&) = delete;
  working_memory& operator=(working_memory&&) = delete;
  ~working_memory() { sandoq::detail::wipe(items_.data(), items_.size() * sizeof(T)); }
  [[nodiscard]] T* data() noexcept { return items_.data(); }
  [[nodiscard]] const T& operator[](std::size_t i) const noexcept { return items_[i]; }

 private:
  std::vector<T> items_;
};

/// The same in whole cache lines, not initialised.
class secret_words {
 public:
  explicit secret_words(std::size_t n) : words_(n), n_(n) {}
  secret_words(secret_words&&) = delete;
  secret_words& operator=(secret_words&&) = delete;
  ~secret_words() { sandoq::detail::wipe(words_.data(), 8 * n_); }
  [[nodiscard]] std::uint64_t* data() noexcept { return words_.data(); }

 private:
  kernels::aligned_words words_;
  std::size_t n_;
};

/// work(), whose frames lie below this one.
template <class Work>
[[gnu::noinline]] auto done_below(Work& work) {
  return work();
}
/// work(), and then a wipe of all that it left on the stack, even where it ran out of memory.
template <class Work>
auto done_cleanly(Work&& work) {
  struct wipe_at_end {
    wipe_at_end() = default;
    wipe_at_end(wipe_at_end&&) = delete;
    wipe_at_end& operator=(wipe_at_end&&) = delete;
    ~wipe_at_end() { sandoq::detail::wipe_dead_stack<kernel_stack_bytes>(); }
  };
  const wipe_at_end wiped;
  return done_below(work);
}

}  // namespace sandoq::workspace
