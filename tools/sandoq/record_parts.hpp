#pragma once

#include <span>
#include <vector>

#include "sandoq/core/result.hpp"
#include "sandoq/record/record_writer.hpp"
#include "sandoq/tally/contest_allocation.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/tally/ties.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "sum_count.hpp"

/// \file
/// The sections of a record that are written in one go, each in the order of 80.1.
namespace sandoq::tool {

/// All attempts of the key ceremony and what came of them.
[[nodiscard]] result<void> put_ceremony(record_writer& writer,
                                        std::span<const ceremony_items> attempts,
                                        const election_key& published);

/// All places of the tree, in node order.
[[nodiscard]] result<void> put_tally(record_writer& writer, std::span<const tally_node> nodes);

/// Every group: its stages with their lists, and the factors of the answers to its request.
/// \param lists  of the groups, in the same order                                     SPEC(60.2)
[[nodiscard]] result<void> put_mix(record_writer& writer, std::span<const mixed_ballots> mixed,
                                   std::span<const opened_list> lists);

/// Commitments to a lot, before anything else is opened.
[[nodiscard]] result<void> put_lot_commits(record_writer& writer,
                                           std::span<const lot_commit> commits);

/// Requests with their answers, results, subtotals, what broke ties, and what rules made of it all.
[[nodiscard]] result<void> put_opening(record_writer& writer, const opened_election& opened,
                                       const tie_items& ties,
                                       std::span<const contest_allocation> allocations = {});

}  // namespace sandoq::tool
