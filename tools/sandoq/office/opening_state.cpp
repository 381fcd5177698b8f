#include "opening_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "../shown_text.hpp"
#include "office_names.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/tally/opening_sums.hpp"
#include "sandoq/threshold/opening_policy.hpp"

namespace sandoq::tool {
namespace {

std::string name_request(const manifest& plan, const opening_request& request) {
  return fmt::format("request {} ({})", request.number,
                     request.contest.value() < plan.contests.size()
                         ? shown(plan.contests[request.contest.value()].id)
                         : "no contest");
}

/// What everyone's own tally says that this request is about.
result<void> check_subject(const counted_election& counted, const opening_request& request) {
  const auto subject =
      subject_of(counted.nodes, request.contest, request.nodes(), counted.closings);
  const std::string name = name_request(counted.plan, request);
  if (!subject) {
    return fail_within(name, subject.error());
  }
  if (subject->closings != request.closings) {
    return fail(errc::mismatch, name,
                "was stated when the journals, or the signatures under their ends, were others");
  }
  if (!(*subject == request.subject())) {
    return fail(errc::mismatch, name, "is not what the journals of this bulletin come to");
  }
  return {};
}

/// Ties of all results, and their attributes as far as they are published.
class tie_reader {
 public:
  tie_reader(const bulletin& board, const running_election& election, opening_state& out)
      : board_(board), election_(election), out_(out) {}

  result<void> decide() {
    results_hash hash;
    for (const contest_result& each : out_.opened.results) {
      hash.add(each.encode());
      for (contest_tie& tie : ties_of(each)) {
        ties_.push_back(std::move(tie));
      }
    }
    if (ties_.empty()) {
      return {};
    }
    tie_items items;
    if (auto done = take_attributes(items); !done || !out_.tied.empty()) {
      return done;
    }
    std::optional<digest32> seed;
    if (needs_lot(ties_, items.attributes)) {
      out_.lot_results = hash.digest();
      if (auto done = take_lot(items); !done || !out_.tied.empty()) {
        return done;
      }
      seed = lot_seed(context(), hash.digest(), items.reveals, *items.beacon);
    }
    items.resolutions = resolve_ties(ties_, items.attributes, seed);
    out_.ties = std::move(items);
    return {};
  }

 private:
  [[nodiscard]] lot_context context() const {
    return {election_.context.e1(), election_.context.domain()};
  }

  result<void> take_attributes(tie_items& items) {
    const auto published =
        board_.all<tie_attributes>(static_cast<std::uint32_t>(item_kind::attributes));
    if (!published) {
      return tl::unexpected(published.error());
    }
    for (std::uint32_t c = 0; c < board_.plan().contests.size(); ++c) {
      const contest_entry& contest = board_.plan().contests[c];
      std::vector<contest_tie> own;
      std::copy_if(ties_.begin(), ties_.end(), std::back_inserter(own),
                   [c](const contest_tie& tie) { return tie.contest.value() == c; });
      if (own.empty() || contest.attributes.empty()) {
        continue;
      }
      const auto found =
          std::find_if(published->begin(), published->end(),
                       [c](const tie_attributes& item) { return item.contest.value() == c; });
      if (found == published->end()) {
        out_.tied.push_back(
            fmt::format("contest {}: the attributes of those who tied, signed by the authority",
                        shown(contest.id)));
        continue;
      }
      if (const auto good = check_attributes(contest, own, *found); !good) {
        return fail(errc::mismatch, "attributes of contest " + shown(contest.id), good.reason());
      }
      items.attributes.push_back(*found);
    }
    return {};
  }

  result<void> take_lot(tie_items& items) {
    if (board_.plan().beacon.empty()) {
      out_.tied.push_back("a lot, which this election does not have: the ties stay open");
      return {};
    }
    auto reveals = board_.all<lot_reveal>(static_cast<std::uint32_t>(item_kind::lot_reveal));
    if (!reveals) {
      return tl::unexpected(std::move(reveals.error()));
    }
    for (std::uint32_t b = 0; b < board_.plan().boards.size(); ++b) {
      if (std::none_of(reveals->begin(), reveals->end(),
                       [b](const lot_reveal& each) { return each.board.value() == b; })) {
        out_.tied.push_back(fmt::format("the lot value of {} (sandoq trustee lot --reveal)",
                                        name_board(board_.plan(), board_index(b))));
      }
    }
    items.reveals = std::move(*reveals);
    const auto all = candidates_of(board_, item_kind::lot_beacon, election_.hashes,
                                   election_.context.keys().boards());
    const auto one =
        all ? signed_one_of(*all, "the public value for the lot") : tl::unexpected(all.error());
    if (!one) {
      return tl::unexpected(one.error());
    }
    if (*one) {
      return take_beacon(**one, items);
    }
    out_.tied.push_back(
        all->empty() ? std::string("the public value for the lot (sandoq combine --beacon TEXT)")
                     : fmt::format("signatures under the public value for the lot ({})",
                                   fmt::join(all->front().so_far.waiting_for, ", ")));
    return {};
  }

  static result<void> take_beacon(const candidate& chosen, tie_items& items) {
    auto beacon = decode_body<lot_beacon>(chosen.what);
    if (!beacon) {
      return fail_within("lot_beacon", std::move(beacon.error()));
    }
    beacon->signatures = chosen.so_far.valid;
    items.beacon = std::move(*beacon);
    return {};
  }

  const bulletin& board_;
  const running_election& election_;
  opening_state& out_;
  std::vector<contest_tie> ties_;
};

/// Counts one request after another.
class opening_reader {
 public:
  opening_reader(const bulletin& board, const counted_election& counted, sum_counter counter)
      : board_(board), counted_(counted), counter_(std::move(counter)) {}

  result<void> read(std::vector<stated_request> requests, opening_state& out) {
    const auto answers =
        board_.all<partial_decryption>(static_cast<std::uint32_t>(item_kind::partial));
    if (!answers) {
      return tl::unexpected(answers.error());
    }
    for (stated_request& each : requests) {
      if (auto good = check_subject(counted_, each.request); !good) {
        return good;
      }
      count(std::move(each), *answers, out);
    }
    if (requests.size() < counted_.grounds.to_open().size()) {
      out.missing.push_back("requests to open the totals (sandoq close)");
    }
    if (out.missing.empty()) {
      out.opened = results_of(counted_, std::move(opened_), counts_);
    }
    return {};
  }

 private:
  void count(stated_request each, const std::vector<partial_decryption>& answers,
             opening_state& out) {
    const std::string name = name_request(counted_.plan, each.request);
    if (!each.is_signed) {
      out.missing.push_back(
          fmt::format("{}: signatures ({})", name, fmt::join(each.waiting_for, ", ")));
      return;
    }
    std::vector<partial_decryption> own;
    std::copy_if(answers.begin(), answers.end(), std::back_inserter(own),
                 [&](const auto& answer) { return answer.number == each.request.number; });
    std::vector<rejected_answer> rejected;
    auto counted = counter_.count(each.request, own, &rejected);
    for (const rejected_answer& bad : rejected) {
      out.rejected.push_back(fmt::format("{}: the answer of {} does not hold: {}", name,
                                         name_trustee(counted_.plan, {bad.board, bad.trustee}),
                                         bad.reason));
    }
    if (!counted) {
      out.missing.push_back(
          fmt::format("{}: answers ({} {})", name, counted.error().place, counted.error().reason));
      return;
    }
    opened_.push_back({std::move(each.request), std::move(counted->answers)});
    counts_.push_back(std::move(counted->counts));
  }

  const bulletin& board_;
  const counted_election& counted_;
  sum_counter counter_;
  std::vector<opened_sum> opened_;
  std::vector<std::vector<std::uint64_t>> counts_;
};

bool is_of(const running_election& election, const opening_request& request) {
  return request.election_hash == election.context.e1() &&
         request.domain == election.context.domain();
}

bool is_signed_by_somebody(const candidate& each) {
  return std::any_of(each.so_far.valid.boards.begin(), each.so_far.valid.boards.end(),
                     [](const auto& own) { return !own.empty(); });
}

/// Of several that fit, the one that a trustee has found right too.
void prefer_signed(std::vector<const candidate*>& own) {
  const auto one = std::find_if(own.begin(), own.end(),
                                [](const candidate* each) { return is_signed_by_somebody(*each); });
  if (one != own.end() && std::none_of(one + 1, own.end(), [](const candidate* each) {
        return is_signed_by_somebody(*each);
      })) {
    own = {*one};
  }
}

/// Of the requests that are stated under the next number, the one that is signed; or else the one
/// that follows the request before and fits the own count. \return nothing if there is none.
result<const candidate*> choose_request(std::span<const candidate> all,
                                        std::span<const stated_request> before,
                                        const running_election& election,
                                        const request_test& fits) {
  const std::size_t number = before.size() + 1;
  const digest32 previous = before.empty() ? digest32{} : before.back().request.hash();
  const std::string name = fmt::format("request {}", number);
  std::vector<const candidate*> own;
  std::vector<const candidate*> whole;
  for (const candidate& each : all) {
    const auto request = decode_body<opening_request>(each.what);
    if (!request || request->number != number) {
      continue;
    }
    if (each.so_far.complete()) {
      whole.push_back(&each);
    } else if (is_of(election, *request) && request->previous == previous &&
               (!fits || fits(*request, before))) {
      own.push_back(&each);
    }
  }
  prefer_signed(own);
  const auto& chosen = whole.empty() ? own : whole;
  if (chosen.size() > 1) {
    return fail(errc::duplicate, name,
                whole.empty() ? "two different ones are stated, and nothing tells which the boards "
                                "mean; ask whoever closed, and leave one here"
                              : "two different ones are both signed by enough trustees of every "
                                "board; ask the boards, keep both as evidence elsewhere, and leave "
                                "one here");
  }
  return chosen.empty() ? nullptr : chosen.front();
}

}  // namespace

result<std::vector<stated_request>> requests_of(const bulletin& board,
                                                const running_election& election,
                                                const request_test& fits) {
  const auto all =
      candidates_of(board, item_kind::request, election.hashes, election.context.keys().boards());
  if (!all) {
    return tl::unexpected(all.error());
  }
  std::vector<stated_request> out;
  while (true) {
    const auto next = choose_request(*all, out, election, fits);
    if (!next) {
      return tl::unexpected(next.error());
    }
    if (*next == nullptr) {
      break;
    }
    auto request = decode_body<opening_request>((*next)->what);
    if (!request) {
      return fail_within("statement of a request", std::move(request.error()));
    }
    const signatures_so_far& so_far = (*next)->so_far;
    stated_request& each =
        out.emplace_back(stated_request{(*next)->what, std::move(*request), so_far.complete()});
    if (each.is_signed) {
      each.request.signatures = so_far.valid;
    }
    each.waiting_for = so_far.waiting_for;
  }
  for (const candidate& each : *all) {
    const auto request = decode_body<opening_request>(each.what);
    if (request && each.so_far.complete() && request->number > out.size()) {
      return fail(errc::missing, fmt::format("request {}", out.size() + 1),
                  "is not in this bulletin, but a later one is signed");
    }
  }
  return out;
}

request_test fits_tally(const opening_grounds& grounds, std::span<const tally_node> nodes,
                        const digest32& closings) {
  return [&grounds, nodes, closings](const opening_request& request,
                                     std::span<const stated_request> before) {
    const opening_set set{request.number, request.nodes()};
    if (request.contest.value() >= grounds.contests() ||
        !check_places(grounds, request.contest, set.nodes) ||
        !check_turn(grounds, request.contest, set)) {
      return false;
    }
    const auto subject = subject_of(nodes, request.contest, set.nodes, closings);
    if (!subject || !(*subject == request.subject())) {
      return false;
    }
    std::vector<opening_set> family{set};
    for (const stated_request& each : before) {
      if (each.request.contest == request.contest) {
        family.push_back({each.request.number, each.request.nodes()});
        if (!check_places(grounds, request.contest, family.back().nodes)) {
          return false;  // the boards have signed what must not stand: nothing follows
        }
      }
    }
    return static_cast<bool>(check_policy(grounds, request.contest, family));
  };
}

result<opening_state> opening_of(const bulletin& board, const running_election& election,
                                 const counted_election& counted, executor& workers) {
  auto requests =
      requests_of(board, election, fits_tally(counted.grounds, counted.nodes, counted.closings));
  if (!requests) {
    return tl::unexpected(std::move(requests.error()));
  }
  auto counter = sum_counter::make(counted, election.published, workers);
  if (!counter) {
    return tl::unexpected(std::move(counter.error()));
  }
  opening_state out;
  auto done = opening_reader(board, counted, std::move(*counter)).read(std::move(*requests), out);
  if (done && out.missing.empty()) {
    done = tie_reader(board, election, out).decide();
  }
  if (!done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

result<void> agree_on_openings(bulletin& board, const running_election& election) {
  for (const item_kind kind : {item_kind::request, item_kind::lot_beacon}) {
    const auto stated = board.statements(kind);
    if (!stated) {
      return tl::unexpected(stated.error());
    }
    for (const statement& what : *stated) {
      const auto so_far = collect(board, what, election.hashes, election.context.keys().boards());
      if (!so_far) {
        return tl::unexpected(so_far.error());
      }
      if (!so_far->complete()) {
        continue;
      }
      if (auto done = agree(board, what, so_far->valid, election.hashes); !done) {
        return tl::unexpected(std::move(done.error()));
      }
    }
  }
  return {};
}

}  // namespace sandoq::tool
