#pragma once

#include <optional>
#include <vector>

#include "bulletin.hpp"
#include "ceremony_state.hpp"
#include "ending_check.hpp"
#include "exchange_items.hpp"
#include "own_count.hpp"
#include "running_election.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// What a trustee's program knows when it is asked to sign.
struct signing_desk {
  const bulletin& board;
  const ceremony_state& ceremony;
  const std::optional<running_election>& election;  ///< once the key exists
  trustee_seat seat;
  executor& workers;
};

/// The condition of 85.3 under which a trustee's program signs a statement. What it rests on - the
/// own count, each journal - is looked at once, however many statements there are.     SPEC(85.3)
class statement_check {
 public:
  /// \pre all that the desk holds outlives it
  explicit statement_check(const signing_desk& desk);

  /// \return why not; unsupported for a request, which is approved by another way (55.7).
  [[nodiscard]] result<void> operator()(const statement& what);

  /// Counts anew from now on: what was signed may have completed a quorum.
  void forget();

 private:
  signing_desk desk_;
  std::optional<ending_check> ends_as_;  ///< once the key exists, here and below
  std::optional<own_count> own_;
};

/// The number of the attempt that goes on without somebody: the present one if nobody has begun it,
/// or else the next that nobody has begun.                                             SPEC(85.3)
[[nodiscard]] std::uint32_t attempt_without(const ceremony_state& state);

/// Who signs for the boards: of an absence the participants whom neither it nor a signed absence of
/// that attempt names, of everything else those who hold a share.
[[nodiscard]] std::vector<board_keys> signers_of(const ceremony_state& ceremony,
                                                 const bulletin& board, const statement& what);

}  // namespace sandoq::tool
