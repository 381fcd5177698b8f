#include "estimate.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "tools/sandoq/strict_json.hpp"

namespace sandoq::tool {
namespace {

// Bytes of what is not a ballot (spec 52, 55, 70 and 80), to about a tenth: a signature with the
// number of who made it, and what an item holds beside signatures and elements.
constexpr double signature_bytes = 100;
constexpr double device_bytes = 190;  // opening and close
constexpr double node_bytes = 115;
constexpr double ciphertext_bytes = 64;
constexpr double factor_bytes = 32;  // of one answer of a trustee for one ciphertext
constexpr double contest_bytes = 300;
constexpr double answer_bytes = 280;
constexpr double count_bytes = 8;  // of one option in a result
constexpr double ceremony_pair_bytes = 260;

double device_record_bytes(const workload& work) {
  return device_bytes + 2 * work.signers * signature_bytes;
}

double record_bytes(const workload& work) {
  return work.manifest_bytes + work.trustee_pairs * ceremony_pair_bytes + work.ballot_bytes +
         work.devices * device_record_bytes(work) + work.nodes * node_bytes +
         work.node_ciphertexts * ciphertext_bytes +
         work.contest_ciphertexts * (ciphertext_bytes + factor_bytes * work.signers) +
         work.contests * (contest_bytes + work.signers * answer_bytes) +
         work.result_counts * count_bytes + work.mix.bytes;
}

std::uint64_t at_least(double n) {
  return static_cast<std::uint64_t>(std::max(1.0, std::ceil(n)));
}

double seconds_of(const size_estimate& e, work_phase phase) {
  return e.seconds[static_cast<std::size_t>(phase)];
}

}  // namespace

result<size_estimate> estimate_of(election_profile profile, std::uint64_t voters,
                                  machine_profile machine) {
  size_estimate out;
  auto work = workload_of(profile, voters, machine.threads);
  if (!work) {
    return tl::unexpected(std::move(work.error()));
  }
  out.work = *work;
  out.profile = std::move(profile);
  out.profile.voters = voters;
  out.machine = std::move(machine);
  for (std::size_t p = 0; p < work_phases; ++p) {
    out.seconds[p] = out.machine.seconds(static_cast<work_phase>(p), out.work);
  }
  const double voting = seconds_of(out, work_phase::voting);
  out.drill_voting_seconds =
      std::max(voting, voting * out.work.largest_device_share * out.machine.threads);
  out.seconds_a_ballot = voting / std::max(out.work.made.ballots, 1.0) * out.machine.threads;
  const double deadline = 60.0 * out.profile.deadline_minutes;
  out.booths_needed = std::max(at_least(static_cast<double>(voters) * out.profile.seconds_a_voter /
                                        (60.0 * out.profile.polling_minutes)),
                               static_cast<std::uint64_t>(out.work.branches));
  out.machines_tally = at_least(seconds_of(out, work_phase::tally) / deadline);
  out.machines_verify = at_least(seconds_of(out, work_phase::verify) / deadline);
  out.disk_bytes = record_bytes(out.work);
  out.branch_bytes = (out.work.ballot_bytes + out.work.devices * device_record_bytes(out.work)) /
                     std::max(out.work.branches, 1.0);
  for (const std::uint32_t speed : out.profile.links_kbit_s) {
    out.links.push_back({speed, out.branch_bytes * 8 / (1000.0 * speed)});
  }
  return out;
}

std::string estimate_json(const size_estimate& found) {
  json out;
  out["profile"] = found.profile.name;
  out["voters"] = found.profile.voters;
  out["machine"] = found.machine.name;
  out["threads"] = found.machine.threads;
  for (std::size_t p = 0; p < work_phases; ++p) {
    out["seconds"][std::string(name_of(static_cast<work_phase>(p)))] = found.seconds[p];
  }
  out["drill_voting_seconds"] = found.drill_voting_seconds;
  out["seconds_a_ballot"] = found.seconds_a_ballot;
  out["booths_needed"] = found.booths_needed;
  out["machines_tally"] = found.machines_tally;
  out["machines_verify"] = found.machines_verify;
  out["mixed_lists"] = found.work.mix.lists;
  out["disk_bytes"] = std::round(found.disk_bytes);
  out["branch_bytes"] = std::round(found.branch_bytes);
  for (const link_time& link : found.links) {
    out["links"].push_back({{"kbit_s", link.kbit_s}, {"seconds", link.seconds}});
  }
  return out.dump(2);
}

}  // namespace sandoq::tool
