#include "measure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "profile_scenario.hpp"
#include "sandoq/verify/verify_record.hpp"
#include "tools/sandoq/drill.hpp"
#include "tools/sandoq/drill_mix.hpp"
#include "tools/sandoq/scratch_directory.hpp"

namespace sandoq::tool {
namespace {

/// A small election. Branches, a device each, and voters are those of each thread of the machine,
/// so that all threads have work, and several blocks of a record in verification.
struct small_shape {
  std::uint32_t branches;  ///< a thread
  std::uint32_t voters;    ///< a thread
  std::uint32_t areas = 1;
  std::uint32_t options = 8;  ///< of each area's contest
  std::uint32_t choices = 3;  ///< in it
  contest_encoding encoding = contest_encoding::bit_vector;
  std::uint32_t text = 0;               ///< bytes of its write-in
  std::uint32_t everywhere = 0;         ///< options of a contest on all ballots, if not 0
  std::uint32_t challenged = 0;         ///< of 1,000 voters
  std::uint32_t trustees = 3;           ///< of each of two boards
  std::uint32_t threshold = 2;          ///< of each
  std::uint32_t options_of_nobody = 0;  ///< of a contest in an area where nobody votes
};

/// Each differs from one before it in what one cost hangs on.
constexpr std::array<small_shape, 11> added_up_shapes{{
    {.branches = 2, .voters = 100},
    {.branches = 2, .voters = 800},
    {.branches = 2, .voters = 100, .options = 40},
    {.branches = 2, .voters = 400, .options = 40},
    {.branches = 2, .voters = 600, .everywhere = 8},
    {.branches = 2, .voters = 300, .challenged = 500},
    {.branches = 48, .voters = 100},
    {.branches = 48, .voters = 100, .trustees = 5, .threshold = 4},
    {.branches = 24, .voters = 48, .areas = 24, .trustees = 5},
    {.branches = 48, .voters = 96, .areas = 24, .options = 40},
    {.branches = 2, .voters = 100, .options_of_nobody = 1000},
}};
constexpr auto as_slots = contest_encoding::slots;
constexpr auto as_subset = contest_encoding::packed_subset;
constexpr auto as_ranking = contest_encoding::packed_ranking;
/// The same of contests that are mixed. Proofs of slots have 64 to 512 bits, lists 9 to 840
/// ciphertexts.
constexpr std::array<small_shape, 12> mixed_shapes{{
    {.branches = 2, .voters = 10, .options = 250, .encoding = as_slots},
    {.branches = 2, .voters = 40, .options = 250, .encoding = as_slots},
    {.branches = 2, .voters = 12, .options = 2000, .choices = 10, .encoding = as_slots},
    {.branches = 2, .voters = 12, .options = 5000, .choices = 21, .encoding = as_slots},
    {.branches = 2, .voters = 40, .options = 31, .choices = 21, .encoding = as_slots},
    {.branches = 2, .voters = 12, .options = 250, .encoding = as_slots, .challenged = 1000},
    {.branches = 2,
     .voters = 20,
     .options = 250,
     .encoding = as_slots,
     .trustees = 5,
     .threshold = 4},
    {.branches = 20, .voters = 30, .areas = 10, .options = 250, .encoding = as_slots},
    {.branches = 2, .voters = 50, .options = 12, .choices = 5, .encoding = as_ranking},
    {.branches = 2, .voters = 300, .options = 12, .choices = 5, .encoding = as_ranking},
    {.branches = 2, .voters = 60, .options = 800, .choices = 10, .encoding = as_subset, .text = 60},
    {.branches = 2, .voters = 40, .options = 60, .encoding = as_subset, .challenged = 1000},
}};
constexpr std::size_t measured_times = 3;

using phase_seconds = std::array<double, work_phases>;

election_profile profile_of(const small_shape& shape, std::uint32_t threads) {
  election_profile out;
  out.name = "measure";
  out.title = {{"en", "A measurement"}};
  out.voters = std::uint64_t{shape.voters} * threads;
  out.challenged_of_1000 = shape.challenged;
  out.boards = {{shape.trustees, shape.threshold}, {shape.trustees, shape.threshold}};
  if (shape.everywhere > 0) {
    out.everywhere = {{shape.everywhere, 3, 3, 2}};
  }
  const std::uint32_t branches = shape.branches * threads;
  const profile_contest asked{
      shape.areas * shape.options, shape.choices, 1, 2, shape.encoding, shape.text};
  out.areas = {{shape.areas, branches, branches, 1000, {asked}}};
  if (shape.options_of_nobody > 0) {
    out.areas.push_back({1, 1, 1, 0, {{shape.options_of_nobody, 3, 3, 2}}});
  }
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
      // The costs of mixing are those of both its parts.
      const std::string& phase_name = phase.name == preparing_phase ? mixing_phase : phase.name;
      out[p] += phase_name == name_of(static_cast<work_phase>(p)) ? phase.seconds : 0;
    }
  }
  return out;
}

/// The medians of the phases of each scenario, held in turn, so that what disturbs the machine for
/// a while does not disturb one of them alone.
result<std::vector<phase_seconds>> hold_in_turn(std::span<const scenario> all, executor& workers) {
  std::vector<std::array<phase_seconds, measured_times>> held(all.size());
  for (std::size_t round = 0; round < measured_times; ++round) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto once = hold_once(all[i], workers);
      if (!once) {
        return tl::unexpected(once.error());
      }
      held[i][round] = *once;
    }
  }
  std::vector<phase_seconds> out;
  for (auto& rounds : held) {
    phase_seconds& median = out.emplace_back();
    for (std::size_t p = 0; p < work_phases; ++p) {
      std::sort(rounds.begin(), rounds.end(),
                [p](const phase_seconds& a, const phase_seconds& b) { return a[p] < b[p]; });
      median[p] = rounds[measured_times / 2][p];
    }
  }
  return out;
}

/// What each cost of a phase is multiplied with.
std::vector<double> row_of(work_phase phase, const workload& work) {
  std::vector<double> out;
  for (const cost_term& term : terms_of(phase)) {
    out.push_back(term.units(work));
  }
  return out;
}

/// What is held, and how much there is to do in it.
struct held_shapes {
  std::vector<scenario> scenarios;
  std::vector<workload> works;

  result<void> add(std::span<const small_shape> shapes, std::uint32_t threads) {
    for (const small_shape& shape : shapes) {
      const election_profile profile = profile_of(shape, threads);
      scenarios.push_back(profile_scenario(profile, {profile.voters}));
      const auto work = workload_of(scenarios.back(), profile.voters, threads);
      if (!work) {
        return tl::unexpected(work.error());
      }
      works.push_back(*work);
    }
    return {};
  }
};

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
  held_shapes all;
  auto planned = all.add(added_up_shapes, workers.concurrency());
  planned = planned ? all.add(mixed_shapes, workers.concurrency()) : std::move(planned);
  if (!planned) {
    return tl::unexpected(std::move(planned.error()));
  }
  const auto seconds = hold_in_turn(all.scenarios, workers);
  if (!seconds) {
    return tl::unexpected(seconds.error());
  }
  machine_profile out;
  out.name = "this machine";
  out.threads = workers.concurrency();
  for (std::size_t p = 0; p < work_phases; ++p) {
    std::vector<std::vector<double>> rows;
    std::vector<double> measured;
    for (std::size_t i = 0; i < all.works.size(); ++i) {
      rows.push_back(row_of(static_cast<work_phase>(p), all.works[i]));
      measured.push_back(std::max(1e6 * (*seconds)[i][p], 1.0));
    }
    const std::vector<double> costs = fitted_costs(rows, measured);
    std::copy(costs.begin(), costs.end(), out.microseconds[p].begin());
  }
  return out;
}

}  // namespace sandoq::tool
