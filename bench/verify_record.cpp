// Verifies a record on one kernel and says what it took: one line of JSON for the scripts beside
// this file.

#include "sandoq/verify/verify_record.hpp"

#include <fmt/core.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "lib/kernels/choice.hpp"
#include "sandoq/core/executor.hpp"

namespace {

double seconds_of(const timeval& t) {
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
}

std::string kernel_names() {
  std::string out;
  for (const auto* kernel : sandoq::kernels::kernels_here()) {
    out += (out.empty() ? "" : " ") + std::string(kernel->name);
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Verifies a record on one kernel and prints what it took as JSON.");
  std::string directory;
  std::string kernel;
  unsigned threads = 1;
  bool list = false;
  app.add_flag("--list", list, "print the names of this machine's kernels and end");
  app.add_option("directory", directory, "the record");
  app.add_option("--kernel", kernel, "the kernel; the one that is chosen by itself if left out");
  app.add_option("--threads", threads, "threads; 0 is all cores")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  if (list) {
    fmt::print("{}\n", kernel_names());
    return 0;
  }
  std::optional<sandoq::kernels::forced_kernel> forced;
  if (!kernel.empty()) {
    const auto* found = sandoq::kernels::kernel_named(kernel);
    if (found == nullptr) {
      fmt::print(stderr, "no kernel '{}' here; there are: {}\n", kernel, kernel_names());
      return 2;
    }
    forced.emplace(*found);
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto workers = sandoq::make_executor(threads);
  const auto found = sandoq::verify_record(directory, {}, *workers);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  if (!found) {
    fmt::print(stderr, "{}\n", sandoq::to_string(found.error()));
    return 2;
  }
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  nlohmann::json out = {{"accepted", found->accepted},
                        {"ballots", found->ballots},
                        {"wall_s", wall.count()},
                        {"cpu_s", seconds_of(used.ru_utime) + seconds_of(used.ru_stime)},
                        {"peak_kib", used.ru_maxrss}};
  for (const auto& phase : found->seconds) {
    out["phases"][std::string(phase.phase)] = phase.seconds;
  }
  fmt::print("{}\n", out.dump());
  return found->accepted ? 0 : 1;
}
