#include "sandoq/core/bytes.hpp"

#include <gtest/gtest.h>

namespace sandoq {
namespace {

TEST(hex, both_ways) {
  const bytes data = {std::byte{0x00}, std::byte{0x9f}, std::byte{0xff}};
  EXPECT_EQ(to_hex(data), "009fff");
  EXPECT_EQ(from_hex("009FfF"), data);
  EXPECT_EQ(from_hex(""), bytes{});
}

TEST(hex, bad_input_says_where) {
  EXPECT_EQ(from_hex("012").error().code, errc::bad_encoding);
  EXPECT_EQ(from_hex("01g2").error().place, "hex @2");
  EXPECT_EQ(from_hex("01 2").error().code, errc::bad_encoding);
  byte_array<2> out{};
  EXPECT_EQ(from_hex_into(out, "010203").error().code, errc::bad_encoding);
}

/// The definition of UTF-8 by decoding and re-encoding code points, written independently of the
/// table.
bool is_utf8_by_code_points(const std::string& text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const unsigned length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if ((lead >= 0x80 && lead < 0xC0) || lead >= 0xF8 || i + length > text.size()) {
      return false;
    }
    unsigned point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (unsigned k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xC0U) != 0x80U) {
        return false;
      }
      point = (point << 6U) | (next & 0x3FU);
    }
    const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
      return false;
    }
    i += length;
  }
  return true;
}

TEST(utf8, agrees_with_the_code_point_definition_on_all_short_strings) {
  const unsigned edges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                            0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
                            0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF};
  unsigned accepted = 0;
  for (unsigned a : edges) {
    for (unsigned b : edges) {
      for (unsigned c : edges) {
        for (unsigned d : edges) {
          const std::string text = {static_cast<char>(a), static_cast<char>(b),
                                    static_cast<char>(c), static_cast<char>(d)};
          for (std::size_t n = 0; n <= 4; ++n) {
            const std::string prefix = text.substr(0, n);
            ASSERT_EQ(is_utf8(bytes_of(prefix)), is_utf8_by_code_points(prefix))
                << to_hex(bytes_of(prefix));
            accepted += is_utf8(bytes_of(prefix)) ? 1U : 0U;
          }
        }
      }
    }
  }
  EXPECT_GT(accepted, 1000U);
}

}  // namespace
}  // namespace sandoq
