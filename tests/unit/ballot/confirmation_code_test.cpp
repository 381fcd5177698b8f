#include "sandoq/ballot/confirmation_code.hpp"

#include <gtest/gtest.h>

#include <bitset>
#include <cctype>
#include <string>

#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::test_seed;

// The text by way of a string of 256 ones and zeros.
std::string text_by_definition(const digest32& code) {
  std::string bits;
  for (const std::byte octet : code.octets) {
    bits += std::bitset<8>(std::to_integer<unsigned>(octet)).to_string();
  }
  std::string out;
  for (std::size_t i = 0; i < 26; ++i) {
    if (i == 4 || i == 8 || i == 12 || i == 16 || i == 20 || i == 24) {
      out += ' ';
    }
    out += "0123456789abcdefghjkmnpqrstvwxyz"[std::bitset<5>(bits.substr(5 * i, 5)).to_ulong()];
  }
  return out;
}

TEST(confirmation_code, text_is_that_of_the_definition_and_reads_back) {
  deterministic_random random(test_seed());
  for (int i = 0; i < 200; ++i) {
    const digest32 code{random.octets<32>()};
    const auto shown = readable_code::of(device_index(3), serial(17), code);
    EXPECT_EQ(shown.to_text(), "3-17 " + text_by_definition(code));
    EXPECT_TRUE(shown.matches(code));
    const auto read = readable_code::from_text(shown.to_text());
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(*read, shown);
  }
}

TEST(confirmation_code, alphabet_has_the_values_in_order) {
  digest32 code;
  EXPECT_EQ(readable_code::of(device_index(1), serial(1), code).to_text(),
            "1-1 0000 0000 0000 0000 0000 0000 00");
  code.octets.fill(std::byte{0xff});
  EXPECT_EQ(readable_code::of(device_index(1), serial(4294967295U), code).to_text(),
            "1-4294967295 zzzz zzzz zzzz zzzz zzzz zzzz zz");
}

TEST(confirmation_code, shows_exactly_the_first_130_bits) {
  deterministic_random random(test_seed());
  const digest32 code{random.octets<32>()};
  const auto shown = readable_code::of(device_index(1), serial(1), code);
  for (std::size_t bit = 0; bit < 256; ++bit) {
    digest32 other = code;
    other.octets[bit / 8] ^= std::byte{0x80} >> (bit % 8);
    EXPECT_EQ(shown.matches(other), bit >= 130) << bit;
  }
}

TEST(confirmation_code, reads_what_people_type) {
  deterministic_random random(test_seed());
  const auto shown = readable_code::of(device_index(3), serial(17), digest32{random.octets<32>()});
  std::string text = shown.to_text();
  std::string upper;
  std::string bare;
  for (const char c : text.substr(5)) {
    upper += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (c != ' ') {
      bare += c;
    }
  }
  EXPECT_EQ(readable_code::from_text("3-17 " + upper), shown);
  EXPECT_EQ(readable_code::from_text("3-17 " + bare), shown);
  EXPECT_EQ(readable_code::from_text("3-17   " + bare + ' '), shown);
  EXPECT_EQ(*readable_code::from_text("1-1 OoIi-LlLl-0000-0000-0000-0000-00"),
            *readable_code::from_text("1-1 0011-1111-0000-0000-0000-0000-00"));
}

TEST(confirmation_code, anything_else_is_refused_with_a_reason) {
  for (const char* text :
       {"", "3", "3-", "3-17", "3-17 ", "-17 0000-0000-0000-0000-0000-0000-00",
        "0-17 0000-0000-0000-0000-0000-0000-00", "03-17 0000-0000-0000-0000-0000-0000-00",
        "3-0 0000-0000-0000-0000-0000-0000-00", "3-4294967296 0000-0000-0000-0000-0000-0000-00",
        "3-99999999999 0000-0000-0000-0000-0000-0000-00", "3 17 0000-0000-0000-0000-0000-0000-00",
        "3-17-0000-0000-0000-0000-0000-0000-00", "3-17 0000-0000-0000-0000-0000-0000-0",
        "3-17 0000-0000-0000-0000-0000-0000-000", "3-17 000u-0000-0000-0000-0000-0000-00",
        "3-17 0000_0000-0000-0000-0000-0000-00"}) {
    const auto read = readable_code::from_text(text);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_FALSE(read.error().reason.empty());
  }
}

}  // namespace
}  // namespace sandoq
