// Ballots of one contest, k = 3 of n = 10 or 20 with blank: encryption with its proof, verification
// from wire bytes, single and in batches, aggregation from wire bytes. One thread. Beside each
// stands what the same group operations cost through libsodium's byte interface, one by one,
// without any hashing: an estimate from below of what a straightforward program over libsodium
// would need.

#include <benchmark/benchmark.h>
#include <sodium.h>

#include <cstdint>
#include <vector>

#include "bench/bench_election.hpp"
#include "bench/sodium_ops.hpp"

namespace {

using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
using G = ristretto255;

using bench::election_of;
using bench::sodium_ops;

std::uint32_t options_of(const benchmark::State& state) {
  return static_cast<std::uint32_t>(state.range(0));
}

void per_ballot(benchmark::State& state, std::size_t ballots) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(ballots));
  state.counters["per_ballot"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(ballots),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void ballot_encrypt(benchmark::State& state) {
  election_of& election = election_of::options(options_of(state));
  std::uint32_t number = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(election.encrypt(++number));
  }
  per_ballot(state, 1);
}

void ballot_verify(benchmark::State& state) {
  election_of& election = election_of::options(options_of(state));
  const auto count = static_cast<std::size_t>(state.range(1));
  const auto ballots = election.ballots(count);
  const ballot_verifier verifier(election.context());
  sequential_executor here;
  for (auto _ : state) {
    for (const ballot_outcome& outcome : verifier.verify(ballots, here)) {
      if (!outcome) {
        state.SkipWithError("a good ballot was rejected");
        return;
      }
    }
  }
  per_ballot(state, count);
}

void ballot_aggregate_from_wire(benchmark::State& state) {
  election_of& election = election_of::options(options_of(state));
  const auto ballots = election.ballots(256);
  std::vector<G::element> sums(2 * election.shape().ciphertexts());
  for (auto _ : state) {
    for (const ballot_item& ballot : ballots) {
      const auto decoded = decode_ciphertexts(ballot.contests[0].ciphertexts);
      G::add_many(sums, decoded->elements());
    }
    benchmark::DoNotOptimize(sums.data());
  }
  per_ballot(state, ballots.size());
}

/// r_i*G, r_i*K; rho*H, alpha*H, a_i*G_i; T1, T0; E. Additions of bits and of terms.
void sodium_encrypt(benchmark::State& state) {
  const auto& shape = election_of::options(options_of(state)).shape();
  const std::size_t n = shape.ciphertexts();
  const std::size_t N = shape.bits();
  sodium_ops sodium;
  for (auto _ : state) {
    sodium.base(n + 2 + 2);
    sodium.variable(n + 2 + N + 2 + 1);
    sodium.add(n + 2 * N + 2 + 1);
  }
  per_ballot(state, 1);
}

/// The terms of the four equations, one by one.
void sodium_verify(benchmark::State& state) {
  const auto& shape = election_of::options(options_of(state)).shape();
  const std::size_t n = shape.ciphertexts();
  const std::size_t N = shape.bits();
  sodium_ops sodium;
  for (auto _ : state) {
    sodium.base(3);
    sodium.variable((2 + N) + 2 + n + (n + 1));
    sodium.add((2 + N) + 3 + (n + 1) + (n + 2));
  }
  per_ballot(state, 1);
}

/// Adds the ciphertexts of 256 ballots to running sums that stay in wire form.
void sodium_aggregate_from_wire(benchmark::State& state) {
  election_of& election = election_of::options(options_of(state));
  const auto ballots = election.ballots(256);
  std::vector<wire_ciphertext> sums(election.shape().ciphertexts());
  const auto add = [](wire_element& sum, const wire_element& e) {
    auto* out = reinterpret_cast<unsigned char*>(sum.octets.data());
    return crypto_core_ristretto255_add(out, out,
                                        reinterpret_cast<const unsigned char*>(e.octets.data()));
  };
  for (auto _ : state) {
    for (const ballot_item& ballot : ballots) {
      for (std::size_t i = 0; i < sums.size(); ++i) {
        const wire_ciphertext& c = ballot.contests[0].ciphertexts[i];
        if (add(sums[i].alpha, c.alpha) != 0 || add(sums[i].beta, c.beta) != 0) {
          state.SkipWithError("libsodium refused an element");
          return;
        }
      }
    }
  }
  per_ballot(state, ballots.size());
}

BENCHMARK(ballot_encrypt)->ArgName("n")->Arg(10)->Arg(20)->Unit(benchmark::kMicrosecond);
BENCHMARK(sodium_encrypt)->ArgName("n")->Arg(10)->Arg(20)->Unit(benchmark::kMicrosecond);
BENCHMARK(ballot_verify)
    ->ArgNames({"n", "ballots"})
    ->ArgsProduct({{10, 20}, {1, 256, 1024}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(sodium_verify)->ArgName("n")->Arg(10)->Arg(20)->Unit(benchmark::kMillisecond);
BENCHMARK(ballot_aggregate_from_wire)
    ->ArgName("n")
    ->Arg(10)
    ->Arg(20)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(sodium_aggregate_from_wire)
    ->ArgName("n")
    ->Arg(10)
    ->Arg(20)
    ->Unit(benchmark::kMillisecond);

}  // namespace
