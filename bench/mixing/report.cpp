#include "bench/mixing/report.hpp"

#include <fmt/core.h>
#include <malloc.h>
#include <sys/resource.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "bench/sodium_ops.hpp"
#include "lib/kernels/select.hpp"

namespace sandoq::bench {
namespace {

double sodium_us() {
  sodium_ops sodium;
  constexpr int calls = 32;
  smallest best;
  for (int i = 0; i < 20; ++i) {
    best.of([&] { sodium.variable(calls); });
  }
  return best.us() / calls;
}

}  // namespace

double thread_us() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) * 1e-3;
}

double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void forget_peak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
}

report::report() : unit_us_(sodium_us()) {
  fmt::print("kernel {}; one scalar multiplication of libsodium {:.1f} us\n",
             kernels::ristretto255_kernel().name, unit_us_);
}

void report::begin(std::string_view heading) {
  fmt::print(
      "\n{}\n\n| operation | group | items | rows | proof, bytes | us an item | units | peak "
      "memory, MB |\n|---|---|---|---|---|---|---|---|\n",
      heading);
}

void report::add(measurement row) {
  row.peak_mb = peak_mb();
  const auto or_nothing = [](std::size_t value) {
    return value == 0 ? std::string() : std::to_string(value);
  };
  fmt::print("| {}, per {} | {} | {} | {} | {} | {:.2f} | {:.3f} | {:.0f} |\n", row.operation,
             row.item, row.group, row.size, or_nothing(row.rows), or_nothing(row.proof_bytes),
             row.us, row.us / unit_us_, row.peak_mb);
  std::fflush(stdout);
  rows_.push_back(std::move(row));
}

void report::add_sizes(const std::vector<shape_size>& sizes) {
  fmt::print("\n| group | items | rows | proof, bytes |\n|---|---|---|---|\n");
  for (const shape_size& each : sizes) {
    fmt::print("| {} | {} | {} | {} |\n", each.group, each.size, each.rows, each.proof_bytes);
  }
  sizes_ = sizes;
}

bool report::write(const std::string& path) const {
  nlohmann::json rows = nlohmann::json::array();
  for (const measurement& row : rows_) {
    rows.push_back({{"part", row.part},
                    {"operation", row.operation},
                    {"group", row.group},
                    {"item", row.item},
                    {"size", row.size},
                    {"rows", row.rows},
                    {"proof_bytes", row.proof_bytes},
                    {"us", row.us},
                    {"units", row.us / unit_us_},
                    {"peak_mb", row.peak_mb}});
  }
  nlohmann::json sizes = nlohmann::json::array();
  for (const shape_size& each : sizes_) {
    sizes.push_back({{"group", each.group},
                     {"size", each.size},
                     {"rows", each.rows},
                     {"proof_bytes", each.proof_bytes}});
  }
  const nlohmann::json all = {{"kernel", kernels::ristretto255_kernel().name},
                              {"unit_us", unit_us_},
                              {"rows", std::move(rows)},
                              {"shuffle_proofs", std::move(sizes)}};
  std::ofstream file(path);
  file << all.dump(1) << '\n';
  return static_cast<bool>(file);
}

}  // namespace sandoq::bench
