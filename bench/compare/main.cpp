// Prints one table and writes compare.json.

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bench/compare/comparison.hpp"
#ifdef SANDOQ_INTEGER_GROUPS
#include "bench/compare/gmp_library.hpp"
#endif

namespace {

using sandoq::compare::comparison;
using sandoq::compare::row;

std::string three_digits(double ns) {
  return ns >= 1e6   ? fmt::format("{:.3g} ms", ns / 1e6)
         : ns >= 1e3 ? fmt::format("{:.3g} us", ns / 1e3)
                     : fmt::format("{:.3g} ns", ns);
}

void print(const row& r) {
  fmt::print("{:<26} {:<12} {:>10} {:>10} {:>8}  {:>5}x  {}\n", r.name, r.kernel,
             three_digits(r.ours_ns), r.baseline_ns ? three_digits(*r.baseline_ns) : "n/a",
             r.ratio() ? fmt::format("{:.1f}x", *r.ratio()) : "n/a", r.goal,
             !r.ratio()             ? "n/a"
             : r.goal == 0          ? "no goal"
             : *r.ratio() >= r.goal ? "reached"
                                    : "missed");
  std::fflush(stdout);
}

nlohmann::json to_json(const row& r) {
  const auto number = [](const std::optional<double>& n) {
    return n ? nlohmann::json(*n) : nlohmann::json(nullptr);
  };
  return {{"name", r.name},
          {"kernel", r.kernel},
          {"ours_ns", r.ours_ns},
          {"baseline", r.baseline},
          {"baseline_ns", number(r.baseline_ns)},
          {"ratio", number(r.ratio())},
          {"goal", r.goal}};
}

void append(std::vector<comparison>& all, std::vector<comparison> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Compares this library with others, pair by pair in one process.");
  std::string only;
  std::string kernel;
  std::string out;
  app.add_option("--only", only, "comparisons whose name contains this");
  app.add_option("--kernel", kernel, "kernels whose name contains this");
  app.add_option("--out", out, "where to write the results as JSON")->required();
#ifdef SANDOQ_INTEGER_GROUPS
  std::string tuned_gmp;
  app.add_option("--tuned-gmp", tuned_gmp, "a shared libgmp for this CPU, another baseline");
#endif
  CLI11_PARSE(app, argc, argv);

  std::vector<comparison> all = sandoq::compare::group_comparisons();
  append(all, sandoq::compare::ballot_comparisons());
  append(all, sandoq::compare::trustee_comparisons());
#ifdef SANDOQ_INTEGER_GROUPS
  std::optional<sandoq::compare::gmp_library> tuned;
  if (!tuned_gmp.empty()) {
    auto loaded = sandoq::compare::load_gmp(tuned_gmp);
    if (!loaded) {
      fmt::print(stderr, "{}\n", to_string(loaded.error()));
      return 2;
    }
    tuned = *loaded;
  }
  append(all, sandoq::compare::integer_comparisons(tuned ? &*tuned : nullptr));
#endif
  fmt::print("{:<26} {:<12} {:>10} {:>10} {:>8}  {:>6}\n", "an item", "kernel", "ours", "theirs",
             "ratio", "goal");
  nlohmann::json results = nlohmann::json::array();
  for (const comparison& c : all) {
    if (c.name.find(only) == std::string::npos) {
      continue;
    }
    for (const row& r : sandoq::compare::measure(c, kernel)) {
      print(r);
      results.push_back(to_json(r));
    }
  }
  std::ofstream file(out);
  file << results.dump(1) << "\n";
  if (!file.flush()) {
    fmt::print(stderr, "{}: cannot be written\n", out);
    return 2;
  }
}
