#pragma once

// What every decoder of the record must keep to, tested for any item with decode and encode.

#include <gtest/gtest.h>

#include <cstddef>

#include "sandoq/core/bytes.hpp"

namespace sandoq::testing {

/// Decoding gives the item back; every shorter byte string and every longer one is refused; and a
/// byte string with one bit changed is refused or decodes to something that encodes to it.
template <class Item>
void expect_strict_decoding(const Item& item) {
  const bytes octets = item.encode();
  const auto decoded = Item::decode(octets);
  ASSERT_TRUE(decoded) << to_string(decoded.error());
  EXPECT_EQ(*decoded, item);
  EXPECT_EQ(decoded->encode(), octets);

  for (std::size_t size = 0; size < octets.size(); ++size) {
    const auto cut = Item::decode(byte_view(octets).first(size));
    ASSERT_FALSE(cut) << "accepted the first " << size << " of " << octets.size() << " bytes";
    ASSERT_FALSE(cut.error().reason.empty());
  }
  auto longer = octets;
  longer.push_back(std::byte{0});
  const auto extended = Item::decode(longer);
  ASSERT_FALSE(extended);
  EXPECT_EQ(extended.error().code, errc::trailing_bytes);

  for (std::size_t bit = 0; bit < 8 * octets.size(); ++bit) {
    auto changed = octets;
    changed[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    if (const auto other = Item::decode(changed)) {
      ASSERT_EQ(other->encode(), changed) << "bit " << bit;
      ASSERT_FALSE(*other == item) << "bit " << bit;
    }
  }
}

}  // namespace sandoq::testing
