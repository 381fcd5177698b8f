#include "opening_visit.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>
#include <variant>

#include "../say.hpp"
#include "../shown_text.hpp"
#include "exchange_items.hpp"
#include "sandoq/proofs/signature.hpp"
#include "sandoq/tally/mix_inputs.hpp"
#include "sandoq/tally/opening_sums.hpp"
#include "trustee_home.hpp"

namespace sandoq::tool {
namespace {

tl::unexpected<error> old_log(const std::string& what) {
  return fail(errc::mismatch, std::string(trustee_home::log_name),
              "does not know " + what +
                  " that this bulletin holds: it is an old copy. Put the newest one back; with "
                  "an old one, sums could be opened that must stay closed");
}

}  // namespace

result<void> opening_visit::check_log() const {
  std::set<digest32> known;
  for (const answered_request& each : holder_.log().answered) {
    known.insert(each.hash);
  }
  for (const logged_request& each : holder_.log().approved) {
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
  return check_answers();
}

namespace {

/// Whether the log has this very answer under its number.
template <class Answer>
bool knows(const opening_log& log, const Answer& each) {
  if (each.number < 1 || each.number > log.answered.size()) {
    return false;
  }
  const auto* own = std::get_if<Answer>(&log.answered[each.number - 1].answer);
  return own != nullptr && *own == each;
}

/// The first answer of this trustee that its log does not know.
template <class Answer>
result<std::optional<std::uint32_t>> unknown_answer(const bulletin& board, item_kind kind,
                                                    const key_holder& holder) {
  const auto answers = board.all<Answer>(static_cast<std::uint32_t>(kind));
  if (!answers) {
    return tl::unexpected(answers.error());
  }
  for (const Answer& each : *answers) {
    // Whatever else stands under its name, the bulletin has left aside.        SPEC(85.1)
    if (each.board == holder.board() && each.trustee == holder.trustee() &&
        !knows(holder.log(), each)) {
      return each.number;
    }
  }
  return std::nullopt;
}

}  // namespace

result<void> opening_visit::check_answers() const {
  auto unknown = unknown_answer<partial_decryption>(desk_.board(), item_kind::partial, holder_);
  if (unknown && !*unknown) {
    unknown = unknown_answer<list_partial>(desk_.board(), item_kind::list_partial, holder_);
  }
  if (!unknown) {
    return tl::unexpected(std::move(unknown.error()));
  }
  return *unknown ? old_log(fmt::format("an answer of this trustee to request {}", **unknown))
                  : result<void>{};
}

std::vector<std::string> opening_visit::news() const {
  std::vector<std::string> out;
  const std::size_t logged = holder_.log().answered.size() + holder_.log().approved.size();
  const manifest& plan = counted_.plan;
  for (const stated_request& each : requests_) {
    if (each.number() > logged && each.contest().value() < plan.contests.size()) {
      out.push_back(
          fmt::format("request {}: {}", each.number(),
                      std::visit([this](const auto& one) { return in_words(one); }, each.request)));
    }
  }
  return out;
}

std::string opening_visit::in_words(const opening_request& request) const {
  const manifest& plan = counted_.plan;
  std::vector<std::string> places;
  for (const node_index node : request.nodes()) {
    places.push_back(node.value() < plan.nodes.size() ? shown(plan.nodes[node.value()].id)
                                                      : fmt::format("node {}", node.value()));
  }
  return fmt::format("{} in {}, {} ballots", shown(plan.contests[request.contest.value()].id),
                     fmt::join(places, " + "), request.ballots);
}

std::string opening_visit::in_words(const list_request& request) const {
  const bool is_own = request.group >= 1 && request.group <= mixed_.size();
  return fmt::format("{}, the mixed list of group {}, {} ballots",
                     shown(counted_.plan.contests[request.contest.value()].id), request.group,
                     is_own ? mixed_[request.group - 1].group.ballots : 0);
}

result<void> opening_visit::work(random_source& random, executor& workers) {
  for (const stated_request& each : requests_) {
    if (auto done = take(each, random, workers); !done) {
      return done;
    }
  }
  if (auto kept = desk_.home().keep(holder_.log()); !kept) {
    return kept;
  }
  return publish();
}

void opening_visit::report() const {
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

const verification_key<ristretto255>& opening_visit::own_key() const {
  const auto boards = counted_.election.keys().boards();
  return boards[holder_.board().value()].signing_keys[holder_.trustee().value() - 1];
}

result<std::set<digest32>> opening_visit::own_signatures() const {
  const auto all =
      desk_.board().all<statement_signature>(static_cast<std::uint32_t>(exchange_kind::signature));
  if (!all) {
    return tl::unexpected(all.error());
  }
  std::set<digest32> out;
  for (const statement_signature& each : *all) {
    if ((each.of == item_kind::request || each.of == item_kind::list_request) &&
        each.board == holder_.board() && each.trustee == holder_.trustee() &&
        verify(
            own_key(),
            signed_message{"open", counted_.election.domain(), counted_.election.e1(), each.digest},
            each.signature)) {
      out.insert(each.digest);
    }
  }
  return out;
}

result<void> opening_visit::take(const stated_request& each, random_source& random,
                                 executor& workers) {
  if (const auto* sum = std::get_if<opening_request>(&each.request)) {
    const auto subject = subject_of(counted_.nodes, sum->contest, sum->nodes(), counted_.closings);
    if (!subject) {
      return fail_within(fmt::format("request {}", sum->number), subject.error());
    }
    const key_holder::own_record own{counted_.grounds, *subject, groups()};
    return take(each, *sum, own, random, [&]() -> result<void> {
      return holder_.answer(*sum, own, random).map([this](auto answer) {
        answers_.push_back(std::move(answer));
      });
    });
  }
  const auto& list = std::get<list_request>(each.request);
  if (list.group < 1 || list.group > mixed_.size()) {
    return fail(errc::mismatch, fmt::format("request {}", list.number),
                "is for a list that the own count does not have");
  }
  const mixed_ballots& mixed = mixed_[list.group - 1];
  const list_subject subject = subject_of(mixed, counted_.closings);
  const std::vector<node_index> nodes = mixed.nodes();
  const key_holder::own_list own{counted_.grounds,
                                 subject,
                                 groups(),
                                 nodes,
                                 mixed_width(counted_.election.terms(list.contest)),
                                 mixed.list.ciphertexts};
  return take(each, list, own, random, [&]() -> result<void> {
    return holder_.answer(list, own, random, workers).map([this](auto answer) {
      list_answers_.push_back(std::move(answer));
    });
  });
}

template <class Request, class Own, class Answer>
result<void> opening_visit::take(const stated_request& each, const Request& request, const Own& own,
                                 random_source& random, const Answer& answer) {
  const std::size_t answered = holder_.log().answered.size();
  const bool is_next = request.number == answered + 1;
  if (request.number <= answered || (each.is_signed && is_next)) {
    return answer();  // what was answered before comes from the log
  }
  waiting_.push_back(request.number);
  auto signature = holder_.approve(request, own, random);
  if (!signature) {
    return tl::unexpected(std::move(signature.error()));
  }
  approved_.push_back(
      {each.what.of, request.hash(), holder_.board(), holder_.trustee(), *signature});
  approved_stems_.push_back(stem_of(each.what));
  return {};
}

result<void> opening_visit::publish() {
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
  for (const list_answer& answer : list_answers_) {
    const auto done = desk_.board().publish_list(
        fmt::format("list_partial-{}{}", answer.item.number, seat),
        static_cast<std::uint32_t>(item_kind::list_partial), answer.item.encode(), answer.factors);
    if (!done) {
      return tl::unexpected(done.error());
    }
  }
  return {};
}

}  // namespace sandoq::tool
