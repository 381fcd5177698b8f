#pragma once

#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/threshold/list_opening.hpp"
#include "sandoq/threshold/opening.hpp"

namespace sandoq {

/// A request for a sum or for a list that a trustee has signed, as its log keeps it: plain data,
/// nothing secret.
struct logged_request {
  digest32 hash;
  contest_index contest;
  std::vector<node_index> nodes;  ///< the request's; of a list those of its group
  digest32 closings;
  std::uint32_t group = 0;  ///< whose list; 0: a sum
  friend bool operator==(const logged_request&, const logged_request&) = default;
};

/// The same, answered. Of a list's answer the log has the item: the factors beside it follow from
/// the share and the list, and their hash is in the item.
struct answered_request : logged_request {
  std::variant<partial_decryption, list_partial> answer;  ///< the second for a list
  friend bool operator==(const answered_request&, const answered_request&) = default;
};

/// What a trustee approved and answered: one chain of requests for sums and for lists. Whoever
/// stores it must not lose any of it: the policy is as good as the log. It is no secret, but nobody
/// else may change it.                                                     SPEC(55.7) SPEC(55.11)
struct opening_log {
  static constexpr std::size_t max_requests = 1'048'576;  ///< of either part

  std::vector<answered_request> answered;  ///< request number i at answered[i - 1]
  std::vector<logged_request> approved;    ///< number answered.size() + 1 + i at approved[i]

  /// The form in which a log is stored, the second one; the first had no field for its form, and no
  /// lists:
  ///   u32 form (2) || list of (entry || var answer) || list of entry, at most 1,048,576 each
  ///   entry := b32 hash || u32 contest || u32 group || list (1..4,096) of u32 node || b32 closings
  ///   answer := list_partial if the group is not 0, otherwise partial
  /// Reads the structure, and that every answer bears its number.
  /// \return mismatch for a log of another form
  [[nodiscard]] static result<opening_log> decode(byte_view in);
  /// The bytes that decode() reads. \pre every answer is of its request's kind
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const opening_log&, const opening_log&) = default;
};

}  // namespace sandoq
