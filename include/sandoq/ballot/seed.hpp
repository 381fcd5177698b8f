#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/domain.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/literal.hpp"
#include "sandoq/core/result.hpp"

/// \file
/// Seeds that were committed at the opening and have been revealed by a challenge: public data.
/// Seeds still in use live in seed_secret.hpp.
namespace sandoq {

/// 0 is the device, b + 1 is board b.                                                    SPEC(52.4)
using seed_role = strong_id<struct seed_role_tag, std::uint32_t>;
inline constexpr seed_role device_seed_role{0};
/// The role of a board.
[[nodiscard]] constexpr seed_role seed_role_of(board_index board) noexcept {
  return seed_role(board.value() + 1);
}

/// Whose seeds: what every leaf is bound to.                                             SPEC(52.4)
struct seed_context {
  digest32 e1;
  election_domain domain = election_domain::drill;
  branch_index branch;
  device_index device;
  friend bool operator==(const seed_context&, const seed_context&) = default;
};

/// `seed` of section 52.1: a revealed seed and the siblings of its leaf, from the leaf upward.
struct seed_opening {
  static constexpr std::size_t max_siblings = 32;

  byte_array<32> seed{};
  std::vector<digest32> path;

  friend bool operator==(const seed_opening&, const seed_opening&) = default;
};

/// Structure only: lengths and bounds.
[[nodiscard]] result<seed_opening> read_seed_opening(byte_reader& in, std::string_view field);
void write(byte_writer& out, const seed_opening& opening);

/// The tag of the nodes of a seed tree.
inline constexpr literal seed_node_tag = "seed/node";

/// H("seed/leaf"; e1 || u8 domain || u32 branch || u32 device || u32 role || u32 s || seed(s))
/// SPEC(52.4)
[[nodiscard]] digest32 seed_leaf(const seed_context& context, seed_role role, serial number,
                                 const byte_array<32>& seed);

/// Checks that a revealed seed is the leaf of its serial under the root of the opening.
/// \return out_of_range if the serial is not 1..capacity; mismatch with the reason otherwise.
[[nodiscard]] result<void> check_seed(const seed_context& context, seed_role role, serial number,
                                      std::uint32_t capacity, const digest32& root,
                                      const seed_opening& opening);

/// H("ballot/seed"; e1 || u8 domain || u32 branch || u32 device || u32 s || device seed(s) ||
/// seed(s) of board 0 || ...), from revealed seeds. SPEC(52.4)
[[nodiscard]] byte_array<32> revealed_ballot_seed(const seed_context& context, serial number,
                                                  const byte_array<32>& device_seed,
                                                  std::span<const byte_array<32>> board_seeds);

}  // namespace sandoq
