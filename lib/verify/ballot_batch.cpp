#include "lib/verify/ballot_batch.hpp"

#include <algorithm>
#include <utility>

#include "sandoq/ballot/challenge.hpp"
#include "sandoq/proofs/bit_vector.hpp"

namespace sandoq {

namespace {

// Elements of a ballot: its ciphertexts, and six in each proof.
std::size_t points_of(const ballot_item& ballot) {
  std::size_t points = 0;
  for (const contest_ballot& contest : ballot.contests) {
    points += 2 * contest.ciphertexts.size() + 6;
  }
  return points;
}

// ballot.elements of one ballot.                                              SPEC(10.3) SPEC(52.5)
result<void> check_ballot_elements(const ballot_item& ballot) {
  for (std::size_t c = 0; c < ballot.contests.size(); ++c) {
    const std::string contest = "contest " + std::to_string(c);
    const auto ciphertexts = decode_ciphertexts(ballot.contests[c].ciphertexts);
    if (!ciphertexts) {
      return fail_within(contest, ciphertexts.error());
    }
    for (std::size_t i = 0; i < ballot.contests[c].ciphertexts.size(); ++i) {
      if (ristretto255::is_identity((*ciphertexts)[2 * i])) {
        return fail(errc::identity_element, contest + "/ciphertext " + std::to_string(i) + "/alpha",
                    "is the identity");
      }
    }
    if (const auto proof = decode(ballot.contests[c].proof); !proof) {
      return fail_within(contest, proof.error());
    }
  }
  return {};
}

}  // namespace

ballot_batch::ballot_batch(verify_state& v, tally_compare* tally) : v_(v), tally_(tally) {}

void ballot_batch::add(ballot_item ballot, ballot_end end) {
  const std::size_t threads = v_.workers.concurrency();
  points_ += points_of(ballot);
  ballots_.push_back(std::move(ballot));
  ends_.push_back(std::move(end));
  if (ballots_.size() >= threads * ballot_verifier::max_batch_ballots ||
      points_ >= threads * ballot_verifier::max_batch_elements) {
    flush();
  }
}

void ballot_batch::end_branch(node_index branch) {
  branch_ends_.push_back({ballots_.size(), branch});
}

void ballot_batch::flush() {
  if (v_.board.is_open(check_id::ballot_proof)) {
    check_proofs();
  } else if (v_.board.is_open(check_id::ballot_elements)) {
    check_elements();
  }
  check_challenges();
  add_up();
  ballots_.clear();
  ends_.clear();
  outcomes_.clear();
  branch_ends_.clear();
  points_ = 0;
}

void ballot_batch::check_proofs() {
  outcomes_ = ballot_verifier(*v_.context).verify(ballots_, v_.workers);
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    if (outcomes_[i]) {
      continue;
    }
    const rejected_ballot& rejected = outcomes_[i].error();
    check_id check = check_id::ballot_proof;
    switch (rejected.fault) {
      case ballot_fault::form:
        check = check_id::ballot_form;
        break;
      case ballot_fault::elements:
        check = check_id::ballot_elements;
        break;
      case ballot_fault::proof:
        break;
    }
    v_.board.fail_within(check, ends_[i].place, rejected.why);
  }
}

void ballot_batch::check_elements() {
  std::vector<result<void>> outcomes(ballots_.size());
  v_.workers.parallel_for(ballots_.size(), [&](std::size_t i) noexcept {
    outcomes[i] = check_ballot_elements(ballots_[i]);
  });
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (!outcomes[i]) {
      v_.board.fail_within(check_id::ballot_elements, ends_[i].place, outcomes[i].error());
    }
  }
}

void ballot_batch::check_challenges() {
  if (!v_.board.is_open(check_id::ballot_challenge)) {
    return;
  }
  std::vector<std::size_t> challenged;
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    if (ends_[i].challenge) {
      challenged.push_back(i);
    }
  }
  std::vector<std::string> reasons(challenged.size());
  v_.workers.parallel_for(challenged.size(), [&](std::size_t k) noexcept {
    const ballot_end& end = ends_[challenged[k]];
    const auto outcome =
        verify_challenge(*v_.context, *end.opening, ballots_[challenged[k]], *end.challenge);
    if (!outcome) {
      reasons[k] = outcome.reason();
    }
  });
  for (std::size_t k = 0; k < challenged.size(); ++k) {
    if (!reasons[k].empty()) {
      v_.board.fail(check_id::ballot_challenge, ends_[challenged[k]].place, reasons[k]);
    }
  }
}

// Adds cast ballots to their branches in record order, and finishes the branches that have ended.
void ballot_batch::add_up() {
  std::size_t next_end = 0;
  for (std::size_t i = 0; i <= ballots_.size(); ++i) {
    for (; next_end < branch_ends_.size() && branch_ends_[next_end].ballots_before == i;
         ++next_end) {
      finish_branch(branch_ends_[next_end].branch);
    }
    if (i == ballots_.size() || tally_ == nullptr || !v_.board.is_open(check_id::tally_branches) ||
        ends_[i].resolution != journal_kind::cast) {
      continue;
    }
    if (!branch_) {
      branch_.emplace(tally_->context(), *v_.shape, node_index(ballots_[i].place.branch.value()));
    }
    if (const auto added = branch_->add(*outcomes_[i]); !added) {
      v_.board.fail_within(check_id::tally_branches, ends_[i].place, added.error());
    }
  }
}

void ballot_batch::finish_branch(node_index node) {
  if (tally_ == nullptr || !v_.board.is_open(check_id::tally_branches)) {
    return;
  }
  if (!branch_) {
    branch_.emplace(tally_->context(), *v_.shape, node);
  }
  tally_->finish_branch(std::move(*branch_).finish(tally_->position()));
  branch_.reset();
}

}  // namespace sandoq
