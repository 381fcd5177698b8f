#include <vector>

#include "report_html_parts.hpp"

namespace sandoq::tool::report_parts {
namespace {

/// As many levels of the tree are shown as fit into this many rows; the topmost always is.
constexpr std::size_t most_rows = 400;

struct tree_measure {
  std::vector<std::uint32_t> depth;     ///< of each node
  std::vector<std::uint64_t> branches;  ///< under each node, itself if it is one
  std::vector<std::size_t> at_depth;    ///< how many nodes
};

tree_measure measure(const std::vector<tree_node>& nodes) {
  tree_measure out;
  out.branches.assign(nodes.size(), 0);
  for (const tree_node& node : nodes) {
    const std::uint32_t depth = node.parent == no_parent ? 0 : out.depth[node.parent.value()] + 1;
    out.depth.push_back(depth);
    out.at_depth.resize(std::max<std::size_t>(out.at_depth.size(), depth + 1), 0);
    ++out.at_depth[depth];
  }
  // Pre-order: what is below stands behind.
  for (std::size_t i = nodes.size(); i-- > 0;) {
    out.branches[i] += nodes[i].level == node_level::branch ? 1U : 0U;
    if (nodes[i].parent != no_parent) {
      out.branches[nodes[i].parent.value()] += out.branches[i];
    }
  }
  return out;
}

std::uint32_t deepest_shown(const tree_measure& tree) {
  std::size_t rows = 0;
  std::uint32_t depth = 0;
  while (depth < tree.at_depth.size() && rows + tree.at_depth[depth] <= most_rows) {
    rows += tree.at_depth[depth++];
  }
  return depth - 1;  // the root is always one row
}

std::string row(const page& p, std::size_t i, const tree_measure& tree) {
  const tree_node& node = p.found.election->nodes[i];
  const std::uint64_t ballots = p.found.place_ballots[i];
  return fmt::format(
      "<tr><th scope=\"row\"><span class=\"line\"><span class=\"name\" style=\"--depth:{}\">{}"
      "</span>{}</span></th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
      tree.depth[i], name_and_id(p, node.labels, node.id),
      bar(ballots, p.found.place_ballots.front()), p.number(ballots),
      p.words.levels[static_cast<std::size_t>(node.level)],
      node.level == node_level::branch ? std::string() : p.number(tree.branches[i]));
}

}  // namespace

std::string places(const page& p) {
  const std::vector<tree_node>& nodes = p.found.election->nodes;
  const tree_measure tree = measure(nodes);
  const std::uint32_t deepest = deepest_shown(tree);
  std::string out = fmt::format(
      "<section><h2>{0}</h2>\n<p class=\"note\">{1}</p>\n"
      "<table class=\"places\"><caption>{0}</caption><thead><tr><th scope=\"col\">{2}</th>"
      "<th scope=\"col\">{3}</th><th scope=\"col\">{4}</th><th scope=\"col\">{5}</th></tr></thead>"
      "<tbody>\n",
      p.words.places,
      p.found.subtotals.empty() && p.found.groups.empty() ? p.words.places_note
                                                          : p.words.places_note_opened,
      p.words.place, p.words.ballots, p.words.level, p.words.branches);
  std::uint64_t hidden = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (tree.depth[i] > deepest) {
      ++hidden;
    } else {
      out += row(p, i, tree);
    }
  }
  out += "</tbody></table>\n";
  if (hidden > 0) {
    out += fmt::format("<p class=\"note\">{}</p>\n",
                       fmt::format(fmt::runtime(p.words.more_places), p.number(hidden)));
  }
  return out + "</section>\n";
}

}  // namespace sandoq::tool::report_parts
