#include "lib/verify/ballot_batch.hpp"

#include <utility>

#include "sandoq/ballot/ballot_elements.hpp"
#include "sandoq/ballot/challenge.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/record/hints_file.hpp"

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

// All hints of the batch, or none if any cannot be had. Ballots that follow each other in a file
// have theirs read at once.
bytes ballot_batch::read_hints(const hints_file& from) const {
  bytes out;
  for (std::size_t i = 0; i < ballots_.size();) {
    const item_place& first = ends_[i].place;
    std::uint64_t elements = 0;
    for (; i < ballots_.size() && ends_[i].place.file_index == first.file_index &&
           ends_[i].place.elements_before == first.elements_before + elements;
         ++i) {
      elements += count_elements(ballot(i));
    }
    const std::size_t begin = out.size();
    out.resize(begin + elements * hints_file::hint_bytes);
    if (!from.read(first.file_index, first.elements_before, byte_span(out).subspan(begin))) {
      return {};
    }
  }
  return out;
}

void ballot_batch::check_ballots(const verify_state& v) {
  const bytes hints = v.hints ? read_hints(*v.hints) : bytes();
  std::vector<byte_view> of_each;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < ballots_.size() && !hints.empty(); ++i) {
    const std::size_t length = count_elements(ballot(i)) * hints_file::hint_bytes;
    of_each.push_back(byte_view(hints).subspan(begin, length));
    begin += length;
  }
  sequential_executor here;
  outcomes_ = ballot_verifier(*v.context).verify_hashed(ballots_, here, of_each);
}

void ballot_batch::check(const verify_state& v) {
  if (v.board.is_open(check_id::ballot_proof)) {
    check_ballots(v);
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
