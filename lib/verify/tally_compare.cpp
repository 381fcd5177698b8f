#include "lib/verify/tally_compare.hpp"

#include <utility>

#include "sandoq/record/items.hpp"

namespace sandoq {

namespace {

std::string name_node(const verify_state& v, node_index node) {
  return "tally.pb node " + std::to_string(node.value()) + " \"" +
         v.election.nodes[node.value()].id + "\"";
}

// The first field in which a published node is not the computed one; empty if they agree.
std::string difference(const tally_node& published, const tally_node& computed) {
  if (published.lo != computed.lo || published.hi != computed.hi) {
    return "covers ballots " + std::to_string(published.lo) + " to " +
           std::to_string(published.hi) + ", there are " + std::to_string(computed.lo) + " to " +
           std::to_string(computed.hi);
  }
  for (std::size_t c = 0; c < computed.subtotals.contests.size(); ++c) {
    const wire_contest_total& said = published.subtotals.contests[c];
    const wire_contest_total& is = computed.subtotals.contests[c];
    const std::string contest = "contest " + std::to_string(is.contest.value());
    if (said.ballots != is.ballots) {
      return contest + " counts " + std::to_string(said.ballots) + " ballots, there are " +
             std::to_string(is.ballots);
    }
    if (said.sums != is.sums) {
      return contest + ": the encrypted sums are not those of the ballots";
    }
  }
  if (published.merkle_root != computed.merkle_root) {
    return "the Merkle root is not that of the ballots";
  }
  if (published.hash != computed.hash) {
    return "the hash is not that of the node";
  }
  return {};
}

}  // namespace

tally_compare::tally_compare(verify_state& v)
    : v_(v),
      context_{v.e1(), v.domain()},
      stream_(v.reader, {listed_file_of(v.head, tally_file_name)}),
      builder_(context_, *v.shape),
      grounds_(v.election) {}

// Reads published nodes until that of `node`; false if the file is no longer the one that was read.
bool tally_compare::read_down_to(node_index node) {
  while (open_.empty() || open_.back().node != node) {
    segment_item item;
    const auto more = stream_.next(item);
    if (!more) {
      v_.fail_reading(more.error());
      return false;
    }
    auto decoded = *more ? tally_node::decode(item.canonical)
                         : result<tally_node>(fail(errc::missing, "tally.pb", "has changed"));
    if (!decoded) {
      v_.board.fail(check_id::record_files, decoded.error());
      return false;
    }
    open_.push_back(std::move(*decoded));
  }
  return true;
}

void tally_compare::compare(check_id check, const tally_node& computed) {
  const tally_node published = std::move(open_.back());
  open_.pop_back();
  if (!v_.board.is_open(check)) {
    return;
  }
  if (const std::string wrong = difference(published, computed); !wrong.empty()) {
    v_.board.fail(check, name_node(v_, computed.node), wrong);
    return;
  }
  v_.sums.note(published);
  if (published.node == node_index(0)) {
    v_.tally_root = published.hash;
  }
  if (v_.shape->at(published.node).is_branch) {
    grounds_.add_branch(published);
  }
}

void tally_compare::finish_branch(sum_record branch) {
  const node_index node = branch.node();
  const auto finished = builder_.add_branch(std::move(branch));
  if (!finished) {  // only if branches came in another order than journal.order allows
    v_.board.fail(check_id::tally_branches, finished.error());
    return;
  }
  if (!read_down_to(node)) {
    return;
  }
  check_id check = check_id::tally_branches;
  for (const tally_node& computed : *finished) {
    compare(check, computed);
    check = check_id::tally_tree;
  }
}

void tally_compare::finish() {
  if (!v_.board.is_open(check_id::tally_tree)) {
    return;
  }
  const std::uint64_t counted = builder_.position();
  if (counted != v_.closed_cast_ballots) {
    v_.board.fail(check_id::tally_tree, "tally.pb node 0",
                  "covers " + std::to_string(counted) + " ballots, the closings count " +
                      std::to_string(v_.closed_cast_ballots));
  } else if (counted != v_.head.cast_ballots) {
    v_.board.fail(check_id::tally_tree, "head",
                  "says " + std::to_string(v_.head.cast_ballots) + " cast ballots, there are " +
                      std::to_string(counted));
  } else {
    v_.grounds.emplace(std::move(grounds_).finish());
  }
}

}  // namespace sandoq
