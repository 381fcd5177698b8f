#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace sandoq::tool {

/// Seconds of each phase, in the order in which the phases first began; a phase may be taken up
/// again.
class stopwatch {
 public:
  struct phase {
    std::string name;
    double seconds;
  };

  /// Ends the running phase, if any, and begins one.
  void begin(const std::string& name);
  void end();

  [[nodiscard]] const std::vector<phase>& phases() const noexcept { return phases_; }

 private:
  using clock = std::chrono::steady_clock;
  std::vector<phase> phases_;
  clock::time_point began_{};
  std::ptrdiff_t running_ = -1;  ///< index of the phase, -1 for none
};

/// Shows on standard error how far a long piece of work has come: done, rate, time left. Says
/// nothing about work that takes less than a second. Safe to call from several threads.
class progress_line {
 public:
  /// \param total 0 if unknown.
  progress_line(std::string what, std::uint64_t total);
  ~progress_line();
  progress_line(const progress_line&) = delete;
  progress_line& operator=(const progress_line&) = delete;
  progress_line(progress_line&&) = delete;
  progress_line& operator=(progress_line&&) = delete;

  void add(std::uint64_t done);
  void set(std::uint64_t done);
  /// The same, and shows how many things were done and how many a second, in place of `done`.
  void set(std::uint64_t done, std::uint64_t things, std::string_view name);

 private:
  using clock = std::chrono::steady_clock;
  void show_if_due();
  [[nodiscard]] std::string text(double seconds) const;

  std::mutex mutex_;
  std::string what_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
  std::uint64_t things_ = 0;
  std::string_view name_of_things_;  // empty if only `done` is counted
  clock::time_point began_ = clock::now();
  clock::time_point shown_ = clock::now();
  bool on_screen_ = false;
};

/// "1,234,567".
[[nodiscard]] std::string with_separators(std::uint64_t n);

/// "1 seat", "2 seats".
[[nodiscard]] std::string counted(std::uint64_t number, std::string_view thing);

}  // namespace sandoq::tool
