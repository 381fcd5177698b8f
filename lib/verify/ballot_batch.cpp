#include "lib/verify/ballot_batch.hpp"

#include <numeric>
#include <utility>

#include "lib/verify/hint_samples.hpp"
#include "sandoq/ballot/ballot_elements.hpp"
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
  hinted_elements_ = 0;
}

// Ballots that follow each other in a file have theirs read at once.
ballot_batch::hints ballot_batch::read_hints(const hints_file& from) const {
  std::vector<std::size_t> lengths;
  for (const hashed_ballot& ballot : ballots_) {
    lengths.push_back(count_elements(ballot.item()) * hints_file::hint_bytes);
  }
  hints out;
  out.octets.resize(std::accumulate(lengths.begin(), lengths.end(), std::size_t{0}));
  byte_span rest(out.octets);
  for (std::size_t i = 0; i < ballots_.size();) {
    const std::size_t begin = i;
    const item_place& first = ends_[begin].place;
    std::size_t length = 0;
    for (;
         i < ballots_.size() && ends_[i].place.file_index == first.file_index &&
         ends_[i].place.elements_before == first.elements_before + length / hints_file::hint_bytes;
         ++i) {
      out.of_each.push_back(rest.subspan(length, lengths[i]));
      length += lengths[i];
    }
    // Hints that do not fit cost more time than none. One that stands elsewhere than it should has
    // all after it stand wrong too, so the two ends tell.
    if (!from.read(first.file_index, first.elements_before, rest.first(length)) ||
        !first_hint_fits(out.of_each[begin], ballot(begin)) ||
        !last_hint_fits(out.of_each.back(), ballot(i - 1))) {
      return {};
    }
    rest = rest.subspan(length);
  }
  return out;
}

void ballot_batch::check(const verify_state& v) {
  const auto challenges = v.board.is_open(check_id::ballot_challenge)
                              ? list_challenges()
                              : std::vector<ballot_challenge>();
  if (v.board.is_open(check_id::ballot_proof)) {
    const hints with = v.hints ? read_hints(*v.hints) : hints{};
    hinted_elements_ = with.of_each.empty() ? 0 : with.octets.size() / hints_file::hint_bytes;
    auto checked = ballot_verifier(*v.context).verify_hashed(ballots_, challenges, with.of_each);
    outcomes_ = std::move(checked.ballots);
    keep_bad(checked.challenges, challenges);
    return;
  }
  if (v.board.is_open(check_id::ballot_elements)) {
    for (std::size_t i = 0; i < ballots_.size(); ++i) {
      if (auto ok = ballot_verifier::check_elements(ballots_[i].item()); !ok) {
        bad_elements_.push_back({i, std::move(ok.error())});
      }
    }
  }
  if (!challenges.empty()) {
    check_alone(v, challenges);
  }
}

std::vector<ballot_challenge> ballot_batch::list_challenges() const {
  std::vector<ballot_challenge> out;
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    if (ends_[i].challenge) {
      out.push_back({i, ends_[i].opening.get(), &*ends_[i].challenge});
    }
  }
  return out;
}

// Challenges whose ballots' proofs nobody asks for any more.
void ballot_batch::check_alone(const verify_state& v,
                               const std::vector<ballot_challenge>& challenges) {
  std::vector<hashed_ballot> ballots;
  std::vector<ballot_challenge> of_them;
  for (const ballot_challenge& challenge : challenges) {
    of_them.push_back({ballots.size(), challenge.opening, challenge.challenge});
    ballots.push_back(ballots_[challenge.ballot]);
  }
  keep_bad(ballot_verifier(*v.context).verify_hashed(ballots, of_them).challenges, challenges);
}

void ballot_batch::keep_bad(const std::vector<verification>& outcomes,
                            const std::vector<ballot_challenge>& challenges) {
  for (std::size_t k = 0; k < challenges.size(); ++k) {
    if (!outcomes[k]) {
      bad_challenges_.push_back(
          {challenges[k].ballot, {errc::bad_proof, "", outcomes[k].reason()}});
    }
  }
}

}  // namespace sandoq
