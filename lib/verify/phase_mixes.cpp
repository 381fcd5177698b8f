// mix.*: the groups from what was kept, the stages from one pass over the mix files.   SPEC(90.2)

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "lib/verify/mix_groups.hpp"
#include "lib/verify/mix_stream.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/mixnet/cascade.hpp"

namespace sandoq {

namespace {

constexpr std::string_view phase = "mixes";

class mixes_pass {
 public:
  mixes_pass(verify_state& v, const mix_election& election)
      : v_(v), election_(election), stream_(v) {
    for (const listed_file& file : mix_files_of(v.head)) {
      total_bytes_ += file.size_bytes;
    }
  }

  // Stages are followed while mix.stages can pass; proofs only while mix.proofs can.
  void run() {
    while (v_.board.is_open(check_id::mix_stages)) {
      const mix_stream::heading* const next = stream_.peek();
      v_.report(phase, stream_.read_bytes(), total_bytes_);
      if (next == nullptr) {
        end_group();
        return;
      }
      if (std::holds_alternative<mix_group>(*next)) {
        end_group();
        begin_group(std::get<mix_group>(*next));
        stream_.pass();
      } else if (std::holds_alternative<mix_stage>(*next)) {
        const mix_stage stage = std::get<mix_stage>(*next);
        stream_.pass();
        take(stage);
      } else {
        stream_.pass();  // factors are for opening.partials
      }
    }
  }

 private:
  void fail(const mix_failure& failure, const std::string& place) {
    const check_id check =
        check_of(failure.fault) == "mix.stages" ? check_id::mix_stages : check_id::mix_proofs;
    v_.board.fail_within(check, place, failure.why);
  }

  void begin_group(const mix_group& group) {
    std::vector<node_index> nodes;
    for (const mixed_place& place : group.places) {
      nodes.push_back(place.node);
    }
    auto list = v_.inputs->list_of(*v_.grounds, group.contest, nodes);
    if (!list) {
      v_.fail_reading(list.error());
      return;
    }
    auto begun = cascade::begin(election_,
                                {group, v_.election.contests[group.contest.value()].id,
                                 mixed_width(v_.terms[group.contest.value()])},
                                std::move(*list));
    if (!begun) {  // mix.groups has compared N with the ballots
      v_.board.fail(check_id::mix_stages, begun.error());
      return;
    }
    cascade_ = std::move(*begun);
  }

  void take(const mix_stage& stage) {
    const std::string place = stream_.place();
    const shuffle_shape& shape = cascade_->shape();
    auto outputs = stream_.read_list(shape.total() * shape.step());
    if (!outputs) {
      v_.board.fail_within(check_id::mix_stages, place, outputs.error());
      return;
    }
    if (const auto taken = cascade_->take(stage, std::move(*outputs)); !taken) {
      fail(taken.error(), place);
      return;
    }
    if (v_.board.is_open(check_id::mix_proofs)) {
      if (const auto proved = cascade_->check_proof(v_.workers); !proved) {
        fail(proved.error(), place);
      }
    }
  }

  void end_group() {
    if (!cascade_ || !v_.board.is_open(check_id::mix_stages)) {
      return;
    }
    auto list = std::move(*cascade_).finish();
    cascade_.reset();
    if (!list) {
      fail(list.error(), stream_.place());
      return;
    }
    v_.mixed.push_back({list->stages, list->shape, list->hash});
  }

  verify_state& v_;
  const mix_election& election_;
  mix_stream stream_;
  std::uint64_t total_bytes_ = 0;
  std::optional<cascade> cascade_;  // of the present group
};

// The bases that the longest list needs. \pre mix.groups has passed
std::size_t bases_for(const verify_state& v) {
  std::size_t bases = 0;
  for (const mix_group& group : v.mix_groups) {
    const auto shape =
        shuffle_shape::of(group.ciphertexts, mixed_width(v.terms[group.contest.value()]));
    bases = std::max(bases, shape ? shape->bases() : 0);
  }
  return bases;
}

void follow_stages(verify_state& v) {
  const auto shuffles = shuffle_election<ristretto255>::make(
      v.e0, v.e1(), v.domain(), v.context->proofs().joint_key(), bases_for(v));
  if (!shuffles) {
    v.board.fail(check_id::mix_stages, shuffles.error());
    return;
  }
  const mix_election election{*shuffles, v.boards, v.tally_root};
  mixes_pass(v, election).run();
}

}  // namespace

void verify_mixes(verify_state& v) {
  if (!v.board.is_open(check_id::mix_groups)) {
    return;
  }
  verify_mix_groups(v);
  if (v.board.is_open(check_id::mix_stages) && !v.mix_groups.empty()) {
    follow_stages(v);
  }
  v.inputs.reset();
  v.board.pass({check_id::mix_groups, check_id::mix_stages, check_id::mix_proofs});
}

}  // namespace sandoq
