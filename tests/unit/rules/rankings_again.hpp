#pragma once

#include <numeric>

#include "tests/unit/rules/seats_again.hpp"

namespace sandoq::testing {

using rank_set = std::set<std::uint32_t>;
using ranks_again = std::vector<rank_set>;

/// Rankings as the rule reads them, in passes over all ranks: cut, drop, strike, drop; equal ones
/// together.
inline std::map<ranks_again, std::uint64_t> read_again(const ranking_rule& part,
                                                       const counted_contest& counted) {
  using r = ranking_rule;
  std::map<ranks_again, std::uint64_t> out;
  for (const ranked_ballots& ballot : counted.rankings) {
    ranks_again ranks;
    for (const auto& rank : ballot.ranks) {
      rank_set& set = ranks.emplace_back();
      std::for_each(rank.begin(), rank.end(), [&](option_index o) { set.insert(o.value()); });
    }
    const auto is_end = [&](const rank_set& rank) {
      return (rank.empty() && part.skipped == r::skipped_code::end) ||
             (rank.size() > 1 && part.overvote == r::overvote_code::end);
    };
    ranks.erase(std::find_if(ranks.begin(), ranks.end(), is_end), ranks.end());
    std::erase_if(ranks, [&](const rank_set& rank) {
      return rank.size() > 1 && part.overvote == r::overvote_code::skip;
    });
    for (std::size_t later = 1; later < ranks.size(); ++later) {
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        for (const std::uint32_t option : ranks[earlier]) {
          ranks[later].erase(option);
        }
      }
    }
    std::erase_if(ranks, [](const rank_set& rank) { return rank.empty(); });
    if (!ranks.empty()) {
      out[ranks] += ballot.count;
    }
  }
  return out;
}

inline rank_set named_again(const std::map<ranks_again, std::uint64_t>& rankings) {
  rank_set out;
  for (const auto& [ranks, count] : rankings) {
    for (const rank_set& rank : ranks) {
      out.insert(rank.begin(), rank.end());
    }
  }
  return out;
}

/// 4 to 12 rankings. Ranks with one option, several or none, and options that come again.
inline counted_contest some_untidy_rankings(rule_numbers& numbers, std::uint32_t options,
                                            std::uint32_t most) {
  counted_contest out;
  out.votes.resize(options);
  for (std::uint32_t left = 4 + numbers.below(9); left > 0; --left) {
    ranked_ballots ballot{1 + numbers.below(most), {}};
    for (std::uint32_t ranks = numbers.below(options + 2); ranks > 0; --ranks) {
      std::set<option_index> rank;
      const std::uint32_t kind = numbers.below(10);
      for (std::uint32_t size = kind == 0  ? 0
                                : kind < 7 ? 1
                                           : 2 + numbers.below(2);
           size > 0; --size) {
        rank.insert(option_index(numbers.below(options)));
      }
      ballot.ranks.emplace_back(rank.begin(), rank.end());
    }
    out.rankings.push_back(std::move(ballot));
  }
  return out;
}

inline ranking_rule some_ranking_rule(rule_numbers& numbers, ranking_rule::method_code method) {
  using r = ranking_rule;
  const auto some = [&](auto highest) {
    return static_cast<decltype(highest)>(1 + numbers.below(static_cast<std::uint32_t>(highest)));
  };
  r out;
  out.method = method;
  out.overvote = some(r::overvote_code::end);
  out.skipped = some(r::skipped_code::end);
  if (method == r::method_code::stv) {
    out.quota = some(r::quota_code::droop);
  }
  if (method <= r::method_code::stv) {
    out.batch = static_cast<std::uint8_t>(numbers.below(2));
  }
  if (method == r::method_code::schulze) {
    out.strength = some(r::strength_code::margins);
  }
  if (method == r::method_code::borda) {
    out.points = some(r::points_code::from_the_top);
  }
  return out;
}

}  // namespace sandoq::testing
