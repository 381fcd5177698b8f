#include "office_names.hpp"

#include <fmt/core.h>

#include "../shown_text.hpp"
#include "sandoq/threshold/board.hpp"

namespace sandoq::tool {

std::string name_board(const manifest& plan, board_index board) {
  return board.value() < plan.boards.size() ? "board " + shown(plan.boards[board.value()].id)
                                            : fmt::format("board {}", board.value());
}

std::string name_trustee(const manifest& plan, const trustee_seat& seat) {
  if (seat.board.value() >= plan.boards.size() || seat.trustee.value() < 1 ||
      seat.trustee.value() > plan.boards[seat.board.value()].trustees.size()) {
    return sandoq::name_trustee(seat.board, seat.trustee);
  }
  return shown(plan.boards[seat.board.value()].trustees[seat.trustee.value() - 1].id);
}

std::string name_trustees(const manifest& plan, std::span<const trustee_seat> seats) {
  std::string out;
  for (const trustee_seat& each : seats) {
    out += (out.empty() ? "" : ", ") + name_trustee(plan, each);
  }
  return out;
}

}  // namespace sandoq::tool
