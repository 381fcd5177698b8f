#include "office_names.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "../shown_text.hpp"
#include "sandoq/threshold/board.hpp"

namespace sandoq::tool {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes words and the number behind them off the front of a text; nothing if others stand there.
std::optional<std::uint32_t> take_numbered(std::string_view& text, std::string_view words) {
  if (text.substr(0, words.size()) != words) {
    return std::nullopt;
  }
  const char* const begin = text.data() + words.size();
  const char* const end = text.data() + text.size();
  std::uint32_t number = 0;
  const auto [at, problem] = std::from_chars(begin, end, number);
  if (problem != std::errc() || at == begin) {
    return std::nullopt;
  }
  text.remove_prefix(static_cast<std::size_t>(at - text.data()));
  return number;
}

/// The ids of boards cannot be taken for their numbers.
bool no_board_has_a_number(const manifest& plan) {
  return std::none_of(plan.boards.begin(), plan.boards.end(), [](const board_entry& board) {
    return !board.id.empty() && std::all_of(board.id.begin(), board.id.end(), is_digit);
  });
}

}  // namespace

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

std::string name_branch(const manifest& plan, branch_index branch) {
  return branch.value() < plan.nodes.size()
             ? "branch " + shown(plan.nodes[branch.value()].id)
             : fmt::format("node {}, which is no branch", branch.value());
}

std::string name_device(const manifest& plan, const device_place& place) {
  return fmt::format("device {} of {}", place.device.value(), name_branch(plan, place.branch));
}

std::string with_names(const manifest& plan, std::string_view text) {
  const bool boards_too = no_board_has_a_number(plan);
  std::string out;
  while (!text.empty()) {
    std::string_view rest = text;
    if (const auto board = take_numbered(rest, "board ")) {
      if (const auto trustee = take_numbered(rest, "/trustee ")) {
        out += name_trustee(plan, {board_index(*board), trustee_index(*trustee)});
        text = rest;
        continue;
      }
      if (boards_too) {
        out += name_board(plan, board_index(*board));
        text = rest;
        continue;
      }
    }
    out += text.front();
    text.remove_prefix(1);
  }
  return out;
}

error with_names(const manifest& plan, error problem) {
  problem.place = with_names(plan, problem.place);
  problem.reason = with_names(plan, problem.reason);
  return problem;
}

}  // namespace sandoq::tool
