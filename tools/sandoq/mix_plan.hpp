#pragma once

#include <memory>
#include <span>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/mixnet/cascade.hpp"
#include "sandoq/proofs/shuffle.hpp"
#include "sandoq/tally/mix_inputs.hpp"
#include "sum_count.hpp"

namespace sandoq::tool {

/// What is to be mixed of a count, and what every mixer needs for it. The same for everyone who has
/// the same tally.                                                          SPEC(60.1) SPEC(60.4)
class mix_plan {
 public:
  /// The groups that plan_groups() names. \pre counted outlives the plan
  /// \return what keeps a list from being mixed, with its group.
  [[nodiscard]] static result<mix_plan> make(const counted_election& counted);

  /// In their order; none if nothing is mixed.
  [[nodiscard]] std::span<const mix_group> groups() const noexcept { return groups_; }
  /// Ciphertexts of all groups together.
  [[nodiscard]] std::uint64_t ciphertexts() const noexcept;
  /// The bases of the longest list. \pre there is a group
  [[nodiscard]] const shuffle_election<ristretto255>& shuffles() const noexcept {
    return *shuffles_;
  }

  /// The cascade of one of these groups, with what goes in. It refers to this plan.
  /// \param inputs  of all cast ballots
  [[nodiscard]] result<cascade> begin(const mix_group& group, mix_inputs& inputs) const;

 private:
  mix_plan(const counted_election& counted, std::vector<mix_group> groups)
      : counted_(&counted), groups_(std::move(groups)) {}

  const counted_election* counted_;
  std::vector<mix_group> groups_;
  // Cascades refer to both, wherever the plan goes.
  std::unique_ptr<const shuffle_election<ristretto255>> shuffles_;
  std::unique_ptr<const mix_election> election_;
};

/// "group 3 (council)"
[[nodiscard]] std::string name_group(const manifest& plan, const mix_group& group);

}  // namespace sandoq::tool
