#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "../journal_count.hpp"
#include "bulletin.hpp"
#include "opening_state.hpp"
#include "polling_state.hpp"
#include "running_election.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/record/head.hpp"
#include "sandoq/record/record_writer.hpp"
#include "sandoq/tally/mix_inputs.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/verify/verify_record.hpp"
#include "statements.hpp"

namespace sandoq::tool {

/// How much of a record is made: up to the tally and the commitments to a lot, or all of it.
enum class draft_extent { counted, whole };

/// What a record is made of. All outlive it.
struct draft_source {
  const bulletin& board;
  const running_election& election;
  const polling_state& polls;  ///< nothing missing
};

/// A record as the bulletin gives it, and what is in it.                               SPEC(85.4)
struct draft_record {
  std::vector<tally_node> nodes;
  digest32 closings;
  election_counters counters;
  std::optional<mix_inputs> inputs;  ///< what goes into the mix, if the extent is counted
  opening_state opening;             ///< if the extent is the whole record
  /// None if something of the whole record is missing; then nothing is written either.
  std::optional<record_head> head;
};

/// Writes the record of the bulletin into a new directory. Counts all ballots; memory is one
/// journal.
/// \param sign  gets the quorum under the head; placeholder_quorum if there is none yet
/// \return what is wrong with a ballot or journal.
[[nodiscard]] result<draft_record> write_draft(const draft_source& from, draft_extent extent,
                                               const std::filesystem::path& directory,
                                               const record_writer::head_signer& sign,
                                               executor& workers);

/// A quorum that is well formed and holds nowhere.
[[nodiscard]] result<quorum> placeholder_quorum(const digest32& digest);

/// The statement that a record has this head.
[[nodiscard]] statement state_head(const record_head& head);

/// Verifies a draft. \return mismatch, naming the first check that is not `pass`: of a counted one
/// up to tally.tree and in lot.commitments; of a whole one all but record.signatures. SPEC(85.3)
[[nodiscard]] result<record_verdict> check_draft(const std::filesystem::path& directory,
                                                 const bulletin& board, draft_extent extent,
                                                 executor& workers);

/// A draft that was made for looking at it and is gone again: its own count of the election, with
/// every check of check_draft. \return also missing, with all that is, if the votes cannot be
/// counted yet.
[[nodiscard]] result<draft_record> look_at_draft(const bulletin& board,
                                                 const running_election& election,
                                                 draft_extent extent, executor& workers);

}  // namespace sandoq::tool
