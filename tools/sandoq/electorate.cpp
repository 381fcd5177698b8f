#include "electorate.hpp"

#include <algorithm>

namespace sandoq::tool {
namespace {

/// Tehran's stations of 2021 had 412 ballots each.
constexpr std::uint64_t voters_a_branch = 400;
constexpr std::uint32_t challenged_of_1000 = 20;
constexpr std::uint32_t spoiled_of_1000 = 10;

/// Position of a weighted draw.
template <class Items, class Weight>
std::size_t draw(dice& d, const Items& items, const Weight& weight) {
  std::uint32_t total = 0;
  for (const auto& item : items) {
    total += weight(item);
  }
  std::uint32_t at = d.below(total);
  std::size_t i = 0;
  while (at >= weight(items[i])) {
    at -= weight(items[i++]);
  }
  return i;
}

/// Those branches of an area that open.
std::vector<node_index> open_branches(scenario& s, const electorate_area& area,
                                      std::uint64_t voters) {
  const std::uint64_t wanted = (voters + voters_a_branch - 1) / voters_a_branch;
  const std::size_t open = std::clamp<std::uint64_t>(wanted, 1, area.branches.size());
  std::vector<node_index> out;
  for (std::size_t i = 0; i < open; ++i) {
    out.push_back(area.branches[i * area.branches.size() / open]);
    s.devices.emplace(out.back(), devices_for(voters / open, 1));
  }
  return out;
}

voter_habit draw_habit(dice& d) {
  const std::uint32_t mood = d.below(1000);
  return mood < challenged_of_1000                     ? voter_habit::challenges
         : mood < challenged_of_1000 + spoiled_of_1000 ? voter_habit::spoils
                                                       : voter_habit::casts;
}

}  // namespace

node_index add_place(manifest& m, std::string id, node_level level, node_index parent,
                     label_list labels) {
  const node_index here{static_cast<std::uint32_t>(m.nodes.size())};
  m.nodes.push_back({std::move(id), level, parent, std::move(labels)});
  return here;
}

std::vector<node_index> add_branches(manifest& m, node_index parent, std::uint32_t count,
                                     const std::vector<style_index>& styles) {
  std::vector<node_index> out;
  for (std::uint32_t b = 1; b <= count; ++b) {
    out.push_back(add_place(m, m.nodes[parent.value()].id + "-" + std::to_string(b),
                            node_level::branch, parent,
                            both("Branch " + std::to_string(b), "شعبهٔ " + persian_digits(b))));
    m.branch_styles.push_back(styles);
  }
  return out;
}

style_index add_style(manifest& m, std::string id, std::vector<contest_index> contests) {
  const style_index here{static_cast<std::uint32_t>(m.styles.size())};
  m.styles.push_back({std::move(id), std::move(contests)});
  return here;
}

manifest empty_drill(const std::string& name, label_list title) {
  manifest m;
  m.domain = election_domain::drill;
  m.election = "drill/" + name;
  m.title = std::move(title);
  m.boards = drill_boards();
  m.beacon = drill_beacon();
  return m;
}

void hold_electorate(scenario& s, const std::vector<electorate_area>& areas, std::uint64_t voters,
                     std::uint64_t seed) {
  std::uint64_t total = 0;
  for (const electorate_area& area : areas) {
    total += area.weight;
  }
  std::vector<std::vector<node_index>> open;
  for (const electorate_area& area : areas) {
    open.push_back(open_branches(s, area, voters * area.weight / total));
  }
  dice d(seed);
  s.voters.reserve(voters);
  for (std::uint64_t i = 0; i < voters; ++i) {
    const std::size_t at = draw(d, areas, [](const auto& area) { return area.weight; });
    voter v;
    v.branch = open[at][d.below(static_cast<std::uint32_t>(open[at].size()))];
    v.device = device_index{1 + d.below(s.devices.at(v.branch))};
    const auto& styles = areas[at].styles;
    v.style = styles[draw(d, styles, [](const auto& share) { return share.second; })].first;
    for (const contest_index contest : s.plan.styles[v.style.value()].contests) {
      listed_choice made = choose_by_law(d, s.plan.contests[contest.value()]);
      v.choices.push_back(std::move(made.options));
      v.lists.push_back(made.list);
    }
    v.habit = draw_habit(d);
    s.voters.push_back(std::move(v));
  }
}

}  // namespace sandoq::tool
