#include "standings.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>

#include "sandoq/ballot/ballot_codes.hpp"

namespace sandoq::tool {
namespace {

using rows_by_id = std::unordered_map<std::string_view, standing_row*>;

rows_by_id named_rows(std::vector<standing_row>& rows) {
  rows_by_id out;
  for (standing_row& row : rows) {
    if (row.option != nullptr) {
      out.emplace(row.option->id, &row);
    }
  }
  return out;
}

/// Gives the places of a resolved tie from the top of its final order.
void settle(const tie_outcome& outcome, const rows_by_id& rows) {
  for (std::size_t i = 0; i < outcome.options.size(); ++i) {
    const auto row = rows.find(outcome.options[i]);
    if (row == rows.end()) {
      continue;
    }
    row->second->place = i;
    row->second->how = i < outcome.seats                        ? standing::elected
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
      settle(*outcome, named_rows(rows));
    }
  }
}

/// Options, then lists with a code of their own, then blank if it is counted, then invalid votes of
/// packed ballots.                                                            SPEC(75.1)
/// SPEC(50.10)
std::vector<standing_row> rows_of(const contest_entry& contest, const contest_result& result) {
  const bool ranked = contest.encoding == contest_encoding::packed_ranking;
  const std::size_t codes = ranked ? 0 : limits_of(contest).options;
  const counted_codes read =
      ranked ? counted_codes{} : ballot_codes(contest).read(std::span(result.counts).first(codes));
  std::vector<standing_row> rows;
  for (std::size_t i = 0; i < contest.options.size(); ++i) {
    standing_row& row = rows.emplace_back();
    row.option = &contest.options[i];
    if (!ranked) {
      row.votes = read.votes[i];
    }
  }
  for (std::size_t i = 0; i < read.list_ballots.size(); ++i) {
    standing_row& row = rows.emplace_back();
    row.list = &contest.lists[i];
    row.votes = read.list_ballots[i];
  }
  for (std::size_t i = codes; i < result.counts.size(); ++i) {
    const bool invalid = is_packed(contest.encoding) && i + 1 == result.counts.size();
    standing_row& row = rows.emplace_back();
    row.votes = result.counts[i];
    row.how = invalid ? standing::invalid : standing::blank;
  }
  return rows;
}

void give_places(const std::vector<std::string>& ids, standing how, const rows_by_id& rows) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (const auto row = rows.find(ids[i]); row != rows.end()) {
      row->second->how = how;
      row->second->place = i;
    }
  }
}

void add_allocation(const contest_seats& seats, const rows_by_id& rows) {
  if (seats.status == allocation_status::open) {
    return;
  }
  give_places(seats.elected, standing::elected, rows);
  give_places(seats.alternates, standing::alternate, rows);
  give_places(seats.runoff, standing::runoff, rows);
}

int kind_of(const standing_row& row) {
  return row.how == standing::invalid ? 3
         : row.how == standing::blank ? 2
                                      : static_cast<int>(row.list != nullptr);
}

template <class Counted>
std::vector<const Counted*> first_by_votes(std::vector<const Counted*> all, std::size_t most) {
  std::stable_sort(all.begin(), all.end(),
                   [](const auto* a, const auto* b) { return a->votes > b->votes; });
  all.resize(std::min(all.size(), most));
  return all;
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

const contest_seats* allocation_of(const contest_entry& contest,
                                   std::span<const contest_seats> allocations) {
  const auto at =
      std::find_if(allocations.begin(), allocations.end(),
                   [&](const contest_seats& seats) { return seats.contest == contest.id; });
  return at == allocations.end() ? nullptr : &*at;
}

bool rule_counts_alternates(const contest_entry& contest) {
  const auto* const law =
      contest.law ? std::get_if<proportional_rule>(&contest.law->method) : nullptr;
  return law != nullptr && law->alternates != proportional_rule::alternates_code::number;
}

const contest_write_ins* write_ins_of(const contest_entry& contest,
                                      std::span<const contest_write_ins> written) {
  const auto at = std::find_if(written.begin(), written.end(), [&](const contest_write_ins& texts) {
    return texts.contest == contest.id;
  });
  return at == written.end() || at->texts.empty() ? nullptr : &*at;
}

std::vector<standing_row> standings_of(const contest_entry& contest, const contest_result& result,
                                       std::span<const tie_outcome> outcomes,
                                       std::span<const contest_seats> allocations) {
  std::vector<standing_row> rows = rows_of(contest, result);
  for (const option_index option : result.seats.elected) {
    rows[option.value()].how = standing::elected;
  }
  for (const option_index option : result.seats.alternates) {
    rows[option.value()].how = standing::alternate;
  }
  add_ties(contest, result, outcomes, rows);
  if (const contest_seats* seats = allocation_of(contest, allocations); seats != nullptr) {
    add_allocation(*seats, named_rows(rows));
  }
  const auto key = [](const standing_row& row) {
    return std::tuple(kind_of(row), ~row.votes.value_or(0), row.how, row.place);
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const auto& a, const auto& b) { return key(a) < key(b); });
  return rows;
}

standing line_of(const option_count& count) noexcept {
  return count.option == "blank"     ? standing::blank
         : count.option == "invalid" ? standing::invalid
                                     : standing::none;
}

std::vector<const option_count*> highest(const contest_counts& counts, std::size_t most) {
  std::vector<const option_count*> out;
  for (const option_count& count : counts.options) {
    if (line_of(count) == standing::none) {
      out.push_back(&count);
    }
  }
  return first_by_votes(std::move(out), most);
}

std::vector<const written_text*> highest(const contest_write_ins& written, std::size_t most) {
  std::vector<const written_text*> out;
  for (const written_text& text : written.texts) {
    out.push_back(&text);
  }
  return first_by_votes(std::move(out), most);
}

}  // namespace sandoq::tool
