#include "drill_mix.hpp"

#include <utility>

#include "mix_plan.hpp"
#include "sandoq/mixnet/mixer_secret.hpp"
#include "sandoq/proofs/shuffle_prove.hpp"

namespace sandoq::tool {
namespace {

/// What all groups of the drill share.
class mixing {
 public:
  mixing(const mix_plan& plan, std::uint32_t boards, const drill_trustees& trustees,
         executor& workers, random_source& random, stopwatch& watch)
      : tables_(plan.shuffles()),
        boards_(boards),
        trustees_(trustees),
        workers_(workers),
        random_(random),
        watch_(watch),
        line_("mixing", std::uint64_t{2} * boards * plan.ciphertexts()) {}

  result<mixed_ballots> mix(const mix_group& group, cascade begun) {
    std::vector<mixed_stage> stages;
    for (std::uint32_t b = 0; b < boards_; ++b) {
      auto made = next_stage(begun, board_index{b});
      if (!made) {
        return tl::unexpected(std::move(made.error()));
      }
      stages.push_back(std::move(*made));
    }
    auto list = std::move(begun).finish();
    if (!list) {
      return tl::unexpected(std::move(list.error().why));
    }
    return mixed_ballots{group, std::move(stages), std::move(*list)};
  }

 private:
  /// One board mixes, and the next one verifies what it did.
  result<mixed_stage> next_stage(cascade& so_far, board_index board) {
    const std::size_t taken = so_far.shape().size();
    watch_.begin(preparing_phase);
    auto prepared = prepare_mix(tables_, taken, so_far.shape().width(), random_);
    if (!prepared) {
      return tl::unexpected(std::move(prepared.error()));
    }
    watch_.begin(mixing_phase);
    auto made = sandoq::mix(tables_, so_far, trustees_.mixer(board), std::move(*prepared), random_,
                            workers_);
    if (!made) {
      return made;
    }
    line_.add(taken);
    if (auto good = so_far.take(made->item, made->outputs); !good) {
      return tl::unexpected(std::move(good.error().why));
    }
    if (auto good = so_far.check_proof(workers_); !good) {
      return tl::unexpected(std::move(good.error().why));
    }
    line_.add(taken);
    return made;
  }

  shuffle_prover_tables<ristretto255> tables_;
  std::uint32_t boards_;
  const drill_trustees& trustees_;
  executor& workers_;
  random_source& random_;
  stopwatch& watch_;
  progress_line line_;
};

}  // namespace

result<std::vector<mixed_ballots>> mix_groups(const counted_election& counted, mix_inputs& inputs,
                                              const drill_trustees& trustees, executor& workers,
                                              random_source& random, stopwatch& watch) {
  const auto plan = mix_plan::make(counted);
  if (!plan) {
    return tl::unexpected(plan.error());
  }
  std::vector<mixed_ballots> out;
  if (plan->groups().empty()) {
    return out;
  }
  watch.begin(preparing_phase);
  mixing all(*plan, static_cast<std::uint32_t>(counted.plan.boards.size()), trustees, workers,
             random, watch);
  for (const mix_group& each : plan->groups()) {
    auto begun = plan->begin(each, inputs);
    if (!begun) {
      return tl::unexpected(std::move(begun.error()));
    }
    auto mixed = all.mix(each, std::move(*begun));
    if (!mixed) {
      return fail_within(name_group(counted.plan, each), std::move(mixed.error()));
    }
    out.push_back(std::move(*mixed));
  }
  return out;
}

}  // namespace sandoq::tool
