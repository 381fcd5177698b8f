#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/verify/verify_state.hpp"
#include "sandoq/core/ids.hpp"

namespace sandoq {

/// Who has answered the present request, for a sum or for a list.           SPEC(55.8) SPEC(55.9)
class answer_roll {
 public:
  explicit answer_roll(const verify_state& v) : v_(v) {}

  /// The next request's answers follow.
  void begin(std::uint32_t request_number);
  /// The next answer. \return what is wrong with it, its factors, proof and signature aside; empty
  /// if nothing is. Ascending order bounds how many are right.
  [[nodiscard]] std::string take(std::uint32_t number, board_index board, trustee_index trustee);
  /// Which board has answered by too few trustees; empty if none.                      SPEC(55.9)
  [[nodiscard]] std::string lacking() const;

 private:
  const verify_state& v_;
  std::uint32_t number_ = 0;
  std::optional<std::pair<board_index, trustee_index>> last_;
  std::vector<std::uint64_t> answered_;  // by board: a bit for each trustee
};

}  // namespace sandoq
