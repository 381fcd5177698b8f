#pragma once

#include <gtest/gtest.h>

#include <cstddef>

#include "sandoq/core/bytes.hpp"

namespace sandoq::testing {

/// What every decoder of canonical bytes owes (section 00.2): the value comes back, its bytes are
/// the only ones it has, no shorter and no longer string is read, and a flipped bit either fails or
/// gives another value that encodes to exactly the flipped bytes. Returns how many flips were read.
template <class T>
std::size_t expect_canonical(const T& value) {
  const bytes canonical = value.encode();
  const auto back = T::decode(canonical);
  EXPECT_TRUE(back.has_value()) << (back ? "" : to_string(back.error()));
  if (!back) {
    return 0;
  }
  EXPECT_EQ(*back, value);
  EXPECT_EQ(back->encode(), canonical);
  for (std::size_t size = 0; size < canonical.size(); ++size) {
    EXPECT_FALSE(T::decode(byte_view(canonical).first(size)).has_value()) << size;
  }
  bytes longer = canonical;
  longer.push_back(std::byte{0});
  EXPECT_FALSE(T::decode(longer).has_value());
  std::size_t read = 0;
  for (std::size_t bit = 0; bit < 8 * canonical.size(); ++bit) {
    bytes flipped = canonical;
    flipped[bit / 8] ^= std::byte{1} << (bit % 8);
    const auto other = T::decode(flipped);
    if (other) {
      ++read;
      EXPECT_NE(*other, value) << "bit " << bit;
      EXPECT_EQ(other->encode(), flipped) << "bit " << bit;
    } else {
      EXPECT_FALSE(other.error().place.empty());
      EXPECT_FALSE(other.error().reason.empty());
    }
  }
  return read;
}

}  // namespace sandoq::testing
