#include "electorate.hpp"

#include <algorithm>
#include <map>
#include <set>

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

/// Those branches of an area that open for so many of its voters.
std::vector<node_index> open_branches(const electorate_area& area, std::uint64_t voters, bool all) {
  const std::uint64_t wanted =
      all ? area.branches.size() : (voters + voters_a_branch - 1) / voters_a_branch;
  const std::size_t open = std::clamp<std::uint64_t>(wanted, 1, area.branches.size());
  std::vector<node_index> out;
  for (std::size_t i = 0; i < open; ++i) {
    out.push_back(area.branches[i * area.branches.size() / open]);
  }
  return out;
}

/// Takes all branches that do not open out of the tree, since each that stands there has a journal
/// (90.2). \return where the nodes that are left stand now
std::map<node_index, node_index> keep_only(manifest& m,
                                           const std::vector<std::vector<node_index>>& open) {
  std::set<node_index> kept;
  for (const auto& branches : open) {
    kept.insert(branches.begin(), branches.end());
  }
  std::map<node_index, node_index> moved;
  std::vector<tree_node> nodes;
  std::vector<std::vector<style_index>> styles;
  for (std::uint32_t n = 0, branch = 0; n < m.nodes.size(); ++n) {
    const bool is_branch = m.nodes[n].level == node_level::branch;
    if (!is_branch || kept.contains(node_index{n})) {
      moved[node_index{n}] = node_index{static_cast<std::uint32_t>(nodes.size())};
      nodes.push_back(std::move(m.nodes[n]));
      if (nodes.back().parent != no_parent) {
        nodes.back().parent = moved.at(nodes.back().parent);
      }
      if (is_branch) {
        styles.push_back(std::move(m.branch_styles[branch]));
      }
    }
    branch += is_branch ? 1 : 0;
  }
  for (contest_entry& contest : m.contests) {
    contest.scope = moved.at(contest.scope);
  }
  m.nodes = std::move(nodes);
  m.branch_styles = std::move(styles);
  return moved;
}

/// The branches of every area that open, as they stand in the tree, with devices.
std::vector<std::vector<node_index>> open_polls(scenario& s,
                                                const std::vector<electorate_area>& areas,
                                                const turnout& expected) {
  std::uint64_t total = 0;
  for (const electorate_area& area : areas) {
    total += area.weight;
  }
  std::vector<std::vector<node_index>> open;
  for (const electorate_area& area : areas) {
    open.push_back(
        open_branches(area, expected.voters * area.weight / total, expected.all_branches));
    s.closed_branches += area.branches.size() - open.back().size();
  }
  const auto moved = keep_only(s.plan, open);
  for (std::size_t a = 0; a < areas.size(); ++a) {
    const std::uint64_t each = expected.voters * areas[a].weight / (total * open[a].size());
    for (node_index& branch : open[a]) {
      branch = moved.at(branch);
      s.devices.emplace(branch, devices_for(each, 1));
    }
  }
  return open;
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

void hold_electorate(scenario& s, const std::vector<electorate_area>& areas,
                     const turnout& expected) {
  const auto open = open_polls(s, areas, expected);
  dice d(expected.seed);
  s.voters.reserve(expected.made_up());
  for (std::uint64_t i = 0; i < expected.made_up(); ++i) {
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
      v.struck.push_back(std::move(made.struck));
    }
    v.habit = draw_habit(d);
    s.voters.push_back(std::move(v));
  }
}

}  // namespace sandoq::tool
