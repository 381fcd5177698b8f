#pragma once

#include <span>
#include <vector>

#include "lib/rules/step_log.hpp"

namespace sandoq::rules_detail {

/// Who seats are given to: a list, the pool of independents, or one independent.      SPEC(76.9)
struct party {
  std::uint32_t subject = 0;
  bool independent = false;
  subject_list members;  ///< those who can be seated, in list order
  integer votes = 0;
  bool passing = true;
  std::uint32_t seats = 0;
};

/// The parties in order of their subjects' places in the specification.
[[nodiscard]] std::vector<party> parties_of(const proportional_rule& part,
                                            std::span<const party_list> lists,
                                            const counted_contest& counted);

/// Gives the seats of a contest to those parties that take part; the number that stays empty.
/// \param base  V' of the specification; \pre somebody takes part       SPEC(76.10) SPEC(76.11)
[[nodiscard]] std::uint32_t give_seats(const proportional_rule& part, std::vector<party*> taking,
                                       const integer& base, std::uint32_t seats, step_log& log);

}  // namespace sandoq::rules_detail
