#include "ranking_recount.hpp"

#include <fmt/core.h>

#include <numeric>
#include <vector>

#include "paper_rounds.hpp"

namespace sandoq::tool {
namespace {

using namespace recount;  // NOLINT(google-build-using-namespace): its own second half

/// So many papers with one ranking: where everybody stands on it. Those who are not ranked stand
/// together behind all others.
struct placed {
  std::uint64_t count = 0;
  std::size_t ranks = 0;
  std::vector<std::size_t> place;  ///< of every option
  std::vector<std::size_t> size;   ///< how many stand at a place
};

std::vector<placed> places_in(ballots papers, std::size_t options) {
  std::vector<placed> out;
  for (const ranked_ballots& each : papers) {
    const std::size_t ranks = each.ranks.size();
    placed& made = out.emplace_back(placed{each.count, ranks, std::vector(options, ranks), {}});
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      for (const option_index option : each.ranks[rank]) {
        made.place[option.value()] = rank;
      }
    }
    made.size.resize(ranks + 1);
    for (const std::size_t place : made.place) {
      ++made.size[place];
    }
  }
  return out;
}

std::vector<std::string> preferred_to(const std::vector<placed>& papers, std::size_t options,
                                      std::size_t a) {
  std::vector<std::string> out;
  for (std::size_t b = 0; b < options; ++b) {
    whole votes = 0;
    for (const placed& each : papers) {
      votes += each.place[a] < each.place[b] ? each.count : 0;
    }
    out.push_back(votes.str());
  }
  return out;
}

/// What one paper is worth to an option, twice: a point for whoever is below it, half one for an
/// equal.
std::size_t doubled_points(const placed& paper, std::size_t option, ranking_rule::points_code how) {
  using code = ranking_rule::points_code;
  const std::size_t own = paper.place[option];
  const bool ranked = own < paper.ranks;
  if (!ranked && how != code::averaged) {
    return 0;
  }
  const auto behind = paper.size.begin() + static_cast<std::ptrdiff_t>(own);
  const auto end = how == code::ranked_only ? paper.size.end() - 1 : paper.size.end();
  const std::size_t below = std::accumulate(behind + 1, std::max(behind + 1, end), std::size_t{0});
  return 2 * below + *behind - 1 + (how == code::ranked_only ? 2 : 0);
}

std::vector<std::string> points_of(const std::vector<placed>& papers, std::size_t options,
                                   ranking_rule::points_code how) {
  std::vector<std::string> out;
  for (std::size_t option = 0; option < options; ++option) {
    whole doubled = 0;
    for (const placed& each : papers) {
      doubled += whole(each.count) * doubled_points(each, option, how);
    }
    out.push_back(text_of(amount(doubled, 2)));
  }
  return out;
}

/// The steps with which Schulze's and Borda's methods begin.
std::vector<allocation_step> first_steps(const ranking_rule& law, ballots papers,
                                         std::size_t options) {
  std::vector<allocation_step> out;
  const std::vector<placed> all = places_in(papers, options);
  if (all.empty()) {
    return out;
  }
  if (law.method == ranking_rule::method_code::borda) {
    std::vector<std::uint32_t> everybody(options);
    std::iota(everybody.begin(), everybody.end(), 0U);
    out.push_back({step_kind::points, everybody, points_of(all, options, law.points)});
    return out;
  }
  for (std::size_t a = 0; a < options; ++a) {
    out.push_back(
        {step_kind::preferred, {static_cast<std::uint32_t>(a)}, preferred_to(all, options, a)});
  }
  return out;
}

std::optional<std::string> said_of(std::size_t step, std::string_view what) {
  return fmt::format("step {}: {}", step + 1, what);
}

std::optional<std::string> follow(const contest_entry& contest, ballots papers,
                                  std::span<const allocation_step> steps) {
  rounds along(contest, papers);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool last = i + 1 < steps.size() && steps[i + 1].kind == step_kind::alternates;
    if (const problem found = along.follow(steps[i], last)) {
      return said_of(i, *found);
    }
  }
  const bool open = !steps.empty() && steps.back().kind == step_kind::open_tie;
  return open || along.closed() ? std::nullopt
                                : said_of(steps.size(), "does not say who is elected");
}

}  // namespace

std::optional<std::string> difference_of_rankings(const contest_entry& contest, ballots papers,
                                                  const allocation_transcript& transcript) {
  const auto& law = std::get<ranking_rule>(contest.law->method);
  if (law.by_papers()) {
    return follow(contest, papers, transcript.steps);
  }
  const auto expected = first_steps(law, papers, contest.options.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (i >= transcript.steps.size() || transcript.steps[i] != expected[i]) {
      return said_of(i, "another count of the papers");
    }
  }
  return std::nullopt;
}

}  // namespace sandoq::tool
