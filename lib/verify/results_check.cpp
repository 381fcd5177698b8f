#include "lib/verify/results_check.hpp"

#include <utility>

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

std::uint64_t results_check::ballots_of(contest_index contest) const {
  return v_.grounds->ballots(contest, v_.grounds->places(contest).scope);
}

contest_counts results_check::named(contest_index contest,
                                    const std::vector<std::uint64_t>& counts) const {
  const contest_entry& entry = v_.election.contests[contest.value()];
  contest_counts out{entry.id, {}};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    out.options.push_back({i < entry.options.size() ? entry.options[i].id : "blank", counts[i]});
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
  const contest_entry& contest = v_.election.contests[index];
  const std::uint64_t ballots = ballots_of(published.contest);
  if (const auto ok = check_counts(contest, ballots, published); !ok) {
    v_.board.fail(check_id::result_counts, place, ok.reason());
    return;
  }
  if (ballots > 0) {
    if (const auto ok = check_opened_counts(totals_[index], published.counts); !ok) {
      v_.board.fail(check_id::result_counts, place, ok.reason());
      return;
    }
  }
  if (const auto ok = check_seats(contest, published); !ok) {
    v_.board.fail(check_id::result_seats, place, ok.reason());
  }
  hash_.add(canonical);
  for (contest_tie& tie : ties_of(published)) {
    ties_.push_back(std::move(tie));
  }
  v_.out.counts.push_back(named(published.contest, published.counts));
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
  if (const auto ok = check_counts(contest, opened.ballots, published.counts); !ok) {
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
  place_counts out;
  for (const node_index node : opened.set.nodes) {
    out.places.push_back(v_.election.nodes[node.value()].id);
  }
  out.ballots = published.ballots;
  out.counts = named(opened.contest, published.counts);
  v_.out.subtotals.push_back(std::move(out));
}

void results_check::check_all_ties() {
  const tie_question question{v_.election, {v_.e1(), v_.domain()}, v_.boards, v_.lot_commits,
                              ties_,       hash_.digest()};
  if (const auto ok = check_ties(question, v_.ties); !ok) {
    v_.board.fail(check_id::result_ties, opening_file_name, ok.reason());
  }
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

void results_check::finish() {
  if (results_ != v_.election.contests.size()) {
    v_.board.fail(check_id::result_counts, opening_file_name,
                  "has " + std::to_string(results_) + " results for " +
                      std::to_string(v_.election.contests.size()) + " contests");
  }
  if (v_.board.is_open(check_id::result_subtotals) && subtotals_ < parts_.size()) {
    v_.board.fail(check_id::result_subtotals, opening_file_name,
                  "has " + std::to_string(subtotals_) + " subtotals for " +
                      std::to_string(parts_.size()) + " requests besides the totals");
  }
  if (v_.board.is_open(check_id::result_ties)) {
    check_all_ties();
  }
  if (v_.board.is_open(check_id::result_ties)) {
    note_ties();
  }
  v_.board.pass({check_id::result_counts, check_id::result_seats, check_id::result_subtotals,
                 check_id::result_ties});
}

}  // namespace sandoq
