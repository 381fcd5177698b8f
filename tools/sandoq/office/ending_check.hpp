#pragma once

#include <map>

#include "bulletin.hpp"
#include "journal_outcome.hpp"
#include "running_election.hpp"
#include "sandoq/core/result.hpp"
#include "statements.hpp"

namespace sandoq::tool {

/// Whether what is said of the end of a journal is what this bulletin's own copy of the journal
/// gives: a close, a recovery or an exclusion. The journal begins with an opening that holds: key
/// proof, device signature, quorum; an exclusion may also be of a device without a journal. Reads
/// each journal once, whatever is said of it.           SPEC(52.7) SPEC(52.10) SPEC(85.3)
class ending_check {
 public:
  /// \pre both outlive it
  ending_check(const bulletin& board, const running_election& election)
      : board_(board), election_(election) {}

  /// \return why it is not.
  [[nodiscard]] result<void> operator()(const statement& ending);

 private:
  struct own_copy {
    bool is_there = false;
    result<opening_item> opening;
    journal_outcome outcome;
  };

  [[nodiscard]] const result<own_copy>& copy_of(const device_place& place);
  [[nodiscard]] result<own_copy> read(const device_place& place) const;
  [[nodiscard]] result<void> check_device(const statement& close,
                                          const opening_item& opening) const;

  const bulletin& board_;
  const running_election& election_;
  std::map<device_place, result<own_copy>> copies_;
};

}  // namespace sandoq::tool
