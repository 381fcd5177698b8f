#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/protocol.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/trustee_keys.hpp"

namespace sandoq {

/// How many trustees a board has and how many of them must act together.               SPEC(50.3)
struct board_size {
  std::uint32_t trustees = 0;   ///< n_b, 1..64
  std::uint32_t threshold = 0;  ///< t_b, 1..n_b
  friend bool operator==(const board_size&, const board_size&) = default;
};

/// A board of trustees with its threshold, trustee j at trustees[j - 1].               SPEC(50.3)
struct board {
  std::uint32_t threshold = 0;
  std::vector<trustee_keys> trustees;

  [[nodiscard]] board_size size() const noexcept {
    return {static_cast<std::uint32_t>(trustees.size()), threshold};
  }
  [[nodiscard]] board_keys keys() const;
};

/// size() of each.
[[nodiscard]] std::vector<board_size> sizes_of(std::span<const board> boards);
/// keys() of each.
[[nodiscard]] std::vector<board_keys> keys_of(std::span<const board> boards);

/// Which election a ceremony is for, before its key exists.
struct ceremony_context {
  digest32 manifest_hash;  ///< e0
  election_domain domain = election_domain::drill;
};

/// Which election an opening belongs to.
struct opening_context {
  digest32 election_hash;  ///< e1
  election_domain domain = election_domain::drill;
};

/// "board 1/trustee 3": how reports and errors name a trustee.
[[nodiscard]] std::string name_trustee(board_index board, trustee_index trustee);

}  // namespace sandoq
