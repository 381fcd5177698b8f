#include "drill_mix.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "progress.hpp"
#include "sandoq/mixnet/mixer_secret.hpp"
#include "sandoq/proofs/shuffle.hpp"
#include "sandoq/proofs/shuffle_prove.hpp"
#include "sandoq/proofs/shuffle_shape.hpp"
#include "sandoq/tally/group_plan.hpp"

namespace sandoq::tool {
namespace {

using group = ristretto255;

result<void> as_result(tl::expected<void, mix_failure> done) {
  if (!done) {
    return tl::unexpected(std::move(done.error().why));
  }
  return {};
}

/// What all groups of the drill share.
class mixing {
 public:
  mixing(const mix_election& election, std::size_t boards, const drill_trustees& trustees,
         executor& workers, random_source& random, progress_line& line)
      : election_(election),
        tables_(election.shuffles),
        boards_(boards),
        trustees_(trustees),
        workers_(workers),
        random_(random),
        line_(line) {}

  result<mixed_ballots> mix(const mix_subject& subject, bytes inputs) {
    auto begun = cascade::begin(election_, subject, std::move(inputs));
    if (!begun) {
      return tl::unexpected(std::move(begun.error()));
    }
    std::vector<mixed_stage> stages;
    for (std::uint32_t b = 0; b < boards_; ++b) {
      auto made = next_stage(*begun, board_index{b});
      if (!made) {
        return tl::unexpected(std::move(made.error()));
      }
      stages.push_back(std::move(*made));
    }
    auto list = std::move(*begun).finish();
    if (!list) {
      return tl::unexpected(std::move(list.error().why));
    }
    return mixed_ballots{subject.group, std::move(stages), std::move(*list)};
  }

 private:
  result<mixed_stage> next_stage(cascade& so_far, board_index board) {
    auto prepared = prepare_mix(tables_, so_far.shape().size(), so_far.shape().width(), random_);
    if (!prepared) {
      return tl::unexpected(std::move(prepared.error()));
    }
    auto made = sandoq::mix(tables_, so_far, trustees_.mixer(board), std::move(*prepared), random_,
                            workers_);
    if (!made) {
      return made;
    }
    line_.add(so_far.shape().size());
    auto good = as_result(so_far.take(made->item, made->outputs));
    good = good ? as_result(so_far.check_proof(workers_)) : std::move(good);
    if (!good) {
      return tl::unexpected(std::move(good.error()));
    }
    line_.add(so_far.shape().size());
    return made;
  }

  const mix_election& election_;
  shuffle_prover_tables<group> tables_;
  std::size_t boards_;
  const drill_trustees& trustees_;
  executor& workers_;
  random_source& random_;
  progress_line& line_;
};

/// Bases for the longest list. \return the error of a list that cannot be mixed
result<std::size_t> bases_needed(const counted_election& counted,
                                 const std::vector<mix_group>& groups) {
  std::size_t out = 1;
  for (const mix_group& each : groups) {
    const auto shape =
        shuffle_shape::of(each.ciphertexts, mixed_width(counted.election.terms(each.contest)));
    if (!shape) {
      return fail_within("group " + std::to_string(each.group), shape.error());
    }
    out = std::max(out, shape->bases());
  }
  return out;
}

}  // namespace

result<std::vector<mixed_ballots>> mix_groups(const counted_election& counted, mix_inputs& inputs,
                                              const drill_trustees& trustees, executor& workers,
                                              random_source& random) {
  auto groups = plan_groups(counted.plan, counted.grounds, counted.nodes);
  if (!groups) {
    return tl::unexpected(std::move(groups.error()));
  }
  std::vector<mixed_ballots> out;
  if (groups->empty()) {
    return out;
  }
  const auto bases = bases_needed(counted, *groups);
  if (!bases) {
    return tl::unexpected(bases.error());
  }
  const election_context& election = counted.election;
  const auto shuffles = shuffle_election<group>::make(
      election.e0(), election.e1(), election.domain(), election.joint_key(), *bases);
  if (!shuffles) {
    return tl::unexpected(shuffles.error());
  }
  const mix_election of{*shuffles, election.keys().boards(), counted.nodes.front().hash};
  const std::size_t boards = counted.plan.boards.size();
  std::uint64_t steps = 0;
  for (const mix_group& each : *groups) {
    steps += std::uint64_t{2} * boards * each.ciphertexts;
  }
  progress_line line("mixing", steps);
  mixing all(of, boards, trustees, workers, random, line);
  for (const mix_group& each : *groups) {
    const contest_terms& terms = election.terms(each.contest);
    std::vector<node_index> places;
    for (const mixed_place& place : each.places) {
      places.push_back(place.node);
    }
    auto mixed = all.mix({each, terms.id, mixed_width(terms)},
                         inputs.take_list(counted.grounds, each.contest, places));
    if (!mixed) {
      return fail_within("group " + std::to_string(each.group), std::move(mixed.error()));
    }
    out.push_back(std::move(*mixed));
  }
  return out;
}

}  // namespace sandoq::tool
