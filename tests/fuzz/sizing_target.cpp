// What sandoq size and drill --profile read that people wrote: profiles of elections, and what
// machines were measured to take.

#include <algorithm>
#include <cmath>

#include "tests/fuzz/round_trip.hpp"
#include "tools/sandoq/sizing/machine_profile.hpp"
#include "tools/sandoq/sizing/profile_scenario.hpp"

namespace sandoq::fuzzing {
namespace {

using tool::election_profile;
using tool::machine_profile;

std::string_view text_of(byte_view in) {
  return {reinterpret_cast<const char*>(in.data()), in.size()};
}

/// Of those that are not too large to be made at every input.
bool is_small(const election_profile& profile) {
  std::uint64_t parts = profile.everywhere.size();
  for (const tool::profile_contest& contest : profile.everywhere) {
    parts += contest.options;
  }
  for (const tool::profile_area& area : profile.areas) {
    parts += std::uint64_t{area.count} * (1 + area.contests.size()) + area.branches;
    for (const tool::profile_contest& contest : area.contests) {
      parts += contest.options;
    }
  }
  return parts <= 1000;
}

/// What the reader lets through is an election that can be held, and has the devices it says.
std::string broken_rule(const election_profile& profile) {
  if (!is_small(profile)) {
    return {};
  }
  const tool::scenario planned =
      tool::profile_scenario(profile, {std::min<std::uint64_t>(profile.voters, 20)});
  if (const auto good = planned.plan.check_rules(); !good) {
    return "its manifest breaks a rule: " + to_string(good.error());
  }
  if (const auto read = manifest::decode(planned.plan.encode()); !read) {
    return "its manifest cannot be read: " + to_string(read.error());
  }
  std::uint64_t wanted = 0;
  for (const tool::profile_area& area : profile.areas) {
    wanted += area.devices;
  }
  std::uint64_t held = 0;
  for (const auto& [branch, devices] : planned.devices) {
    held += devices;
  }
  return held == wanted ? "" : "its drill has another number of devices";
}

outcome profiles(byte_view in) {
  const auto read = tool::profiles_from_json(text_of(in));
  if (!read) {  // whoever reads a file puts its name in front
    return refused(fail_within("profile.json", read.error()).value());
  }
  for (const election_profile& profile : *read) {
    if (std::string broken = broken_rule(profile); !broken.empty()) {
      return {true, std::move(broken)};
    }
  }
  return {true, {}};
}

outcome machine(byte_view in) {
  const auto read = tool::machine_from_json(text_of(in));
  if (!read) {
    return refused(fail_within("machine.json", read.error()).value());
  }
  const auto again = tool::machine_from_json(tool::machine_to_json(*read));
  if (!again) {
    return {true, "its own JSON form is refused: " + to_string(again.error())};
  }
  bool same = again->name == read->name && again->threads == read->threads;
  for (std::size_t p = 0; p < tool::work_phases; ++p) {
    for (std::size_t t = 0; t < tool::max_terms; ++t) {
      const double cost = read->microseconds[p][t];
      same = same && std::abs(again->microseconds[p][t] - cost) <= 1e-4 + 1e-12 * cost;
    }
  }
  return {true, same ? "" : "its own JSON form is another machine"};
}

constexpr decoder sizing_decoders[] = {{"profiles", profiles}, {"machine", machine}};

}  // namespace

target sizing_target() {
  return {"sizing", sizing_decoders};
}

}  // namespace sandoq::fuzzing
