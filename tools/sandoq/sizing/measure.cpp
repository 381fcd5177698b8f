#include "measure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "profile_scenario.hpp"
#include "sandoq/verify/verify_record.hpp"
#include "tools/sandoq/drill.hpp"
#include "tools/sandoq/scratch_directory.hpp"

namespace sandoq::tool {
namespace {

/// A small election: so many areas with a contest each, branches and voters in all.
struct small_shape {
  std::uint32_t areas;
  std::uint32_t options;  ///< of each contest
  std::uint32_t branches;
  std::uint32_t voters;
  std::uint32_t trustees;  ///< of both boards
};

/// Each differs from the first in what one cost hangs on.
constexpr std::array<small_shape, 7> small_shapes{{
    {1, 8, 4, 200, 3},
    {1, 8, 4, 1000, 3},
    {1, 40, 4, 200, 3},
    {1, 40, 4, 600, 3},
    {1, 8, 96, 200, 3},
    {24, 8, 24, 48, 5},
    {24, 40, 96, 192, 3},
}};
constexpr std::size_t measured_times = 3;

using phase_seconds = std::array<double, work_phases>;

election_profile profile_of(const small_shape& shape) {
  election_profile out;
  out.name = "measure";
  out.title = {{"en", "A measurement"}};
  out.voters = shape.voters;
  out.boards = {{shape.trustees, 2}, {shape.trustees, 2}};
  out.areas = {{shape.areas,
                shape.branches,
                shape.branches,
                1000,
                {{shape.areas * shape.options, 3, 3, 2}}}};
  return out;
}

result<phase_seconds> hold_once(const scenario& s, executor& workers) {
  auto scratch = scratch_directory::make();
  if (!scratch) {
    return tl::unexpected(std::move(scratch.error()));
  }
  stopwatch watch;
  const auto place = scratch->path() / "record";
  const auto held = hold_drill(s, {}, place, workers, watch);
  if (!held) {
    return tl::unexpected(held.error());
  }
  watch.begin(std::string(name_of(work_phase::verify)));
  const auto found = verify_record(place, {held->manifest_hash, election_domain::drill}, workers);
  watch.end();
  if (!found) {
    return tl::unexpected(found.error());
  }
  if (!found->accepted) {
    return fail(errc::mismatch, "measurement", "its own record was rejected; run sandoq drill");
  }
  phase_seconds out{};
  for (std::size_t p = 0; p < work_phases; ++p) {
    for (const stopwatch::phase& phase : watch.phases()) {
      out[p] += phase.name == name_of(static_cast<work_phase>(p)) ? phase.seconds : 0;
    }
  }
  return out;
}

/// The median of some times: what disturbs the machine disturbs the election, too, but seldom
/// twice.
result<phase_seconds> hold_often(const scenario& s, executor& workers) {
  std::array<phase_seconds, measured_times> all{};
  for (phase_seconds& each : all) {
    const auto once = hold_once(s, workers);
    if (!once) {
      return once;
    }
    each = *once;
  }
  phase_seconds out{};
  for (std::size_t p = 0; p < work_phases; ++p) {
    std::sort(all.begin(), all.end(),
              [p](const phase_seconds& a, const phase_seconds& b) { return a[p] < b[p]; });
    out[p] = all[measured_times / 2][p];
  }
  return out;
}

/// What each cost of a phase is multiplied with.
std::vector<double> row_of(work_phase phase, const workload& work) {
  std::vector<double> out;
  for (const cost_term& term : terms_of(phase)) {
    if (!term.name.empty()) {
      out.push_back(term.units == nullptr ? 1 : work.*term.units);
    }
  }
  return out;
}

}  // namespace

std::vector<double> fitted_costs(std::span<const std::vector<double>> rows,
                                 std::span<const double> measured) {
  const std::size_t costs = rows.empty() ? 0 : rows.front().size();
  std::vector<double> x(costs, 0);
  std::vector<double> left(rows.size(), 1);  // 1 - row*x/measured
  // One cost at a time, each set to its best, but not below 0; the sum of squares is convex.
  for (int sweep = 0; sweep < 20'000; ++sweep) {
    for (std::size_t c = 0; c < costs; ++c) {
      double along = 0;
      double length = 0;
      for (std::size_t r = 0; r < rows.size(); ++r) {
        const double a = rows[r][c] / measured[r];
        along += a * left[r];
        length += a * a;
      }
      const double next = length > 0 ? std::max(0.0, x[c] + along / length) : 0;
      for (std::size_t r = 0; r < rows.size(); ++r) {
        left[r] -= (next - x[c]) * rows[r][c] / measured[r];
      }
      x[c] = next;
    }
  }
  return x;
}

result<machine_profile> measure_machine(executor& workers) {
  std::vector<workload> works;
  std::vector<phase_seconds> seconds;
  for (const small_shape& shape : small_shapes) {
    const scenario s = profile_scenario(profile_of(shape), shape.voters, 1);
    const auto work = workload_of(s, shape.voters);
    if (!work) {
      return tl::unexpected(work.error());
    }
    const auto usual = hold_often(s, workers);
    if (!usual) {
      return tl::unexpected(usual.error());
    }
    works.push_back(*work);
    seconds.push_back(*usual);
  }
  machine_profile out;
  out.name = "this machine";
  out.threads = workers.concurrency();
  for (std::size_t p = 0; p < work_phases; ++p) {
    std::vector<std::vector<double>> rows;
    std::vector<double> measured;
    for (std::size_t i = 0; i < works.size(); ++i) {
      rows.push_back(row_of(static_cast<work_phase>(p), works[i]));
      measured.push_back(std::max(1e6 * seconds[i][p], 1.0));
    }
    const std::vector<double> costs = fitted_costs(rows, measured);
    std::copy(costs.begin(), costs.end(), out.microseconds[p].begin());
  }
  return out;
}

}  // namespace sandoq::tool
