#include "standings.hpp"

#include <algorithm>
#include <tuple>

namespace sandoq::tool {
namespace {

/// Gives the places of a resolved tie from the top of its final order.
void settle(const contest_entry& contest, const tie_outcome& outcome,
            std::vector<standing_row>& rows) {
  for (std::size_t i = 0; i < outcome.options.size(); ++i) {
    const auto option =
        std::find_if(contest.options.begin(), contest.options.end(),
                     [&](const option_entry& entry) { return entry.id == outcome.options[i]; });
    if (option == contest.options.end()) {
      continue;
    }
    standing_row& row = rows[static_cast<std::size_t>(option - contest.options.begin())];
    row.place = i;
    row.how = i < outcome.seats                        ? standing::elected
              : i - outcome.seats < outcome.alternates ? standing::alternate
                                                       : standing::none;
  }
}

void add_ties(const contest_entry& contest, const contest_result& result,
              std::span<const tie_outcome> outcomes, std::vector<standing_row>& rows) {
  for (std::size_t i = 0; i < result.seats.ties.size(); ++i) {
    const seat_tie& tie = result.seats.ties[i];
    const tie_outcome* outcome = outcome_of(contest, outcomes, i);
    for (const option_index option : tie.options) {
      standing_row& row = rows[option.value()];
      row.how = standing::tied;
      row.tie = &tie;
      row.outcome = outcome;
    }
    if (outcome != nullptr && outcome->state != tie_state::open) {
      settle(contest, *outcome, rows);
    }
  }
}

}  // namespace

const tie_outcome* outcome_of(const contest_entry& contest, std::span<const tie_outcome> outcomes,
                              std::size_t tie) {
  for (const tie_outcome& outcome : outcomes) {
    if (outcome.contest == contest.id && tie-- == 0) {
      return &outcome;
    }
  }
  return nullptr;
}

std::vector<standing_row> standings_of(const contest_entry& contest, const contest_result& result,
                                       std::span<const tie_outcome> outcomes) {
  std::vector<standing_row> rows;
  for (std::size_t i = 0; i < result.counts.size(); ++i) {
    const bool blank = i >= contest.options.size();
    rows.push_back({blank ? nullptr : &contest.options[i], result.counts[i],
                    blank ? standing::blank : standing::none});
  }
  for (const option_index option : result.seats.elected) {
    rows[option.value()].how = standing::elected;
  }
  for (const option_index option : result.seats.alternates) {
    rows[option.value()].how = standing::alternate;
  }
  add_ties(contest, result, outcomes, rows);
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.how == standing::blank, ~a.votes, a.how, a.place) <
           std::tuple(b.how == standing::blank, ~b.votes, b.how, b.place);
  });
  return rows;
}

}  // namespace sandoq::tool
