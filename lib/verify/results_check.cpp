#include "lib/verify/results_check.hpp"

#include <utility>
#include <variant>

#include "lib/verify/result_names.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/tally/ties.hpp"

namespace sandoq {

void results_check::take_opened(const opening_set& set, contest_index contest,
                                std::uint64_t ballots, std::vector<ristretto255::element> opened) {
  if (set.number <= v_.grounds->totals().size()) {
    totals_[contest.value()] = std::move(opened);
    return;
  }
  opened_part& part = parts_.emplace_back(opened_part{set, contest, ballots, {}});
  part.values.reserve(opened.size());
  for (const auto& value : opened) {
    part.values.push_back({ristretto255::encode(value)});
  }
}

void results_check::take_opened_group(const opened_group& opened) {
  const contest_entry& contest = v_.election.contests[opened.contest.value()];
  const auto* codes = std::get_if<std::vector<std::uint64_t>>(&opened.content);
  const opened_votes votes = codes != nullptr
                                 ? votes_of(contest, opened.ballots, *codes)
                                 : votes_of(contest, std::get<opened_choices>(opened.content));
  v_.out.groups.push_back(
      {opened.set.group, ids_of(opened.set.nodes), opened.ballots, named_group(contest, votes)});
  std::optional<opened_votes>& all = lists_[opened.contest.value()];
  if (!all) {
    all = no_votes(contest);
  }
  *all += votes;
}

std::uint64_t results_check::ballots_of(contest_index contest) const {
  return v_.grounds->ballots(contest, v_.grounds->places(contest).scope);
}

std::vector<std::string> results_check::ids_of(std::span<const node_index> nodes) const {
  std::vector<std::string> out;
  for (const node_index node : nodes) {
    out.push_back(v_.election.nodes[node.value()].id);
  }
  return out;
}

void results_check::take_result(const contest_result& published, byte_view canonical,
                                const std::string& place) {
  const std::size_t index = results_++;
  if (!v_.board.is_open(check_id::result_counts)) {
    return;
  }
  if (index >= v_.election.contests.size() || published.contest.value() != index) {
    v_.board.fail(check_id::result_counts, place,
                  "is of contest " + std::to_string(published.contest.value()) +
                      "; results stand in contest order, each once");
    return;
  }
  if (const std::string wrong = wrong_counts(published, ballots_of(published.contest));
      !wrong.empty()) {
    v_.board.fail(check_id::result_counts, place, wrong);
    return;
  }
  if (const auto ok = check_seats(v_.election.contests[index], published); !ok) {
    v_.board.fail(check_id::result_seats, place, ok.reason());
  }
  keep_result(published, canonical);
}

// 75.1 with what was opened; empty if every count is as it must be.
std::string results_check::wrong_counts(const contest_result& published,
                                        std::uint64_t ballots) const {
  const std::size_t index = published.contest.value();
  const contest_entry& contest = v_.election.contests[index];
  if (const auto ok = check_counts(contest, ballots, published); !ok) {
    return ok.reason();
  }
  if (is_mixed(contest.encoding)) {
    const auto& votes = lists_[index];
    return check_list_counts(contest, votes ? &*votes : nullptr, totals_[index], published)
        .reason();
  }
  if (ballots == 0) {
    return {};
  }
  if (const auto ok = check_opened_counts(totals_[index], published.counts); !ok) {
    return ok.reason();
  }
  return {};
}

void results_check::keep_result(const contest_result& published, byte_view canonical) {
  const std::size_t index = published.contest.value();
  const contest_entry& contest = v_.election.contests[index];
  hash_.add(canonical);
  for (contest_tie& tie : ties_of(published)) {
    ties_.push_back(std::move(tie));
  }
  const opened_votes votes = std::exchange(lists_[index], {}).value_or(no_votes(contest));
  if (contest.rule == seat_rule::by_law) {
    ruled_.push_back({published.contest, counted_by_rule(contest, published, votes)});
  }
  if (contest.text_bytes > 0) {
    v_.out.write_ins.push_back(named_texts(contest, votes));
  }
  v_.out.counts.push_back(named_counts(contest, published.counts));
  v_.out.results.push_back(published);
}

std::string results_check::wrong_subtotal(const opened_part& opened,
                                          const subtotal& published) const {
  if (published.number != opened.set.number || published.ballots != opened.ballots) {
    return "is of request " + std::to_string(published.number) + " with " +
           std::to_string(published.ballots) + " ballots where that of request " +
           std::to_string(opened.set.number) + " with " + std::to_string(opened.ballots) +
           " must stand";
  }
  const contest_entry& contest = v_.election.contests[opened.contest.value()];
  if (const auto ok = check_sum_counts(contest, opened.ballots, published.counts); !ok) {
    return ok.reason();
  }
  std::vector<ristretto255::element> values(opened.values.size());
  if (auto ok = ristretto255::decode_batch(values, std::as_bytes(std::span(opened.values))); !ok) {
    return to_string(ok.error());
  }
  return check_opened_counts(values, published.counts).reason();
}

void results_check::take_subtotal(const subtotal& published, const std::string& place) {
  const std::size_t index = subtotals_++;
  if (!v_.board.is_open(check_id::result_subtotals)) {
    return;
  }
  if (index >= parts_.size()) {
    v_.board.fail(check_id::result_subtotals, place, "no request besides the totals is left");
    return;
  }
  const opened_part& opened = parts_[index];
  if (const std::string wrong = wrong_subtotal(opened, published); !wrong.empty()) {
    v_.board.fail(check_id::result_subtotals, place, wrong);
    return;
  }
  const contest_entry& contest = v_.election.contests[opened.contest.value()];
  v_.out.subtotals.push_back(
      {ids_of(opened.set.nodes), published.ballots, named_sum(contest, published.counts)});
}

tie_question results_check::question() const {
  return {{v_.election, ties_, ruled_},
          {v_.e1(), v_.domain()},
          v_.boards,
          v_.lot_commits,
          hash_.digest()};
}

// All results have come: whether they are complete, and what is open in them.
void results_check::settle_counts() {
  if (std::exchange(is_settled_, true)) {
    return;
  }
  if (results_ != v_.election.contests.size()) {
    v_.board.fail(check_id::result_counts, opening_file_name,
                  "has " + std::to_string(results_) + " results for " +
                      std::to_string(v_.election.contests.size()) + " contests");
  }
  settle_ties();
}

void results_check::settle_ties() {
  if (!v_.board.is_open(check_id::result_ties)) {
    return;
  }
  if (const auto ok = check_ties(question(), v_.ties); !ok) {
    v_.board.fail(check_id::result_ties, opening_file_name, ok.reason());
    return;
  }
  note_ties();
}

void results_check::note_ties() {
  for (std::size_t i = 0; i < ties_.size(); ++i) {
    const contest_entry& contest = v_.election.contests[ties_[i].contest.value()];
    const bool resolved = i < v_.ties.resolutions.size();
    tie_outcome& out = v_.out.ties.emplace_back();
    out.contest = contest.id;
    out.seats = ties_[i].tie.seats;
    out.alternates = ties_[i].tie.alternates;
    const std::span one(&ties_[i], 1);
    out.state = !resolved                            ? tie_state::open
                : needs_lot(one, v_.ties.attributes) ? tie_state::resolved_with_lot
                                                     : tie_state::resolved;
    for (const option_index option :
         resolved ? v_.ties.resolutions[i].options : ties_[i].tie.options) {
      out.options.push_back(contest.options[option.value()].id);
    }
  }
}

void results_check::take_allocation(const contest_allocation& published, const std::string& place) {
  settle_counts();
  const std::size_t index = allocations_++;
  if (!v_.board.is_open(check_id::result_allocations)) {
    return;
  }
  if (index >= ruled_.size()) {
    v_.board.fail(check_id::result_allocations, place, "no contest with a rule of its own is left");
    return;
  }
  const ruled_contest& asked = ruled_[index];
  const auto seats = settle(question(), asked, v_.ties);
  if (!seats) {
    v_.board.fail_within(check_id::result_allocations, place, seats.error());
    return;
  }
  const auto computed = make_allocation(asked.contest, *seats);
  if (!computed) {
    v_.board.fail_within(check_id::result_allocations, place, computed.error());
    return;
  }
  if (const auto ok = check_allocation(*computed, published); !ok) {
    v_.board.fail(check_id::result_allocations, place, ok.reason());
    return;
  }
  v_.out.allocations.push_back(named_seats(v_.election.contests[asked.contest.value()], *seats));
}

void results_check::finish() {
  settle_counts();
  if (v_.board.is_open(check_id::result_subtotals) && subtotals_ < parts_.size()) {
    v_.board.fail(check_id::result_subtotals, opening_file_name,
                  "has " + std::to_string(subtotals_) + " subtotals for " +
                      std::to_string(parts_.size()) + " requests besides the totals");
  }
  if (v_.board.is_open(check_id::result_allocations) && allocations_ < ruled_.size()) {
    v_.board.fail(check_id::result_allocations, opening_file_name,
                  "has " + std::to_string(allocations_) + " allocations for " +
                      std::to_string(ruled_.size()) + " contests with rules of their own");
  }
  v_.board.pass({check_id::result_counts, check_id::result_seats, check_id::result_subtotals,
                 check_id::result_ties, check_id::result_allocations});
}

}  // namespace sandoq
