#include "oracle.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

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

std::optional<std::string> difference(const contest_entry& contest, const allocation& wanted,
                                      const contest_seats& found) {
  const auto& expected = wanted.transcript.steps;
  const auto& steps = found.transcript.steps;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (expected[i].kind == step_kind::open_tie) {
      return std::nullopt;  // attributes or a lot decide from here on
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

result<allocation> allocate_in_the_clear(const scenario& s, contest_index contest) {
  const contest_entry& entry = s.plan.contests[contest.value()];
  return allocate(*entry.law, entry.lists, count_contest_in_the_clear(s, contest),
                  {entry.seats, entry.alternates}, {});
}

std::optional<std::string> difference_of_seats(const scenario& s,
                                               std::span<const contest_seats> found) {
  auto next = found.begin();
  for (std::uint32_t c = 0; c < s.plan.contests.size(); ++c) {
    const contest_entry& contest = s.plan.contests[c];
    if (contest.rule != seat_rule::by_law) {
      continue;
    }
    const auto wanted = allocate_in_the_clear(s, contest_index{c});
    if (!wanted) {
      return to_string(wanted.error());
    }
    if (next == found.end() || next->contest != contest.id) {
      return fmt::format("{}: the record does not say who is elected", contest.id);
    }
    if (auto differs = difference(contest, *wanted, *next++)) {
      return differs;
    }
  }
  return next == found.end() ? std::nullopt
                             : std::optional(next->contest + ": the record says more than it may");
}

}  // namespace sandoq::tool
