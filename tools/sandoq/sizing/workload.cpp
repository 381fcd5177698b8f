#include "workload.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "profile_scenario.hpp"
#include "sandoq/ballot/ballot_size.hpp"

namespace sandoq::tool {
namespace {

/// Voters that are made up to see how ballots spread; a larger electorate is taken to be as many
/// times this one.
constexpr std::uint64_t sampled_voters = 20'000;
/// Ballots a device above which nobody's absence from a sample means anything.
constexpr double surely_busy = 8;

double ciphertexts_of(const contest_entry& contest) {
  return static_cast<double>(contest.options.size()) +
         (contest.blank == blank_option::counted ? 1 : 0);
}

double ciphertexts_of(const manifest& m, style_index style) {
  double out = 0;
  for (const contest_index contest : m.styles[style.value()].contests) {
    out += ciphertexts_of(m.contests[contest.value()]);
  }
  return out;
}

/// A place has a sum for every contest that is held in it, above it or below it.
double node_ciphertexts(const manifest& m) {
  std::vector<std::uint64_t> below(m.nodes.size(), 1);  // with itself
  std::vector<std::uint64_t> above(m.nodes.size(), 0);
  for (std::size_t n = m.nodes.size(); n-- > 1;) {
    below[m.nodes[n].parent.value()] += below[n];
  }
  for (std::size_t n = 1; n < m.nodes.size(); ++n) {
    above[n] = above[m.nodes[n].parent.value()] + 1;
  }
  double out = 0;
  for (const contest_entry& contest : m.contests) {
    const std::size_t scope = contest.scope.value();
    out += ciphertexts_of(contest) * static_cast<double>(below[scope] + above[scope]);
  }
  return out;
}

/// Answers to the requests for totals: of contests that somebody voted in.
void count_answers(workload& out, const scenario& s) {
  std::set<contest_index> opened;
  for (const voter& v : s.voters) {
    const auto& contests = s.plan.styles[v.style.value()].contests;
    opened.insert(contests.begin(), contests.end());
  }
  for (const contest_index contest : opened) {
    out.answers += out.signers;
    out.answer_ciphertexts += out.signers * ciphertexts_of(s.plan.contests[contest.value()]);
  }
}

void count_voters(workload& out, const scenario& s, const std::vector<double>& style_bytes) {
  std::map<std::pair<node_index, device_index>, double> loads;
  for (const voter& v : s.voters) {
    const double made = v.habit == voter_habit::casts ? 1 : 2;
    const auto contests = static_cast<double>(s.plan.styles[v.style.value()].contests.size());
    const double each = ciphertexts_of(s.plan, v.style);
    out.ballots += made;
    out.ballot_contests += made * contests;
    out.ciphertexts += made * each;
    out.challenged_ciphertexts += v.habit == voter_habit::challenges ? each : 0;
    out.cast += 1;
    out.cast_contests += contests;
    out.cast_ciphertexts += each;
    out.ballot_bytes += made * style_bytes[v.style.value()];
    double& load = loads[{v.branch, v.device}];
    if (load == 0) {
      out.busy_ciphertexts += each;
    }
    load += made;
  }
  out.busy_devices = static_cast<double>(loads.size());
  for (const auto& [device, load] : loads) {
    out.largest_device_share = std::max(out.largest_device_share, load / out.ballots);
  }
}

}  // namespace

result<workload> workload_of(const scenario& s, std::uint64_t voters) {
  workload out;
  std::vector<double> style_bytes;
  for (std::uint32_t i = 0; i < s.plan.styles.size(); ++i) {
    const auto octets = ballot_record_bytes(s.plan, style_index{i});
    if (!octets) {
      return tl::unexpected(octets.error());
    }
    style_bytes.push_back(static_cast<double>(*octets));
  }
  for (const auto& [branch, devices] : s.devices) {
    out.branches += 1;
    out.devices += devices;
  }
  for (const contest_entry& contest : s.plan.contests) {
    out.contests += 1;
    out.contest_ciphertexts += ciphertexts_of(contest);
  }
  for (const board_entry& board : s.plan.boards) {
    out.trustee_pairs += static_cast<double>(board.trustees.size() * board.trustees.size());
    out.signers += board.threshold;
  }
  out.device_signatures = out.devices * out.signers;
  out.nodes = static_cast<double>(s.plan.nodes.size());
  out.manifest_bytes = static_cast<double>(s.plan.encode().size());
  out.node_ciphertexts = node_ciphertexts(s.plan);
  count_voters(out, s, style_bytes);
  count_answers(out, s);
  if (s.voters.empty()) {
    return out;
  }
  const double scale = static_cast<double>(voters) / static_cast<double>(s.voters.size());
  for (double* each :
       {&out.ballots, &out.ballot_contests, &out.ciphertexts, &out.challenged_ciphertexts,
        &out.cast, &out.cast_contests, &out.cast_ciphertexts, &out.ballot_bytes}) {
    *each *= scale;
  }
  if (scale > 1) {
    if (out.ballots > surely_busy * out.devices) {
      out.busy_ciphertexts *= out.devices / out.busy_devices;
      out.busy_devices = out.devices;
    }
    if (static_cast<double>(s.voters.size()) < surely_busy * out.devices) {
      // Where a sample leaves most devices empty, the fullest one says little.
      out.largest_device_share = std::min(out.largest_device_share, surely_busy / out.devices);
    }
  }
  return out;
}

result<workload> workload_of(const election_profile& profile, std::uint64_t voters) {
  return workload_of(drill_scenario(profile, voters, 1, sampled_voters), voters);
}

}  // namespace sandoq::tool
