#include "sandoq/proofs/packed.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sandoq/proofs/packed_prove.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::deterministic_random;
using testing::test_seed;

packed_shape shape_of(const choice_limits& limits, packed_order order = packed_order::subset,
                      std::uint32_t text_bytes = 0) {
  return *packed_shape::derive(limits, order, text_bytes);
}

secret_bytes no_text() {
  return secret_bytes(bytes{});
}

/// An election with one contest of packed choices under a random key.
class packed_test : public ::testing::Test {
 protected:
  packed_test()
      : election_(*proof_election<G>::make({random.octets<32>()}, {random.octets<32>()},
                                           election_domain::drill,
                                           encoded_element<G>(G::mul_base_vartime(key_)), {})),
        tables_(election_) {}

  [[nodiscard]] packed_context<G> context(const packed_shape& shape,
                                          std::uint32_t number = 1) const {
    return {.election = election_,
            .shape = shape,
            .contest_id = "packed",
            .descriptor = {},
            .branch = branch_index(7),
            .device = device_index(2),
            .number = serial(number),
            .style = style_index(3),
            .digits = 1234};
  }

  /// What the holder of the key sees.
  [[nodiscard]] std::vector<G::element> opened(const encoded_elements<G>& ciphertexts) const {
    std::vector<G::element> out;
    for (std::size_t i = 0; i < ciphertexts.size(); i += 2) {
      out.push_back(ciphertexts[i + 1] - G::mul_vartime(key_, ciphertexts[i]));
    }
    return out;
  }

  deterministic_random random{test_seed()};
  G::scalar key_ = G::scalar_from_u64(1 + random.below(1'000'000'000));
  proof_election<G> election_;
  prover_tables<G> tables_;
};

TEST(packed_shape_test, has_the_widths_of_the_specification) {
  const choice_limits tehran{.options = 5063, .max_choices = 21, .min_choices = 1};
  EXPECT_EQ(shape_of(tehran).width(), 1U);
  EXPECT_EQ(shape_of(tehran, packed_order::ranking).width(), 2U);
  EXPECT_EQ(shape_of({.options = 8192, .max_choices = 21}).width(), 1U);
  EXPECT_EQ(shape_of({.options = 8192, .max_choices = 64}).width(), 3U);
  EXPECT_EQ(shape_of({.options = 8192, .max_choices = 64}, packed_order::ranking).width(), 4U);
  EXPECT_EQ(shape_of({.options = 35, .max_choices = 3}, packed_order::ranking, 240).width(), 9U);
  EXPECT_EQ(shape_of({.options = 1, .max_choices = 1}).width(), 1U);
}

TEST(packed_shape_test, refuses_limits_that_make_no_contest) {
  const auto place = [](const choice_limits& limits, std::uint32_t text_bytes = 0) {
    const auto shape = packed_shape::derive(limits, packed_order::subset, text_bytes);
    return shape ? std::string() : shape.error().place;
  };
  EXPECT_EQ(place({.options = 8193, .max_choices = 1}), "options");
  EXPECT_EQ(place({.options = 100, .max_choices = 65}), "max");
  EXPECT_EQ(place({.options = 100, .max_choices = 2, .min_choices = 3}), "min");
  EXPECT_EQ(place({.options = 100, .max_choices = 2}, 241), "write-in bytes");
}

TEST_F(packed_test, every_permitted_subset_is_read_again_and_every_other_refused) {
  const choice_limits small[] = {
      {.options = 1, .max_choices = 1, .min_choices = 0},
      {.options = 4, .max_choices = 2, .min_choices = 1, .blank = blank_option::counted},
      {.options = 4, .max_choices = 3, .min_choices = 2},
  };
  for (const choice_limits& limits : small) {
    const packed_numbers numbers(shape_of(limits));
    const bool with_blank = limits.blank == blank_option::counted;
    const std::size_t n = limits.options + (with_blank ? 1 : 0);
    for (std::uint32_t mask = 0; mask < (1U << n); ++mask) {
      bytes choices(n);
      packed_choice expected;
      for (std::uint32_t i = 0; i < n; ++i) {
        choices[i] = static_cast<std::byte>((mask >> i) & 1U);
        if (choices[i] != std::byte{0} && i < limits.options) {
          expected.codes.push_back(i + 1);
        }
      }
      const bool blank = with_blank && choices.back() != std::byte{0};
      const auto marks = expected.codes.size();
      const bool permitted =
          blank ? marks == 0 : marks >= limits.min_choices && marks <= limits.max_choices;
      const auto parts = parts_of_subset(numbers, secret_bytes(choices), no_text());
      ASSERT_EQ(parts.has_value(), permitted) << mask;
      if (parts) {
        const auto encrypted = encrypt_packed(tables_, context(numbers.shape()), *parts,
                                              nonce_seed(random.octets<32>()));
        ASSERT_TRUE(encrypted);
        EXPECT_EQ(numbers.read(opened(encrypted->ciphertexts)), expected) << mask;
      }
    }
  }
}

TEST_F(packed_test, every_ranking_is_read_again_and_every_other_refused) {
  const packed_numbers numbers(
      shape_of({.options = 3, .max_choices = 3, .min_choices = 1}, packed_order::ranking));
  for (std::uint32_t coded = 0; coded < 5 * 5 * 5; ++coded) {
    std::vector<secret<std::uint64_t>> ranks(3);
    packed_choice expected;
    bool permitted = true;
    for (std::uint32_t j = 0, rest = coded; j < 3; ++j, rest /= 5) {
      const std::uint32_t code = rest % 5;
      ranks[j] = secret<std::uint64_t>(code);
      const auto& before = expected.codes;
      permitted = permitted && code <= 3 && (code == 0 || before.size() == j) &&
                  std::find(before.begin(), before.end(), code) == before.end();
      if (code != 0) {
        expected.codes.push_back(code);
      }
    }
    permitted = permitted && !expected.codes.empty();
    const auto parts = parts_of_ranking(numbers, ranks, no_text());
    ASSERT_EQ(parts.has_value(), permitted) << coded;
    if (parts) {
      const auto encrypted = encrypt_packed(tables_, context(numbers.shape()), *parts,
                                            nonce_seed(random.octets<32>()));
      ASSERT_TRUE(encrypted);
      EXPECT_EQ(numbers.read(opened(encrypted->ciphertexts)), expected) << coded;
    }
  }
}

TEST_F(packed_test, a_ballot_belongs_to_its_place) {
  const packed_numbers numbers(shape_of({.options = 5, .max_choices = 2}));
  const auto parts = parts_of_subset(
      numbers, secret_bytes(bytes{std::byte{1}, {}, {}, {}, std::byte{1}}), no_text());
  ASSERT_TRUE(parts);
  const nonce_seed seed(random.octets<32>());
  const auto here = context(numbers.shape(), 1);
  const auto there = context(numbers.shape(), 2);
  const auto encrypted = encrypt_packed(tables_, here, *parts, seed);
  ASSERT_TRUE(encrypted);
  const auto proof = prove({here, encrypted->ciphertexts}, encrypted->r, seed);
  ASSERT_TRUE(proof);
  EXPECT_TRUE(verify({here, encrypted->ciphertexts}, *proof));
  EXPECT_FALSE(verify({there, encrypted->ciphertexts}, *proof));
}

// Whoever copies a ciphertext and encrypts it anew cannot prove to know the plaintext.
TEST_F(packed_test, a_related_ciphertext_has_no_proof) {
  const packed_numbers numbers(shape_of({.options = 5, .max_choices = 2}));
  const auto parts = parts_of_subset(
      numbers, secret_bytes(bytes{std::byte{1}, {}, {}, {}, std::byte{1}}), no_text());
  const nonce_seed seed(random.octets<32>());
  const auto where = context(numbers.shape());
  const auto encrypted = encrypt_packed(tables_, where, *parts, seed);
  ASSERT_TRUE(encrypted);
  const auto proof = prove({where, encrypted->ciphertexts}, encrypted->r, seed);
  const auto by = G::scalar_from_u64(1 + random.below(1000));
  const encoded_elements<G> related(std::vector<G::element>{
      encrypted->ciphertexts[0] + G::mul_base_vartime(by),
      encrypted->ciphertexts[1] + G::mul_vartime(by, election_.joint_key().element())});
  EXPECT_FALSE(verify({where, related}, *proof));
  EXPECT_EQ(numbers.read(opened(related)), (packed_choice{{1, 5}, {}}));
}

TEST(packed_elements, the_smallest_counter_is_taken_and_no_other_is_read) {
  deterministic_random random{test_seed()};
  for (int i = 0; i < 8; ++i) {
    byte_array<31> m{};
    const auto octets = random.octets<30>();
    std::copy(octets.begin(), octets.end(), m.begin());
    m[0] |= std::byte{1};
    secret<G::element> e;
    ASSERT_TRUE(declassify<"public in a test">(
        secret_ops<G>::element_of_number(e, secret<byte_array<31>>(m))));
    const G::element element = declassify<"public in a test">(e);
    EXPECT_EQ(number_of(element), m);
    // Every later counter that gives an element is refused.
    auto wire = G::encode(element);
    std::size_t others = 0;
    const auto first =
        std::to_integer<unsigned>(wire[0] >> 1) | (std::to_integer<unsigned>(wire[1]) & 1U) << 7U;
    for (unsigned counter = first + 1; counter < 256; ++counter) {
      wire[0] = static_cast<std::byte>((counter << 1U) & 0xFFU);
      wire[1] = (wire[1] & std::byte{0xFE}) | static_cast<std::byte>(counter >> 7U);
      if (const auto other = G::decode(wire)) {
        EXPECT_EQ(number_of(*other), std::nullopt);
        ++others;
      }
    }
    EXPECT_GT(others, 20U);
  }
}

}  // namespace
}  // namespace sandoq
