#include "sandoq/core/secret.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <new>
#include <type_traits>

#include "sandoq/core/random_source.hpp"
#include "sandoq/core/system_random.hpp"

namespace sandoq {
namespace {

using secret_word = secret<std::uint64_t>;
static_assert(!std::is_copy_constructible_v<secret_word>);
static_assert(!std::is_copy_assignable_v<secret_word>);
static_assert(std::is_nothrow_move_constructible_v<secret_word>);
static_assert(!std::equality_comparable<secret_word>);
static_assert(!std::is_convertible_v<secret_word, std::uint64_t>);
static_assert(!std::is_convertible_v<std::uint64_t, secret_word>);
static_assert(!std::is_convertible_v<choice, bool>);
static_assert(!std::is_constructible_v<bool, choice>);

TEST(secret, moves_and_leaves_zero_behind) {
  secret_word a(7);
  secret_word b(std::move(a));
  EXPECT_EQ(expose_for_secret_ops(a), 0U);  // NOLINT(bugprone-use-after-move): that is the point
  EXPECT_EQ(declassify<"test of moving">(b), 7U);
  a = std::move(b);
  EXPECT_EQ(declassify<"test of moving">(a), 7U);
  EXPECT_EQ(declassify<"test of cloning">(a.clone()), 7U);
}

TEST(secret, is_wiped_when_it_ends) {
  alignas(secret_word) std::byte storage[sizeof(secret_word)];
  auto* value = ::new (storage) secret_word(0x1122334455667788);
  value->~secret_word();
  // Read through volatile: the object is gone, the bytes are what the test is about.
  const volatile std::byte* raw = storage;
  for (std::size_t i = 0; i < sizeof storage; ++i) {
    const std::byte octet = raw[i];
    EXPECT_EQ(octet, std::byte{0});
  }
}

struct knows_its_place {
  const knows_its_place* made_at;
  std::array<std::uint64_t, 7> rest{};  // more than fits into registers
  explicit knows_its_place() noexcept : made_at(this) {}
};

TEST(secret, value_is_made_in_place) {
  const auto a = secret<knows_its_place>::made_by([]() noexcept { return knows_its_place(); });
  EXPECT_EQ(expose_for_secret_ops(a).made_at, &expose_for_secret_ops(a));
}

TEST(secret_bytes, moves_clones_and_comes_out_by_name) {
  const byte_array<3> data = {std::byte{1}, std::byte{2}, std::byte{3}};
  secret_bytes a{byte_view(data)};
  const secret_bytes copy = a.clone();
  const secret_bytes b(std::move(a));
  EXPECT_EQ(a.size(), 0U);  // NOLINT(bugprone-use-after-move): that is the point
  EXPECT_EQ(declassify<"test of bytes">(b), bytes(data.begin(), data.end()));
  EXPECT_EQ(declassify<"test of bytes">(copy), bytes(data.begin(), data.end()));
}

TEST(choice, truth_tables) {
  const std::uint64_t words[] = {0, 1, 2, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000, ~0ULL};
  for (const std::uint64_t a : words) {
    EXPECT_EQ(declassify<"test of choice">(choice::is_zero(a)), a == 0);
    for (const std::uint64_t b : words) {
      EXPECT_EQ(declassify<"test of choice">(choice::equal(a, b)), a == b);
      EXPECT_EQ(declassify<"test of choice">(choice::less(a, b)), a < b) << a << ' ' << b;
      EXPECT_EQ(select(choice::yes(), a, b), a);
      EXPECT_EQ(select(choice::no(), a, b), b);
    }
  }
  for (const int p : {0, 1}) {
    for (const int q : {0, 1}) {
      const choice x = choice::from_bit(static_cast<std::uint64_t>(p));
      const choice y = choice::from_bit(static_cast<std::uint64_t>(q));
      EXPECT_EQ((x & y).bit(), static_cast<std::uint64_t>(p & q));
      EXPECT_EQ((x | y).bit(), static_cast<std::uint64_t>(p | q));
      EXPECT_EQ((x ^ y).bit(), static_cast<std::uint64_t>(p ^ q));
      EXPECT_EQ((~x).bit(), static_cast<std::uint64_t>(1 - p));
    }
  }
}

TEST(choice, equal_bytes) {
  byte_array<40> a{};
  byte_array<40> b{};
  EXPECT_TRUE(declassify<"test of choice">(ct_equal(a, b)));
  for (std::size_t bit = 0; bit < 320; ++bit) {
    b[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    EXPECT_FALSE(declassify<"test of choice">(ct_equal(a, b)));
    b = a;
  }
}

TEST(system_random, fills_every_byte_and_does_not_repeat) {
  system_random source;
  byte_array<64> a{};
  byte_array<64> seen{};
  for (int round = 0; round < 64; ++round) {
    source.fill(a);
    for (std::size_t i = 0; i < a.size(); ++i) {
      seen[i] |= a[i];
    }
  }
  EXPECT_TRUE(std::all_of(seen.begin(), seen.end(), [](std::byte b) { return b != std::byte{0}; }));
  const auto first = declassify<"test of randomness">(random_secret<32>(source));
  EXPECT_NE(first, declassify<"test of randomness">(random_secret<32>(source)));
}

TEST(contract, aborts_with_its_message) {
  const byte_array<1> one{};
  const byte_array<2> two{};
  EXPECT_DEATH(static_cast<void>(ct_equal(one, two)), "broken contract: .*one length");
}

}  // namespace
}  // namespace sandoq
