#pragma once

#include <sodium.h>

#include <algorithm>
#include <string_view>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/hash.hpp"

namespace sandoq::testing {

/// H(tag; data) of section 00.3, spelled out over libsodium's SHA-512. For tests that must not use
/// the library's own framing.
inline digest32 sodium_h(std::string_view tag, byte_view data) {
  bytes input;
  const auto append = [&input](byte_view part) {
    input.insert(input.end(), part.begin(), part.end());
  };
  for (const std::string_view text : {std::string_view("sandoq-1"), tag}) {
    const auto size = static_cast<std::uint32_t>(text.size());
    for (unsigned shift = 0; shift < 32; shift += 8) {
      input.push_back(static_cast<std::byte>((size >> shift) & 0xFFU));
    }
    append(bytes_of(text));
  }
  append(data);
  byte_array<64> whole{};
  crypto_hash_sha512(reinterpret_cast<unsigned char*>(whole.data()),
                     reinterpret_cast<const unsigned char*>(input.data()), input.size());
  digest32 out;
  std::copy_n(whole.begin(), 32, out.octets.begin());
  return out;
}

}  // namespace sandoq::testing
