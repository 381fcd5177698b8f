#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "made_up.hpp"
#include "scenario.hpp"

namespace sandoq::tool {

/// Places whose voters are alike: how many of them there are, where they vote, what on.
struct electorate_area {
  std::uint32_t weight = 0;  ///< share of all voters, beside the weights of the other areas
  std::vector<node_index> branches;
  /// Styles, with the share of these voters who get them; the shares are added up to what they are
  /// parts of.
  std::vector<std::pair<style_index, std::uint32_t>> styles;
};

/// Adds a place to the tree. \return its index
node_index add_place(manifest& m, std::string id, node_level level, node_index parent,
                     label_list labels);

/// Adds so many branches below `parent`, ids "PARENT-1" and so on, where these styles are given.
[[nodiscard]] std::vector<node_index> add_branches(manifest& m, node_index parent,
                                                   std::uint32_t count,
                                                   const std::vector<style_index>& styles);

/// Adds a style. \return its index
style_index add_style(manifest& m, std::string id, std::vector<contest_index> contests);

/// Places and drill boards of an election, without contests.
[[nodiscard]] manifest empty_drill(const std::string& name, label_list title);

/// Opens branches of every area with devices: as many as its voters fill (some 400 each), at least
/// one, or all. Takes the others out of the tree, since every branch there must open. Then makes up
/// voters: where they vote, on what, and how. \pre the contests of the plan have their encodings
/// and rules
void hold_electorate(scenario& s, const std::vector<electorate_area>& areas,
                     const turnout& expected);

}  // namespace sandoq::tool
