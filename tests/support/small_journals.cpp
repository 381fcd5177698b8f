// The parts of small_election that the boards write: recoveries, exclusions, eligibility logs.

#include <utility>

#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/ballot/journal_recovery.hpp"
#include "sandoq/core/contract.hpp"
#include "tests/support/small_election.hpp"

namespace sandoq::testing {

const lost_device* fate_of(const scenario& plan, std::size_t branch, std::uint32_t device) {
  for (const lost_device& lost : plan.lost) {
    if (lost.branch == branch && lost.device == device) {
      return &lost;
    }
  }
  return nullptr;
}

std::uint32_t journal_draft::cast_ballots() const {
  if (exclusion) {
    return 0;
  }
  return recovery ? recovery->counters.cast : close.counters.cast;
}

std::vector<journal_entry> journal_draft::entries() const {
  std::vector<journal_entry> out{{journal_kind::opening, opening.encode()}};
  for (const ballot_draft& b : ballots) {
    out.push_back({journal_kind::ballot, b.ballot.encode()});
    std::visit(
        [&out](const auto& item) {
          out.push_back({std::decay_t<decltype(item)>::kind, item.encode()});
        },
        b.resolution);
  }
  if (recovery) {
    out.push_back({journal_kind::recovery, recovery->encode()});
  } else if (!exclusion) {
    out.push_back({journal_kind::close, close.encode()});
  }
  return out;
}

void small_election::recover_device(const std::string& remark) {
  journal_draft& journal = draft.journals.back();
  std::vector<journal_entry> written = journal.entries();
  written.pop_back();  // the close that the device did not come to
  const auto recovered = recover_journal(context_->chain(), written, now(), remark);
  SANDOQ_EXPECTS(recovered && !recovered->resolution, "a journal of resolved ballots is recovered");
  recovery_item& recovery = journal.recovery.emplace(recovered->recovery);
  at(stage::recovery);
  recovery.signatures = sign_quorum(board_message(context_->chain(), recovery));
  at(stage::recovery_signed);
}

void small_election::exclude_device(exclusion_reason reason, const std::string& remark) {
  journal_draft& journal = draft.journals.back();
  journal.exclusion.emplace();
  const auto excluded = exclude_journal(context_->chain(), journal.opening.place, now(), reason,
                                        remark, journal.entries());
  SANDOQ_EXPECTS(excluded.has_value(), "any journal can be excluded");
  exclusion_item& exclusion = journal.exclusion.emplace(*excluded);
  at(stage::exclusion);
  exclusion.signatures = sign_quorum(board_message(context_->chain(), exclusion));
  at(stage::exclusion_signed);
}

void small_election::log_tokens(branch_index branch) {
  std::vector<accepted_token> tokens;
  for (const journal_draft& journal : draft.journals) {
    for (const ballot_draft& b : journal.ballots) {
      if (b.ballot.place.branch == branch && std::holds_alternative<cast_item>(b.resolution)) {
        tokens.push_back({random_.octets<32>(), b.ballot.style});
      }
    }
  }
  const auto log = make_eligibility_log(context_->chain(), branch, tokens);
  SANDOQ_EXPECTS(log.has_value(), "random tokens are distinct");
  draft.eligibility.push_back(*log);
  at(stage::eligibility);
  draft.eligibility.back().signatures =
      sign_quorum(board_message(context_->chain(), draft.eligibility.back()));
  at(stage::eligibility_signed);
}

}  // namespace sandoq::testing
