#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bulletin.hpp"
#include "running_election.hpp"
#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "statements.hpp"
#include "token_clash.hpp"

namespace sandoq::tool {

/// A statement with a complete quorum.
struct signed_statement {
  statement what;
  quorum signatures;
  /// The item's canonical bytes.
  [[nodiscard]] bytes item() const { return complete(what, signatures); }
};

/// A device of the election as the bulletin shows it.
struct polled_device {
  device_place place;
  std::optional<published_journal> journal;
  /// Close, recovery or exclusion: the one that is signed, or else the one that the own copy of the
  /// journal gives. None if there is none yet, or if the journal is whole as it is.
  std::optional<statement> ending;
  std::optional<quorum> signatures;        ///< under the ending, once there are enough
  std::vector<std::string> waiting_for{};  ///< until then

  /// By a statement that is signed.
  [[nodiscard]] bool is_excluded() const noexcept {
    return ending && signatures && ending->of == item_kind::exclusion;
  }
  /// Excluded with a journal, which stays in the record.
  [[nodiscard]] bool needs_evidence() const;
};

/// The polling day as the bulletin shows it, and what is missing before anything can be opened.
/// Everybody computes the same.                                                        SPEC(85.4)
struct polling_state {
  std::vector<polled_device> devices;  ///< in record order
  std::map<branch_index, signed_statement> eligibility;
  std::vector<signed_statement> lots;  ///< commitments, one a board
  std::vector<std::string> missing;    ///< in words; empty if the votes can be counted
  /// Branches whose journals are all there, but not the statement about their tokens.
  std::vector<branch_index> unlogged;
  /// Tokens that two devices have taken. Their branches are not logged until one is excluded.
  std::vector<token_clash> clashes{};

  /// The first one in which a branch has a part; nullptr if it has none.
  [[nodiscard]] const token_clash* clash_of(branch_index branch) const;
};

/// \return duplicate where two statements about one thing are both signed by the boards; what is
/// wrong with a message.
[[nodiscard]] result<polling_state> polling_of(const bulletin& board,
                                               const running_election& election);

/// Fixes the quorums of everything that requests will refer to.                         SPEC(85.3)
/// \return how many were fixed now.
[[nodiscard]] result<std::size_t> agree_on_all(bulletin& board, const running_election& election,
                                               const polling_state& polls);

}  // namespace sandoq::tool
