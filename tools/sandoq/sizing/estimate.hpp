#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "election_profile.hpp"
#include "machine_profile.hpp"
#include "tools/sandoq/language.hpp"
#include "workload.hpp"

namespace sandoq::tool {

/// How long a link needs for what one branch sends in the evening.
struct link_time {
  std::uint32_t kbit_s = 0;
  double seconds = 0;
};

/// What an election needs of machines of one kind. Times are seconds of one machine; a phase that
/// several machines share takes as many times less.
struct size_estimate {
  election_profile profile;  ///< with the number of voters that was asked for
  machine_profile machine;
  workload work;
  std::array<double, work_phases> seconds{};
  double drill_voting_seconds = 0;   ///< where one device's ballots wait for each other
  double seconds_a_ballot = 0;       ///< in a booth, one thread: from choices to proof
  std::uint64_t booths_needed = 0;   ///< so that everybody votes while the polls are open
  std::uint64_t machines_tally = 0;  ///< so that the phase is done within the deadline
  std::uint64_t machines_verify = 0;
  double disk_bytes = 0;    ///< the record
  double branch_bytes = 0;  ///< what one branch sends
  std::vector<link_time> links;
};

/// The estimate: every cost times its number. Errors: those of workload_of.
[[nodiscard]] result<size_estimate> estimate_of(election_profile profile, std::uint64_t voters,
                                                machine_profile machine);

/// As lines of text.
[[nodiscard]] std::string estimate_text(const size_estimate& found, language in);
/// As one JSON object.
[[nodiscard]] std::string estimate_json(const size_estimate& found);
/// As one HTML file in both languages, with bars; no script, nothing from elsewhere.
[[nodiscard]] std::string estimate_page(const size_estimate& found, language first,
                                        std::string_view version);

}  // namespace sandoq::tool
