#pragma once

#include <utility>

#include "sandoq/core/random_source.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/tally/lot.hpp"

namespace sandoq {

/// What a board keeps between its commitment and its reveal: 32 random bytes. Whoever knows them
/// all and the public value knows the lot. SPEC(75.5)
class lot_value {
 public:
  /// 32 fresh bytes.
  [[nodiscard]] static lot_value draw(board_index board, random_source& random);
  /// From stored bytes.
  lot_value(board_index board, secret<byte_array<32>> value) noexcept
      : board_(board), value_(std::move(value)) {}

  [[nodiscard]] board_index board() const noexcept { return board_; }
  /// For storing it.
  [[nodiscard]] const secret<byte_array<32>>& value() const noexcept { return value_; }

  /// The commitment; its signatures are still to be collected. Constant time in the value.
  [[nodiscard]] lot_commit commit(const lot_context& context) const;
  /// The value, when the results stand.
  [[nodiscard]] lot_reveal reveal() &&;

 private:
  board_index board_;
  secret<byte_array<32>> value_;
};

}  // namespace sandoq
