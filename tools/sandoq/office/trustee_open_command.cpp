#include <utility>

#include "../say.hpp"
#include "draft_record.hpp"
#include "mix_state.hpp"
#include "opening_visit.hpp"
#include "poll_commands.hpp"
#include "sandoq/tally/opening_sums.hpp"
#include "sandoq/threshold/key_holder_secret.hpp"
#include "stated_requests.hpp"
#include "trustee_desk.hpp"

namespace sandoq::tool {
namespace {

constexpr std::string_view open_name = "trustee open";

/// The key holder as it was left, for the election of this bulletin.
result<key_holder> resume_holder(const trustee_home& home, const bulletin& board,
                                 const running_election& election) {
  if (!home.has_share()) {
    return fail(errc::missing, home.name(),
                "has no share of the key in its folder (sandoq trustee finish)");
  }
  auto boards = boards_of(board.plan());
  auto share = home.share();
  auto log = home.log();
  auto signing = signing_key<ristretto255>::from_scalar(home.keys().signing().scalar().clone());
  if (!boards || !share || !log || !signing) {
    return tl::unexpected(!boards  ? std::move(boards.error())
                          : !share ? std::move(share.error())
                          : !log   ? std::move(log.error())
                                   : std::move(signing.error()));
  }
  return key_holder::resume({election.context.e1(), election.context.domain()}, *boards,
                            std::move(*share), std::move(*signing), std::move(*log));
}

}  // namespace

exit_code run_trustee_open(const trustee_open_options& options) {
  auto desk = trustee_desk::open(options.trustee);
  if (!desk) {
    return refuse(open_name, desk.error());
  }
  trustee_at_work work = desk->work();
  const auto election = election_of(desk->board(), work.workers);
  if (!election) {
    return refuse(open_name, election.error());
  }
  auto holder = resume_holder(desk->home(), desk->board(), *election);
  if (!holder) {
    return refuse(open_name, holder.error());
  }
  // The trustee's own count, of its own bulletin: nothing is taken from the requests.
  auto own = look_at_draft(desk->board(), *election, draft_extent::counted, work.workers);
  if (!own) {
    return refuse(open_name, own.error());
  }
  const opening_grounds grounds = grounds_of(desk->board().plan(), own->nodes);
  const counted_election counted{desk->board().plan(), election->context, own->nodes, own->closings,
                                 grounds};
  const auto mixed = mix_of(desk->board(), counted, *own->inputs, work.workers);
  if (!mixed) {
    return refuse(open_name, mixed.error());
  }
  say_list("mixes that do not hold:", mixed->rejected);
  if (!mixed->missing.empty()) {
    say_list("nothing is opened before every list is mixed; this is missing:", mixed->missing);
    return exit_code::rejected;
  }
  auto requests = requests_of(desk->board(), *election,
                              fits_count(grounds, own->nodes, own->closings, mixed->groups));
  if (!requests) {
    return refuse(open_name, requests.error());
  }
  if (requests->empty()) {
    return refuse(open_name,
                  {errc::missing, options.trustee.bulletin,
                   "nothing that this trustee's own count gives is asked to be opened yet "
                   "(sandoq close)"});
  }
  opening_visit visit(*desk, counted, mixed->groups, std::move(*holder), std::move(*requests));
  if (const auto good = visit.check_log(); !good) {
    return refuse(open_name, good.error());
  }
  if (const auto news = visit.news(); !news.empty()) {
    say_list("the whole count was made again here; to be opened:", news);
    if (!options.yes && !agreed_to("approve them? What is opened stays open.")) {
      say("nothing was approved\n");
      return exit_code::rejected;
    }
  }
  if (const auto done = visit.work(work.random, work.workers); !done) {
    return refuse(open_name, done.error());
  }
  visit.report();
  return exit_code::accepted;
}

}  // namespace sandoq::tool
