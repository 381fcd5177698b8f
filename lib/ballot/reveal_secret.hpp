#pragma once

#include "sandoq/ballot/contest.hpp"
#include "sandoq/ballot/contest_ballot.hpp"
#include "sandoq/ballot/selection_secret.hpp"

namespace sandoq::detail {

/// What was marked, or ranked, as a challenge shows it: from here on it is public.     SPEC(52.1)
[[nodiscard]] revealed_choices reveal(const contest_terms& terms,
                                      const contest_selection& selection);

}  // namespace sandoq::detail
