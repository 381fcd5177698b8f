#include "outlook.hpp"

#include <fmt/core.h>

#include <utility>

#include "outlook_page.hpp"
#include "outlook_parts.hpp"

namespace sandoq::tool {
namespace {

/// What whoever counts runs next.
void write_count(outlook_page& page, const polls_outlook& polls, const opening_outlook& opening,
                 bool has_signed_head) {
  if (polls.missing.empty() && !opening.has_requests) {
    page.next("sandoq close, whoever counts");
  } else if (polls.unlogged > 0) {
    page.next(
        fmt::format("sandoq close, whoever counts: it states the logs of tokens of {} branches",
                    polls.unlogged));
  }
  if (opening.is_answered && (has_signed_head || !page.waits_for_signatures())) {
    page.next(has_signed_head ? "sandoq combine, whoever counts: the record can be made"
                              : "sandoq combine, whoever counts: it says whether there are ties, "
                                "and what they need");
  }
}

}  // namespace

result<election_outlook> outlook_of(const bulletin& board, const ceremony_state& ceremony,
                                    const std::optional<running_election>& election) {
  outlook_page page(board.plan());
  const auto has_signed_head = write_statements(page, board, ceremony, election);
  if (!has_signed_head) {
    return tl::unexpected(has_signed_head.error());
  }
  if (!election) {
    page.gather();
    return std::move(page).take();
  }
  const auto polls = write_polls(page, board, *election);
  if (!polls) {
    return tl::unexpected(polls.error());
  }
  const auto opening = write_opening(page, board, *election);
  if (!opening) {
    return tl::unexpected(opening.error());
  }
  page.gather();
  write_count(page, *polls, *opening, *has_signed_head);
  return std::move(page).take();
}

}  // namespace sandoq::tool
