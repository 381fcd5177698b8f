// The group, beside libsodium in the same run. Times per item: an element, a ciphertext, or a term
// of a sum.

#include <benchmark/benchmark.h>
#include <sodium.h>

#include <array>
#include <cstdlib>
#include <vector>

#include "sandoq/core/system_random.hpp"
#include "sandoq/group/ristretto255_secret.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using scalar = group::scalar;
using element = group::element;
using ops = secret_ops<group>;

const unsigned char* raw(const std::byte* p) {
  return reinterpret_cast<const unsigned char*>(p);
}
unsigned char* raw(std::byte* p) {
  return reinterpret_cast<unsigned char*>(p);
}

constexpr std::size_t wire_items = 1024;

std::vector<element> random_elements(std::size_t n) {
  system_random source;
  std::vector<element> out;
  out.reserve(n);
  byte_array<64> wide;
  source.fill(wide);
  element e = group::from_uniform_bytes(wide);
  source.fill(wide);
  const element step = group::from_uniform_bytes(wide);
  for (std::size_t i = 0; i < n; ++i) {
    out.push_back(e);
    e += step;
  }
  return out;
}

std::vector<scalar> random_scalars(std::size_t n, std::size_t bytes_used = 64) {
  system_random source;
  std::vector<scalar> out;
  out.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    byte_array<64> wide{};
    source.fill(std::span(wide).first(bytes_used));
    out.push_back(group::scalar_from_wide(wide));
  }
  return out;
}

bytes random_wire(std::size_t n) {
  bytes out(32 * n);
  group::encode_batch(out, random_elements(n));
  return out;
}

void per_item(benchmark::State& state, std::size_t items) {
  state.SetItemsProcessed(static_cast<std::int64_t>(items) * state.iterations());
  state.counters["s/item"] =
      benchmark::Counter(static_cast<double>(items), benchmark::Counter::kIsIterationInvariantRate |
                                                         benchmark::Counter::kInvert);
}

void require(bool good) {
  if (!good) {
    std::abort();  // a benchmark of a wrong result is worth nothing
  }
}

// Decoding and encoding.

void decode_libsodium(benchmark::State& state) {
  const bytes wire = random_wire(wire_items);
  for (auto _ : state) {
    for (std::size_t i = 0; i < wire_items; ++i) {
      require(crypto_core_ristretto255_is_valid_point(raw(&wire[32 * i])) == 1);
    }
  }
  per_item(state, wire_items);
}
BENCHMARK(decode_libsodium);

void decode_one(benchmark::State& state) {
  const bytes wire = random_wire(wire_items);
  for (auto _ : state) {
    for (std::size_t i = 0; i < wire_items; ++i) {
      auto e = group::decode(byte_view(wire).subspan(32 * i, 32));
      benchmark::DoNotOptimize(e);
    }
  }
  per_item(state, wire_items);
}
BENCHMARK(decode_one);

void decode_batch(benchmark::State& state) {
  const bytes wire = random_wire(wire_items);
  std::vector<element> out(wire_items);
  for (auto _ : state) {
    require(group::decode_batch(out, wire).has_value());
  }
  per_item(state, wire_items);
}
BENCHMARK(decode_batch);

void encode_batch(benchmark::State& state) {
  const auto elements = random_elements(wire_items);
  bytes wire(32 * wire_items);
  for (auto _ : state) {
    group::encode_batch(wire, elements);
    benchmark::DoNotOptimize(wire.data());
  }
  per_item(state, wire_items);
}
BENCHMARK(encode_batch);

// Addition: libsodium's goes from bytes to bytes.

void add_libsodium(benchmark::State& state) {
  const bytes wire = random_wire(2);
  byte_array<32> out;
  for (auto _ : state) {
    require(crypto_core_ristretto255_add(raw(out.data()), raw(&wire[0]), raw(&wire[32])) == 0);
  }
  per_item(state, 1);
}
BENCHMARK(add_libsodium);

void add(benchmark::State& state) {
  const auto elements = random_elements(2);
  element sum = elements[0];
  for (auto _ : state) {
    sum += elements[1];
    benchmark::DoNotOptimize(sum);
  }
  per_item(state, 1);
}
BENCHMARK(add);

// The sum of ciphertexts of 64 bytes.

void aggregate_libsodium(benchmark::State& state) {
  const bytes wire = random_wire(2 * wire_items);
  for (auto _ : state) {
    std::array<byte_array<32>, 2> sum{};
    for (std::size_t i = 0; i < 2 * wire_items; ++i) {
      auto& part = sum[i % 2];
      require(crypto_core_ristretto255_add(raw(part.data()), raw(part.data()),
                                           raw(&wire[32 * i])) == 0);
    }
    benchmark::DoNotOptimize(sum);
  }
  per_item(state, wire_items);
}
BENCHMARK(aggregate_libsodium);

void aggregate_from_wire(benchmark::State& state) {
  const bytes wire = random_wire(2 * wire_items);
  std::vector<element> decoded(2 * wire_items);
  for (auto _ : state) {
    require(group::decode_batch(decoded, wire).has_value());
    std::array<element, 2> sum;
    for (std::size_t i = 0; i < wire_items; ++i) {
      group::add_many(sum, std::span(decoded).subspan(2 * i, 2));
    }
    benchmark::DoNotOptimize(sum);
  }
  per_item(state, wire_items);
}
BENCHMARK(aggregate_from_wire);

// Multiplication.

void mul_base_libsodium(benchmark::State& state) {
  const auto s = group::encode_scalar(random_scalars(1)[0]);
  byte_array<32> out;
  for (auto _ : state) {
    require(crypto_scalarmult_ristretto255_base(raw(out.data()), raw(s.data())) == 0);
  }
  per_item(state, 1);
}
BENCHMARK(mul_base_libsodium);

void mul_base_secret(benchmark::State& state) {
  const secret<scalar> x(random_scalars(1)[0]);
  for (auto _ : state) {
    auto out = ops::mul_base(x);
    benchmark::DoNotOptimize(out);
  }
  per_item(state, 1);
}
BENCHMARK(mul_base_secret);

void mul_base_vartime(benchmark::State& state) {
  const scalar x = random_scalars(1)[0];
  for (auto _ : state) {
    auto out = group::mul_base_vartime(x);
    benchmark::DoNotOptimize(out);
  }
  per_item(state, 1);
}
BENCHMARK(mul_base_vartime);

void make_fixed_base_table(benchmark::State& state) {
  const element p = random_elements(1)[0];
  for (auto _ : state) {
    const fixed_base_table<group> table(p);
    benchmark::DoNotOptimize(table);
  }
  per_item(state, 1);
}
BENCHMARK(make_fixed_base_table);

void mul_libsodium(benchmark::State& state) {
  const auto s = group::encode_scalar(random_scalars(1)[0]);
  const bytes p = random_wire(1);
  byte_array<32> out;
  for (auto _ : state) {
    require(crypto_scalarmult_ristretto255(raw(out.data()), raw(s.data()), raw(p.data())) == 0);
  }
  per_item(state, 1);
}
BENCHMARK(mul_libsodium);

void mul_secret(benchmark::State& state) {
  const secret<scalar> x(random_scalars(1)[0]);
  const element p = random_elements(1)[0];
  for (auto _ : state) {
    auto out = ops::mul(x, p);
    benchmark::DoNotOptimize(out);
  }
  per_item(state, 1);
}
BENCHMARK(mul_secret);

void mul_vartime(benchmark::State& state) {
  const scalar x = random_scalars(1)[0];
  const element p = random_elements(1)[0];
  for (auto _ : state) {
    auto out = group::mul_vartime(x, p);
    benchmark::DoNotOptimize(out);
  }
  per_item(state, 1);
}
BENCHMARK(mul_vartime);

void msm_secret(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  std::vector<secret<scalar>> xs;
  for (const scalar& s : random_scalars(n)) {
    xs.emplace_back(s);
  }
  const auto es = random_elements(n);
  for (auto _ : state) {
    auto out = ops::msm(xs, es);
    benchmark::DoNotOptimize(out);
  }
  per_item(state, n);
}
BENCHMARK(msm_secret)->Arg(16)->Arg(64);

// Sums of multiples of public data, with scalars of 252 and of 128 bits.

void msm_vartime(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const auto scalars = random_scalars(n, static_cast<std::size_t>(state.range(1)) == 128 ? 16 : 64);
  const auto elements = random_elements(n);
  for (auto _ : state) {
    auto out = group::msm_vartime(scalars, elements);
    benchmark::DoNotOptimize(out);
  }
  per_item(state, n);
}
BENCHMARK(msm_vartime)
    ->ArgsProduct({{64, 1024, 65536}, {252, 128}})
    ->ArgNames({"n", "bits"})
    ->Unit(benchmark::kMillisecond);

/// libsodium has no such sum: as many multiplications and additions of bytes. Its cost a term does
/// not depend on n, so the largest n is left to the reader's multiplication.
void msm_libsodium(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const auto scalars = random_scalars(n);
  const bytes points = random_wire(n);
  byte_array<32> term;
  for (auto _ : state) {
    byte_array<32> sum{};
    for (std::size_t i = 0; i < n; ++i) {
      const auto s = group::encode_scalar(scalars[i]);
      require(crypto_scalarmult_ristretto255(raw(term.data()), raw(s.data()),
                                             raw(points.data() + 32 * i)) == 0);
      require(crypto_core_ristretto255_add(raw(sum.data()), raw(sum.data()), raw(term.data())) ==
              0);
    }
    benchmark::DoNotOptimize(sum);
  }
  per_item(state, n);
}
BENCHMARK(msm_libsodium)->ArgName("n")->Arg(64)->Arg(1024)->Unit(benchmark::kMillisecond);

// Scalars.

void scalar_mul_libsodium(benchmark::State& state) {
  const auto a = group::encode_scalar(random_scalars(1)[0]);
  auto b = group::encode_scalar(random_scalars(1)[0]);
  for (auto _ : state) {
    crypto_core_ristretto255_scalar_mul(raw(b.data()), raw(a.data()), raw(b.data()));
    benchmark::DoNotOptimize(b);
  }
  per_item(state, 1);
}
BENCHMARK(scalar_mul_libsodium);

void scalar_mul(benchmark::State& state) {
  const auto pair = random_scalars(2);
  scalar b = pair[1];
  for (auto _ : state) {
    b *= pair[0];
    benchmark::DoNotOptimize(b);
  }
  per_item(state, 1);
}
BENCHMARK(scalar_mul);

void scalar_invert(benchmark::State& state) {
  const scalar a = random_scalars(1)[0];
  for (auto _ : state) {
    auto out = group::invert(a);
    benchmark::DoNotOptimize(out);
  }
  per_item(state, 1);
}
BENCHMARK(scalar_invert);

void map_from_uniform_bytes(benchmark::State& state) {
  system_random source;
  byte_array<64> wide;
  source.fill(wide);
  for (auto _ : state) {
    auto out = group::from_uniform_bytes(wide);
    benchmark::DoNotOptimize(out);
  }
  per_item(state, 1);
}
BENCHMARK(map_from_uniform_bytes);

}  // namespace
}  // namespace sandoq
