#pragma once

#include <cstdint>
#include <vector>

#include "lib/rules/methods.hpp"

namespace sandoq::rules_detail {

/// So many ballots with the same ranking, as it counts: no empty rank, nobody twice. SPEC(76.14)
struct ranking_count {
  std::vector<subject_list> ranks;
  integer count;
};

/// What the rankings of a contest come to.
struct ranking_question {
  const ranking_rule& part;
  std::vector<ranking_count> rankings;
  std::uint32_t options = 0;
  subject_list named;  ///< options that some ranking holds, ascending
};

/// IRV and STV: who is elected, in order.                                             SPEC(76.15)
[[nodiscard]] subject_list count_papers(const ranking_question& asked, std::uint32_t seats,
                                        step_log& log);

/// Groups of options, the unbeaten first.                                             SPEC(76.16)
[[nodiscard]] std::vector<subject_list> schulze_groups(const ranking_question& asked,
                                                       step_log& log);

/// Groups of options with equal points, most first; nobody without points.            SPEC(76.17)
[[nodiscard]] std::vector<subject_list> borda_groups(const ranking_question& asked, step_log& log);

}  // namespace sandoq::rules_detail
