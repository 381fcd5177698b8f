// What large contests cost: shuffles, ballots of slots, opening of mixed lists. Processor time of
// one thread, also in scalar multiplications of libsodium that are measured in the same run.

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "bench/mixing/report.hpp"
#include "lib/kernels/choice.hpp"

int main(int argc, char** argv) {
  using namespace sandoq::bench;  // NOLINT(google-build-using-namespace): a program of its own
  CLI::App app("Measures shuffles, ballots of slots and the opening of mixed lists.");
  std::vector<std::string> parts = {"shuffle", "slots", "opening"};
  std::vector<std::size_t> sizes = {1'000, 10'000, 100'000};
  shuffle_plan shuffles{{}, {0}, {1'000}, 1};
  slots_plan slots{{16, 256}, 1};
  int samples = 3;
  std::string file, kernel;
  app.add_option("--parts", parts, "of shuffle, slots, opening")
      ->delimiter(',')
      ->capture_default_str()
      ->check(CLI::IsMember({"shuffle", "slots", "opening"}));
  app.add_option("--sizes", sizes, "numbers of ciphertexts")->delimiter(',')->capture_default_str();
  app.add_option("--rows", shuffles.rows, "matrix rows of shuffles; 0 is what elections take")
      ->delimiter(',')
      ->capture_default_str();
  app.add_option("--integers", shuffles.integer_sizes,
                 "shuffles over residues of 3,072 bits, 0.07 s a ciphertext; 0: none")
      ->delimiter(',')
      ->capture_default_str();
  app.add_option("--batches", slots.batches, "ballots of slots that are verified together")
      ->delimiter(',')
      ->capture_default_str();
  app.add_option("--samples", samples, "the smallest of so many times")->capture_default_str();
  app.add_option("--kernel", kernel, "the kernel; the one that is chosen by itself if left out");
  app.add_option("--out", file, "a JSON file of all rows");
  CLI11_PARSE(app, argc, argv);
  std::optional<sandoq::kernels::forced_kernel> forced;
  if (!kernel.empty()) {
    const auto* found = sandoq::kernels::kernel_named(kernel);
    if (found == nullptr) {
      fmt::print(stderr, "there is no kernel '{}' here\n", kernel);
      return 2;
    }
    forced.emplace(*found);
  }
  std::erase(shuffles.integer_sizes, std::size_t{0});
  shuffles.sizes = sizes;
  shuffles.samples = slots.samples = samples;
  const auto wanted = [&](const char* part) {
    return std::find(parts.begin(), parts.end(), part) != parts.end();
  };
  report out;
  if (wanted("shuffle")) {
    measure_shuffles(out, shuffles);
  }
  if (wanted("slots")) {
    measure_slots(out, slots);
  }
  if (wanted("opening")) {
    measure_openings(out, {sizes, samples});
  }
  if (!file.empty() && !out.write(file)) {
    fmt::print(stderr, "{} cannot be written\n", file);
    return 1;
  }
  return 0;
}
