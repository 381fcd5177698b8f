#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/ballot/manifest_words.hpp"
#include "sandoq/ballot/manifest.hpp"

namespace sandoq {
namespace {

using detail::counted;
using detail::ids_seen;
using detail::place_of;
using detail::repeated_id;

result<void> check_board(std::size_t number, const board_entry& board, ids_seen& trustee_ids) {
  const std::string place = place_of("board", number, board.id);
  const std::size_t n = board.trustees.size();
  if (board.threshold < 1 || board.threshold > n) {
    return fail(errc::out_of_range, place,
                "the threshold is " + std::to_string(board.threshold) + ", it must be 1 to " +
                    counted(n, "(the number of trustees)"));
  }
  if (board.threshold == 1 && n != 1) {
    return fail(errc::out_of_range, place,
                "a threshold of 1 is for a board with a single trustee; this one has " +
                    counted(n, "trustees, so it needs at least 2"));
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (!trustee_ids.insert(board.trustees[i].id).second) {
      return repeated_id(place + '/' + place_of("trustee", i + 1, board.trustees[i].id), "trustee");
    }
  }
  return {};
}

// Boards and trustees, but for their keys.                                             SPEC(50.3)
result<void> check_boards(const manifest& m) {
  ids_seen board_ids;
  ids_seen trustee_ids;
  for (std::size_t b = 0; b < m.boards.size(); ++b) {
    if (!board_ids.insert(m.boards[b].id).second) {
      return repeated_id(place_of("board", b, m.boards[b].id), "board");
    }
    if (auto ok = check_board(b, m.boards[b], trustee_ids); !ok) {
      return ok;
    }
  }
  return {};
}

// One node below the root: its parent must be the node before it or an ancestor of that one, which
// is what pre-order means. `path` holds the ancestors of the node before, itself last.
result<void> check_child(const manifest& m, std::size_t i, std::vector<std::uint32_t>& path) {
  const tree_node& node = m.nodes[i];
  const std::string place = place_of("node", i, node.id);
  const std::uint32_t parent = node.parent.value();
  if (parent >= i) {
    return fail(errc::bad_encoding, place,
                "its parent must stand before it, and only node 0 has none");
  }
  while (!path.empty() && path.back() != parent) {
    path.pop_back();
  }
  if (path.empty()) {
    return fail(
        errc::bad_encoding, place,
        "nodes must be listed depth-first: another subtree stands between it and its parent");
  }
  if (m.nodes[parent].level >= node.level) {
    return fail(errc::bad_encoding, place, "its level must be below that of its parent");
  }
  path.push_back(static_cast<std::uint32_t>(i));
  return {};
}

// The tree of places.                                                                  SPEC(50.4)
result<void> check_tree(const manifest& m) {
  ids_seen ids;
  std::vector<std::uint32_t> path;
  for (std::size_t i = 0; i < m.nodes.size(); ++i) {
    const tree_node& node = m.nodes[i];
    if (!ids.insert(node.id).second) {
      return repeated_id(place_of("node", i, node.id), "node");
    }
    if (node.level > node_level::branch) {
      return fail(errc::out_of_range, place_of("node", i, node.id),
                  "the level is 0 (nation) to 7 (branch)");
    }
    if (i == 0) {
      if (node.parent != no_parent) {
        return fail(errc::bad_encoding, place_of("node", i, node.id),
                    "node 0 is the root and has no parent (4294967295)");
      }
      path.push_back(0);
    } else if (auto ok = check_child(m, i, path); !ok) {
      return ok;
    }
    // In pre-order a node has children iff the next one names it as parent.
    const bool has_children = i + 1 < m.nodes.size() && m.nodes[i + 1].parent.value() == i;
    if (has_children == (node.level == node_level::branch)) {
      return fail(errc::bad_encoding, place_of("node", i, node.id),
                  has_children ? "a branch has no nodes below it"
                               : "a node without nodes below it must be a branch (level 7)");
    }
  }
  return {};
}

template <class Index>
result<void> check_ascending(const std::vector<Index>& list, std::size_t bound,
                             const std::string& place, std::string_view what) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].value() >= bound) {
      return fail(errc::out_of_range, place,
                  "names " + std::string(what) + ' ' + std::to_string(list[i].value()) + " of " +
                      std::to_string(bound));
    }
    if (i > 0 && list[i - 1] >= list[i]) {
      return fail(errc::bad_encoding, place,
                  "its list of " + std::string(what) + "s must be strictly ascending");
    }
  }
  return {};
}

// Where a style may be given: nodes first..last-1 lie below the scopes of all its contests.
struct node_range {
  std::size_t first = 0;
  std::size_t last = 0;
};

std::vector<std::size_t> subtree_ends(const manifest& m) {
  std::vector<std::size_t> end(m.nodes.size());
  for (std::size_t i = m.nodes.size(); i-- > 0;) {
    end[i] = std::max(end[i], i + 1);
    if (i > 0) {
      const std::size_t parent = m.nodes[i].parent.value();
      end[parent] = std::max(end[parent], end[i]);
    }
  }
  return end;
}

result<std::vector<node_range>> check_styles(const manifest& m) {
  const std::vector<std::size_t> ends = subtree_ends(m);
  std::vector<node_range> ranges;
  ids_seen ids;
  for (std::size_t i = 0; i < m.styles.size(); ++i) {
    const style_entry& style = m.styles[i];
    const std::string place = place_of("style", i, style.id);
    if (!ids.insert(style.id).second) {
      return repeated_id(place, "style");
    }
    if (auto ok = check_ascending(style.contests, m.contests.size(), place, "contest"); !ok) {
      return tl::unexpected<error>(std::move(ok.error()));
    }
    node_range range{0, m.nodes.size()};
    for (const contest_index contest : style.contests) {
      const std::size_t scope = m.contests[contest.value()].scope.value();
      range.first = std::max(range.first, scope);
      range.last = std::min(range.last, ends[scope]);
    }
    ranges.push_back(range);
  }
  return ranges;
}

result<void> check_given(const manifest& m, std::size_t branch, std::size_t ordinal,
                         const std::vector<node_range>& ranges) {
  const std::string place = place_of("branch", branch, m.nodes[branch].id);
  const std::vector<style_index>& given = m.branch_styles[ordinal];
  if (auto ok = check_ascending(given, m.styles.size(), place, "style"); !ok) {
    return ok;
  }
  for (const style_index style : given) {
    const node_range range = ranges[style.value()];
    if (branch < range.first || branch >= range.last) {
      return fail(errc::mismatch, place,
                  "style \"" + m.styles[style.value()].id +
                      "\" holds a contest whose scope is neither this branch nor above it");
    }
  }
  return {};
}

// Styles and where they are given.                                                     SPEC(50.7)
result<void> check_styles_and_branches(const manifest& m) {
  auto ranges = check_styles(m);
  if (!ranges) {
    return tl::unexpected<error>(std::move(ranges.error()));
  }
  std::size_t ordinal = 0;
  for (std::size_t i = 0; i < m.nodes.size(); ++i) {
    if (m.nodes[i].level != node_level::branch) {
      continue;
    }
    if (ordinal == m.branch_styles.size()) {
      return fail(errc::missing, place_of("branch", i, m.nodes[i].id),
                  "has no list of styles; there must be one for every branch, in node order");
    }
    if (auto ok = check_given(m, i, ordinal, *ranges); !ok) {
      return ok;
    }
    ++ordinal;
  }
  if (ordinal != m.branch_styles.size()) {
    return fail(errc::mismatch, "branch styles",
                "there are " + std::to_string(m.branch_styles.size()) + " lists of styles for " +
                    counted(ordinal, "branches"));
  }
  return {};
}

}  // namespace

result<void> manifest::check_rules() const {
  for (const auto check :
       {check_boards, check_tree, detail::check_contests, check_styles_and_branches}) {
    if (auto ok = check(*this); !ok) {
      return fail_within("manifest", std::move(ok.error()));
    }
  }
  return {};
}

}  // namespace sandoq
