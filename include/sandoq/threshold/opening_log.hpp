#pragma once

#include <cstddef>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/threshold/opening.hpp"

namespace sandoq {

/// A request that a trustee has answered, as its log keeps it: plain data, nothing secret.
struct answered_request {
  digest32 hash;
  contest_index contest;
  std::vector<node_index> nodes;
  digest32 closings;
  partial_decryption answer;
  friend bool operator==(const answered_request&, const answered_request&) = default;
};

/// A request that a trustee has signed and not answered yet: plain data.
struct approved_request {
  digest32 hash;
  contest_index contest;
  std::vector<node_index> nodes;
  digest32 closings;
  friend bool operator==(const approved_request&, const approved_request&) = default;
};

/// What a trustee approved and answered. Whoever stores it must not lose any of it: the policy is
/// as good as the log. It is no secret, but nobody else may change it.                  SPEC(55.7)
struct opening_log {
  static constexpr std::size_t max_requests = 1'048'576;  ///< of either kind

  std::vector<answered_request> answered;  ///< request number i at answered[i - 1]
  std::vector<approved_request> approved;  ///< number answered.size() + 1 + i at approved[i]

  /// The form in which a log is stored:
  ///   list of (b32 hash || u32 contest || list (1..4,096) of u32 node || b32 closings ||
  ///            var partial) || list of (the same without the partial), at most 1,048,576 each
  /// Reads the structure, and that every answer bears its number.
  [[nodiscard]] static result<opening_log> decode(byte_view in);
  /// The bytes that decode() reads.
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const opening_log&, const opening_log&) = default;
};

}  // namespace sandoq
