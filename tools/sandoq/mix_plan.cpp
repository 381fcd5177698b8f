#include "mix_plan.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <utility>

#include "sandoq/proofs/shuffle_shape.hpp"
#include "sandoq/tally/group_plan.hpp"
#include "shown_text.hpp"

namespace sandoq::tool {
namespace {

/// Bases for the longest list. \return the error of a list that cannot be mixed
result<std::size_t> bases_needed(const counted_election& counted,
                                 std::span<const mix_group> groups) {
  std::size_t out = 1;
  for (const mix_group& each : groups) {
    const auto shape =
        shuffle_shape::of(each.ciphertexts, mixed_width(counted.election.terms(each.contest)));
    if (!shape) {
      return fail_within(name_group(counted.plan, each), shape.error());
    }
    out = std::max(out, shape->bases());
  }
  return out;
}

}  // namespace

std::string name_group(const manifest& plan, const mix_group& group) {
  return fmt::format("group {} ({})", group.group, shown(plan.contests[group.contest.value()].id));
}

result<mix_plan> mix_plan::make(const counted_election& counted) {
  auto groups = plan_groups(counted.plan, counted.grounds, counted.nodes);
  if (!groups) {
    return tl::unexpected(std::move(groups.error()));
  }
  mix_plan out(counted, std::move(*groups));
  if (out.groups_.empty()) {
    return out;
  }
  const auto bases = bases_needed(counted, out.groups_);
  if (!bases) {
    return tl::unexpected(bases.error());
  }
  const election_context& election = counted.election;
  auto shuffles = shuffle_election<ristretto255>::make(
      election.e0(), election.e1(), election.domain(), election.joint_key(), *bases);
  if (!shuffles) {
    return tl::unexpected(std::move(shuffles.error()));
  }
  out.shuffles_ = std::make_unique<const shuffle_election<ristretto255>>(std::move(*shuffles));
  out.election_ = std::make_unique<const mix_election>(
      mix_election{*out.shuffles_, election.keys().boards(), counted.nodes.front().hash});
  return out;
}

std::uint64_t mix_plan::ciphertexts() const noexcept {
  std::uint64_t out = 0;
  for (const mix_group& each : groups_) {
    out += each.ciphertexts;
  }
  return out;
}

result<cascade> mix_plan::begin(const mix_group& group, mix_inputs& inputs) const {
  const contest_terms& terms = counted_->election.terms(group.contest);
  std::vector<node_index> places;
  for (const mixed_place& place : group.places) {
    places.push_back(place.node);
  }
  auto list = inputs.list_of(counted_->grounds, group.contest, places);
  if (!list) {
    return tl::unexpected(std::move(list.error()));
  }
  auto begun = cascade::begin(*election_, {group, terms.id, mixed_width(terms)}, std::move(*list));
  if (!begun) {
    return fail_within(name_group(counted_->plan, group), std::move(begun.error()));
  }
  return begun;
}

}  // namespace sandoq::tool
