#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "lib/verify/asked_sums.hpp"
#include "lib/verify/scoreboard.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/ballot/manifest_index.hpp"
#include "sandoq/ballot/roster.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/mixnet/mix_items.hpp"
#include "sandoq/proofs/shuffle_shape.hpp"
#include "sandoq/record/head.hpp"
#include "sandoq/record/hints_file.hpp"
#include "sandoq/record/record_reader.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/tally/mix_inputs.hpp"
#include "sandoq/tally/tally_shape.hpp"
#include "sandoq/tally/ties.hpp"
#include "sandoq/threshold/ceremony_check.hpp"
#include "sandoq/threshold/ceremony_collector.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "sandoq/threshold/opening.hpp"
#include "sandoq/threshold/opening_policy.hpp"
#include "sandoq/verify/verify_record.hpp"

namespace sandoq {

/// What is known of a group whose stages are right: what the request to open it must say.
/// SPEC(55.11)
struct mixed_group {
  std::uint32_t stages = 0;
  shuffle_shape shape;  ///< of its first stage
  digest32 list;        ///< what its last stage carries
};

/// What the phases of one verification hand on to each other. Each phase fills its own part, and
/// reads those of the phases before it only where the checks that they belong to have not failed.
struct verify_state {
  verify_state(const record_reader& source, const verify_options& asked, executor& threads,
               const progress_function& report)
      : reader(source), options(asked), workers(threads), progress(report) {}

  const record_reader& reader;
  const verify_options& options;
  executor& workers;
  const progress_function& progress;
  scoreboard board;
  /// What the machine does not give; then there is no verdict, whatever the checks say.
  std::optional<error> unreadable{};

  /// Something is not, or no longer, the listed file: fails record.files, and keeps the first error
  /// that is the machine's and not the record's. Any thread may call it.
  void fail_reading(const error& problem) {
    board.fail(check_id::record_files, problem);
    note_unreadable(problem);
  }
  void note_unreadable(const error& problem) {
    const std::lock_guard lock(noting);
    if (problem.code == errc::io && !unreadable) {
      unreadable = problem;
    }
  }
  std::mutex noting{};
  record_verdict out;

  /// record.head
  record_head head;

  /// Of the ballots, if a file of them was named and is of this record.
  std::optional<hints_file> hints;

  /// record.items: the small items, kept; of the ballots only a number.
  manifest election;
  digest32 e0;
  ceremony_collector ceremony;
  election_key published_key;
  std::uint64_t ballot_ciphertexts = 0;  ///< evidence aside
  std::uint64_t eligibility_tokens = 0;
  std::vector<mix_group> mix_groups;  ///< no more than can be disjoint, and one
  std::uint64_t mixed_places = 0;     ///< of those that were kept
  std::vector<lot_commit> lot_commits;
  tie_items ties;

  /// manifest.rules
  std::optional<manifest_index> index;
  std::optional<tally_shape> shape;
  std::vector<contest_terms> terms;

  /// manifest.roster: keys of the boards. May be there although the check has failed.
  /// Once ceremony.complete has passed, those who were shut out are marked in `boards`.
  std::vector<board_keys> boards;
  std::vector<::sandoq::board> rosters;
  std::vector<board_size> board_sizes;
  /// The key that signs the attributes of ties, if the manifest names an authority.
  std::optional<verification_key<ristretto255>> authority;

  /// ceremony.key: K and Y, and all that ballots are bound to.
  std::optional<election_keys> keys;
  std::optional<election_context> context;

  /// journal.close: the hash over all closings, to which commitments to a lot are still to be
  /// added, and how many ballots they say were cast.
  std::optional<closings_hash> closings;
  std::uint64_t closed_cast_ballots = 0;

  /// tally.tree: what may be opened. The sums that requests ask for, and the ballots by branch.
  asked_sums sums;
  std::optional<opening_grounds> grounds;
  digest32 tally_root;  ///< hash of the node of the tree's root

  /// mix.stages: what goes in, until it is mixed; what came out, by group.
  std::optional<mix_inputs> inputs;
  std::vector<mixed_group> mixed;

  /// Tells the caller how far a phase has come. \pre in the calling thread
  void report(std::string_view phase, std::uint64_t done, std::uint64_t total,
              std::uint64_t ballots = 0) const {
    if (progress) {
      progress({phase, done, total, ballots});
    }
  }

  /// The election's domain, by its manifest.
  [[nodiscard]] election_domain domain() const noexcept { return election.domain; }
  /// e1 as election_key says it; ceremony.key and record.binding compare it.
  [[nodiscard]] const digest32& e1() const noexcept { return published_key.election_hash; }
};

/// The phases, in the order in which they run. Each brings its checks to an end.
void verify_head(verify_state& v);      ///< record.head
void verify_files(verify_state& v);     ///< record.files, record.items, record.elements
void verify_manifest(verify_state& v);  ///< manifest.*, record.binding
void verify_ceremony(verify_state& v);  ///< ceremony.*, record.signatures
void verify_nodes(verify_state& v);     ///< tally.nodes
void verify_ballots(
    verify_state& v);                ///< journal.*, eligibility.*, ballot.*, tally.branches, .tree
void verify_lot(verify_state& v);    ///< lot.commitments
void verify_mixes(verify_state& v);  ///< mix.*
void verify_openings(verify_state& v);  ///< opening.*, result.*

}  // namespace sandoq
