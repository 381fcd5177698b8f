#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/mixnet/mix_items.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/threshold/opening_policy.hpp"

namespace sandoq {

/// The longest list that is mixed at once.                                             SPEC(60.1)
inline constexpr std::uint64_t max_mixed_ciphertexts = std::uint64_t{1} << 20U;

/// The groups of an election, as boards may choose them: every mixed contest with at least two
/// ciphertexts has one group of its whole scope, or, where that would be more than
/// `longest` ciphertexts, as few groups of branches that stand together as can be, about equally
/// long, each of at least the floor's ballots and at most max_places branches. Numbered from 1 in
/// the order of 60.1; the same for the same input.                          SPEC(60.1) SPEC(85.8)
/// \param nodes    of the whole verified tally, in node order
/// \param longest  2 to max_mixed_ciphertexts
/// \return too_large if one branch alone has more than `longest` ciphertexts of a contest;
/// out_of_range if a contest must be divided and no division keeps its floor, both with the
/// contest. \pre the grounds are of this manifest and tally. Cost: of a contest that is divided,
/// its branches times those of a group. SPEC(55.10)
[[nodiscard]] result<std::vector<mix_group>> plan_groups(
    const manifest& source, const opening_grounds& grounds, std::span<const tally_node> nodes,
    std::uint64_t longest = max_mixed_ciphertexts);

}  // namespace sandoq
