#include "machine_profile.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "tools/sandoq/file_bytes.hpp"
#include "tools/sandoq/strict_json.hpp"

namespace sandoq::tool {
namespace {

constexpr std::string_view machine_format = "sandoq-machine-1";
constexpr std::size_t max_machine_file_bytes = std::size_t{1} << 16;
constexpr std::uint32_t max_machine_threads = 1024;
constexpr double max_microseconds = 1e12;

double read_cost(json_walk& walk, const json& value, const std::string& place) {
  const double cost = value.is_number() ? value.get<double>() : -1;
  if (!(cost >= 0 && cost <= max_microseconds)) {
    walk.wrong(place, "must be a number of microseconds, 0 or more", errc::out_of_range);
    return 0;
  }
  return cost;
}

void read_costs(json_walk& walk, machine_profile& out, const json& from) {
  std::set<std::string> phases;
  for (std::size_t p = 0; p < work_phases; ++p) {
    phases.insert(std::string(name_of(static_cast<work_phase>(p))));
  }
  if (!walk.members(from, "microseconds", phases)) {
    return;
  }
  for (std::size_t p = 0; p < work_phases; ++p) {
    const std::string phase(name_of(static_cast<work_phase>(p)));
    const std::string place = "microseconds." + phase;
    std::set<std::string> names;
    const auto terms = terms_of(static_cast<work_phase>(p));
    for (const cost_term& term : terms) {
      names.insert(std::string(term.name));
    }
    if (!walk.members(from[phase], place, names)) {
      return;
    }
    for (std::size_t t = 0; t < terms.size(); ++t) {
      const std::string name(terms[t].name);
      out.microseconds[p][t] = read_cost(walk, from[phase][name], json_walk::join(place, name));
    }
  }
}

}  // namespace

double machine_profile::seconds(work_phase phase, const workload& work) const {
  const auto& costs = microseconds[static_cast<std::size_t>(phase)];
  double total = 0;
  const auto terms = terms_of(phase);
  for (std::size_t t = 0; t < terms.size(); ++t) {
    total += costs[t] * terms[t].units(work);
  }
  return total / 1e6;
}

result<machine_profile> machine_from_json(std::string_view text) {
  auto root = parse_strictly(text);
  if (!root) {
    return tl::unexpected(std::move(root.error()));
  }
  machine_profile out;
  json_walk walk;
  if (walk.members(*root, "", {"format", "name", "threads", "microseconds"})) {
    if (walk.text((*root)["format"], "format") != machine_format) {
      walk.wrong("format", "must be \"" + std::string(machine_format) + "\"", errc::unsupported);
    }
    out.name = walk.text((*root)["name"], "name");
    out.threads = walk.number((*root)["threads"], "threads");
    if (out.threads == 0 || out.threads > max_machine_threads || out.name.size() > 256) {
      walk.wrong("threads", "must be 1 to 1024, and the name at most 256 bytes",
                 errc::out_of_range);
    }
    read_costs(walk, out, (*root)["microseconds"]);
  }
  if (walk.problem()) {
    return tl::unexpected(*walk.problem());
  }
  return out;
}

std::string machine_to_json(const machine_profile& machine) {
  json out;
  out["format"] = machine_format;
  out["name"] = machine.name;
  out["threads"] = machine.threads;
  for (std::size_t p = 0; p < work_phases; ++p) {
    json& phase = out["microseconds"][std::string(name_of(static_cast<work_phase>(p)))];
    const auto terms = terms_of(static_cast<work_phase>(p));
    for (std::size_t t = 0; t < terms.size(); ++t) {
      // Ten-thousandths: more digits than the measurement has, also for a byte.
      phase[std::string(terms[t].name)] = std::round(1e4 * machine.microseconds[p][t]) / 1e4;
    }
  }
  return out.dump(2) + "\n";
}

result<machine_profile> read_machine(const std::string& path) {
  const auto data = read_file(path, max_machine_file_bytes);
  if (!data) {
    return tl::unexpected(data.error());
  }
  auto out = machine_from_json({reinterpret_cast<const char*>(data->data()), data->size()});
  if (!out) {
    return fail_within(path, std::move(out.error()));
  }
  return out;
}

}  // namespace sandoq::tool
