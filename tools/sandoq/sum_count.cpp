#include "sum_count.hpp"

#include <fmt/core.h>

#include <utility>

#include "office/office_names.hpp"
#include "sandoq/elgamal/small_dlog.hpp"
#include "sandoq/tally/mix_inputs.hpp"
#include "sandoq/tally/opening_sums.hpp"
#include "sandoq/tally/subtotal_plan.hpp"
#include "sandoq/threshold/list_answer.hpp"
#include "sandoq/threshold/opened_list.hpp"

namespace sandoq::tool {
namespace {

/// States one request after another.
class request_chain {
 public:
  explicit request_chain(const counted_election& counted) : counted_(counted) {}

  result<void> add(contest_index contest, std::span<const node_index> nodes) {
    auto subject = subject_of(counted_.nodes, contest, nodes, counted_.closings);
    if (!subject) {
      return tl::unexpected(std::move(subject.error()));
    }
    opening_request request;
    static_cast<opening_subject&>(request) = std::move(*subject);
    append(std::move(request));
    return {};
  }

  void add(const mixed_ballots& mixed) {
    list_request request;
    static_cast<list_subject&>(request) = subject_of(mixed, counted_.closings);
    append(std::move(request));
  }

  [[nodiscard]] std::vector<sum_or_list_request> take() && { return std::move(out_); }

 private:
  template <class Request>
  void append(Request request) {
    request.election_hash = counted_.election.e1();
    request.domain = counted_.election.domain();
    request.number = static_cast<std::uint32_t>(out_.size() + 1);
    if (!out_.empty()) {
      request.previous = std::visit([](const auto& each) { return each.hash(); }, out_.back());
    }
    out_.push_back(std::move(request));
  }

  const counted_election& counted_;
  std::vector<sum_or_list_request> out_;
};

std::vector<board_size> sizes_of(const manifest& plan) {
  std::vector<board_size> sizes;
  for (const board_entry& board : plan.boards) {
    sizes.push_back({static_cast<std::uint32_t>(board.trustees.size()), board.threshold});
  }
  return sizes;
}

/// The place with the fewest ballots of a contest below its own, down to that level; nullopt if all
/// its ballots lie in no place below.
std::optional<node_index> smallest_part(const counted_election& counted, contest_index contest,
                                        node_level lowest) {
  const opening_grounds& grounds = counted.grounds;
  const node_index scope = grounds.places(contest).scope;
  std::optional<node_index> out;
  for (node_index n(scope.value() + 1); n < grounds.subtree_end(scope);
       n = node_index(n.value() + 1)) {
    const std::uint64_t ballots = grounds.ballots(contest, n);
    if (counted.plan.nodes[n.value()].level <= lowest && ballots > 0 &&
        (!out || ballots < grounds.ballots(contest, *out))) {
      out = n;
    }
  }
  return out;
}

std::string why_only_total(const counted_election& counted, contest_index contest,
                           node_level lowest) {
  const opening_grounds& grounds = counted.grounds;
  const node_index scope = grounds.places(contest).scope;
  const std::uint32_t floor = grounds.places(contest).floor;
  if (floor == 0) {
    return "the floor is 0, which permits totals only";
  }
  const auto smallest = smallest_part(counted, contest, lowest);
  if (!smallest) {
    return fmt::format("no place down to that level lies below {}",
                       counted.plan.nodes[scope.value()].id);
  }
  const std::uint64_t ballots = grounds.ballots(contest, *smallest);
  const std::string& id = counted.plan.nodes[smallest->value()].id;
  return ballots == grounds.ballots(contest, scope)
             ? fmt::format("all its ballots are of {}", id)
             : fmt::format("the floor is {}, {} has {}", floor, id, ballots);
}

}  // namespace

std::vector<std::string> only_totals_in_words(const counted_election& counted, node_level lowest) {
  std::vector<std::string> out;
  for (const contest_index contest : counted.grounds.totals()) {
    if (plan_subtotals(counted.plan, counted.grounds, contest, lowest).empty()) {
      out.push_back(fmt::format("{}: no sum below its total: {}",
                                counted.plan.contests[contest.value()].id,
                                why_only_total(counted, contest, lowest)));
    }
  }
  return out;
}

std::vector<node_index> mixed_ballots::nodes() const {
  std::vector<node_index> out;
  for (const mixed_place& place : group.places) {
    out.push_back(place.node);
  }
  return out;
}

list_subject subject_of(const mixed_ballots& mixed, const digest32& closings) {
  list_subject out;
  out.group = mixed.group.group;
  out.contest = mixed.group.contest;
  out.stages = mixed.list.stages;
  out.ciphertexts = static_cast<std::uint32_t>(mixed.list.shape.total());
  out.list = mixed.list.hash;
  out.closings = closings;
  return out;
}

result<std::vector<sum_or_list_request>> plan_requests(const counted_election& counted,
                                                       std::optional<node_level> lowest,
                                                       std::span<const mixed_ballots> mixed) {
  request_chain chain(counted);
  for (const contest_index contest : counted.grounds.totals()) {
    const node_index scope = counted.plan.contests[contest.value()].scope;
    if (auto done = chain.add(contest, std::span(&scope, 1)); !done) {
      return tl::unexpected(std::move(done.error()));
    }
  }
  for (const mixed_ballots& each : mixed) {
    chain.add(each);
  }
  for (std::uint32_t c = 0; lowest && c < counted.plan.contests.size(); ++c) {
    if (sum_ciphertexts(counted.plan.contests[c]) == 0) {
      continue;  // only its lists are opened
    }
    for (const auto& nodes :
         plan_subtotals(counted.plan, counted.grounds, contest_index{c}, *lowest)) {
      if (auto done = chain.add(contest_index{c}, nodes); !done) {
        return tl::unexpected(std::move(done.error()));
      }
    }
  }
  return std::move(chain).take();
}

sum_counter::sum_counter(const counted_election& counted, election_keys keys, executor& workers)
    : counted_(counted),
      keys_(std::move(keys)),
      sizes_(sizes_of(counted.plan)),
      workers_(&workers) {}

result<sum_counter> sum_counter::make(const counted_election& counted,
                                      const election_key& published, executor& workers) {
  auto keys = decode_keys(published);
  if (!keys) {
    return tl::unexpected(with_names(counted.plan, std::move(keys.error())));
  }
  return sum_counter(counted, std::move(*keys), workers);
}

result<counted_sum> sum_counter::count(const opening_request& request,
                                       std::span<const partial_decryption> answers,
                                       std::vector<rejected_answer>* rejected) const {
  const auto decoded = decode_elements(request);
  if (!decoded) {
    return tl::unexpected(decoded.error());
  }
  const verified_answers good =
      verify_answers(*decoded, counted_.election.keys().boards(), keys_, answers, *workers_);
  if (rejected != nullptr) {
    rejected->insert(rejected->end(), good.rejected().begin(), good.rejected().end());
  }
  const auto opened = combine(*decoded, sizes_, good);
  if (!opened) {
    return tl::unexpected(with_names(counted_.plan, opened.error()));
  }
  const small_dlog<ristretto255> search(request.ballots, opened->size());
  auto counts = decode_counts(*opened, request.ballots, search);
  if (!counts) {
    return tl::unexpected(std::move(counts.error()));
  }
  return counted_sum{{good.answers().begin(), good.answers().end()}, std::move(*counts)};
}

result<opened_votes> sum_counter::read(const mixed_ballots& mixed,
                                       const encoded_elements<ristretto255>& opened) const {
  const contest_entry& contest = counted_.plan.contests[mixed.group.contest.value()];
  if (contest.encoding == contest_encoding::slots) {
    const choice_limits limits = limits_of(contest);
    const slot_code_table table(limits.options + limits.max_choices);
    return count_codes(table, mixed.list.shape, opened, *workers_).map([&](const auto& codes) {
      return votes_of(contest, mixed.group.ballots, codes);
    });
  }
  const packed_numbers& numbers = counted_.election.terms(mixed.group.contest).packed();
  return read_choices(numbers, mixed.list.shape, opened, *workers_)
      .map([&](const opened_choices& choices) { return votes_of(contest, choices); });
}

result<counted_list> sum_counter::count(const list_request& request, const mixed_ballots& mixed,
                                        std::vector<list_answer> answers,
                                        std::vector<rejected_answer>* rejected) const {
  const auto decoded =
      decode_elements(request, mixed_width(counted_.election.terms(mixed.group.contest)),
                      mixed.list.ciphertexts, *workers_);
  if (!decoded) {
    return tl::unexpected(decoded.error());
  }
  const verified_list_answers good = verify_list_answers(
      *decoded, counted_.election.keys().boards(), keys_, std::move(answers), *workers_);
  if (rejected != nullptr) {
    rejected->insert(rejected->end(), good.rejected().begin(), good.rejected().end());
  }
  const auto opened = combine(*decoded, sizes_, good, *workers_);
  if (!opened) {
    return tl::unexpected(with_names(counted_.plan, opened.error()));
  }
  auto votes = read(mixed, *opened);
  if (!votes) {
    return tl::unexpected(std::move(votes.error()));
  }
  return counted_list{{good.answers().begin(), good.answers().end()}, std::move(*votes)};
}

opened_votes votes_of_contest(const contest_entry& contest, contest_index index,
                              std::span<const opened_list> lists) {
  opened_votes out = no_votes(contest);
  for (const opened_list& each : lists) {
    if (each.request.contest == index) {
      out += each.votes;
    }
  }
  return out;
}

opened_election results_of(const counted_election& counted, std::vector<opened_sum> opened,
                           std::span<const std::vector<std::uint64_t>> counts,
                           std::vector<opened_list> lists) {
  opened_election out;
  const opening_grounds& grounds = counted.grounds;
  out.totals = grounds.totals().size();
  std::size_t next = 0;
  for (std::uint32_t c = 0; c < counted.plan.contests.size(); ++c) {
    const contest_index index{c};
    const contest_entry& contest = counted.plan.contests[c];
    const bool has_total = next < out.totals && grounds.totals()[next] == index;
    std::vector<std::uint64_t> own(count_places(contest), 0);
    if (has_total) {
      own = counts[next++];
    }
    if (is_mixed(contest.encoding)) {
      own =
          counts_of(contest, votes_of_contest(contest, index, lists), has_total ? own.front() : 0);
    }
    out.results.push_back(
        make_result(index, contest, grounds.ballots(index, contest.scope), std::move(own)));
  }
  for (std::size_t i = out.totals; i < opened.size(); ++i) {
    out.subtotals.push_back({opened[i].request.number, opened[i].request.ballots, counts[i]});
  }
  out.opened = std::move(opened);
  out.lists = std::move(lists);
  return out;
}

}  // namespace sandoq::tool
