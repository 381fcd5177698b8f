#pragma once

#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/threshold/opening_policy.hpp"

namespace sandoq {

/// Which sets of places to open, besides the total, so that a contest's results are known down to a
/// level and the opening policy holds. A place with at least the floor of ballots is opened alone;
/// smaller ones together with siblings, in node order, until they reach the floor; what then
/// remains joins the last such group, or the smallest sibling. Where ballots lie above the lowest
/// level wanted, or a joined place is divided further, so much stays closed that the residual
/// reaches the floor. Nothing is opened if the floor is 0 or above the total. SPEC(55.10) \param
/// lowest  the lowest level of which results are wanted \return sets in pre-order of their places,
/// none equal to the total or to each other; the same for the same input. Together with the total
/// they pass check_places and check_policy. \pre the grounds are of this manifest, the contest
/// exists. Cost: n log n for n places.
[[nodiscard]] std::vector<std::vector<node_index>> plan_subtotals(const manifest& source,
                                                                  const opening_grounds& grounds,
                                                                  contest_index contest,
                                                                  node_level lowest);

}  // namespace sandoq
