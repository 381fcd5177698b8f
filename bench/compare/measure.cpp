#include <algorithm>
#include <cstdio>
#include <ctime>
#include <limits>

#include "bench/compare/comparison.hpp"
#include "lib/kernels/choice.hpp"

namespace sandoq::compare {
namespace {

constexpr int pairs = 15;
constexpr double sample_ns = 3e6;  ///< at least so long a sample, unless one run is longer

double thread_ns() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

double time_of(const side& s, int times) {
  const double begin = thread_ns();
  for (int i = 0; i < times; ++i) {
    s.run();
  }
  return (thread_ns() - begin) / (static_cast<double>(times) * static_cast<double>(s.items));
}

int times_for(const side& s) {
  const double once = time_of(s, 1) * static_cast<double>(s.items);
  return std::max(1, static_cast<int>(sample_ns / once));
}

double goal_for(const goals& goal, std::string_view kernel) {
  return kernel == "portable" ? goal.portable : kernel == "avx2" ? goal.avx2 : goal.avx512;
}

}  // namespace

std::vector<row> measure(const comparison& what, std::string_view kernel_part) {
  const bool has_theirs = what.make_theirs != nullptr;
  const side theirs = has_theirs ? what.make_theirs() : side{1, [] {}};
  const int theirs_times = has_theirs ? times_for(theirs) : 0;
  std::vector<row> out;
  for (const kernels::ristretto255_table* kernel : kernels::kernels_here()) {
    const std::string_view name = kernel->name;
    if (kernel->emulated || name.find(kernel_part) == std::string_view::npos) {
      continue;
    }
    const kernels::forced_kernel only(*kernel);
    const side ours = what.make_ours();
    const int ours_times = times_for(ours);
    double ours_best = std::numeric_limits<double>::max();
    double theirs_best = ours_best;
    for (int i = 0; i < pairs; ++i) {
      ours_best = std::min(ours_best, time_of(ours, ours_times));
      theirs_best = has_theirs ? std::min(theirs_best, time_of(theirs, theirs_times)) : theirs_best;
    }
    out.push_back({what.name, std::string(name), ours_best, what.baseline,
                   has_theirs ? std::optional(theirs_best) : std::nullopt,
                   goal_for(what.goal, name)});
  }
  return out;
}

}  // namespace sandoq::compare
