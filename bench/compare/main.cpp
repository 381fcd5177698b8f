// Prints one table and writes compare.json.

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/compare/comparison.hpp"

namespace {

using sandoq::compare::comparison;
using sandoq::compare::row;

std::string three_digits(double ns) {
  return ns >= 1e6   ? fmt::format("{:.3g} ms", ns / 1e6)
         : ns >= 1e3 ? fmt::format("{:.3g} us", ns / 1e3)
                     : fmt::format("{:.3g} ns", ns);
}

void print(const row& r) {
  fmt::print("{:<26} {:<12} {:>10} {:>10} {:>7.1f}x  {:>5}x  {}\n", r.name, r.kernel,
             three_digits(r.ours_ns), three_digits(r.baseline_ns), r.ratio(), r.goal,
             r.goal == 0           ? "no goal"
             : r.ratio() >= r.goal ? "reached"
                                   : "missed");
  std::fflush(stdout);
}

nlohmann::json to_json(const row& r) {
  return {{"name", r.name},         {"kernel", r.kernel},           {"ours_ns", r.ours_ns},
          {"baseline", r.baseline}, {"baseline_ns", r.baseline_ns}, {"ratio", r.ratio()},
          {"goal", r.goal}};
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
  CLI11_PARSE(app, argc, argv);

  std::vector<comparison> all = sandoq::compare::group_comparisons();
  for (auto* make : {sandoq::compare::ballot_comparisons, sandoq::compare::trustee_comparisons,
#ifdef SANDOQ_INTEGER_GROUPS
                     sandoq::compare::integer_comparisons
#endif
       }) {
    for (comparison& c : make()) {
      all.push_back(std::move(c));
    }
  }
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
