#include "standings.hpp"

#include <algorithm>
#include <tuple>

namespace sandoq::tool {

std::vector<standing_row> standings_of(const contest_entry& contest, const contest_result& result) {
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
  for (const seat_tie& tie : result.seats.ties) {
    for (const option_index option : tie.options) {
      rows[option.value()].how = standing::tied;
      rows[option.value()].tie = &tie;
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.how == standing::blank, ~a.votes, a.how) <
           std::tuple(b.how == standing::blank, ~b.votes, b.how);
  });
  return rows;
}

}  // namespace sandoq::tool
