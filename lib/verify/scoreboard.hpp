#pragma once

#include <array>
#include <atomic>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>

#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/verify/checks.hpp"

namespace sandoq {

/// Gathers how each check ends, and settles the statuses by 90.1: a check is not run iff one that
/// it rests on did not pass, or nobody asked for it. Phases may compute in any order; a check that
/// no phase brought to an end fails, so nothing passes by being forgotten. Any number of threads
/// may fail checks and ask what is open; for one verdict whatever their number, each check fails in
/// record order, from one thread at a time.                                           SPEC(90.1)
class scoreboard {
 public:
  scoreboard() noexcept;

  /// An optional check is run only after this.
  void ask_for(check_id id) noexcept;

  /// The first failure of a check is the one that is reported.
  void fail(check_id id, std::string_view place, std::string_view reason);
  void fail(check_id id, const error& e);
  /// As `fail`, with what stands around the place: "where/place".
  void fail_within(check_id id, std::string_view where, const error& e);
  /// Everything that belongs to the check was looked at. No effect on one that has failed.
  void pass(check_id id) noexcept;
  void pass(std::initializer_list<check_id> ids) noexcept;

  /// True while the check can still pass: it is asked for, and neither it nor any that it rests on,
  /// directly or not, has failed.
  [[nodiscard]] bool is_open(check_id id) const noexcept;
  [[nodiscard]] bool any_open(std::initializer_list<check_id> ids) const noexcept;

  /// The verdict: all checks in order.
  [[nodiscard]] verdict settle() const;
  /// True iff every check of the settled verdict passed, those that nobody asked for excepted.
  [[nodiscard]] bool accepts() const noexcept;

 private:
  enum class state { unknown, passed, failed, not_asked };

  struct entry {
    std::atomic<state> now{state::unknown};
    std::string place;  // of the failure; with its reason before `now` says so
    std::string reason;
  };

  [[nodiscard]] entry& at(check_id id) noexcept { return entries_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] check_status status_of(std::size_t i, std::uint64_t passed) const noexcept;

  std::array<entry, check_count> entries_;
  std::mutex failing_;
};

}  // namespace sandoq
