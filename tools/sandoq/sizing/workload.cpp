#include "workload.hpp"

#include <algorithm>
#include <cmath>
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

double sums_of(const contest_entry& contest) {
  return static_cast<double>(sum_ciphertexts(contest));
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
    out += sums_of(contest) * static_cast<double>(below[scope] + above[scope]);
  }
  return out;
}

/// Answers to the requests for totals: of contests that have sums and that somebody voted in.
void count_answers(workload& out, const scenario& s) {
  std::set<contest_index> opened;
  for (const voter& v : s.voters) {
    const auto& contests = s.plan.styles[v.style.value()].contests;
    opened.insert(contests.begin(), contests.end());
  }
  for (const contest_index contest : opened) {
    const double sums = sums_of(s.plan.contests[contest.value()]);
    out.answers += sums > 0 ? out.signers : 0;
    out.answer_ciphertexts += out.signers * sums;
  }
}

void count_voters(workload& out, const scenario& s, const std::vector<ballot_load>& of_styles,
                  const std::vector<double>& style_bytes) {
  std::map<std::pair<node_index, device_index>, double> loads;
  for (const voter& v : s.voters) {
    const double made = v.habit == voter_habit::casts ? 1 : 2;
    const ballot_load& each = of_styles[v.style.value()];
    out.made += each * made;
    out.cast += each;
    if (v.habit == voter_habit::challenges) {
      out.challenged += each;
    }
    out.ballot_bytes += made * style_bytes[v.style.value()];
    double& load = loads[{v.branch, v.device}];
    if (load == 0) {
      out.first += each;
    }
    load += made;
  }
  out.busy_devices = static_cast<double>(loads.size());
  for (const auto& [device, load] : loads) {
    out.largest_device_share = std::max(out.largest_device_share, load / out.made.ballots);
  }
}

/// How many blocks a verifier makes of so many bytes of ballots: a mebibyte each, or less, so that
/// all its threads have some.
double blocks_of(double ballot_bytes, std::uint32_t threads) {
  constexpr double largest = 1 << 20;
  constexpr double smallest = 4 << 10;
  constexpr double blocks_a_thread = 8;
  const double each =
      threads == 1 ? largest
                   : std::clamp(ballot_bytes / (blocks_a_thread * threads), smallest, largest);
  return std::ceil(ballot_bytes / each);
}

/// The mixes, when each made-up voter stands for so many.
result<mix_load> count_mixes(const scenario& s, double scale) {
  std::vector<double> ballots(s.plan.contests.size(), 0);
  for (const voter& v : s.voters) {
    for (const contest_index contest : s.plan.styles[v.style.value()].contests) {
      ballots[contest.value()] += scale;
    }
  }
  std::vector<std::uint64_t> branches(s.plan.contests.size(), 0);
  for (const auto& given : s.plan.branch_styles) {
    std::set<contest_index> here;
    for (const style_index style : given) {
      const auto& contests = s.plan.styles[style.value()].contests;
      here.insert(contests.begin(), contests.end());
    }
    for (const contest_index contest : here) {
      ++branches[contest.value()];
    }
  }
  return mix_load_of(s.plan, ballots, branches);
}

/// Everything that does not hang on the voters.
void count_plan(workload& out, const scenario& s) {
  for (const auto& [branch, devices] : s.devices) {
    out.branches += 1;
    out.devices += devices;
  }
  for (const contest_entry& contest : s.plan.contests) {
    out.contests += 1;
    out.contest_ciphertexts += sums_of(contest);
    out.result_counts += static_cast<double>(count_places(contest));
  }
  for (const board_entry& board : s.plan.boards) {
    out.trustee_pairs += static_cast<double>(board.trustees.size() * board.trustees.size());
    out.signers += board.threshold;
  }
  out.device_signatures = out.devices * out.signers;
  out.slot_bases = slot_bases(s.plan);
  out.nodes = static_cast<double>(s.plan.nodes.size());
  out.manifest_bytes = static_cast<double>(s.plan.encode().size());
  out.node_ciphertexts = node_ciphertexts(s.plan);
}

/// Makes the voters who were made up stand for all.
void scale_up(workload& out, const scenario& s, double scale) {
  for (ballot_load* each : {&out.made, &out.challenged, &out.cast}) {
    *each *= scale;
  }
  out.ballot_bytes *= scale;
  if (scale <= 1) {
    return;
  }
  if (out.made.ballots > surely_busy * out.devices) {
    out.first *= out.devices / out.busy_devices;
    out.busy_devices = out.devices;
  }
  if (static_cast<double>(s.voters.size()) < surely_busy * out.devices) {
    // Where a sample leaves most devices empty, the fullest one says little.
    out.largest_device_share = std::min(out.largest_device_share, surely_busy / out.devices);
  }
}

}  // namespace

result<workload> workload_of(const scenario& s, std::uint64_t voters, std::uint32_t threads) {
  workload out;
  std::vector<double> style_bytes;
  for (std::uint32_t i = 0; i < s.plan.styles.size(); ++i) {
    const auto octets = ballot_record_bytes(s.plan, style_index{i});
    if (!octets) {
      return tl::unexpected(octets.error());
    }
    style_bytes.push_back(static_cast<double>(*octets));
  }
  const auto of_styles = loads_of_styles(s.plan);
  if (!of_styles) {
    return tl::unexpected(of_styles.error());
  }
  count_plan(out, s);
  count_voters(out, s, *of_styles, style_bytes);
  count_answers(out, s);
  if (s.voters.empty()) {
    return out;
  }
  const double scale = static_cast<double>(voters) / static_cast<double>(s.voters.size());
  scale_up(out, s, scale);
  out.verify_blocks = blocks_of(out.ballot_bytes, threads);
  auto mixes = count_mixes(s, scale);
  if (!mixes) {
    return tl::unexpected(std::move(mixes.error()));
  }
  out.mix = *mixes;
  return out;
}

result<workload> workload_of(const election_profile& profile, std::uint64_t voters,
                             std::uint32_t threads) {
  return workload_of(drill_scenario(profile, {voters, 1, sampled_voters}), voters, threads);
}

}  // namespace sandoq::tool
