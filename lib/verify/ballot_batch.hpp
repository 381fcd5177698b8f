#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/verify/tally_compare.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/tally/accumulate.hpp"

namespace sandoq {

/// How a ballot ended, and where it stands.
struct ballot_end {
  journal_kind resolution = journal_kind::voided;
  std::optional<challenge_item> challenge;      ///< iff it was challenged
  std::shared_ptr<const opening_item> opening;  ///< of its journal
  std::string place;
};

/// Gathers ballots of the right form, in record order, checks their elements, proofs and challenges
/// many at a time on all cores, and adds up what was cast. What is gathered is bounded in ballots
/// and in points for each thread, so memory does not grow with the record.              SPEC(80.6)
class ballot_batch {
 public:
  /// \param tally  nullptr if no sums are asked for; outlives the batch
  ballot_batch(verify_state& v, tally_compare* tally);

  void add(ballot_item ballot, ballot_end end);
  /// All ballots of that branch have been added. \pre branches come in node order, none left out
  void end_branch(node_index branch);
  /// Checks what is still gathered.
  void flush();

 private:
  struct branch_end {
    std::size_t ballots_before;  // of those that are gathered
    node_index branch;
  };
  void check_elements();
  void check_proofs();
  void check_challenges();
  void add_up();
  void finish_branch(node_index branch);

  verify_state& v_;
  tally_compare* tally_;
  std::vector<ballot_item> ballots_;
  std::vector<ballot_end> ends_;  // of ballots_, in order
  std::vector<ballot_outcome> outcomes_;
  std::vector<branch_end> branch_ends_;
  std::size_t points_ = 0;
  std::optional<branch_tally> branch_;  // of the branch whose end has not come
};

}  // namespace sandoq
