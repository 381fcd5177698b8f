#include "lib/verify/mix_groups.hpp"

#include <string>
#include <utility>
#include <vector>

#include "sandoq/mixnet/mix_items.hpp"
#include "sandoq/threshold/opening_policy.hpp"

namespace sandoq {

namespace {

constexpr std::uint64_t min_ciphertexts = 2;
constexpr std::uint64_t max_ciphertexts = std::uint64_t{1} << 20U;

class groups_check {
 public:
  explicit groups_check(const verify_state& v) : v_(v), in_a_group_(v.election.contests.size()) {}

  // Empty if the next group is as it must be.
  std::string wrong_group(const mix_group& group) {
    if (group.group != ++groups_) {
      return "has another number than " + std::to_string(groups_);
    }
    if (group.contest.value() >= v_.grounds->contests()) {
      return "is of a contest that does not exist";
    }
    if (!v_.grounds->is_mixed(group.contest)) {
      return "is of a contest whose ballots are added up";
    }
    const auto place = std::pair(group.contest, group.places.front().node);
    if (groups_ > 1 && place <= last_) {
      return "groups must ascend by contest, and those of a contest by their first nodes";
    }
    last_ = place;
    std::vector<node_index> nodes;
    for (const mixed_place& p : group.places) {
      nodes.push_back(p.node);
    }
    if (const auto ok = check_places(*v_.grounds, group.contest, nodes); !ok) {
      return ok.reason();
    }
    if (std::string wrong = v_.sums.difference(group); !wrong.empty()) {
      return wrong;
    }
    if (std::string wrong = wrong_size(group); !wrong.empty()) {
      return wrong;
    }
    return twice_mixed(group, nodes);
  }

  // Empty if every ballot that must be mixed is in a group.
  std::string left_out() {
    for (std::uint32_t c = 0; c < in_a_group_.size(); ++c) {
      const contest_index contest(c);
      const auto& places = v_.grounds->places(contest);
      if (places.mixed_each == 0 || !v_.grounds->is_opened(contest)) {
        continue;
      }
      begin_contest(contest);
      for (std::size_t i = 0; i < places.branches.size(); ++i) {
        if (!in_a_group_[c][i]) {
          return "the ballots of contest " + std::to_string(c) + " in branch " +
                 std::to_string(places.branches[i].branch.value()) + " are in no group";
        }
      }
    }
    return {};
  }

 private:
  std::string wrong_size(const mix_group& group) const {
    // The ballots were counted one by one, and a ballot has at most 64 slots: no overflow.
    const std::uint64_t is = group.ballots * v_.grounds->places(group.contest).mixed_each;
    if (group.ciphertexts != is) {
      return "says N = " + std::to_string(group.ciphertexts) + ", its ballots have " +
             std::to_string(is) + " ciphertexts to be mixed";
    }
    if (is < min_ciphertexts || is > max_ciphertexts) {
      return "a list has 2 to 1,048,576 ciphertexts and not " + std::to_string(is);
    }
    return {};
  }

  void begin_contest(contest_index contest) {
    auto& flags = in_a_group_[contest.value()];
    flags.resize(v_.grounds->places(contest).branches.size());
  }

  // Each branch is marked once, so the cost of all groups together is that of the branches.
  std::string twice_mixed(const mix_group& group, const std::vector<node_index>& nodes) {
    begin_contest(group.contest);
    auto& flags = in_a_group_[group.contest.value()];
    for (const node_index node : nodes) {
      const auto range = v_.grounds->branches(group.contest, node);
      for (std::size_t i = range.first; i < range.last; ++i) {
        if (flags[i]) {
          return "ballots in or below node " + std::to_string(node.value()) +
                 " are in a group before it";
        }
        flags[i] = true;
      }
    }
    return {};
  }

  const verify_state& v_;
  std::uint32_t groups_ = 0;
  std::pair<contest_index, node_index> last_;
  std::vector<std::vector<bool>> in_a_group_;  // by contest: its branches with ballots
};

}  // namespace

void verify_mix_groups(verify_state& v) {
  groups_check groups(v);
  for (std::size_t i = 0; i < v.mix_groups.size(); ++i) {
    if (const std::string wrong = groups.wrong_group(v.mix_groups[i]); !wrong.empty()) {
      v.board.fail(check_id::mix_groups, "group " + std::to_string(i + 1), wrong);
      return;
    }
  }
  if (const std::string wrong = groups.left_out(); !wrong.empty()) {
    v.board.fail(check_id::mix_groups, "groups", wrong);
  }
}

}  // namespace sandoq
