#include <algorithm>

#include "lib/rules/ranking.hpp"

namespace sandoq::rules_detail {
namespace {

using table = std::vector<std::vector<integer>>;

// [a][b]: rankings that put a above b; whoever is not ranked is below all who are.
table preferences(const ranking_question& asked) {
  table out(asked.options, std::vector<integer>(asked.options));
  for (const ranking_count& ranking : asked.rankings) {
    std::vector<std::size_t> place(asked.options, ranking.ranks.size());
    for (std::size_t at = 0; at < ranking.ranks.size(); ++at) {
      for (const std::uint32_t option : ranking.ranks[at]) {
        place[option] = at;
      }
    }
    for (std::uint32_t a = 0; a < asked.options; ++a) {
      for (std::uint32_t b = 0; b < asked.options; ++b) {
        if (place[a] < place[b]) {
          out[a][b] += ranking.count;
        }
      }
    }
  }
  return out;
}

table links(const table& preferred, ranking_rule::strength_code strength) {
  table out(preferred.size(), std::vector<integer>(preferred.size()));
  const bool margins = strength == ranking_rule::strength_code::margins;
  for (std::size_t a = 0; a < preferred.size(); ++a) {
    for (std::size_t b = 0; b < preferred.size(); ++b) {
      if (preferred[a][b] > preferred[b][a]) {
        out[a][b] = margins ? integer(preferred[a][b] - preferred[b][a]) : preferred[a][b];
      }
    }
  }
  return out;
}

// The widest path between any two (Floyd and Warshall). The diagonal stays 0.
void strongest_paths(table& paths) {
  const std::size_t n = paths.size();
  for (std::size_t via = 0; via < n; ++via) {
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; a != via && b < n; ++b) {
        if (b != a && b != via) {
          paths[a][b] = std::max(paths[a][b], std::min(paths[a][via], paths[via][b]));
        }
      }
    }
  }
}

void show(step_kind kind, const table& rows, step_log& log) {
  for (std::uint32_t a = 0; a < rows.size(); ++a) {
    log.add(kind, {a}, std::vector<fraction>(rows[a].begin(), rows[a].end()));
  }
}

}  // namespace

std::vector<subject_list> schulze_groups(const ranking_question& asked, step_log& log) {
  const table preferred = preferences(asked);
  show(step_kind::preferred, preferred, log);
  table paths = links(preferred, asked.part.strength);
  strongest_paths(paths);
  show(step_kind::strongest_paths, paths, log);
  std::vector<subject_list> groups;
  subject_list left = asked.named;
  while (!left.empty()) {
    const auto unbeaten = [&](std::uint32_t a) {
      return std::none_of(left.begin(), left.end(),
                          [&](std::uint32_t b) { return paths[b][a] > paths[a][b]; });
    };
    subject_list first;
    subject_list others;
    for (const std::uint32_t a : left) {
      (unbeaten(a) ? first : others).push_back(a);
    }
    groups.push_back(std::move(first));
    left = std::move(others);
  }
  return groups;
}

}  // namespace sandoq::rules_detail
