#include "lib/verify/branch_sums.hpp"

#include <utility>

namespace sandoq {

namespace {

check_id check_of(ballot_fault fault) {
  switch (fault) {
    case ballot_fault::form:
      return check_id::ballot_form;
    case ballot_fault::elements:
      return check_id::ballot_elements;
    case ballot_fault::proof:
      break;
  }
  return check_id::ballot_proof;
}

}  // namespace

void branch_sums::take(const ballot_batch& batch) {
  note_failures(batch);
  auto next_end = batch.branch_ends().begin();
  for (std::size_t i = 0; i <= batch.size(); ++i) {
    for (; next_end != batch.branch_ends().end() && next_end->ballots_before == i; ++next_end) {
      finish_branch(next_end->branch);
    }
    if (i < batch.size() && is_asked() && batch.end(i).resolution == journal_kind::cast) {
      add_up(batch, i);
    }
  }
}

void branch_sums::note_failures(const ballot_batch& batch) {
  for (std::size_t i = 0; i < batch.outcomes().size(); ++i) {
    if (const auto& outcome = batch.outcomes()[i]; !outcome) {
      v_.board.fail_within(check_of(outcome.error().fault), batch.end(i).place.text(),
                           outcome.error().why);
    }
  }
  for (const ballot_batch::finding& found : batch.bad_elements()) {
    v_.board.fail_within(check_id::ballot_elements, batch.end(found.ballot).place.text(),
                         found.why);
  }
  for (const ballot_batch::finding& found : batch.bad_challenges()) {
    v_.board.fail(check_id::ballot_challenge, batch.end(found.ballot).place.text(),
                  found.why.reason);
  }
}

void branch_sums::add_up(const ballot_batch& batch, std::size_t ballot) {
  if (!branch_) {
    branch_.emplace(tally_->context(), *v_.shape,
                    node_index(batch.ballot(ballot).place.branch.value()));
  }
  if (const auto added = branch_->add(*batch.outcomes()[ballot]); !added) {
    v_.board.fail_within(check_id::tally_branches, batch.end(ballot).place.text(), added.error());
  }
  if (v_.inputs) {
    const ballot_item& cast = batch.ballot(ballot);
    v_.inputs->add(cast, v_.index->contests_of(cast.style));
  }
}

void branch_sums::finish_branch(node_index node) {
  if (!is_asked()) {
    return;
  }
  if (!branch_) {
    branch_.emplace(tally_->context(), *v_.shape, node);
  }
  tally_->finish_branch(std::move(*branch_).finish(tally_->position()));
  branch_.reset();
}

}  // namespace sandoq
