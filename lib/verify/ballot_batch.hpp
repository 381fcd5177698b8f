#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/verify/ballot_blocks.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/ballot/hashed_ballot.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/ids.hpp"

namespace sandoq {

/// How a ballot ended, and where it stands.
struct ballot_end {
  journal_kind resolution = journal_kind::voided;
  std::optional<challenge_item> challenge;      ///< iff it was challenged
  std::shared_ptr<const opening_item> opening;  ///< of its journal
  item_place place;
};

/// Ballots of the right form in record order, to be checked together: their elements, proofs and
/// challenges. Whatever batches are checked at the same time, each says the same of its ballots.
class ballot_batch {
 public:
  /// The next ballot has ended.
  void add(hashed_ballot ballot, ballot_end end);
  /// All ballots of that branch have been added. \pre branches come in node order, none left out
  void end_branch(node_index branch) { branch_ends_.push_back({ballots_.size(), branch}); }
  void clear();

  /// Checks all of it in the calling thread, as far as a check can still pass; keeps what it finds.
  void check(const verify_state& v);

  struct branch_end {
    std::size_t ballots_before;  ///< of the batch
    node_index branch;
  };
  [[nodiscard]] std::size_t size() const noexcept { return ballots_.size(); }
  [[nodiscard]] const ballot_item& ballot(std::size_t i) const { return ballots_[i].item(); }
  [[nodiscard]] const ballot_end& end(std::size_t i) const { return ends_[i]; }
  [[nodiscard]] const std::vector<branch_end>& branch_ends() const noexcept { return branch_ends_; }

  /// One a ballot; empty if ballot.proof could no longer pass. \pre check()
  [[nodiscard]] const std::vector<ballot_outcome>& outcomes() const noexcept { return outcomes_; }
  /// A ballot and what is wrong with it.
  struct finding {
    std::size_t ballot;
    error why;
  };
  /// Elements that do not decode, if there are no outcomes to say so. \pre check()
  [[nodiscard]] const std::vector<finding>& bad_elements() const noexcept { return bad_elements_; }
  /// Elements that were decoded with hints. \pre check()
  [[nodiscard]] std::size_t hinted_elements() const noexcept { return hinted_elements_; }
  /// Challenges that do not hold. \pre check()
  [[nodiscard]] const std::vector<finding>& bad_challenges() const noexcept {
    return bad_challenges_;
  }

 private:
  struct hints {
    bytes octets;
    std::vector<byte_view> of_each;  ///< ballot, or empty if any cannot be had or do not fit
  };
  [[nodiscard]] hints read_hints(const hints_file& from) const;
  [[nodiscard]] std::vector<ballot_challenge> list_challenges() const;
  void check_alone(const verify_state& v, const std::vector<ballot_challenge>& challenges);
  void keep_bad(const std::vector<verification>& outcomes,
                const std::vector<ballot_challenge>& challenges);

  std::vector<hashed_ballot> ballots_;
  std::vector<ballot_end> ends_;  // of ballots_, in order
  std::vector<branch_end> branch_ends_;
  std::vector<ballot_outcome> outcomes_;
  std::vector<finding> bad_elements_;
  std::vector<finding> bad_challenges_;
  std::size_t hinted_elements_ = 0;
};

}  // namespace sandoq
