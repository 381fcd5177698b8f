#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "drill_trustees.hpp"
#include "sandoq/ballot/device_secret.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "scenario.hpp"

namespace sandoq::tool {

/// What one device brings home in the evening.
struct device_journal {
  /// Opening, ballots and resolutions, close; or what the boards made of it.
  std::vector<journal_entry> items;
  std::vector<accepted_token> tokens;  ///< that were used up by cast ballots
};

/// The voters of one device, in the order in which they come.
struct device_queue {
  device_place place;
  std::vector<const voter*> voters;
  std::optional<mishap> befell{};
};

/// Every device of the scenario with its voters, in record order: also those nobody comes to.
[[nodiscard]] std::vector<device_queue> queues_of(const scenario& s);

/// Serials a device needs: one a ballot, and one more for each that is challenged or spoiled; at
/// least 1.
[[nodiscard]] std::uint32_t serials_needed(const device_queue& queue);

/// Where the polling day of a drill happens. Shared by all devices; safe for several threads.
struct polling_day {
  const election_context& election;
  const ballot_prover& prover;
  const drill_trustees& trustees;
  random_source& random;
};

/// Opens a device with both boards, serves its voters, and closes it, or lets happen to it what is
/// to.
[[nodiscard]] result<device_journal> serve(const polling_day& day, const device_queue& queue);

}  // namespace sandoq::tool
