#pragma once

#include <cstdint>

namespace sandoq {

/// Real elections and drills never share a key, a base, a code or a signature.         SPEC(00.5)
enum class election_domain : std::uint8_t { real = 1, drill = 2 };

}  // namespace sandoq
