#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/record/record_writer.hpp"
#include "sandoq/tally/accumulate.hpp"
#include "sandoq/tally/merkle_sum_tree.hpp"
#include "sandoq/tally/mix_inputs.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/tally/tally_shape.hpp"
#include "sandoq/threshold/opening.hpp"

namespace sandoq::tool {

/// The ballots of a whole journal that are to be counted, in order: those whose resolution is a
/// cast; none of an excluded one. Looks at order and structure of ballots only.
[[nodiscard]] result<std::vector<ballot_item>> cast_ballots_of(
    std::span<const journal_entry> journal);

/// What became of the ballots of a whole election.
struct election_counters {
  std::uint64_t cast = 0;
  std::uint64_t challenged = 0;
  std::uint64_t voided = 0;
};

/// Puts journals into a record, verifies their cast ballots and adds them up, branch by branch.
/// Memory: one journal, the open sums, and what goes into a mix.                          SPEC(52)
/// SPEC(70.1) SPEC(70.3)
class journal_count {
 public:
  /// Gives the eligibility item of a branch whose last journal has come. Called only if the
  /// manifest asks for one.                                                             SPEC(52.9)
  using eligibility_source = std::function<result<bytes>(branch_index)>;

  /// \pre all outlive the count
  journal_count(const election_context& election, const manifest& plan, record_writer& writer,
                executor& workers, eligibility_source eligibility);

  /// The next journal, whole, in record order. \return what is wrong with a ballot, by name.
  [[nodiscard]] result<void> add(const device_place& place, std::span<const journal_entry> journal);
  /// Ends the last branch.
  [[nodiscard]] result<void> finish();

  /// In node order, as the record wants them. \pre finish()
  [[nodiscard]] std::vector<tally_node> nodes() &&;
  /// What ended the journals so far.
  [[nodiscard]] const closings_hash& closings() const noexcept { return closings_; }
  /// What goes into the mix, of the ballots that count; as long as this lives.         SPEC(60.1)
  [[nodiscard]] mix_inputs& inputs() noexcept { return inputs_; }
  /// Of the journals that count.
  [[nodiscard]] const election_counters& counters() const noexcept { return counters_; }

 private:
  [[nodiscard]] result<void> count(const device_place& place,
                                   std::span<const journal_entry> journal);
  [[nodiscard]] result<void> end_branch();

  record_writer& writer_;
  executor& workers_;
  eligibility_source eligibility_;
  bool logs_tokens_;
  tally_shape shape_;
  const election_context& election_;
  mix_inputs inputs_;
  ballot_verifier verifier_;
  tally_context context_;
  merkle_sum_tree_builder tree_;
  closings_hash closings_;
  std::optional<branch_tally> branch_;
  std::optional<branch_index> counting_;  // the branch of branch_
  std::vector<tally_node> nodes_;
  election_counters counters_;
};

}  // namespace sandoq::tool
