// What mixing a list costs: preparing, shuffling with its proof, verifying, for each ciphertext and
// in multiplications of libsodium that are measured in the same run; bytes of proofs; memory.

#include "sandoq/proofs/shuffle.hpp"

#include <fmt/core.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ctime>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "bench/sodium_ops.hpp"
#include "lib/kernels/select.hpp"
#include "sandoq/core/system_random.hpp"
#include "sandoq/proofs/shuffle_prove.hpp"
#ifdef SANDOQ_INTEGER_GROUPS
#include "sandoq/group/integer_group_secret.hpp"
#endif

namespace sandoq::bench {
namespace {

double thread_us() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) * 1e-3;
}

/// The smallest of several samples of one libsodium scalar multiplication.
double sodium_us() {
  sodium_ops sodium;
  double best = std::numeric_limits<double>::max();
  for (int i = 0; i < 20; ++i) {
    const double begin = thread_us();
    sodium.variable(32);
    best = std::min(best, (thread_us() - begin) / 32);
  }
  return best;
}

double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Processor time of one call, in microseconds.
template <class Work>
double time_of(Work&& work) {
  const double begin = thread_us();
  work();
  return thread_us() - begin;
}

struct measured {
  double decode = std::numeric_limits<double>::max();
  double prepare = decode;
  double prove = decode;
  double verify = decode;
};

void print(std::string_view group, const shuffle_shape& shape, std::size_t proof_bytes,
           const measured& us, double unit) {
  const auto n = static_cast<double>(shape.size());
  fmt::print("| {} | {} | {} | {} |", group, shape.size(), shape.rows(), proof_bytes);
  for (const double value : {us.decode, us.prepare, us.prove, us.verify}) {
    fmt::print(" {:.1f} ({:.2f}) |", value / n, value / n / unit);
  }
  fmt::print(" {:.0f} |\n", peak_mb());
}

/// \param samples  how often each step is measured; the smallest time counts
template <class G>
void run(std::size_t size, std::size_t rows, int samples, double unit) {
  system_random random;
  const auto shape =
      rows == 0 ? shuffle_shape::of(size).value() : shuffle_shape::with_rows(size, 1, rows).value();
  const auto key = encoded_element<G>(G::base("blind", digest32{}, 2));
  const auto election =
      shuffle_election<G>::make(digest32{}, digest32{}, election_domain::drill, key, shape.bases())
          .value();
  const shuffle_prover_tables<G> tables(election);
  // Ciphertexts are elements whatever they hold: multiples that follow one another are cheap.
  std::vector<element_of<G>> list(shape.size() * shape.step());
  const auto start = G::base("blind", digest32{}, 3);
  element_of<G> running = start;
  for (auto& e : list) {
    e = running;
    running += start;
  }
  const encoded_elements<G> inputs(std::move(list));
  const shuffle_context<G> context{election, "contest", "all", {}, 1, 1, {}};
  measured us;
  std::size_t proof_bytes = 0;
  for (int i = 0; i < samples; ++i) {
    std::optional<shuffle_preparation<G>> prepared;
    us.prepare =
        std::min(us.prepare,
                 time_of([&] { prepared = shuffle_preparation<G>::make(tables, shape, random); }));
    std::optional<shuffled_list<G>> made;
    us.prove =
        std::min(us.prove, time_of([&] {
                   made = shuffle(tables, context, inputs, std::move(*prepared), random).value();
                 }));
    const bytes octets(made->lists.outputs().octets().begin(),
                       made->lists.outputs().octets().end());
    us.decode = std::min(
        us.decode, time_of([&] { require(encoded_elements<G>::decode(octets).has_value()); }));
    us.verify = std::min(us.verify, time_of([&] {
                           require(verify_folded(context, made->lists, made->proof).holds());
                         }));
    proof_bytes = made->proof.encode().size();
  }
  print(G::name, shape, proof_bytes, us, unit);
}

}  // namespace
}  // namespace sandoq::bench

int main(int argc, char** argv) {
  using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
  CLI::App app("Measures shuffles: us for each ciphertext, and multiplications of libsodium.");
  std::vector<std::size_t> sizes = {1'000, 10'000};
  std::vector<std::size_t> rows = {0};
  int samples = 3;
  std::size_t integers = 0;
  app.add_option("--sizes", sizes, "numbers of ciphertexts")->delimiter(',')->capture_default_str();
  app.add_option("--rows", rows, "matrix rows; 0 is what elections take")
      ->delimiter(',')
      ->capture_default_str();
  app.add_option("--samples", samples, "the smallest of so many times")->capture_default_str();
  app.add_option("--integers", integers, "also so many over residues of 3,072 bits (slow)");
  CLI11_PARSE(app, argc, argv);
  const double unit = bench::sodium_us();
  fmt::print("kernel {}; one scalar multiplication of libsodium {:.1f} us\n\n",
             kernels::ristretto255_kernel().name, unit);
  fmt::print(
      "| group | N | rows | proof, bytes | decode outputs, us (units) | prepare | shuffle and "
      "prove | verify | peak memory so far, MB |\n|---|---|---|---|---|---|---|---|---|\n");
  for (const std::size_t size : sizes) {
    for (const std::size_t m : rows) {
      bench::run<ristretto255>(size, m, samples, unit);
    }
  }
#ifdef SANDOQ_INTEGER_GROUPS
  if (integers != 0) {
    bench::run<swisspost3072>(integers, 0, 1, unit);
  }
#endif
  return 0;
}
