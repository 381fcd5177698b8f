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

/// The items of a journal as a record has them: with its close or recovery behind, or the exclusion
/// in front. \return missing if it is not ended; mismatch if recovery or exclusion are not what the
/// journal gives. \pre the device is of this bulletin. Memory: the journal.
[[nodiscard]] result<std::vector<journal_entry>> whole_journal(const bulletin& board,
                                                               const running_election& election,
                                                               const polled_device& device);

/// The log of the tokens of a branch, as the published tokens of its devices that are not excluded
/// give it, checked against the ballots cast in their journals; without signatures.
/// \return missing if a journal or the tokens of a device are not there; duplicate, with places and
/// remedy, for a token that was taken twice in the election; mismatch where tokens and ballots do
/// not fit.                                                                 SPEC(52.9) SPEC(85.3)
[[nodiscard]] result<eligibility_item> eligibility_of(const bulletin& board,
                                                      const running_election& election,
                                                      const polling_state& polls,
                                                      branch_index branch);

/// Fixes the quorums of everything that requests will refer to.                         SPEC(85.3)
/// \return how many were fixed now.
[[nodiscard]] result<std::size_t> agree_on_all(bulletin& board, const running_election& election,
                                               const polling_state& polls);

/// The token, the devices of both branches, and what can be done about it.
[[nodiscard]] std::string in_words(const manifest& plan, const token_clash& clash);

}  // namespace sandoq::tool
