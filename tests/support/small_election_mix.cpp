// The mix of small_election: groups as the scenario says, mixed by the first trustee of each board.

#include <algorithm>
#include <utility>

#include "sandoq/ballot/roster.hpp"
#include "sandoq/mixnet/mixer_secret.hpp"
#include "sandoq/proofs/shuffle_prove.hpp"
#include "tests/support/must.hpp"
#include "tests/support/small_election.hpp"

namespace sandoq::testing {

namespace {

using G = ristretto255;

bool is_below(const manifest& m, node_index node, const std::vector<node_index>& places) {
  for (node_index at = node; at != no_parent; at = m.nodes[at.value()].parent) {
    if (std::find(places.begin(), places.end(), at) != places.end()) {
      return true;
    }
  }
  return false;
}

// Of a ballot, by 60.1: its slots, or all of a packed choice.
std::size_t mixed_pairs(const contest_terms& terms) {
  return is_packed(terms.encoding) ? terms.ciphertexts() : terms.limits.max_choices;
}

}  // namespace

std::size_t width_of(const contest_terms& terms) {
  return is_packed(terms.encoding) ? terms.ciphertexts() : 1;
}

bytes small_election::inputs_of(const planned_opening& group) const {
  const std::size_t pairs = mixed_pairs(context_->terms(group.contest));
  bytes out;
  for (const journal_draft& journal : draft.journals) {
    const node_index branch(journal.opening.place.branch.value());
    if (journal.exclusion || !is_below(draft.election, branch, group.nodes)) {
      continue;
    }
    for (const ballot_draft& b : journal.ballots) {
      const auto contests = context_->index().contests_of(b.ballot.style);
      const auto at = std::find(contests.begin(), contests.end(), group.contest);
      if (at == contests.end() || !std::holds_alternative<cast_item>(b.resolution)) {
        continue;
      }
      const auto& mine = b.ballot.contests[static_cast<std::size_t>(at - contests.begin())];
      for (std::size_t i = 0; i < pairs; ++i) {
        const wire_ciphertext& pair = mine.ciphertexts[i];
        out.insert(out.end(), pair.alpha.octets.begin(), pair.alpha.octets.end());
        out.insert(out.end(), pair.beta.octets.begin(), pair.beta.octets.end());
      }
    }
  }
  return out;
}

void small_election::mix_ballots() {
  if (plan_.groups.empty()) {
    return;
  }
  constexpr std::size_t bases = 64;  // of lists of so many ciphertexts
  const roster keys = must(roster::decode(draft.election));
  const auto shuffles = must(shuffle_election<G>::make(draft.e0, context_->e1(), context_->domain(),
                                                       context_->joint_key(), bases));
  const mix_election election{shuffles, keys.boards(), draft.nodes.at(0).hash};
  for (const planned_opening& group : plan_.groups) {
    mix(group, election);
  }
}

// A stage that a test has spoilt ends the cascade: an honest mixer goes on from no other.
void small_election::mix(const planned_opening& group, const mix_election& election) {
  const contest_terms& terms = context_->terms(group.contest);
  mixed_draft& mixed = draft.mixed.emplace_back();
  bytes inputs = inputs_of(group);
  mixed.group.group = static_cast<std::uint32_t>(draft.mixed.size());
  mixed.group.contest = group.contest;
  for (const node_index node : group.nodes) {
    mixed.group.places.push_back({node, draft.nodes.at(node.value()).hash});
    for (const auto& total : draft.nodes.at(node.value()).subtotals.contests) {
      mixed.group.ballots += total.contest == group.contest ? total.ballots : 0;
    }
  }
  mixed.group.ciphertexts = static_cast<std::uint32_t>(inputs.size() / (64 * width_of(terms)));
  at(stage::mix_group);
  cascade done =
      must(cascade::begin(election, {mixed.group, terms.id, width_of(terms)}, std::move(inputs)));
  const shuffle_prover_tables<G> tables(election.shuffles);
  for (std::uint32_t b = 0; b < plan_.boards.size(); ++b) {
    const trustee_index mixer = who_.of(board_index(b)).front();
    mixed.stages.push_back(must(
        sandoq::mix(tables, done, {board_index(b), mixer, secrets(b, mixer.value()).signing()},
                    must(prepare_mix(tables, done.shape().size(), done.shape().width(), random_)),
                    random_, *workers_)));
    at(stage::mix_stage);
    const mixed_stage& made = mixed.stages.back();
    if (!done.take(made.item, made.outputs) || !done.check_proof(*workers_)) {
      return;
    }
  }
}

void small_election::sign_again(mixed_stage& stage) {
  const auto& terms = context_->terms(draft.mixed.back().group.contest);
  stage.item.list = shuffle_list_hash(stage.outputs.size() / (64 * width_of(terms)), stage.outputs);
  stage.item.signature =
      sign_as(stage.item.board.value(), stage.item.trustee.value(),
              {"mix", context_->domain(), context_->e1(), stage.item.signed_digest()});
}

}  // namespace sandoq::testing
