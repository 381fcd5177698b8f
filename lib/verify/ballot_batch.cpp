#include "lib/verify/ballot_batch.hpp"

#include <utility>

#include "sandoq/ballot/challenge.hpp"
#include "sandoq/core/executor.hpp"

namespace sandoq {

void ballot_batch::add(hashed_ballot ballot, ballot_end end) {
  ballots_.push_back(std::move(ballot));
  ends_.push_back(std::move(end));
}

void ballot_batch::clear() {
  ballots_.clear();
  ends_.clear();
  branch_ends_.clear();
  outcomes_.clear();
  bad_elements_.clear();
  bad_challenges_.clear();
}

void ballot_batch::check(const verify_state& v) {
  if (v.board.is_open(check_id::ballot_proof)) {
    sequential_executor here;
    outcomes_ = ballot_verifier(*v.context).verify_hashed(ballots_, here);
  } else if (v.board.is_open(check_id::ballot_elements)) {
    for (std::size_t i = 0; i < ballots_.size(); ++i) {
      if (auto ok = ballot_verifier::check_elements(ballots_[i].item()); !ok) {
        bad_elements_.push_back({i, std::move(ok.error())});
      }
    }
  }
  if (v.board.is_open(check_id::ballot_challenge)) {
    check_challenges(v);
  }
}

void ballot_batch::check_challenges(const verify_state& v) {
  std::vector<std::size_t> numbers;
  std::vector<challenged_ballot> challenged;
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    if (ends_[i].challenge) {
      numbers.push_back(i);
      challenged.push_back({ends_[i].opening.get(), &ballots_[i], &*ends_[i].challenge});
    }
  }
  sequential_executor here;
  const auto outcomes = verify_challenges(*v.context, challenged, here);
  for (std::size_t k = 0; k < outcomes.size(); ++k) {
    if (!outcomes[k]) {
      bad_challenges_.push_back({numbers[k], {errc::bad_proof, "", outcomes[k].reason()}});
    }
  }
}

}  // namespace sandoq
