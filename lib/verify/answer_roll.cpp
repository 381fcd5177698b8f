#include "lib/verify/answer_roll.hpp"

#include <algorithm>
#include <bit>

namespace sandoq {

void answer_roll::begin(std::uint32_t request_number) {
  number_ = request_number;
  last_.reset();
  answered_.assign(v_.board_sizes.size(), 0);
}

std::string answer_roll::take(std::uint32_t number, board_index board, trustee_index trustee) {
  const bool exists = board.value() < v_.board_sizes.size() && trustee.value() >= 1 &&
                      trustee.value() <= v_.board_sizes[board.value()].trustees;
  if (exists) {
    answered_[board.value()] |= std::uint64_t{1} << (trustee.value() - 1);
  }
  if (number != number_) {
    return "answers request " + std::to_string(number) + ", stands under " +
           std::to_string(number_);
  }
  if (!exists) {
    return "there is no such trustee";
  }
  const auto& shut_out = v_.boards[board.value()].shut_out;
  if (std::binary_search(shut_out.begin(), shut_out.end(), trustee.value())) {
    return "its trustee was shut out by the key ceremony";
  }
  const std::pair who(board, trustee);
  if (last_ && *last_ >= who) {
    return "answers must ascend by board and trustee, each trustee once";
  }
  last_ = who;
  return {};
}

std::string answer_roll::lacking() const {
  for (std::size_t b = 0; b < answered_.size(); ++b) {
    const auto enough = v_.board_sizes[b].threshold;
    const auto there = static_cast<std::uint32_t>(std::popcount(answered_[b]));
    if (there < enough) {
      return "board " + std::to_string(b) + " answered by " + std::to_string(there) +
             " trustees, " + std::to_string(enough) + " are needed";
    }
  }
  return {};
}

}  // namespace sandoq
