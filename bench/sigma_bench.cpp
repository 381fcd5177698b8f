// Signatures and disjunctions one by one and in a batch, single proofs, opened counts.

#include <benchmark/benchmark.h>
#include <sodium.h>

#include <cstdlib>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/elgamal/encrypt_secret.hpp"
#include "sandoq/elgamal/small_dlog.hpp"
#include "sandoq/proofs/batch.hpp"
#include "sandoq/proofs/chaum_pedersen_prove.hpp"
#include "sandoq/proofs/disjunction_prove.hpp"
#include "sandoq/proofs/range_prove.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "tests/support/deterministic_random.hpp"

namespace {

using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
using G = ristretto255;

/// Signatures of 14 trustees and of many devices, as a record has them.
struct signature_list {
  explicit signature_list(std::size_t count) {
    testing::deterministic_random random(1287);
    std::vector<signing_key<G>> keys;
    for (std::size_t i = 0; i < 131; ++i) {
      keys.push_back(signing_key<G>::generate(random));
      const auto& X = keys.back().public_key();
      public_keys.push_back({X, i < 14 ? bases.add(X.element()) : not_shared});
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t signer = i % 3 == 0 ? 14 + i % 117 : i % 14;
      signers.push_back(signer);
      messages.push_back({"close", election_domain::drill, {}, digest32{random.octets<32>()}});
      list.push_back(sign(keys[signer], messages.back(), random).value());
      hashes.push_back(framed_hash::of("item", messages[i].digest.view(), list[i].view()));
    }
  }
  shared_bases<G> bases;
  std::vector<verification_key<G>> public_keys;
  std::vector<std::size_t> signers;
  std::vector<signed_message> messages;
  std::vector<wire_signature> list;
  std::vector<digest32> hashes;
};

void verify_signatures_singly(benchmark::State& state) {
  const signature_list s(64);
  std::size_t i = 0;
  for (auto _ : state) {
    if (!verify(s.public_keys[s.signers[i]], s.messages[i], s.list[i])) {
      std::abort();
    }
    i = (i + 1) % 64;
  }
}
BENCHMARK(verify_signatures_singly)->Unit(benchmark::kMicrosecond);

void verify_signatures_batched(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const signature_list s(count);
  sequential_executor one;
  for (auto _ : state) {
    const auto failures = verify_batch<G>(
        digest32{}, s.hashes, s.bases,
        [&s](std::size_t i, equation_sink<G>& sink) {
          return emit(sink, s.public_keys[s.signers[i]], s.messages[i], s.list[i]);
        },
        one);
    if (!failures.empty()) {
      std::abort();
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(verify_signatures_batched)->Arg(64)->Arg(1287)->Unit(benchmark::kMillisecond);

void sign_digest(benchmark::State& state) {
  testing::deterministic_random random(2);
  const auto key = signing_key<G>::generate(random);
  const signed_message message{"close", election_domain::drill, {}, {}};
  for (auto _ : state) {
    benchmark::DoNotOptimize(sign(key, message, random));
  }
}
BENCHMARK(sign_digest)->Unit(benchmark::kMicrosecond);

struct equal_logarithms {
  equal_logarithms() : x(G::scalar_from_wide(random.octets<64>())) {
    const encoded_element<G> g(G::generator());
    const encoded_element<G> B_2(G::from_uniform_bytes(random.octets<64>()));
    statement = {g, B_2, encoded_element<G>(G::mul_base_vartime(x)),
                 encoded_element<G>(G::mul_vartime(x, B_2.element()))};
  }
  testing::deterministic_random random{3};
  G::scalar x;
  chaum_pedersen_statement<G> statement;
};

void prove_chaum_pedersen(benchmark::State& state) {
  equal_logarithms e;
  const secret_scalar<G> x(e.x);
  for (auto _ : state) {
    transcript tr("sandoq-1/bench");
    benchmark::DoNotOptimize(prove(e.statement, x, tr, e.random));
  }
}
BENCHMARK(prove_chaum_pedersen)->Unit(benchmark::kMicrosecond);

void verify_chaum_pedersen(benchmark::State& state) {
  equal_logarithms e;
  transcript tr("sandoq-1/bench");
  const auto proof = prove(e.statement, secret_scalar<G>(e.x), tr, e.random).value();
  for (auto _ : state) {
    transcript again("sandoq-1/bench");
    if (!verify(e.statement, proof, again)) {
      std::abort();
    }
  }
}
BENCHMARK(verify_chaum_pedersen)->Unit(benchmark::kMicrosecond);

/// Ciphertexts of 0 and 1, each with its proof.
struct zero_or_one_list {
  explicit zero_or_one_list(std::size_t count)
      : key(G::from_uniform_bytes(random.octets<64>())), place(bases.add(key.joint_key())) {
    const encoded_element<G> K(key.joint_key());
    for (std::size_t i = 0; i < count; ++i) {
      witnesses.push_back({secret<std::uint64_t>(i % 2), secret_ops<G>::random_scalar(random)});
      const auto c =
          key.encrypt(secret_ops<G>::scalar_from_u64(witnesses[i].value), witnesses[i].r);
      statements.push_back({K, encoded_ciphertext<G>(c), {0, 1}, place});
      transcript tr("sandoq-1/bench");
      list.push_back(prove(statements[i], witnesses[i], tr, random).value());
      hashes.push_back(framed_hash::of("item", list[i]));
    }
  }
  testing::deterministic_random random{5};
  encryptor<G> key;
  shared_bases<G> bases;
  base_index place;
  std::vector<encrypted_value_witness<G>> witnesses;
  std::vector<disjunction_statement<G>> statements;
  std::vector<bytes> list;
  std::vector<digest32> hashes;
};

void disjunction_prove(benchmark::State& state) {
  zero_or_one_list l(1);
  for (auto _ : state) {
    transcript tr("sandoq-1/bench");
    benchmark::DoNotOptimize(prove(l.statements[0], l.witnesses[0], tr, l.random));
  }
}
BENCHMARK(disjunction_prove)->Unit(benchmark::kMicrosecond);

void disjunction_verify(benchmark::State& state) {
  const zero_or_one_list l(1);
  for (auto _ : state) {
    transcript tr("sandoq-1/bench");
    if (!verify(l.statements[0], l.list[0], tr)) {
      std::abort();
    }
  }
}
BENCHMARK(disjunction_verify)->Unit(benchmark::kMicrosecond);

void disjunction_verify_batched(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const zero_or_one_list l(count);
  sequential_executor one;
  for (auto _ : state) {
    const auto failures = verify_batch<G>(
        digest32{}, l.hashes, l.bases,
        [&l](std::size_t i, equation_sink<G>& sink) {
          transcript tr("sandoq-1/bench");
          return emit(sink, l.statements[i], l.list[i], tr);
        },
        one);
    if (!failures.empty()) {
      std::abort();
    }
  }
  state.counters["s/item"] =
      benchmark::Counter(static_cast<double>(count), benchmark::Counter::kIsIterationInvariantRate |
                                                         benchmark::Counter::kInvert);
}
BENCHMARK(disjunction_verify_batched)
    ->ArgName("proofs")
    ->Arg(64)
    ->Arg(1024)
    ->Unit(benchmark::kMillisecond);

unsigned char* raw(byte_array<32>& out) {
  return reinterpret_cast<unsigned char*>(out.data());
}
const unsigned char* raw(byte_view in) {
  return reinterpret_cast<const unsigned char*>(in.data());
}

/// The multiplications and additions of checking one proof that a ciphertext holds 0 or 1, without
/// the hashing: zG = T + c*alpha and zK = T' + c*(beta - vG), twice.
void disjunction_libsodium(benchmark::State& state) {
  if (sodium_init() < 0) {
    std::abort();
  }
  const zero_or_one_list l(1);
  const auto& statement = l.statements[0];
  const byte_view proof(l.list[0]);
  const auto G_octets = G::encode(G::generator());
  for (auto _ : state) {
    for (std::size_t v = 0; v < 2; ++v) {
      byte_array<32> rest = statement.ciphertext.beta.octets();
      byte_array<32> left;
      byte_array<32> right;
      // The other share is a subtraction of scalars: too cheap to count.
      const unsigned char* c = raw(proof.subspan(128, 32));
      const unsigned char* z = raw(proof.subspan(160 + 32 * v, 32));
      int failed = v == 0 ? 0 : crypto_core_ristretto255_sub(raw(rest), raw(rest), raw(G_octets));
      failed |= crypto_scalarmult_ristretto255_base(raw(left), z);
      failed |=
          crypto_scalarmult_ristretto255(raw(right), c, raw(statement.ciphertext.alpha.view()));
      failed |=
          crypto_core_ristretto255_add(raw(right), raw(right), raw(proof.subspan(64 * v, 32)));
      failed |= crypto_scalarmult_ristretto255(raw(left), z, raw(statement.K.view()));
      failed |= crypto_scalarmult_ristretto255(raw(right), c, raw(rest));
      failed |=
          crypto_core_ristretto255_add(raw(right), raw(right), raw(proof.subspan(64 * v + 32, 32)));
      if (failed != 0) {
        std::abort();
      }
      benchmark::DoNotOptimize(left);
      benchmark::DoNotOptimize(right);
    }
  }
}
BENCHMARK(disjunction_libsodium)->Unit(benchmark::kMicrosecond);

/// One ciphertext that holds 0 to L.
void range_verify(benchmark::State& state) {
  const auto length = static_cast<std::uint64_t>(state.range(0));
  testing::deterministic_random random(6);
  const encryptor<G> key(G::from_uniform_bytes(random.octets<64>()));
  const encrypted_value_witness<G> witness{secret<std::uint64_t>(length / 2),
                                           secret_ops<G>::random_scalar(random)};
  const auto c = key.encrypt(secret_ops<G>::scalar_from_u64(witness.value), witness.r);
  const range_statement<G> statement{encoded_element<G>(key.joint_key()), encoded_ciphertext<G>(c),
                                     0, length};
  transcript tr("sandoq-1/bench");
  const bytes proof = prove(statement, witness, tr, random).value();
  for (auto _ : state) {
    transcript again("sandoq-1/bench");
    if (!verify(statement, proof, again)) {
      std::abort();
    }
  }
}
BENCHMARK(range_verify)->ArgName("L")->Arg(5)->Arg(6)->Arg(100)->Unit(benchmark::kMicrosecond);

void encrypt_one_bit(benchmark::State& state) {
  testing::deterministic_random random(4);
  const encryptor<G> keyed(G::from_uniform_bytes(random.octets<64>()));
  const auto r = secret_ops<G>::random_scalar(random);
  for (auto _ : state) {
    benchmark::DoNotOptimize(keyed.encrypt_bit(choice::yes(), r));
  }
}
BENCHMARK(encrypt_one_bit)->Unit(benchmark::kMicrosecond);

void make_count_table(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(small_dlog<G>(static_cast<std::uint64_t>(state.range(0))));
  }
}
BENCHMARK(make_count_table)->Arg(100'000)->Arg(100'000'000)->Unit(benchmark::kMillisecond);

void find_count(benchmark::State& state) {
  const auto bound = static_cast<std::uint64_t>(state.range(0));
  const small_dlog<G> table(bound);
  const G::element last = G::mul_base_vartime(G::scalar_from_u64(bound));
  for (auto _ : state) {
    if (table.find_vartime(last).value() != bound) {
      std::abort();
    }
  }
}
BENCHMARK(find_count)->Arg(100'000)->Arg(100'000'000)->Unit(benchmark::kMillisecond);

}  // namespace
