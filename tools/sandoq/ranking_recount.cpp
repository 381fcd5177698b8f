#include "ranking_recount.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "paper_rounds.hpp"

namespace sandoq::tool {
namespace {

using namespace recount;  // NOLINT(google-build-using-namespace): its own second half

/// The rank of an option; those who are not ranked stand together behind all others.
std::size_t place_in(const ranked_ballots& paper, std::uint32_t option) {
  const auto found = std::find_if(paper.ranks.begin(), paper.ranks.end(), [&](const auto& rank) {
    return std::find(rank.begin(), rank.end(), option_index{option}) != rank.end();
  });
  return static_cast<std::size_t>(found - paper.ranks.begin());
}

problem compare_preferred(ballots papers, const allocation_step& step) {
  const std::uint32_t a = step.subjects.empty() ? 0 : step.subjects[0];
  for (std::uint32_t b = 0; b < step.values.size(); ++b) {
    amount votes = 0;
    for (const ranked_ballots& each : papers) {
      votes += place_in(each, a) < place_in(each, b) ? each.count : 0;
    }
    if (step.values[b] != text_of(votes)) {
      return fmt::format("another number of votes for {} above {}", a, b);
    }
  }
  return std::nullopt;
}

/// What one paper is worth to an option: a point for whoever is below it, half one for an equal.
amount points_on(const ranked_ballots& paper, std::uint32_t option, const ranking_rule& law,
                 std::uint32_t options) {
  using code = ranking_rule::points_code;
  const std::size_t own = place_in(paper, option);
  const bool ranked = own < paper.ranks.size();
  if (!ranked && law.points != code::averaged) {
    return 0;
  }
  amount out = ranked && law.points == code::ranked_only ? 1 : 0;
  for (std::uint32_t other = 0; other < options; ++other) {
    const std::size_t place = place_in(paper, other);
    const bool counts = law.points != code::ranked_only || place < paper.ranks.size();
    if (counts && place > own) {
      out += 1;
    } else if (counts && place == own && other != option) {
      out += amount(1, 2);
    }
  }
  return out;
}

problem compare_points(ballots papers, const ranking_rule& law, const allocation_step& step) {
  for (std::size_t i = 0; i < step.values.size(); ++i) {
    const std::uint32_t option = i < step.subjects.size() ? step.subjects[i] : 0;
    amount points = 0;
    for (const ranked_ballots& each : papers) {
      points +=
          points_on(each, option, law, static_cast<std::uint32_t>(step.values.size())) * each.count;
    }
    if (step.values[i] != text_of(points)) {
      return fmt::format("other points of {}", option);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> difference_of_rankings(const contest_entry& contest, ballots papers,
                                                  const allocation_transcript& transcript) {
  const auto& law = std::get<ranking_rule>(contest.law->method);
  const bool by_rounds =
      law.method == ranking_rule::method_code::irv || law.method == ranking_rule::method_code::stv;
  rounds along(contest, papers);
  for (std::size_t i = 0; i < transcript.steps.size(); ++i) {
    const allocation_step& step = transcript.steps[i];
    const bool last =
        i + 1 < transcript.steps.size() && transcript.steps[i + 1].kind == step_kind::alternates;
    const problem found = by_rounds                           ? along.follow(step, last)
                          : step.kind == step_kind::preferred ? compare_preferred(papers, step)
                          : step.kind == step_kind::points    ? compare_points(papers, law, step)
                                                              : std::nullopt;
    if (found) {
      return fmt::format("step {}: {}", i + 1, *found);
    }
  }
  return std::nullopt;
}

}  // namespace sandoq::tool
