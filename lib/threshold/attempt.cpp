#include "sandoq/threshold/attempt.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "lib/threshold/ceremony_items.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {

participants participants::all(std::span<const board_size> boards) {
  participants out;
  for (const board_size& size : boards) {
    auto& board = out.boards_.emplace_back();
    for (std::uint32_t j = 1; j <= size.trustees; ++j) {
      board.emplace_back(j);
    }
  }
  return out;
}

participants::participants(std::vector<std::vector<trustee_index>> boards)
    : boards_(std::move(boards)) {}

bool participants::contains(board_index b, trustee_index j) const {
  return b.value() < boards_.size() &&
         std::binary_search(boards_[b.value()].begin(), boards_[b.value()].end(), j);
}

std::size_t participants::total() const noexcept {
  std::size_t total = 0;
  for (const auto& board : boards_) {
    total += board.size();
  }
  return total;
}

std::size_t participants::place(board_index b, trustee_index j) const {
  SANDOQ_EXPECTS(contains(b, j), "a participant of the attempt");
  const auto& board = boards_[b.value()];
  return static_cast<std::size_t>(std::lower_bound(board.begin(), board.end(), j) - board.begin());
}

std::size_t participants::ordinal(board_index b, trustee_index j) const {
  std::size_t before = 0;
  for (std::size_t i = 0; i < b.value(); ++i) {
    before += boards_[i].size();
  }
  return before + place(b, j);
}

bool participants::includes(const participants& other) const {
  if (other.boards_.size() != boards_.size()) {
    return false;
  }
  for (std::size_t b = 0; b < boards_.size(); ++b) {
    if (!std::includes(boards_[b].begin(), boards_[b].end(), other.boards_[b].begin(),
                       other.boards_[b].end())) {
      return false;
    }
  }
  return true;
}

void participants::shut_out(board_index b, trustee_index j) {
  if (contains(b, j)) {
    auto& board = boards_[b.value()];
    board.erase(std::lower_bound(board.begin(), board.end(), j));
  }
}

digest32 hash_of_earlier(std::span<const ceremony_items> earlier,
                         std::span<const dkg_absence> absences) {
  byte_writer out;
  for (const ceremony_items& attempt : earlier) {
    detail::write_attempt(out, attempt);
  }
  detail::write_items(out, absences);
  return framed_hash::of("dkg/earlier", out.view());
}

attempt_context first_attempt(const ceremony_context& election,
                              std::span<const board_size> boards) {
  return {election, 1, participants::all(boards), hash_of_earlier({}, {})};
}

participants participants_of(std::span<const dkg_commit> commits, std::size_t boards) {
  std::vector<std::vector<trustee_index>> who(boards);
  for (const dkg_commit& commit : commits) {
    SANDOQ_EXPECTS(commit.origin.board.value() < boards, "a board of the manifest");
    who[commit.origin.board.value()].push_back(commit.origin.trustee);
  }
  return participants(std::move(who));
}

attempt_context context_of(const ceremony_context& election, std::span<const board_size> boards,
                           std::span<const ceremony_items> attempts, std::size_t place) {
  SANDOQ_EXPECTS(place < attempts.size() && !attempts[place].commits.empty(),
                 "an attempt with its commits");
  const ceremony_items& items = attempts[place];
  return {election, items.commits.front().origin.attempt,
          participants_of(items.commits, boards.size()),
          hash_of_earlier(attempts.first(place), items.absences)};
}

digest32 hash_of_commitments(const attempt_context& context, std::span<const dkg_commit> commits) {
  byte_writer out;
  out.fixed(context.election.manifest_hash.view());
  out.u32(context.attempt);
  out.fixed(context.earlier.view());
  out.count(commits.size());
  for (const auto& item : commits) {
    out.u32(item.origin.board.value());
    out.u32(item.origin.trustee.value());
    out.fixed(item.commitment.view());
  }
  return framed_hash::of("dkg/commitments", out.view());
}

std::vector<board_keys> without_shut_out(std::span<const board_keys> boards,
                                         const participants& who) {
  std::vector<board_keys> out(boards.begin(), boards.end());
  for (std::uint32_t b = 0; b < out.size(); ++b) {
    out[b].shut_out.clear();
    for (std::uint32_t j = 1; j <= out[b].signing_keys.size(); ++j) {
      if (!who.contains(board_index(b), trustee_index(j))) {
        out[b].shut_out.push_back(j);
      }
    }
  }
  return out;
}

}  // namespace sandoq
