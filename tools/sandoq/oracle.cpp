#include "oracle.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "ranking_recount.hpp"

namespace sandoq::tool {
namespace {

bool is_excluded(const scenario& s, const voter& v) {
  const auto befell = s.mishaps.find({v.branch, v.device});
  return befell != s.mishaps.end() && befell->second == mishap::excluded;
}

/// Calls `each` with the choices of every ballot of the contest that counts.
template <class Each>
void for_each_ballot(const scenario& s, contest_index contest, const Each& each) {
  for (const voter& v : s.voters) {
    const auto& contests = s.plan.styles[v.style.value()].contests;
    const auto found = std::find(contests.begin(), contests.end(), contest);
    if (found != contests.end() && !is_excluded(s, v)) {
      each(v.choices[static_cast<std::size_t>(found - contests.begin())]);
    }
  }
}

std::vector<std::vector<option_index>> ranks_of(const std::vector<std::uint32_t>& ranking) {
  std::vector<std::vector<option_index>> out;
  for (const std::uint32_t option : ranking) {
    out.push_back({option_index{option}});
  }
  return out;
}

std::vector<std::string> names_of(const contest_entry& contest,
                                  const std::vector<option_index>& options) {
  std::vector<std::string> out;
  for (const option_index option : options) {
    out.push_back(contest.options[option.value()].id);
  }
  return out;
}

/// Puts equals in the order in which a transcript has them: a count in the clear knows neither
/// their attributes nor the lot, which verifiers check.
tie_order order_of(const allocation_transcript& transcript) {
  std::vector<std::vector<std::uint32_t>> decided;
  for (const allocation_step& step : transcript.steps) {
    if (step.kind == step_kind::tie) {
      decided.push_back(step.subjects);
    }
  }
  tie_order out;
  out.ticket = [decided = std::move(decided)](std::uint32_t tie, std::uint32_t subject) {
    std::ptrdiff_t place = 0;
    if (tie < decided.size()) {
      const auto& order = decided[tie];
      place = std::find(order.begin(), order.end(), subject) - order.begin();
    }
    digest32 ticket;
    ticket.octets[0] = static_cast<std::byte>(place >> 8);
    ticket.octets[1] = static_cast<std::byte>(place & 0xFF);
    return ticket;
  };
  return out;
}

/// A tie that a record leaves open is decided in no order: it ends the transcript with its members.
bool is_open_tie(const allocation_step& expected, const allocation_step& found) {
  std::vector<std::uint32_t> equals = expected.subjects;
  std::sort(equals.begin(), equals.end());
  return expected.kind == step_kind::tie && found.kind == step_kind::open_tie &&
         found.subjects == equals && found.values == expected.values;
}

bool is_open(const contest_seats& found) {
  return found.status == allocation_status::open && found.elected.empty() &&
         found.alternates.empty() && found.runoff.empty();
}

std::optional<std::string> difference(const contest_entry& contest, const allocation& wanted,
                                      const contest_seats& found) {
  const auto& expected = wanted.transcript.steps;
  const auto& steps = found.transcript.steps;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (i + 1 == steps.size() && is_open_tie(expected[i], steps[i])) {
      return is_open(found)
                 ? std::nullopt
                 : std::optional(contest.id + ": a tie is open, and yet there is a result");
    }
    if (i >= steps.size() || steps[i] != expected[i]) {
      return fmt::format("{}: step {} of its allocation differs", contest.id, i + 1);
    }
  }
  const bool same = steps.size() == expected.size() && found.status == wanted.status &&
                    found.elected == names_of(contest, wanted.elected) &&
                    found.alternates == names_of(contest, wanted.alternates) &&
                    found.runoff == names_of(contest, wanted.runoff);
  return same ? std::nullopt : std::optional(fmt::format("{}: who is elected differs", contest.id));
}

}  // namespace

bool is_opened_with(const contest_entry& contest, std::uint64_t ballots) {
  const std::uint64_t each = contest.encoding == contest_encoding::slots ? contest.max_choices : 1;
  return !is_mixed(contest.encoding) || ballots * each >= 2;
}

counted_contest count_contest_in_the_clear(const scenario& s, contest_index contest) {
  const contest_entry& entry = s.plan.contests[contest.value()];
  const bool ranked = entry.encoding == contest_encoding::packed_ranking;
  counted_contest out;
  out.votes.resize(entry.options.size());
  std::map<std::vector<std::uint32_t>, std::uint64_t> rankings;
  for_each_ballot(s, contest, [&](const std::vector<std::uint32_t>& choices) {
    ++out.ballots;
    out.valid += choices.empty() ? 0 : 1;
    if (ranked && !choices.empty()) {
      ++rankings[choices];
    }
    for (const std::uint32_t choice : choices) {
      out.votes[choice] += ranked ? 0 : 1;
    }
  });
  if (!is_opened_with(entry, out.ballots)) {
    out.valid = 0;
    std::fill(out.votes.begin(), out.votes.end(), 0);
    rankings.clear();
  }
  for (const auto& [ranking, count] : rankings) {
    out.rankings.push_back({count, ranks_of(ranking)});
  }
  return out;
}

plain_counts count_in_the_clear(const scenario& s) {
  plain_counts counts;
  for (std::uint32_t c = 0; c < s.plan.contests.size(); ++c) {
    const contest_entry& contest = s.plan.contests[c];
    const counted_contest counted = count_contest_in_the_clear(s, contest_index{c});
    plain_contest& entry = counts.emplace_back(plain_contest{contest.id, {}});
    if (contest.encoding != contest_encoding::packed_ranking) {
      for (std::size_t i = 0; i < contest.options.size(); ++i) {
        entry.options.emplace_back(contest.options[i].id, counted.votes[i]);
      }
    }
    if (contest.blank == blank_option::counted) {
      const bool opened = is_opened_with(contest, counted.ballots);
      entry.options.emplace_back("blank", opened ? counted.ballots - counted.valid : 0);
    }
    if (is_packed(contest.encoding)) {
      entry.options.emplace_back("invalid", 0);
    }
  }
  return counts;
}

result<allocation> allocate_in_the_clear(const scenario& s, contest_index contest,
                                         const tie_order& ties) {
  const contest_entry& entry = s.plan.contests[contest.value()];
  return allocate(*entry.law, entry.lists, count_contest_in_the_clear(s, contest),
                  {entry.seats, entry.alternates}, ties);
}

result<std::vector<contest_seats>> seats_in_the_clear(const scenario& s) {
  std::vector<contest_seats> out;
  for (std::uint32_t c = 0; c < s.plan.contests.size(); ++c) {
    const contest_entry& contest = s.plan.contests[c];
    if (contest.rule != seat_rule::by_law) {
      continue;
    }
    const auto made = allocate_in_the_clear(s, contest_index{c});
    if (!made) {
      return tl::unexpected(made.error());
    }
    out.push_back({contest.id, made->status, names_of(contest, made->elected),
                   names_of(contest, made->alternates), names_of(contest, made->runoff),
                   made->transcript});
  }
  return out;
}

std::optional<std::string> difference_of_seats(const scenario& s,
                                               std::span<const contest_seats> found) {
  auto next = found.begin();
  for (std::uint32_t c = 0; c < s.plan.contests.size(); ++c) {
    const contest_entry& contest = s.plan.contests[c];
    if (contest.rule != seat_rule::by_law) {
      continue;
    }
    if (next == found.end() || next->contest != contest.id) {
      return fmt::format("{}: the record does not say who is elected", contest.id);
    }
    const contest_seats& seats = *next++;
    const auto wanted = allocate_in_the_clear(s, contest_index{c}, order_of(seats.transcript));
    if (!wanted) {
      return to_string(wanted.error());
    }
    if (auto differs = difference(contest, *wanted, seats)) {
      return differs;
    }
    if (seats.status == allocation_status::open && !s.plan.beacon.empty()) {
      return contest.id + ": a tie is still open, though a drill has its lot";
    }
    if (std::holds_alternative<ranking_rule>(contest.law->method)) {
      const auto papers = count_contest_in_the_clear(s, contest_index{c}).rankings;
      if (auto differs = difference_of_rankings(contest, papers, seats.transcript)) {
        return fmt::format("{}: {}", contest.id, *differs);
      }
    }
  }
  return next == found.end() ? std::nullopt
                             : std::optional(next->contest + ": the record says more than it may");
}

}  // namespace sandoq::tool
