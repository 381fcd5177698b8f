#include "sandoq/mixnet/element_list.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include "sandoq/mixnet/mix_items.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::test_seed;

constexpr std::size_t full = mix_elements::max_elements;

bytes some_list(std::size_t elements) {
  bytes out(32 * elements);
  for (std::size_t i = 0; i < out.size(); i += 32) {
    out[i] = static_cast<std::byte>(i / 32 & 0xFFU);
    out[i + 1] = static_cast<std::byte>(i / 8192 & 0xFFU);
  }
  return out;
}

TEST(ElementList, IsCutIntoFullPartsAndJoined) {
  for (const std::size_t size : {std::size_t{1}, full - 1, full, full + 1}) {
    const bytes list = some_list(size);
    element_list_joiner joiner(size);
    ASSERT_EQ(element_list_parts(size), size > full ? 2U : 1U);
    for (std::size_t part = 0; part < element_list_parts(size); ++part) {
      EXPECT_FALSE(joiner.complete());
      ASSERT_TRUE(joiner.add(element_list_part(list, part)));
    }
    EXPECT_TRUE(joiner.complete());
    EXPECT_EQ(std::move(joiner).finish().value(), list);
  }
}

TEST(ElementList, PartsBeforeTheLastAreFull) {
  const bytes list = some_list(full + 2);
  element_list_joiner joiner(full + 2);
  const auto short_part = joiner.add(mix_elements{bytes(list.begin(), list.end() - 96)}.encode());
  EXPECT_EQ(short_part.error().code, errc::mismatch);
  EXPECT_EQ(short_part.error().place, "part 1");
}

TEST(ElementList, HasTheLengthThatIsExpected) {
  const bytes item = mix_elements{some_list(3)}.encode();
  element_list_joiner less(2);
  EXPECT_EQ(less.add(item).error().code, errc::mismatch);
  element_list_joiner more(4);
  EXPECT_EQ(more.add(item).error().code, errc::mismatch);
  element_list_joiner once(3);
  EXPECT_TRUE(once.add(item));
  EXPECT_EQ(once.add(item).error().code, errc::mismatch);
  EXPECT_EQ(element_list_joiner(3).add({}).error().code, errc::truncated);
  EXPECT_EQ(element_list_joiner(3).finish().error().code, errc::missing);
}

TEST(ElementList, DecodesByAllWorkersAndNamesWhatDoesNot) {
  using group = ristretto255;
  deterministic_random random(test_seed());
  std::vector<group::element> elements;
  for (std::size_t i = 0; i < 40; ++i) {
    elements.push_back(group::mul_base_vartime(group::scalar_from_wide(random.octets<64>())));
  }
  bytes list;
  for (std::size_t i = 0; i < 300; ++i) {  // more than one block
    const encoded_elements<group> once(elements);
    list.insert(list.end(), once.octets().begin(), once.octets().end());
  }
  const auto workers = make_jthread_executor(2);
  const auto decoded = decode_ciphertexts(list, 2, *workers);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->size(), 12'000U);
  EXPECT_TRUE(std::ranges::equal(decoded->octets(), list));
  EXPECT_EQ((*decoded)[11'999], elements[39]);
  list[32 * 9003] = std::byte{0xFF};
  list[32 * 9003 + 31] = std::byte{0xFF};
  const auto bad = decode_ciphertexts(list, 2, *workers);
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().place, "ciphertext 2250/beta 2");  // 9003 = 4*2250 + 3
}

}  // namespace
}  // namespace sandoq
