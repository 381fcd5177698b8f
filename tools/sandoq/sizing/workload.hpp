#pragma once

#include <cstdint>

#include "ballot_load.hpp"
#include "election_profile.hpp"
#include "mix_load.hpp"
#include "sandoq/core/result.hpp"
#include "tools/sandoq/scenario.hpp"

namespace sandoq::tool {

/// How much there is to do in an election, counted: what costs are multiplied with. Numbers of
/// ballots and what hangs on them are those of a sample, scaled, so they are fractions.
struct workload {
  ballot_load made;        ///< encrypted: cast, challenged, spoiled
  ballot_load challenged;  ///< of them those that are opened by a challenge
  ballot_load cast;        ///< those that count
  ballot_load first;       ///< one of each busy device
  mix_load mix;
  double devices = 0;       ///< all of them
  double busy_devices = 0;  ///< those to which voters come
  double branches = 0;
  double node_ciphertexts = 0;  ///< in the sums of all places
  double contests = 0;
  double contest_ciphertexts = 0;  ///< in the totals of all contests
  double result_counts = 0;        ///< in the results of all contests
  double slot_bases = 0;           ///< of the largest proof of slots
  double device_signatures = 0;    ///< boards' signatures under openings, as many under closes
  double answers = 0;              ///< of trustees, to the request for the total of each contest
  double answer_ciphertexts = 0;   ///< in them
  double trustee_pairs = 0;        ///< n_b^2 over all boards: messages of a ceremony
  double ballot_bytes = 0;         ///< of ballots and what became of them, on disk
  double manifest_bytes = 0;
  double verify_blocks = 0;         ///< of the ballot files, which a verifier takes one by one
  double nodes = 0;                 ///< of the tree of places
  double signers = 0;               ///< thresholds of all boards together: who signs and answers
  double largest_device_share = 0;  ///< of all ballots, on one device
};

/// Counts what a scenario has to do. \param voters  how many there are; the scenario's may be
/// a sample of them. \param threads  of the machine that verifies
/// \pre the plan keeps the rules of the manifest
[[nodiscard]] result<workload> workload_of(const scenario& s, std::uint64_t voters,
                                           std::uint32_t threads = 1);

/// The workload of a drill of the profile: exact up to 20,000 voters, beyond that scaled up from so
/// many.
[[nodiscard]] result<workload> workload_of(const election_profile& profile, std::uint64_t voters,
                                           std::uint32_t threads = 1);

}  // namespace sandoq::tool
