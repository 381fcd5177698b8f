#include "sandoq/tally/group_plan.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "lib/tally/list_division.hpp"

namespace sandoq {
namespace {

constexpr std::uint64_t fewest_ciphertexts = 2;

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
      mix_group whole = begin(contest);
      add_place(whole, places.scope, ballots);
      out_.push_back(std::move(whole));
      return {};
    }
    const std::uint64_t most = longest_ / places.mixed_each;
    if (auto ok = check_branches(contest, most); !ok) {
      return ok;
    }
    // A floor of 0 permits no part at all.
    const std::uint64_t least = std::max<std::uint64_t>(
        places.floor, places.mixed_each < fewest_ciphertexts ? fewest_ciphertexts : 1);
    const auto begins = places.floor == 0
                            ? std::nullopt
                            : detail::divide(places.branches, {least, most, mix_group::max_places});
    if (!begins) {
      return fail(errc::out_of_range, name_of(contest),
                  "its " + std::to_string(ballots) + " ballots are more than the " +
                      std::to_string(most) +
                      " that one list takes, and no division of its branches keeps the floor (" +
                      std::to_string(places.floor) + "; 0 permits no part at all)");
    }
    for (std::size_t i = 0; i < begins->size(); ++i) {
      const std::size_t end = i + 1 < begins->size() ? (*begins)[i + 1] : places.branches.size();
      put(contest, std::span(places.branches).subspan((*begins)[i], end - (*begins)[i]));
    }
    return {};
  }

  [[nodiscard]] std::vector<mix_group> take() && { return std::move(out_); }

 private:
  [[nodiscard]] std::string name_of(contest_index contest) const {
    return "contest \"" + source_.contests[contest.value()].id + '"';
  }

  [[nodiscard]] result<void> check_branches(contest_index contest, std::uint64_t most) const {
    for (const branch_ballots& each : grounds_.places(contest).branches) {
      if (each.ballots > most) {
        return fail(errc::too_large, name_of(contest),
                    "branch \"" + source_.nodes[each.branch.value()].id + "\" alone has " +
                        std::to_string(each.ballots) + " ballots, a list takes " +
                        std::to_string(most));
      }
    }
    return {};
  }

  void put(contest_index contest, std::span<const branch_ballots> part) {
    mix_group group = begin(contest);
    for (const branch_ballots& each : part) {
      add_place(group, each.branch, each.ballots);
    }
    out_.push_back(std::move(group));
  }

  [[nodiscard]] mix_group begin(contest_index contest) const {
    mix_group group;
    group.group = static_cast<std::uint32_t>(out_.size() + 1);
    group.contest = contest;
    return group;
  }

  void add_place(mix_group& group, node_index node, std::uint64_t ballots) const {
    group.places.push_back({node, nodes_[node.value()].hash});
    group.ballots += ballots;
    group.ciphertexts =
        static_cast<std::uint32_t>(group.ballots * grounds_.places(group.contest).mixed_each);
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
