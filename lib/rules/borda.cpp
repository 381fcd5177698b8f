#include <algorithm>

#include "lib/rules/ranking.hpp"

namespace sandoq::rules_detail {
namespace {

using points_code = ranking_rule::points_code;

// Twice the points of every option: halves come from equals alone.
std::vector<integer> doubled_points(const ranking_question& asked) {
  std::vector<integer> out(asked.options);
  const points_code code = asked.part.points;
  for (const ranking_count& ranking : asked.rankings) {
    std::vector<bool> placed(asked.options, false);
    std::size_t ranked = 0;
    for (const subject_list& rank : ranking.ranks) {
      ranked += rank.size();
    }
    std::size_t below = code == points_code::ranked_only ? ranked : asked.options;
    for (const subject_list& rank : ranking.ranks) {
      below -= rank.size();
      const std::size_t bonus = code == points_code::ranked_only ? 2 : 0;
      for (const std::uint32_t option : rank) {
        out[option] += ranking.count * (2 * below + (rank.size() - 1) + bonus);
        placed[option] = true;
      }
    }
    for (std::uint32_t option = 0; code == points_code::averaged && option < asked.options;
         ++option) {
      if (!placed[option]) {
        out[option] += ranking.count * (asked.options - ranked - 1);
      }
    }
  }
  return out;
}

}  // namespace

std::vector<subject_list> borda_groups(const ranking_question& asked, step_log& log) {
  const std::vector<integer> doubled = doubled_points(asked);
  subject_list all;
  std::vector<fraction> points;
  for (std::uint32_t option = 0; option < asked.options; ++option) {
    all.push_back(option);
    points.push_back(ratio(doubled[option], 2));
  }
  log.add(step_kind::points, all, points);
  subject_list standing;
  std::copy_if(asked.named.begin(), asked.named.end(), std::back_inserter(standing),
               [&](std::uint32_t option) { return doubled[option] > 0; });
  return groups_by(standing,
                   [&](std::uint32_t option) -> const integer& { return doubled[option]; });
}

}  // namespace sandoq::rules_detail
