#include "oracle.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "ranking_recount.hpp"
#include "sandoq/ballot/ballot_codes.hpp"
#include "sandoq/verify/verify_record.hpp"

namespace sandoq::tool {
namespace {

bool is_excluded(const scenario& s, const voter& v) {
  const auto befell = s.mishaps.find({v.branch, v.device});
  return befell != s.mishaps.end() && befell->second == mishap::excluded;
}

/// Calls `each` with every voter whose ballot of the contest counts, and its place on the ballot.
template <class Each>
void for_each_ballot(const scenario& s, contest_index contest, const Each& each) {
  for (const voter& v : s.voters) {
    const auto& contests = s.plan.styles[v.style.value()].contests;
    const auto found = std::find(contests.begin(), contests.end(), contest);
    if (found != contests.end() && !is_excluded(s, v)) {
      each(v, static_cast<std::size_t>(found - contests.begin()));
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
  const bool slots = contest.encoding == contest_encoding::slots;
  const std::uint64_t each = slots ? limits_of(contest).max_choices : 1;
  return !is_mixed(contest.encoding) || ballots * each >= 2;
}

namespace {

/// Ballots of a contest as its law reads what voters entered.                          SPEC(76.2)
class plain_counter {
 public:
  explicit plain_counter(const contest_entry& contest) : contest_(contest) {
    out_.votes.resize(contest.options.size());
    out_.list_ballots.resize(contest.lists.size());
  }

  void add(const voter& v, std::size_t place) {
    ++out_.ballots;
    if (contest_.encoding == contest_encoding::packed_ranking) {
      add_ranking(v.choices[place]);
    } else if (contest_.law) {
      add_entries(v.entries_in(place));
    } else {
      out_.valid += v.choices[place].empty() ? 0 : 1;
      for (const std::uint32_t choice : v.choices[place]) {
        ++out_.votes[choice];
      }
    }
  }

  [[nodiscard]] counted_contest take() && {
    if (!is_opened_with(contest_, out_.ballots)) {
      out_.valid = 0;
      std::fill(out_.votes.begin(), out_.votes.end(), 0);
      std::fill(out_.list_ballots.begin(), out_.list_ballots.end(), 0);
      rankings_.clear();
    }
    for (const auto& [ranking, count] : rankings_) {
      out_.rankings.push_back({count, ranks_of(ranking)});
    }
    return std::move(out_);
  }

 private:
  void add_ranking(const std::vector<std::uint32_t>& ranking) {
    if (!ranking.empty()) {
      ++out_.valid;
      ++rankings_[ranking];
    }
  }

  // A void ballot is cast as a blank one.                                              SPEC(50.10)
  void add_entries(const std::vector<ballot_entry>& entries) {
    const auto options = static_cast<std::uint32_t>(contest_.options.size());
    const read_ballot read = read_choices(contest_.law->ballot, contest_.lists, options, entries);
    const bool blank = contest_.blank == blank_option::counted;
    out_.valid += read.reading == ballot_reading::counted || !blank ? 1 : 0;
    for (std::uint32_t option = 0; option < options; ++option) {
      out_.votes[option] += read.votes[option];
    }
    for (const ballot_entry& entry : entries) {
      if (entry.kind == ballot_entry::entry_kind::list && read.reading == ballot_reading::counted) {
        ++out_.list_ballots[entry.index];
      }
    }
  }

  const contest_entry& contest_;
  counted_contest out_;
  std::map<std::vector<std::uint32_t>, std::uint64_t> rankings_;
};

bool lists_have_votes(const contest_entry& contest) {
  const auto* const part =
      contest.law ? std::get_if<proportional_rule>(&contest.law->method) : nullptr;
  return part != nullptr && part->base == proportional_rule::base_code::list_ballots;
}

/// With the ballots that have each list's code, whether or not the law counts them.
counted_contest count_plainly(const scenario& s, contest_index contest) {
  plain_counter counter(s.plan.contests[contest.value()]);
  for_each_ballot(s, contest, [&](const voter& v, std::size_t place) { counter.add(v, place); });
  return std::move(counter).take();
}

}  // namespace

counted_contest count_contest_in_the_clear(const scenario& s, contest_index contest) {
  counted_contest out = count_plainly(s, contest);
  if (!lists_have_votes(s.plan.contests[contest.value()])) {
    out.list_ballots.clear();
  }
  return out;
}

plain_counts count_in_the_clear(const scenario& s) {
  plain_counts counts;
  for (std::uint32_t c = 0; c < s.plan.contests.size(); ++c) {
    const contest_entry& contest = s.plan.contests[c];
    const counted_contest counted = count_plainly(s, contest_index{c});
    plain_contest& entry = counts.emplace_back(plain_contest{contest.id, {}});
    if (contest.encoding != contest_encoding::packed_ranking) {
      for (std::size_t i = 0; i < contest.options.size(); ++i) {
        entry.options.emplace_back(contest.options[i].id, counted.votes[i]);
      }
    }
    for (std::size_t i = 0; i < code_numbers_of(contest).parties; ++i) {
      entry.options.emplace_back(std::string(list_count_prefix) + contest.lists[i].id,
                                 counted.list_ballots[i]);
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
