#include "opening_visit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "../say.hpp"
#include "../shown_text.hpp"
#include "exchange_items.hpp"
#include "sandoq/proofs/signature.hpp"
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
  const auto answers =
      desk_.board().all<partial_decryption>(static_cast<std::uint32_t>(item_kind::partial));
  if (!answers) {
    return tl::unexpected(answers.error());
  }
  for (const partial_decryption& each : *answers) {
    // Whatever else stands under its name, the bulletin has left aside.        SPEC(85.1)
    if (each.board != holder_.board() || each.trustee != holder_.trustee()) {
      continue;
    }
    const auto& answered = holder_.log().answered;
    const auto* known_answer =
        each.number < 1 || each.number > answered.size()
            ? nullptr
            : std::get_if<partial_decryption>(&answered[each.number - 1].answer);
    if (known_answer == nullptr || *known_answer != each) {
      return old_log(fmt::format("an answer of this trustee to request {}", each.number));
    }
  }
  return {};
}

std::vector<std::string> opening_visit::news() const {
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

result<void> opening_visit::work(const draft_record& own, random_source& random) {
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
  const auto boards = election_.context.keys().boards();
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
    if (each.of == item_kind::request && each.board == holder_.board() &&
        each.trustee == holder_.trustee() &&
        verify(
            own_key(),
            signed_message{"open", election_.context.domain(), election_.context.e1(), each.digest},
            each.signature)) {
      out.insert(each.digest);
    }
  }
  return out;
}

result<void> opening_visit::take(const stated_request& each, const key_holder::own_record& own,
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
  return {};
}

}  // namespace sandoq::tool
