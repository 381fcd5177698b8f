// Integer groups beside GMP's mpz_powm in the same run. Times per item: an element or a term of a
// sum.

#include <benchmark/benchmark.h>
#include <gmp.h>

#include <cstdlib>
#include <vector>

#include "sandoq/core/system_random.hpp"
#include "sandoq/group/integer_group_secret.hpp"

namespace sandoq {
namespace {

constexpr std::size_t terms = 64;

template <class G>
std::vector<typename G::scalar> random_scalars() {
  system_random source;
  std::vector<typename G::scalar> out;
  for (std::size_t i = 0; i < terms; ++i) {
    byte_array<G::nonce_bytes> wide;
    source.fill(wide);
    out.push_back(G::scalar_from_nonce_bytes(wide));
  }
  return out;
}

template <class G>
std::vector<typename G::element> random_elements() {
  std::vector<typename G::element> out;
  for (const auto& s : random_scalars<G>()) {
    out.push_back(G::mul_base_vartime(s));
  }
  return out;
}

void per_item(benchmark::State& state, std::size_t items) {
  state.counters["s/item"] =
      benchmark::Counter(static_cast<double>(items), benchmark::Counter::kIsIterationInvariantRate |
                                                         benchmark::Counter::kInvert);
}

/// A number of GMP from big-endian bytes.
class number {
 public:
  explicit number(byte_view in) {
    mpz_init(value_);
    mpz_import(value_, in.size(), 1, 1, 0, 0, in.data());
  }
  number(const number&) = delete;
  number& operator=(const number&) = delete;
  ~number() { mpz_clear(value_); }
  mpz_ptr get() { return value_; }

 private:
  mpz_t value_;
};

/// The baseline: GMP alone, public exponent.
template <class G>
void power_gmp(benchmark::State& state) {
  number base(G::encode(random_elements<G>()[0]));
  number exponent(G::encode_scalar(random_scalars<G>()[0]));
  std::array<std::byte, G::element_bytes> ones;
  ones.fill(std::byte{0xFF});  // as long as p, and odd: GMP's time depends on nothing else
  number modulus(ones);
  for (auto _ : state) {
    mpz_powm(base.get(), base.get(), exponent.get(), modulus.get());
  }
  per_item(state, 1);
}

template <class G>
void power_public(benchmark::State& state) {
  const auto e = random_elements<G>()[0];
  const auto s = random_scalars<G>()[0];
  for (auto _ : state) {
    auto out = G::mul_vartime(s, e);
    benchmark::DoNotOptimize(out);
  }
  per_item(state, 1);
}

template <class G>
void power_secret(benchmark::State& state) {
  const auto e = random_elements<G>()[0];
  const secret_scalar<G> s(random_scalars<G>()[0]);
  for (auto _ : state) {
    auto out = secret_ops<G>::mul(s, e);
    benchmark::DoNotOptimize(out);
  }
  per_item(state, 1);
}

template <class G>
void sum_of_powers(benchmark::State& state) {
  const auto elements = random_elements<G>();
  const auto scalars = random_scalars<G>();
  for (auto _ : state) {
    auto out = G::msm_vartime(scalars, elements);
    benchmark::DoNotOptimize(out);
  }
  per_item(state, terms);
}

template <class G>
void decode_one(benchmark::State& state) {
  const auto octets = G::encode(random_elements<G>()[0]);
  for (auto _ : state) {
    auto out = G::decode(octets);
    benchmark::DoNotOptimize(out);
  }
  per_item(state, 1);
}

template <class G>
void decode_batch(benchmark::State& state) {
  bytes octets(terms * G::element_bytes);
  G::encode_batch(octets, random_elements<G>());
  std::vector<typename G::element> out(terms);
  for (auto _ : state) {
    if (!G::decode_batch(out, octets)) {
      std::abort();  // a benchmark of a wrong result is worth nothing
    }
  }
  per_item(state, terms);
}

template <class G>
void add(benchmark::State& state) {
  const auto elements = random_elements<G>();
  auto sum = elements[0];
  for (auto _ : state) {
    sum += elements[1];
    benchmark::DoNotOptimize(sum);
  }
  per_item(state, 1);
}

BENCHMARK(power_gmp<modp4096>);
BENCHMARK(power_public<modp4096>);
BENCHMARK(power_secret<modp4096>);
BENCHMARK(sum_of_powers<modp4096>);
BENCHMARK(decode_one<modp4096>);
BENCHMARK(decode_batch<modp4096>);
BENCHMARK(add<modp4096>);
BENCHMARK(power_gmp<rfc3526_2048>);
BENCHMARK(power_public<rfc3526_2048>);
BENCHMARK(power_secret<rfc3526_2048>);
BENCHMARK(sum_of_powers<rfc3526_2048>);
BENCHMARK(decode_batch<rfc3526_2048>);

}  // namespace
}  // namespace sandoq
