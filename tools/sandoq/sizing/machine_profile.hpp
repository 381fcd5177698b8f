#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "sandoq/core/result.hpp"
#include "workload.hpp"

namespace sandoq::tool {

/// The work of an election, as `drill` has its phases.
enum class work_phase : std::uint8_t { ceremony, voting, tally, mixing, opening, verify };
inline constexpr std::size_t work_phases = 6;
/// "ceremony", ...: the names that a drill gives its phases.
[[nodiscard]] std::string_view name_of(work_phase phase) noexcept;

/// What a phase costs once, and for each of several things: microseconds of one machine with
/// `threads` threads.
struct cost_term {
  std::string_view name{};                     ///< in the file: "device", "ballot", ...
  double (*units)(const workload&) = nullptr;  ///< how many there are
};
/// The terms of a phase, at most max_terms.
inline constexpr std::size_t max_terms = 22;
[[nodiscard]] std::span<const cost_term> terms_of(work_phase phase) noexcept;

/// What a machine was measured to take.
struct machine_profile {
  std::string name;           ///< for people
  std::uint32_t threads = 1;  ///< that took part
  /// [phase][term], microseconds; what a phase has no term for is 0.
  std::array<std::array<double, max_terms>, work_phases> microseconds{};

  /// Seconds of a phase, by this one machine.
  [[nodiscard]] double seconds(work_phase phase, const workload& work) const;
};

/// \return what is wrong, with its place ("microseconds.tally.ballot").
[[nodiscard]] result<machine_profile> machine_from_json(std::string_view text);
[[nodiscard]] std::string machine_to_json(const machine_profile& machine);
[[nodiscard]] result<machine_profile> read_machine(const std::string& path);

}  // namespace sandoq::tool
