#pragma once

#include <map>
#include <optional>

#include "bulletin.hpp"
#include "draft_record.hpp"
#include "polling_state.hpp"
#include "running_election.hpp"
#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// What a program counts in its own bulletin, and compares with what others state: each thing is
/// counted once, however much is stated.                                               SPEC(85.3)
class own_count {
 public:
  /// \pre all outlive it
  own_count(const bulletin& board, const running_election& election, executor& workers)
      : board_(board), election_(election), workers_(workers) {}

  /// The condition under which a trustee's program signs a head: the record that it makes itself of
  /// its own bulletin has this head, and every check but record.signatures is `pass`.  SPEC(85.3)
  [[nodiscard]] result<void> check_head(const statement& head);

  /// The same for a log of tokens: it is what journals and tokens of its own bulletin give, none of
  /// its branch's tokens was taken twice, and no other log that stays is signed.       SPEC(85.3)
  [[nodiscard]] result<void> check_log(const statement& log);

  /// Every board has fixed its value under signatures of its own, and the own count of this
  /// bulletin has results with a tie that a lot has to break: only then is a public value agreed
  /// on, or a value revealed. \return what is missing.                              SPEC(75.5)
  /// SPEC(85.3)
  [[nodiscard]] result<void> check_lot_is_due();

  /// Counts anew from now on: something has been published that the count rests on.
  void forget();

 private:
  [[nodiscard]] result<void> check_lots_fixed() const;
  [[nodiscard]] const result<draft_record>& record();
  [[nodiscard]] const result<polling_state>& polls();
  [[nodiscard]] const result<eligibility_item>& log_of(const polling_state& polls,
                                                       branch_index branch);

  const bulletin& board_;
  const running_election& election_;
  executor& workers_;
  std::optional<result<draft_record>> record_;
  std::optional<result<polling_state>> polls_;
  std::map<branch_index, result<eligibility_item>> logs_;
};

}  // namespace sandoq::tool
