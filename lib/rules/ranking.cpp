#include "lib/rules/ranking.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace sandoq::rules_detail {
namespace {

// The ranks of a ballot as the rule reads them.
std::vector<subject_list> normal(const ranking_rule& part, const ranked_ballots& ballot) {
  std::vector<subject_list> out;
  std::set<std::uint32_t> seen;
  for (const auto& rank : ballot.ranks) {
    if (rank.empty()) {
      if (part.skipped == ranking_rule::skipped_code::end) {
        break;
      }
      continue;
    }
    if (rank.size() > 1 && part.overvote == ranking_rule::overvote_code::end) {
      break;
    }
    if (rank.size() > 1 && part.overvote == ranking_rule::overvote_code::skip) {
      continue;
    }
    subject_list left;
    for (const option_index option : rank) {
      if (seen.insert(option.value()).second) {
        left.push_back(option.value());
      }
    }
    std::sort(left.begin(), left.end());
    if (!left.empty()) {
      out.push_back(std::move(left));
    }
  }
  return out;
}

ranking_question question_of(const ranking_rule& part, const counted_contest& counted) {
  std::map<std::vector<subject_list>, integer> merged;
  std::set<std::uint32_t> named;
  for (const ranked_ballots& ballot : counted.rankings) {
    auto ranks = normal(part, ballot);
    if (ranks.empty() || ballot.count == 0) {
      continue;
    }
    for (const subject_list& rank : ranks) {
      named.insert(rank.begin(), rank.end());
    }
    merged[std::move(ranks)] += ballot.count;
  }
  ranking_question out{part,
                       {},
                       static_cast<std::uint32_t>(counted.votes.size()),
                       subject_list(named.begin(), named.end())};
  for (auto& [ranks, count] : merged) {
    out.rankings.push_back({ranks, count});
  }
  return out;
}

}  // namespace

void fill_by_rankings(const ranking_rule& part, const counted_contest& counted,
                      places_to_fill places, step_log& log, allocation& out) {
  using method_code = ranking_rule::method_code;
  const ranking_question asked = question_of(part, counted);
  seat_taker taker{log, places.seats, places.alternates};
  if (!asked.rankings.empty()) {
    if (part.by_papers()) {
      taker.elected = count_papers(asked, places.seats, log);
      taker.seats -= static_cast<std::uint32_t>(taker.elected.size());
    } else {
      const auto groups = part.method == method_code::schulze ? schulze_groups(asked, log)
                                                              : borda_groups(asked, log);
      std::for_each(groups.begin(), groups.end(), [&](const subject_list& g) { taker.take(g); });
    }
  }
  log.add(step_kind::elected, taker.elected);
  log.add(step_kind::alternates, taker.reserves);
  if (taker.seats > 0) {
    log.add(step_kind::empty_seats, {}, fraction(taker.seats));
  }
  out.elected = to_options(taker.elected);
  out.alternates = to_options(taker.reserves);
}

}  // namespace sandoq::rules_detail
