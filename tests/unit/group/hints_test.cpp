// Hints change how long decoding takes, and nothing else, whatever they are.

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "lib/kernels/choice.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using G = ristretto255;

class hints_test : public ::testing::Test {
 protected:
  bytes good_wire(std::size_t n) {
    std::vector<G::element> elements(n);
    for (G::element& e : elements) {
      e = G::from_uniform_bytes(random.octets<64>());
    }
    elements[n / 2] = G::identity();
    bytes out(32 * n);
    G::encode_batch(out, elements);
    return out;
  }
  static bytes hints_of(byte_view wire) {
    bytes out(wire.size());
    G::make_hints(out, wire);
    return out;
  }
  /// Decoding with these hints comes to what decoding without comes to.
  static void expect_same(byte_view wire, byte_view hints) {
    std::vector<G::element> plain(wire.size() / 32);
    std::vector<G::element> hinted(wire.size() / 32);
    const auto want = G::decode_batch(plain, wire);
    const auto got = G::decode_batch_hinted(hinted, wire, hints);
    ASSERT_EQ(got.has_value(), want.has_value());
    if (want) {
      EXPECT_EQ(hinted, plain);
    } else {
      EXPECT_EQ(to_string(got.error()), to_string(want.error()));
    }
  }
  /// Hints as an adversary might choose them for this encoding.
  std::vector<bytes> hostile(const bytes& right) {
    std::vector<bytes> out = {bytes(right.size()), bytes(right.size(), std::byte{0xFF}), right,
                              right, right};
    std::rotate(out[2].begin(), out[2].begin() + 32, out[2].end());
    for (std::size_t i = 0; i < right.size(); i += 32) {
      out[3][i + random.below(32)] ^= static_cast<std::byte>(1U << random.below(8));
      if (random.below(3) == 0) {
        out[4][i] ^= std::byte{1};
      }
    }
    bytes any(right.size());
    random.fill(any);
    out.push_back(any);
    return out;
  }

  testing::deterministic_random random{testing::test_seed()};
};

TEST_F(hints_test, right_and_hostile_hints_give_what_no_hints_give) {
  for (const kernels::ristretto255_table* kernel : kernels::kernels_here()) {
    SCOPED_TRACE(kernel->name);
    const kernels::forced_kernel only(*kernel);
    for (const std::size_t n : {1U, 9U, 40U, kernel->emulated ? 41U : 600U}) {
      const bytes wire = good_wire(n);
      const bytes right = hints_of(wire);
      expect_same(wire, right);
      for (const bytes& hints : hostile(right)) {
        expect_same(wire, hints);
      }
    }
  }
}

TEST_F(hints_test, bad_encodings_are_refused_in_the_same_place_for_the_same_reason) {
  for (const kernels::ristretto255_table* kernel : kernels::kernels_here()) {
    SCOPED_TRACE(kernel->name);
    const kernels::forced_kernel only(*kernel);
    for (int round = 0; round < 8; ++round) {
      bytes wire = good_wire(20);
      for (int k = 0; k < 2; ++k) {
        const auto at = wire.begin() + static_cast<std::ptrdiff_t>(32 * random.below(20));
        auto other = random.octets<32>();
        if (random.below(2) == 0) {  // canonical at least
          other[0] &= std::byte{0xFE};
          other[31] &= std::byte{0x7F};
        }
        std::copy(other.begin(), other.end(), at);
      }
      const bytes right = hints_of(wire);
      expect_same(wire, right);
      for (const bytes& hints : hostile(right)) {
        expect_same(wire, hints);
      }
    }
  }
}

// Several lists as one batch: each list comes out as if it were decoded alone, with any hints.
TEST_F(hints_test, lists_decoded_together_are_those_decoded_one_by_one) {
  const bytes wire = good_wire(40);
  const std::vector<std::size_t> sizes{7, 0, 1, 26, 6};
  const bytes right = hints_of(wire);
  for (const bytes& hints : {bytes(), right, bytes(wire.size(), std::byte{3})}) {
    const auto lists = encoded_elements<G>::decode_lists(wire, sizes, hints);
    ASSERT_TRUE(lists);
    ASSERT_EQ(lists->size(), sizes.size());
    std::size_t first = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      const byte_view own = byte_view(wire).subspan(32 * first, 32 * sizes[i]);
      const auto alone = encoded_elements<G>::decode(own);
      ASSERT_TRUE(alone);
      EXPECT_EQ((*lists)[i], *alone);
      EXPECT_TRUE(std::equal((*lists)[i].elements().begin(), (*lists)[i].elements().end(),
                             alone->elements().begin(), alone->elements().end()));
      first += sizes[i];
    }
  }
  bytes bad = wire;
  std::fill_n(bad.begin() + 32 * 33, 32, std::byte{0xFF});
  const auto refused = encoded_elements<G>::decode_lists(bad, sizes, right);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().place, "element 33");
}

TEST_F(hints_test, hints_do_not_depend_on_the_kernel_and_zero_stands_for_none) {
  bytes wire = good_wire(30);
  std::fill_n(wire.begin() + 64, 32, std::byte{0xFF});
  const kernels::ristretto255_table& first = *kernels::kernels_here().front();
  bytes want;
  {
    const kernels::forced_kernel only(first);
    want = hints_of(wire);
  }
  EXPECT_TRUE(std::all_of(want.begin() + 64, want.begin() + 96,
                          [](std::byte octet) { return octet == std::byte{0}; }));
  for (const kernels::ristretto255_table* kernel : kernels::kernels_here()) {
    const kernels::forced_kernel only(*kernel);
    EXPECT_EQ(hints_of(wire), want) << kernel->name;
  }
}

}  // namespace
}  // namespace sandoq
