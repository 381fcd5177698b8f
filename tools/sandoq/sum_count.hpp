#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/mixnet/cascade.hpp"
#include "sandoq/tally/opened_votes.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/tally/subtotal.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/threshold/combine.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "sandoq/threshold/derived_key.hpp"
#include "sandoq/threshold/list_combine.hpp"
#include "sandoq/threshold/list_opening.hpp"
#include "sandoq/threshold/opening.hpp"
#include "sandoq/threshold/opening_policy.hpp"

namespace sandoq::tool {

/// What is counted: the whole verified tally, and what closed the journals. All outlive it.
struct counted_election {
  const manifest& plan;
  const election_context& election;
  std::span<const tally_node> nodes;  ///< in node order
  const digest32& closings;           ///< over all journals and commitments to a lot
  const opening_grounds& grounds;     ///< of plan and nodes
};

/// A group of ballots on its way through the mix: who is in it, every stage, and what came out.
struct mixed_ballots {
  mix_group group;
  std::vector<mixed_stage> stages;
  mixed_list list;

  [[nodiscard]] std::vector<node_index> nodes() const;
};

/// What a request for the list of a group is about.                                    SPEC(55.11)
[[nodiscard]] list_subject subject_of(const mixed_ballots& mixed, const digest32& closings);

using sum_or_list_request = std::variant<opening_request, list_request>;

/// Every request of a count, unsigned, each referring to the one before: the totals of contests
/// with ballots, the lists of all groups, then, down to the lowest level wanted, what the opening
/// policy permits (plan_subtotals). The same for everyone who has the same tally and lists.
///                                                             SPEC(55.7) SPEC(55.10) SPEC(55.11)
[[nodiscard]] result<std::vector<sum_or_list_request>> plan_requests(
    const counted_election& counted, std::optional<node_level> lowest,
    std::span<const mixed_ballots> mixed);

/// Of every contest with ballots of which nothing below the total is opened, though results down
/// to that level are wanted: one line that says why.                          SPEC(55.10)
[[nodiscard]] std::vector<std::string> only_totals_in_words(const counted_election& counted,
                                                            node_level lowest);

/// What the answers to one request came to.
struct counted_sum {
  std::vector<partial_decryption> answers;  ///< those that verified, in record order
  std::vector<std::uint64_t> counts;
};

/// What the answers to the request for a mixed list came to.
struct counted_list {
  std::vector<list_answer> answers;  ///< those that verified, in record order
  opened_votes votes;
};

/// Checks the answers to a request, takes the good ones together and counts.  SPEC(55.9) SPEC(75.1)
class sum_counter {
 public:
  /// \return what is wrong with an element of the keys.
  [[nodiscard]] static result<sum_counter> make(const counted_election& counted,
                                                const election_key& published, executor& workers);

  /// \param rejected  if given, takes the answers that do not hold, by trustee
  /// \return missing, naming the board by its id, if too few answers hold.
  [[nodiscard]] result<counted_sum> count(const opening_request& request,
                                          std::span<const partial_decryption> answers,
                                          std::vector<rejected_answer>* rejected = nullptr) const;
  /// The same for the list of a group.                                      SPEC(55.11) SPEC(60.6)
  [[nodiscard]] result<counted_list> count(const list_request& request, const mixed_ballots& mixed,
                                           std::vector<list_answer> answers,
                                           std::vector<rejected_answer>* rejected = nullptr) const;

 private:
  [[nodiscard]] result<opened_votes> read(const mixed_ballots& mixed,
                                          const encoded_elements<ristretto255>& opened) const;

  sum_counter(const counted_election& counted, election_keys keys, executor& workers);

  counted_election counted_;
  election_keys keys_;
  std::vector<board_size> sizes_;
  executor* workers_;
};

/// One sum, ordered open by all boards and answered by enough trustees.
struct opened_sum {
  opening_request request;
  std::vector<partial_decryption> answers;
};

/// One mixed list, the same.
struct opened_list {
  list_request request;
  std::vector<list_answer> answers;
  opened_votes votes;
};

/// What the night of the count gives: requests and answers, then results and subtotals.
struct opened_election {
  std::vector<opened_sum> opened;       ///< totals of contests with ballots, then parts
  std::size_t totals = 0;               ///< how many of them stand before the lists
  std::vector<opened_list> lists;       ///< of all groups
  std::vector<contest_result> results;  ///< all contests, in order
  std::vector<subtotal> subtotals;      ///< one a part
};

/// What all lists of a contest say together.
[[nodiscard]] opened_votes votes_of_contest(const contest_entry& contest, contest_index index,
                                            std::span<const opened_list> lists);

/// Puts counted sums and lists together. \param counts  of opened[i] \pre the requests are planned
/// ones
[[nodiscard]] opened_election results_of(const counted_election& counted,
                                         std::vector<opened_sum> opened,
                                         std::span<const std::vector<std::uint64_t>> counts,
                                         std::vector<opened_list> lists = {});

}  // namespace sandoq::tool
