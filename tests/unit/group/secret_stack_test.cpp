// Operations on secrets leave neither their operands nor their result on the stack.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "lib/group/recode25519.hpp"
#include "lib/group/ristretto255_access.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "tests/support/dead_stack.hpp"
#include "tests/support/deterministic_random.hpp"

namespace {

constexpr int no_end = -1;
int allocations_left = no_end;

}  // namespace

#if SANDOQ_STACK_IS_PLAIN  // otherwise the test that needs it is skipped
[[gnu::noinline]] void* operator new(std::size_t size_bytes) {
  if (allocations_left == 0) {
    throw std::bad_alloc();
  }
  if (allocations_left > 0) {
    --allocations_left;
  }
  if (void* const memory = std::malloc(size_bytes); memory != nullptr) {
    return memory;
  }
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size_bytes*/) noexcept {
  std::free(memory);
}
#endif

namespace sandoq {
namespace {

using G = ristretto255;
using ops = secret_ops<G>;
using testing::deterministic_random;
using testing::holds_piece_of;

// The value as it lies in memory.
template <class T>
byte_array<sizeof(T)> memory_of(const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  byte_array<sizeof(T)> out;
  std::memcpy(out.data(), &value, sizeof value);
  return out;
}

class secret_stack : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!testing::stack_is_plain) {
      GTEST_SKIP() << "a sanitizer keeps objects elsewhere";
    }
  }

  template <class Operation>
  void expect_clean(const char* name, Operation operation) {
    const bytes stack = testing::stack_after([&] {
      const auto out = operation();
      asm volatile("" : : "r"(&out) : "memory");
    });
    const auto result = declassify<"looked for in a test">(operation());
    EXPECT_FALSE(holds_piece_of(stack, memory_of(result))) << name << ": its result";
    EXPECT_FALSE(holds_piece_of(stack, memory_of(x_))) << name << ": its first operand";
    EXPECT_FALSE(holds_piece_of(stack, memory_of(y_))) << name << ": its second operand";
    EXPECT_FALSE(holds_piece_of(stack, memory_of(E_))) << name << ": its element";
  }

  deterministic_random random_{testing::test_seed()};
  const G::scalar x_ = G::scalar_from_wide(random_.octets<64>());
  const G::scalar y_ = G::scalar_from_wide(random_.octets<64>());
  const G::scalar c_ = G::scalar_from_wide(random_.octets<64>());
  const G::element E_ = G::from_uniform_bytes(random_.octets<64>());
  const G::element B_ = G::from_uniform_bytes(random_.octets<64>());
  const secret_scalar<G> x{x_};
  const secret_scalar<G> y{y_};
  const secret_element<G> E{E_};
};

TEST_F(secret_stack, scalars) {
  expect_clean("add", [&] { return ops::add(x, y); });
  expect_clean("add public", [&] { return ops::add(x, c_); });
  expect_clean("sub", [&] { return ops::sub(x, y); });
  expect_clean("sub public", [&] { return ops::sub(x, c_); });
  expect_clean("sub from public", [&] { return ops::sub(c_, x); });
  expect_clean("neg", [&] { return ops::neg(x); });
  expect_clean("mul", [&] { return ops::mul(x, y); });
  expect_clean("mul public", [&] { return ops::mul(x, c_); });
  expect_clean("invert", [&] { return ops::invert(x); });
  expect_clean("fma public", [&] { return ops::fma(x, c_, y); });
  expect_clean("fma", [&] { return ops::fma(x, x, y); });
  expect_clean("select", [&] { return ops::select(choice::yes(), x, y); });
  expect_clean("encode_scalar", [&] { return ops::encode_scalar(x); });
}

TEST_F(secret_stack, scalars_from_bytes) {
  const secret<byte_array<32>> octets(memory_of(x_));
  expect_clean("decode_scalar", [&] { return *ops::decode_scalar(octets); });
  const auto wide_octets = random_.octets<64>();
  const secret<byte_array<64>> wide(wide_octets);
  expect_clean("scalar_from_wide", [&] { return ops::scalar_from_wide(wide); });
  const bytes stack = testing::stack_after([&] {
    const auto out = ops::scalar_from_wide(wide);
    asm volatile("" : : "r"(&out) : "memory");
  });
  EXPECT_FALSE(holds_piece_of(stack, wide_octets));
}

TEST_F(secret_stack, elements) {
  const fixed_base_table<G> table(B_);
  expect_clean("mul", [&] { return ops::mul(x, B_); });
  expect_clean("mul of a secret", [&] { return ops::mul(x, E); });
  expect_clean("mul_base", [&] { return ops::mul_base(x); });
  expect_clean("table", [&] { return table.mul(x); });
  expect_clean("add", [&] { return ops::add(E, B_); });
  expect_clean("add secret", [&] { return ops::add(E, E); });
  expect_clean("sub", [&] { return ops::sub(E, B_); });
  expect_clean("sub secret", [&] { return ops::sub(E, E); });
  expect_clean("sub from public", [&] { return ops::sub(B_, E); });
  expect_clean("neg", [&] { return ops::neg(E); });
  expect_clean("select", [&] { return ops::select(choice::yes(), E, E); });
  expect_clean("add_if", [&] { return ops::add_if(choice::yes(), E, B_); });
  expect_clean("encode", [&] { return ops::encode(E); });
}

/// Two copies in a row of every word of a value that all lanes hold.
std::vector<byte_array<16>> lanes_of(const G::element& value) {
  const auto octets = memory_of(value);
  std::vector<byte_array<16>> out;
  for (std::size_t at = 0; at + 8 <= octets.size(); at += 8) {
    byte_array<16> twice;
    std::copy_n(octets.begin() + static_cast<std::ptrdiff_t>(at), 8, twice.begin());
    std::copy_n(twice.begin(), 8, twice.begin() + 8);
    out.push_back(twice);
  }
  return out;
}

TEST_F(secret_stack, many_at_once) {
  const fixed_base_table<G> table(B_);
  const std::vector<G::element> bases(3, B_);
  const fixed_bases_table<G> tables(bases);
  std::vector<secret_scalar<G>> xs;
  for (std::size_t i = 0; i < bases.size(); ++i) {
    xs.push_back(x.clone());
  }
  // In a kernel, a scalar is digits, and a result stands in lanes beside the others, here equal.
  const auto digits_16 = edwards::radix_16_digits(words_of(x_));
  const auto digits_32 = edwards::radix_32_digits(words_of(x_));
  const auto expect_clean_batch = [&](const char* name, auto operation) {
    expect_clean(name, operation);
    const bytes stack = testing::stack_after([&] {
      const auto out = operation();
      asm volatile("" : : "r"(&out) : "memory");
    });
    EXPECT_FALSE(holds_piece_of(stack, std::as_bytes(std::span(digits_16)))) << name << ": digits";
    EXPECT_FALSE(holds_piece_of(stack, std::as_bytes(std::span(digits_32)))) << name << ": digits";
    for (const auto& word : lanes_of(declassify<"looked for in a test">(operation()))) {
      EXPECT_FALSE(holds_piece_of(stack, word)) << name << ": its result in lanes";
    }
  };
  expect_clean_batch("mul_each", [&] { return std::move(ops::mul_each(xs, bases)[1]); });
  expect_clean_batch("mul_each by one", [&] { return std::move(ops::mul_each(x, bases)[1]); });
  expect_clean_batch("mul_base_each", [&] { return std::move(ops::mul_base_each(xs)[1]); });
  expect_clean_batch("table of a base", [&] { return std::move(table.mul_each(xs)[1]); });
  expect_clean_batch("msm", [&] { return ops::msm(xs, bases); });
  expect_clean_batch("table of bases", [&] { return tables.msm(xs); });
}

TEST_F(secret_stack, where_memory_runs_out) {
  const std::vector<G::element> bases(3, B_);
  const auto digits = edwards::radix_16_digits(words_of(x_));
  const auto product = declassify<"looked for in a test">(ops::mul_each(x, bases)[1]);
  int failures = 0;
  for (int allocations = 0; allocations < 3; ++allocations) {  // products, digits, what is returned
    const bytes stack = testing::stack_after([&] {
      allocations_left = allocations;
      try {
        static_cast<void>(ops::mul_each(x, bases));
      } catch (const std::bad_alloc&) {
        ++failures;
      }
      allocations_left = no_end;
    });
    EXPECT_FALSE(holds_piece_of(stack, memory_of(x_))) << allocations;
    EXPECT_FALSE(holds_piece_of(stack, std::as_bytes(std::span(digits)))) << allocations;
    EXPECT_FALSE(holds_piece_of(stack, memory_of(product))) << allocations;
    for (const auto& word : lanes_of(product)) {
      EXPECT_FALSE(holds_piece_of(stack, word)) << allocations << ": in lanes";
    }
  }
  EXPECT_EQ(failures, 6) << "each runs twice";
}

}  // namespace
}  // namespace sandoq
