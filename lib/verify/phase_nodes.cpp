// tally.nodes: the form of the published tree, whatever its sums are.         SPEC(70.4) SPEC(90.2)

#include <string>

#include "lib/verify/verify_state.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/record_reader.hpp"
#include "sandoq/tally/tally_node.hpp"

namespace sandoq {

namespace {

// Empty if the published node has the contests and widths of its place.
std::string wrong_form(const tally_node& node, const tally_shape& shape) {
  const auto expected = shape.at(node.node).contests.contests();
  if (node.subtotals.contests.size() != expected.size()) {
    return "has totals of " + std::to_string(node.subtotals.contests.size()) +
           " contests, not of " + std::to_string(expected.size());
  }
  for (std::size_t c = 0; c < expected.size(); ++c) {
    const wire_contest_total& total = node.subtotals.contests[c];
    if (total.contest != expected[c]) {
      return "has a total of contest " + std::to_string(total.contest.value()) + " where that of " +
             std::to_string(expected[c].value()) + " must stand";
    }
    if (total.sums.size() != shape.width(expected[c])) {
      return "contest " + std::to_string(total.contest.value()) + " has " +
             std::to_string(total.sums.size()) + " ciphertexts instead of " +
             std::to_string(shape.width(expected[c]));
    }
  }
  return {};
}

}  // namespace

void verify_nodes(verify_state& v) {
  if (!v.board.is_open(check_id::tally_nodes)) {
    return;
  }
  item_stream stream(v.reader, {listed_file_of(v.head, tally_file_name)});
  segment_item item;
  std::uint32_t expected = 0;
  while (true) {
    const auto more = stream.next(item);
    if (!more) {
      v.fail_reading(more.error());
      return;
    }
    if (!*more) {
      break;
    }
    const auto node = tally_node::decode(item.canonical);
    if (!node) {
      v.board.fail_within(check_id::record_files, stream.place(), node.error());
      return;
    }
    if (expected == v.shape->nodes() || node->node.value() != expected) {
      v.board.fail(check_id::tally_nodes, stream.place(),
                   "is of node " + std::to_string(node->node.value()) +
                       ", nodes stand in order, each once, and there are " +
                       std::to_string(v.shape->nodes()));
      return;
    }
    if (const std::string wrong = wrong_form(*node, *v.shape); !wrong.empty()) {
      v.board.fail(check_id::tally_nodes, stream.place(), wrong);
      return;
    }
    v.out.place_ballots.push_back(node->hi - node->lo);
    ++expected;
  }
  if (expected != v.shape->nodes()) {
    v.board.fail(check_id::tally_nodes, "tally.pb",
                 "ends after " + std::to_string(expected) + " of " +
                     std::to_string(v.shape->nodes()) + " nodes");
    return;
  }
  v.board.pass(check_id::tally_nodes);
}

}  // namespace sandoq
