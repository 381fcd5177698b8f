#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "drill_trustees.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/tally/contest_allocation.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/tally/settlement.hpp"
#include "sandoq/tally/ties.hpp"
#include "sum_count.hpp"

namespace sandoq::tool {

/// What decides the ties of a drill. In a real election the authority states the attributes, and
/// the beacon is a figure that the world makes.
struct tie_rules {
  /// "contest/option" -> one value an attribute of the contest; 0 for all that is not there.
  std::map<std::string, std::vector<std::uint32_t>> attributes;
  std::string beacon = "drill: no public value, this lot is for practice";
};

/// Reads "CONTEST/OPTION=V1,V2,...". \return bad_text or out_of_range, with the text.
[[nodiscard]] result<std::pair<std::string, std::vector<std::uint32_t>>> read_attribute_values(
    const std::string& text);

/// \return not_found or mismatch for values of an option or of attributes that the plan does not
/// have.
[[nodiscard]] result<void> check_tie_rules(const manifest& plan, const tie_rules& rules);

/// Adds what the drill's authority says of the options that open questions ask for, until none is
/// missing; not signed. \pre rules are checked                                         SPEC(75.4)
[[nodiscard]] result<void> add_drill_attributes(std::vector<tie_attributes>& known,
                                                const seat_questions& asked, const tie_rules& rules,
                                                const std::optional<digest32>& seed);

/// What settles an election, and who is elected by rules of their own.
struct settled_election {
  tie_items ties;
  std::vector<contest_allocation> allocations;
};

/// Resolves the ties of the results and of rules: attributes signed by the drill's authority, then
/// a lot. Nothing of both if there is no tie, or if some tie stays open because it needs a lot and
/// the manifest has no beacon.                                         SPEC(75.4) SPEC(75.6)
/// SPEC(75.7) \pre rules are checked; the trustees have committed to a lot if the manifest has a
/// beacon
[[nodiscard]] result<settled_election> settle_drill(const counted_election& counted,
                                                    const opened_election& opened,
                                                    std::span<const lot_commit> commits,
                                                    const tie_rules& rules,
                                                    drill_trustees& trustees,
                                                    random_source& random);

}  // namespace sandoq::tool
