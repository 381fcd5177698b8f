#pragma once

#include <cstdint>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/tally/totals.hpp"

namespace sandoq {

/// What the record publishes of one place of the tree.                                 SPEC(70.4)
/// Decoding checks structure only.
struct tally_node {
  node_index node;
  std::uint64_t lo = 0;  ///< covers cast ballots lo .. hi - 1 of the whole election
  std::uint64_t hi = 0;
  wire_totals subtotals;  ///< always the whole contest set of the node
  digest32 merkle_root;   ///< zeros unless a nonempty branch
  digest32 hash;          ///< of the node's record, 70.2

  [[nodiscard]] static result<tally_node> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const tally_node&, const tally_node&) = default;
};

}  // namespace sandoq
