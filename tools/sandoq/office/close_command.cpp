#include <optional>
#include <string>
#include <utility>

#include "../manifest_words.hpp"
#include "../progress.hpp"
#include "../say.hpp"
#include "branch_log.hpp"
#include "draft_record.hpp"
#include "mix_state.hpp"
#include "office_session.hpp"
#include "poll_commands.hpp"
#include "polling_state.hpp"
#include "sandoq/tally/opening_sums.hpp"
#include "stated_requests.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

constexpr std::string_view close_name = "close";

/// States the logs of tokens of branches whose journals are all there. \return how many
result<std::size_t> state_logs(office_session& session, const polling_state& polls) {
  for (const branch_index branch : polls.unlogged) {
    const auto log = eligibility_of(session.board, session.election, polls, branch);
    if (!log) {
      return tl::unexpected(log.error());
    }
    const statement what = state(item_kind::eligibility, *log);
    const auto published = session.board.publish(stem_of(what), what);
    if (!published) {
      return tl::unexpected(published.error());
    }
    say("wrote {}\n", *published);
  }
  return polls.unlogged.size();
}

/// Counts the votes, and states what is to be opened.
exit_code state_requests(office_session& session, const polling_state& polls,
                         std::optional<node_level> lowest) {
  auto draft =
      look_at_draft(session.board, session.election, draft_extent::counted, *session.workers);
  if (!draft) {
    return refuse(close_name, draft.error());
  }
  const opening_grounds grounds = grounds_of(session.board.plan(), draft->nodes);
  const counted_election counted{session.board.plan(), session.election.context, draft->nodes,
                                 draft->closings, grounds};
  // First what mix and requests rest on, so that a later signature does not change it.
  if (const auto agreed = agree_on_all(session.board, session.election, polls); !agreed) {
    return refuse(close_name, agreed.error());
  }
  const auto mixed = mix_of(session.board, counted, *draft->inputs, *session.workers);
  if (!mixed) {
    return refuse(close_name, mixed.error());
  }
  say_list("mixes that do not hold:", mixed->rejected);
  if (!mixed->missing.empty()) {
    say_list("the votes are counted; before anything can be opened, this is missing:",
             mixed->missing);
    say("carry the bulletin there, and run sandoq close again\n");
    return exit_code::rejected;
  }
  const auto requests = plan_requests(counted, lowest, mixed->groups);
  if (!requests) {
    return refuse(close_name, requests.error());
  }
  for (const sum_or_list_request& request : *requests) {
    const statement what = state_request(request);
    if (const auto published = session.board.publish(stem_of(what), what); !published) {
      return refuse(close_name, published.error());
    }
  }
  say("{} ballots are counted; the record so far passes every check\n",
      with_separators(draft->counters.cast));
  if (lowest) {
    for (const std::string& line : only_totals_in_words(counted, *lowest)) {
      say("{}\n", line);
    }
  }
  say("{} requests to open {} are stated: carry the bulletin to the trustees; each runs sandoq "
      "trustee open, and once more when enough have approved; then sandoq combine\n",
      with_separators(requests->size()), mixed->groups.empty() ? "sums" : "sums and mixed lists");
  return exit_code::accepted;
}

}  // namespace

exit_code run_close(const close_options& options) {
  auto session = office_session::begin(options.bulletin);
  if (!session) {
    return refuse(close_name, session.error());
  }
  auto polls = polling_of(session->board, session->election);
  if (!polls) {
    return refuse(close_name, polls.error());
  }
  const auto logs = state_logs(*session, *polls);
  if (!logs) {
    return refuse(close_name, logs.error());
  }
  if (*logs > 0) {
    polls = polling_of(session->board, session->election);
    if (!polls) {
      return refuse(close_name, polls.error());
    }
  }
  if (!polls->missing.empty()) {
    say_list("before anything can be opened, this is missing:", polls->missing);
    say("bring it, and run sandoq close again\n");
    return exit_code::rejected;
  }
  return state_requests(*session, *polls, manifest_words::level_named(options.subtotals));
}

}  // namespace sandoq::tool
