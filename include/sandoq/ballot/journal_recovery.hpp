#pragma once

#include <optional>
#include <span>
#include <string>

#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// What completes a journal that its device could not close.                             SPEC(52.7)
struct recovered_journal {
  std::optional<void_item> resolution;  ///< of the last ballot, if it had none; goes first
  recovery_item recovery;               ///< without the quorum, for the boards to sign
};

/// Reads what a lost device has left: its opening, its ballots and their resolutions, and counts
/// them. Proofs and signatures are not checked here.                                     SPEC(52.7)
/// \param items  the journal from its opening on, as far as it goes
/// \return mismatch, with the item, where the journal is out of order, of several devices or closed
/// already, or where its chain is broken: such a journal is not recovered but excluded (52.10);
/// too_large if the remark has more than 1,024 bytes.
[[nodiscard]] result<recovered_journal> recover_journal(const chain_context& election,
                                                        std::span<const journal_entry> items,
                                                        time_ms time, std::string remark);

}  // namespace sandoq
