#include "contest_json.hpp"
#include "manifest_json.hpp"
#include "manifest_words.hpp"

namespace sandoq::tool {
namespace {

using manifest_words::eligibility_names;
using manifest_words::level_names;

json board_to_json(const board_entry& board) {
  json trustees = json::array();
  for (const trustee_entry& trustee : board.trustees) {
    trustees.push_back({{"id", trustee.id},
                        {"labels", labels_to_json(trustee.labels)},
                        {"signing_key", to_hex(trustee.signing_key.octets)},
                        {"encryption_key", to_hex(trustee.encryption_key.octets)},
                        {"signing_proof", to_hex(trustee.signing_proof.octets)},
                        {"encryption_proof", to_hex(trustee.encryption_proof.octets)}});
  }
  return {{"id", board.id},
          {"labels", labels_to_json(board.labels)},
          {"threshold", board.threshold},
          {"trustees", trustees}};
}

/// Writes node `at` and all below it; `branch` counts the branches seen so far.
json node_to_json(const manifest& m, std::size_t& at, std::size_t& branch) {
  const std::size_t self = at++;
  const tree_node& node = m.nodes[self];
  json out{{"id", node.id},
           {"level", level_names[static_cast<std::size_t>(node.level)]},
           {"labels", labels_to_json(node.labels)}};
  if (node.level == node_level::branch) {
    out["styles"] = json::array();
    for (const style_index style : m.branch_styles[branch]) {
      out["styles"].push_back(m.styles[style.value()].id);
    }
    ++branch;
    return out;
  }
  out["children"] = json::array();
  while (at < m.nodes.size() &&
         m.nodes[at].parent == node_index{static_cast<std::uint32_t>(self)}) {
    out["children"].push_back(node_to_json(m, at, branch));
  }
  return out;
}

}  // namespace

std::string manifest_to_json(const manifest& m) {
  json boards = json::array();
  for (const board_entry& board : m.boards) {
    boards.push_back(board_to_json(board));
  }
  json contests = json::array();
  for (const contest_entry& contest : m.contests) {
    contests.push_back(contest_to_json(contest, m.nodes[contest.scope.value()].id));
  }
  json styles = json::array();
  for (const style_entry& style : m.styles) {
    json ids = json::array();
    for (const contest_index contest : style.contests) {
      ids.push_back(m.contests[contest.value()].id);
    }
    styles.push_back({{"id", style.id}, {"contests", ids}});
  }
  std::size_t at = 0;
  std::size_t branch = 0;
  json root{{"format", format_version},         {"suite", suite_name},
            {"domain", name_of(m.domain)},      {"election", m.election},
            {"title", labels_to_json(m.title)}, {"boards", boards}};
  if (m.authority) {
    root["authority"] = {{"id", m.authority->id},
                         {"labels", labels_to_json(m.authority->labels)},
                         {"signing_key", to_hex(m.authority->signing_key.octets)},
                         {"signing_proof", to_hex(m.authority->signing_proof.octets)}};
  }
  root["beacon"] = labels_to_json(m.beacon);
  root["eligibility"] = eligibility_names[static_cast<std::size_t>(m.eligibility)];
  root["tree"] = node_to_json(m, at, branch);
  root["contests"] = contests;
  root["styles"] = styles;
  return root.dump(2);
}

}  // namespace sandoq::tool
