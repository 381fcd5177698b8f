#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>

namespace sandoq {

/// Half-open range of item indices.
struct index_range {
  std::size_t begin;
  std::size_t end;
};

/// Runs loops in parallel. Passed by reference; results are stored by index, so that output never
/// depends on the number of threads. A body may not throw and may not start another parallel loop
/// on the same executor.
class executor {
 public:
  virtual ~executor() = default;

  /// Threads that work at the same time, the calling one included; 1 = sequential, in index order.
  [[nodiscard]] virtual unsigned concurrency() const noexcept = 0;

  /// body(range) for ranges that cover [0, count) exactly once, each of at most `grain` items.
  /// Returns when all are done. \pre grain >= 1
  template <class Body>
  void parallel_ranges(std::size_t count, std::size_t grain, Body&& body) {
    static_assert(std::is_nothrow_invocable_v<Body&, index_range>, "bodies must be noexcept");
    using plain = std::remove_reference_t<Body>;
    run(
        count, grain,
        [](void* context, index_range range) noexcept { (*static_cast<plain*>(context))(range); },
        const_cast<std::remove_const_t<plain>*>(
            &body));  // NOLINT(cppcoreguidelines-pro-type-const-cast): constness returns in `plain`
  }

  /// body(i) for every i in [0, count).
  template <class Body>
  void parallel_for(std::size_t count, Body&& body, std::size_t grain = 1) {
    static_assert(std::is_nothrow_invocable_v<Body&, std::size_t>, "bodies must be noexcept");
    parallel_ranges(count, grain, [&body](index_range range) noexcept {
      for (std::size_t i = range.begin; i < range.end; ++i) {
        body(i);
      }
    });
  }

 protected:
  /// What a backend calls for each range, with the context it was given.
  using range_function = void (*)(void* context, index_range range) noexcept;
  executor() = default;
  executor(const executor&) = default;
  executor& operator=(const executor&) = default;
  /// body(context, range) for ranges that cover [0, count) exactly once, each of at most `grain`
  /// items; returns when all are done.
  virtual void run(std::size_t count, std::size_t grain, range_function body, void* context) = 0;
};

/// Runs everything in the calling thread.
class sequential_executor final : public executor {
 public:
  [[nodiscard]] unsigned concurrency() const noexcept override { return 1; }

 private:
  void run(std::size_t count, std::size_t grain, range_function body, void* context) override;
};

/// A pool of std::jthread; threads = 0 means one per processor, 1 is sequential. Needs no library,
/// so it is what sandoq::verify uses.
[[nodiscard]] std::unique_ptr<executor> make_jthread_executor(unsigned threads);

/// The backend that was chosen at configure time (SANDOQ_EXECUTOR = tbb or jthread). In
/// sandoq::sandoq, not in sandoq::verify, which shall need no oneTBB.
[[nodiscard]] std::unique_ptr<executor> make_executor(unsigned threads);

/// "tbb" or "jthread".
[[nodiscard]] const char* executor_backend_name() noexcept;

}  // namespace sandoq
