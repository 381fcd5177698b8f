#pragma once

#include <optional>
#include <span>

#include "drill_trustees.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sum_count.hpp"

namespace sandoq::tool {

/// Plays the night of the count: all trustees of a drill approve and answer every planned request,
/// for sums and for mixed lists, and the counts are put together. SPEC(55.7) SPEC(55.10)
/// SPEC(55.11)
[[nodiscard]] result<opened_election> open_all(const counted_election& counted,
                                               std::span<const mixed_ballots> mixed,
                                               std::optional<node_level> lowest,
                                               drill_trustees& trustees, executor& workers,
                                               random_source& random);

}  // namespace sandoq::tool
