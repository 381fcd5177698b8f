#include "sandoq/tally/group_plan.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace sandoq {
namespace {

constexpr std::uint64_t fewest_ciphertexts = 2;

/// Branches of one contest that stand together.
struct stretch {
  std::vector<node_index> branches;
  std::uint64_t ballots = 0;
};

std::uint64_t quotient_up(std::uint64_t a, std::uint64_t b) {
  return (a + b - 1) / b;
}

/// As few stretches as can be, each of at most `most` ballots, about equally long.
std::vector<stretch> divide(std::span<const branch_ballots> branches, std::uint64_t most) {
  std::uint64_t all = 0;
  for (const branch_ballots& branch : branches) {
    all += branch.ballots;
  }
  const std::uint64_t parts =
      std::max(quotient_up(all, most), quotient_up(branches.size(), mix_group::max_places));
  const std::uint64_t goal = quotient_up(all, parts);
  std::vector<stretch> out;
  for (const branch_ballots& branch : branches) {
    if (out.empty() || out.back().ballots >= goal || out.back().ballots + branch.ballots > most ||
        out.back().branches.size() == mix_group::max_places) {
      out.emplace_back();
    }
    out.back().branches.push_back(branch.branch);
    out.back().ballots += branch.ballots;
  }
  return out;
}

class group_planner {
 public:
  group_planner(const manifest& source, const opening_grounds& grounds,
                std::span<const tally_node> nodes, std::uint64_t longest)
      : source_(source), grounds_(grounds), nodes_(nodes), longest_(longest) {}

  result<void> add(contest_index contest) {
    const contest_places& places = grounds_.places(contest);
    const std::uint64_t ballots = grounds_.ballots(contest, places.scope);
    if (places.mixed_each == 0 || ballots * places.mixed_each < fewest_ciphertexts) {
      return {};
    }
    if (ballots * places.mixed_each <= longest_) {
      put(contest, {{places.scope}, ballots});
      return {};
    }
    const std::uint64_t most = longest_ / places.mixed_each;
    std::vector<stretch> parts = divide(places.branches, most);
    if (auto ok = check(contest, parts, most); !ok) {
      return ok;
    }
    for (stretch& part : parts) {
      put(contest, std::move(part));
    }
    return {};
  }

  [[nodiscard]] std::vector<mix_group> take() && { return std::move(out_); }

 private:
  [[nodiscard]] result<void> check(contest_index contest, std::span<const stretch> parts,
                                   std::uint64_t most) const {
    const contest_places& places = grounds_.places(contest);
    const std::string place = "contest \"" + source_.contests[contest.value()].id + '"';
    for (const stretch& part : parts) {
      if (part.ballots > most) {
        return fail(errc::too_large, place,
                    "branch \"" + source_.nodes[part.branches.front().value()].id +
                        "\" alone has " + std::to_string(part.ballots) + " ballots, a list takes " +
                        std::to_string(most));
      }
      if (places.floor == 0 || part.ballots < places.floor ||
          part.ballots * places.mixed_each < fewest_ciphertexts) {
        return fail(errc::out_of_range, place,
                    "its ballots are more than one list takes, and a part of " +
                        std::to_string(part.ballots) + " is below the floor (" +
                        std::to_string(places.floor) + "; 0 permits no part at all)");
      }
    }
    return {};
  }

  void put(contest_index contest, stretch part) {
    mix_group group;
    group.group = static_cast<std::uint32_t>(out_.size() + 1);
    group.contest = contest;
    for (const node_index node : part.branches) {
      group.places.push_back({node, nodes_[node.value()].hash});
    }
    group.ballots = part.ballots;
    group.ciphertexts =
        static_cast<std::uint32_t>(part.ballots * grounds_.places(contest).mixed_each);
    out_.push_back(std::move(group));
  }

  const manifest& source_;
  const opening_grounds& grounds_;
  std::span<const tally_node> nodes_;
  std::uint64_t longest_;
  std::vector<mix_group> out_;
};

}  // namespace

result<std::vector<mix_group>> plan_groups(const manifest& source, const opening_grounds& grounds,
                                           std::span<const tally_node> nodes,
                                           std::uint64_t longest) {
  group_planner plan(source, grounds, nodes, longest);
  for (std::uint32_t c = 0; c < grounds.contests(); ++c) {
    if (auto done = plan.add(contest_index(c)); !done) {
      return tl::unexpected<error>(std::move(done.error()));
    }
  }
  return std::move(plan).take();
}

}  // namespace sandoq
