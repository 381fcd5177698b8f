#pragma once

#include <span>

#include "lib/rules/step_log.hpp"

namespace sandoq::rules_detail {

/// Do the votes reach the threshold? \param total  of all options or parties         SPEC(76.3)
[[nodiscard]] bool passes(const threshold_rule& threshold, const integer& votes,
                          const counted_contest& counted, const integer& total,
                          std::uint32_t seats);

/// Ids of options from subjects that are options.
[[nodiscard]] std::vector<option_index> to_options(const subject_list& subjects);

// What each method adds to the outcome; the transcript goes to the log.
void fill_by_plurality(const plurality_rule& part, const counted_contest& counted,
                       places_to_fill places, step_log& log, allocation& out);
void fill_by_lists(const proportional_rule& part, std::span<const party_list> lists,
                   const counted_contest& counted, places_to_fill places, step_log& log,
                   allocation& out);
void fill_by_rankings(const ranking_rule& part, const counted_contest& counted,
                      places_to_fill places, step_log& log, allocation& out);

}  // namespace sandoq::rules_detail
