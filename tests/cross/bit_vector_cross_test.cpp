// The bit-vector proof judged by libsodium: its hash, its scalars and its ristretto255, from the
// bytes of the wire alone. Nothing of our transcript, group or verifier is used for the judgement.

#include <gtest/gtest.h>
#include <sodium.h>

#include <array>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/contest_fixture.hpp"
#include "tests/support/sodium_judge.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::deterministic_random;
using testing::test_seed;
using namespace testing::sodium;  // NOLINT(google-build-using-namespace): the other side of it all

value base(const octets& e0, std::string_view label, std::uint32_t index) {
  octets input;
  put_frame(input, from_text("sandoq-1/base"));
  put_frame(input, e0);
  put_frame(input, from_text(label));
  put_int(input, index, 4);
  value out;
  crypto_core_ristretto255_from_hash(out.data(), sha512_of(input).data());
  return out;
}

/// What of a contest and its wire bytes the judgement needs.
struct exhibit {
  octets e0, e1, key, descriptor;
  std::string contest_id;
  std::uint32_t options, limit, minimum;
  bool blank;
  std::uint32_t branch, device, number, style, digits;
  octets ciphertexts, proof;
};

/// The four equations, in their order; weights derived anew from the limits.
std::vector<bool> judge(const exhibit& e) {
  std::vector<std::uint32_t> u(e.options, 1);
  if (e.blank) {
    u.push_back(e.limit);
  }
  const std::size_t n = u.size();
  for (std::uint32_t left = e.limit - e.minimum, power = 1; left > 0; power *= 2) {
    u.push_back(std::min(power, left));
    left -= u.back();
  }
  const std::size_t N = u.size();
  EXPECT_EQ(e.ciphertexts.size(), 64 * n);
  EXPECT_EQ(e.proof.size(), 192 + 4 + 32 * (N - 1) + 96);

  records tr("sandoq-1/bit-vector");
  tr.add_integer("version", 1);
  tr.add(1, "suite", from_text("sandoq-1"));
  tr.add(1, "e1", e.e1);
  tr.add_integer("domain", 2);
  tr.add(4, "K", e.key);
  tr.add(1, "contest", from_text(e.contest_id));
  tr.add(1, "descriptor", e.descriptor);
  tr.add_integer("branch", e.branch);
  tr.add_integer("device", e.device);
  tr.add_integer("serial", e.number);
  tr.add_integer("style", e.style);
  tr.add_integer("digits", e.digits);
  tr.add_integer("ciphertexts", n);
  tr.add_integer("bits", N);
  tr.add_integer("limit", e.limit);
  octets weights;
  put_int(weights, N, 4);
  for (const std::uint32_t weight : u) {
    put_int(weights, weight, 4);
  }
  tr.add(1, "weights", weights);
  tr.add_elements("statement", e.ciphertexts);
  tr.add_elements("commit", {e.proof.begin(), e.proof.begin() + 64});
  const value y = tr.challenge("y");
  const value w = tr.challenge("w");
  tr.add_elements("commit-2", {e.proof.begin() + 64, e.proof.begin() + 192});
  const value x = tr.challenge("x");

  const auto at = [](const octets& in, std::size_t offset) {
    value out;
    std::memcpy(out.data(), in.data() + offset, 32);
    return out;
  };
  const auto response = [&](std::size_t i) { return at(e.proof, 196 + 32 * i); };
  std::vector<value> f{small(e.limit) * x};
  for (std::size_t i = 1; i < N; ++i) {
    f.push_back(response(i - 1));
    f[0] = f[0] - small(u[i]) * f[i];
  }
  const value z_B = response(N - 1), z_T = response(N), z_E = response(N + 1);
  const value H = base(e.e0, "blind", 1);
  const value zero{};

  sum equation[4];
  equation[0].add(x, at(e.proof, 0));
  equation[0].add(at(e.proof, 32));
  equation[0].add(zero - z_B, H);
  equation[1].add(x, at(e.proof, 64));
  equation[1].add(at(e.proof, 96));
  equation[1].add(zero - z_T, H);
  value y_power = small(1), w_power = small(1), product_sum{}, f_sum{};
  for (std::size_t i = 0; i < N; ++i) {
    equation[0].add(zero - f[i], base(e.e0, "vec/G", static_cast<std::uint32_t>(i + 1)));
    y_power = y_power * y;
    product_sum = product_sum + y_power * f[i] * (x - f[i]);
    if (i < n) {
      w_power = w_power * w;
      f_sum = f_sum + w_power * f[i];
      equation[2].add(x * w_power, at(e.ciphertexts, 64 * i));
      equation[3].add(x * w_power, at(e.ciphertexts, 64 * i + 32));
    }
  }
  equation[1].add_generator(zero - product_sum);
  equation[2].add(at(e.proof, 128));
  equation[2].add_generator(zero - z_E);
  equation[3].add(at(e.proof, 160));
  equation[3].add(zero - z_E, at(e.key, 0));
  equation[3].add_generator(zero - f_sum);
  return {equation[0].is_zero(), equation[1].is_zero(), equation[2].is_zero(),
          equation[3].is_zero()};
}

exhibit make_exhibit(const choice_limits& limits, deterministic_random& random) {
  const testing::contest_fixture<G> contest(limits, random);
  const auto choices = testing::random_choices(contest.shape(), random);
  const auto ballot = contest.make(choices, random.octets<32>());
  EXPECT_TRUE(ballot);
  const auto context = contest.context();
  return {from_bytes(contest.e0().view()),
          from_bytes(contest.election().e1().view()),
          from_bytes(contest.election().joint_key().view()),
          from_bytes(context.descriptor.view()),
          std::string(context.contest_id),
          limits.options,
          limits.max_choices,
          limits.min_choices,
          limits.blank == blank_option::counted,
          context.branch.value(),
          context.device.value(),
          context.number.value(),
          context.style.value(),
          context.digits,
          from_bytes(ballot->ciphertexts.octets()),
          from_bytes(encode(ballot->proof).encode())};
}

TEST(bit_vector_cross, libsodium_accepts_our_proofs) {
  ASSERT_GE(sodium_init(), 0);
  deterministic_random random(test_seed());
  const choice_limits contests[] = {
      {.options = 10, .max_choices = 3, .min_choices = 1, .blank = blank_option::counted},
      {.options = 1, .max_choices = 1, .min_choices = 1},
      {.options = 7, .max_choices = 7, .min_choices = 1},
  };
  for (const choice_limits& limits : contests) {
    EXPECT_EQ(judge(make_exhibit(limits, random)), (std::vector<bool>{true, true, true, true}));
  }
}

// The judge itself can say no, and says which equation.
TEST(bit_vector_cross, libsodium_refuses_changed_proofs) {
  ASSERT_GE(sodium_init(), 0);
  deterministic_random random(test_seed());
  const exhibit good = make_exhibit({.options = 3, .max_choices = 2, .min_choices = 1}, random);
  const std::size_t end = good.proof.size();
  const auto changed_at = [&](std::size_t offset) {
    exhibit e = good;
    e.proof[offset] ^= 1U;
    return judge(e);
  };
  EXPECT_EQ(changed_at(end - 96), (std::vector<bool>{false, true, true, true}));   // z_B
  EXPECT_EQ(changed_at(end - 64), (std::vector<bool>{true, false, true, true}));   // z_T
  EXPECT_EQ(changed_at(end - 32), (std::vector<bool>{true, true, false, false}));  // z_E
  EXPECT_EQ(changed_at(196), (std::vector<bool>{false, false, true, false}));      // f_2
  exhibit elsewhere = good;
  ++elsewhere.number;
  EXPECT_EQ(judge(elsewhere), (std::vector<bool>(4, false)));
}

}  // namespace
}  // namespace sandoq
