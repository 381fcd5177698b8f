#pragma once

#include <cstdint>
#include <string_view>

namespace sandoq {

/// Whether an election counts. It is hashed, proved and signed with everything, so real elections
/// and drills never share a key, a base, a code or a signature. On the wire a u8. SPEC(00.5)
enum class election_domain : std::uint8_t { real = 1, drill = 2 };

/// True iff the value is one of the two: what was read from a u8 need not be.
[[nodiscard]] constexpr bool is_known(election_domain domain) noexcept {
  return domain == election_domain::real || domain == election_domain::drill;
}

/// "real" or "drill", as people read and write it.
[[nodiscard]] constexpr std::string_view name_of(election_domain domain) noexcept {
  return domain == election_domain::real ? "real" : "drill";
}

}  // namespace sandoq
