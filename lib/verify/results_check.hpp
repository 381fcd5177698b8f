#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lib/verify/opened_group.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/tally/contest_allocation.hpp"
#include "sandoq/tally/opened_votes.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/tally/settlement.hpp"
#include "sandoq/tally/subtotal.hpp"

namespace sandoq {

/// result.*: results, subtotals, ties and allocations against what was opened. Of a sum that is no
/// total only the encoded content is kept until its subtotal comes; of lists what they come to.
/// SPEC(90.2)
class results_check {
 public:
  explicit results_check(verify_state& v)
      : v_(v), totals_(v.election.contests.size()), lists_(v.election.contests.size()) {}

  /// What a request has opened, in the order of requests.
  void take_opened(const opening_set& set, contest_index contest, std::uint64_t ballots,
                   std::vector<ristretto255::element> opened);
  /// What the list of a group has opened, in the order of the groups.
  void take_opened_group(const opened_group& opened);
  void take_result(const contest_result& published, byte_view canonical, const std::string& place);
  void take_subtotal(const subtotal& published, const std::string& place);
  /// \pre all results have come
  void take_allocation(const contest_allocation& published, const std::string& place);
  /// After the last item. \pre opening.requests has not failed
  void finish();

 private:
  struct opened_part {
    opening_set set;
    contest_index contest;
    std::uint64_t ballots = 0;
    std::vector<wire_element> values;
  };
  [[nodiscard]] std::uint64_t ballots_of(contest_index contest) const;
  [[nodiscard]] std::vector<std::string> ids_of(std::span<const node_index> nodes) const;
  [[nodiscard]] std::string wrong_counts(const contest_result& published,
                                         std::uint64_t ballots) const;
  [[nodiscard]] std::string wrong_subtotal(const opened_part& opened,
                                           const subtotal& published) const;
  void keep_result(const contest_result& published, byte_view canonical);
  void settle_counts();
  void settle_ties();
  void note_ties();
  [[nodiscard]] tie_question question() const;

  verify_state& v_;
  std::vector<std::vector<ristretto255::element>> totals_;  // by contest
  std::vector<std::optional<opened_votes>> lists_;          // by contest: all its groups
  std::vector<opened_part> parts_;                          // opened besides the totals
  std::size_t results_ = 0;
  std::size_t subtotals_ = 0;
  std::size_t allocations_ = 0;
  results_hash hash_;
  std::vector<contest_tie> ties_;
  std::vector<ruled_contest> ruled_;
  bool is_settled_ = false;  // counts and ties have been looked at as a whole
};

}  // namespace sandoq
