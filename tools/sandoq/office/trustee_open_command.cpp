#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "../say.hpp"
#include "../shown_text.hpp"
#include "draft_record.hpp"
#include "poll_commands.hpp"
#include "sandoq/tally/opening_sums.hpp"
#include "sandoq/threshold/key_holder_secret.hpp"
#include "trustee_desk.hpp"

namespace sandoq::tool {
namespace {

constexpr std::string_view command = "trustee open";

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

/// One visit of a trustee: approves what is to be approved, answers what may be answered. The log
/// is on the disk before anybody sees what it says.                          SPEC(55.7)
/// SPEC(85.5)
class opening_visit {
 public:
  opening_visit(trustee_desk& desk, const running_election& election, key_holder holder,
                std::vector<stated_request> requests)
      : desk_(desk),
        election_(election),
        holder_(std::move(holder)),
        requests_(std::move(requests)) {}

  /// Nothing of this trustee may be public that its log does not know: the log would be an old one,
  /// and the policy is as good as the log.
  result<void> check_log() const {
    std::set<digest32> known;
    for (const answered_request& each : holder_.log().answered) {
      known.insert(each.hash);
    }
    for (const approved_request& each : holder_.log().approved) {
      known.insert(each.hash);
    }
    const auto own = own_signatures();
    if (!own) {
      return tl::unexpected(own.error());
    }
    for (const digest32& digest : *own) {
      if (!known.contains(digest)) {
        return old_log("an approval of this trustee");
      }
    }
    const auto answers =
        desk_.board().all<partial_decryption>(static_cast<std::uint32_t>(item_kind::partial));
    if (!answers) {
      return tl::unexpected(answers.error());
    }
    for (const partial_decryption& each : *answers) {
      if (!is_own(each)) {
        continue;
      }
      const auto& answered = holder_.log().answered;
      if (each.number < 1 || each.number > answered.size() ||
          !(answered[each.number - 1].answer == each)) {
        return old_log(fmt::format("an answer of this trustee to request {}", each.number));
      }
    }
    return {};
  }

  /// What would be opened that this trustee has not approved or answered yet, in words.
  [[nodiscard]] std::vector<std::string> news() const {
    std::vector<std::string> out;
    const std::size_t logged = holder_.log().answered.size() + holder_.log().approved.size();
    const manifest& plan = desk_.board().plan();
    for (const stated_request& each : requests_) {
      const opening_request& request = each.request;
      if (request.number <= logged || request.contest.value() >= plan.contests.size()) {
        continue;
      }
      std::vector<std::string> places;
      for (const node_index node : request.nodes()) {
        places.push_back(node.value() < plan.nodes.size() ? shown(plan.nodes[node.value()].id)
                                                          : fmt::format("node {}", node.value()));
      }
      out.push_back(fmt::format("request {}: {} in {}, {} ballots", request.number,
                                shown(plan.contests[request.contest.value()].id),
                                fmt::join(places, " + "), request.ballots));
    }
    return out;
  }

  result<void> work(const draft_record& own, random_source& random) {
    const opening_grounds grounds = grounds_of(desk_.board().plan(), own.nodes);
    for (const stated_request& each : requests_) {
      const auto subject =
          subject_of(own.nodes, each.request.contest, each.request.nodes(), own.closings);
      if (!subject) {
        return fail_within(fmt::format("request {}", each.request.number), subject.error());
      }
      if (auto done = take(each, {grounds, *subject}, random); !done) {
        return done;
      }
    }
    if (auto kept = desk_.home().keep(holder_.log()); !kept) {
      return kept;
    }
    return publish();
  }

  void report() const {
    say("{}: {} requests approved, {} answered\n", desk_.home().name(), approved_.size(),
        holder_.log().answered.size());
    if (!waiting_.empty()) {
      say("requests that are not approved by enough trustees yet: {}\n",
          fmt::format("{}", fmt::join(waiting_, ", ")));
    }
    say("{}\n", waiting_.empty()
                    ? "carry the bulletin to whoever combines (sandoq combine)"
                    : "carry the bulletin to the others; when enough have approved, run sandoq "
                      "trustee open again to answer");
  }

 private:
  [[nodiscard]] tl::unexpected<error> old_log(const std::string& what) const {
    return fail(errc::mismatch, std::string(trustee_home::log_name),
                "does not know " + what +
                    " that this bulletin holds: it is an old copy. Put the newest one back; with "
                    "an old one, sums could be opened that must stay closed");
  }

  /// Signed by this trustee; what others put in under its name says nothing about its log.
  bool is_own(const partial_decryption& answer) const {
    if (answer.board != holder_.board() || answer.trustee != holder_.trustee()) {
      return false;
    }
    return std::any_of(requests_.begin(), requests_.end(), [&](const stated_request& each) {
      return each.request.number == answer.number &&
             verify(own_key(),
                    signed_message{"partial", election_.context.domain(), election_.context.e1(),
                                   answer.signed_digest(each.request.hash())},
                    answer.signature);
    });
  }

  const verification_key<ristretto255>& own_key() const {
    const auto boards = election_.context.keys().boards();
    return boards[holder_.board().value()].signing_keys[holder_.trustee().value() - 1];
  }

  /// The digests under which the bulletin has a valid signature of this trustee's for a request.
  result<std::set<digest32>> own_signatures() const {
    const auto all = desk_.board().all<statement_signature>(
        static_cast<std::uint32_t>(exchange_kind::signature));
    if (!all) {
      return tl::unexpected(all.error());
    }
    std::set<digest32> out;
    for (const statement_signature& each : *all) {
      if (each.of == item_kind::request && each.board == holder_.board() &&
          each.trustee == holder_.trustee() &&
          verify(own_key(),
                 signed_message{"open", election_.context.domain(), election_.context.e1(),
                                each.digest},
                 each.signature)) {
        out.insert(each.digest);
      }
    }
    return out;
  }

  result<void> take(const stated_request& each, const key_holder::own_record& own,
                    random_source& random) {
    const std::size_t answered = holder_.log().answered.size();
    const bool is_next = each.request.number == answered + 1;
    if (each.request.number <= answered || (each.is_signed && is_next)) {
      // What was answered before comes from the log.
      auto answer = holder_.answer(each.request, own, random);
      if (!answer) {
        return tl::unexpected(std::move(answer.error()));
      }
      answers_.push_back(std::move(*answer));
      return {};
    }
    waiting_.push_back(each.request.number);
    auto signature = holder_.approve(each.request, own, random);
    if (!signature) {
      return tl::unexpected(std::move(signature.error()));
    }
    approved_.push_back(
        {item_kind::request, each.request.hash(), holder_.board(), holder_.trustee(), *signature});
    approved_stems_.push_back(stem_of(each.what));
    return {};
  }

  result<void> publish() {
    const auto before = own_signatures();
    if (!before) {
      return tl::unexpected(before.error());
    }
    const std::string seat =
        fmt::format("-{}-{}", holder_.board().value(), holder_.trustee().value());
    for (std::size_t i = 0; i < approved_.size(); ++i) {
      if (before->contains(approved_[i].digest)) {
        continue;
      }
      const auto done = desk_.board().publish(approved_stems_[i] + "-signed" + seat, approved_[i]);
      if (!done) {
        return tl::unexpected(done.error());
      }
    }
    for (const partial_decryption& answer : answers_) {
      const auto done =
          desk_.board().publish(fmt::format("partial-{}{}", answer.number, seat),
                                static_cast<std::uint32_t>(item_kind::partial), answer.encode());
      if (!done) {
        return tl::unexpected(done.error());
      }
    }
    return {};
  }

  trustee_desk& desk_;
  const running_election& election_;
  key_holder holder_;
  std::vector<stated_request> requests_;
  std::vector<statement_signature> approved_;
  std::vector<std::string> approved_stems_;
  std::vector<partial_decryption> answers_;
  std::vector<std::uint32_t> waiting_;
};

}  // namespace

exit_code run_trustee_open(const trustee_open_options& options) {
  auto desk = trustee_desk::open(options.trustee);
  if (!desk) {
    return refuse(command, desk.error());
  }
  trustee_at_work work = desk->work();
  const auto election = election_of(desk->board(), work.workers);
  if (!election) {
    return refuse(command, election.error());
  }
  auto holder = resume_holder(desk->home(), desk->board(), *election);
  if (!holder) {
    return refuse(command, holder.error());
  }
  // The trustee's own count, of its own bulletin: nothing is taken from the requests.
  const auto own = look_at_draft(desk->board(), *election, draft_extent::counted, work.workers);
  if (!own) {
    return refuse(command, own.error());
  }
  const opening_grounds grounds = grounds_of(desk->board().plan(), own->nodes);
  auto requests =
      requests_of(desk->board(), *election, fits_tally(grounds, own->nodes, own->closings));
  if (!requests) {
    return refuse(command, requests.error());
  }
  if (requests->empty()) {
    return refuse(command, {errc::missing, options.trustee.bulletin,
                            "nothing that this trustee's own count gives is asked to be opened yet "
                            "(sandoq close)"});
  }
  opening_visit visit(*desk, *election, std::move(*holder), std::move(*requests));
  if (const auto good = visit.check_log(); !good) {
    return refuse(command, good.error());
  }
  if (const auto news = visit.news(); !news.empty()) {
    say_list("the whole count was made again here; to be opened:", news);
    if (!options.yes && !agreed_to("approve them? What is opened stays open.")) {
      say("nothing was approved\n");
      return exit_code::rejected;
    }
  }
  if (const auto done = visit.work(*own, work.random); !done) {
    return refuse(command, done.error());
  }
  visit.report();
  return exit_code::accepted;
}

}  // namespace sandoq::tool
