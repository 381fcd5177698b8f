#include "sandoq/threshold/board.hpp"

namespace sandoq {

board_keys board::keys() const {
  board_keys out;
  out.threshold = threshold;
  out.signing_keys.reserve(trustees.size());
  for (const auto& t : trustees) {
    out.signing_keys.push_back({t.signing, not_shared});
  }
  return out;
}

std::vector<board_size> sizes_of(std::span<const board> boards) {
  std::vector<board_size> out;
  out.reserve(boards.size());
  for (const auto& b : boards) {
    out.push_back(b.size());
  }
  return out;
}

std::vector<board_keys> keys_of(std::span<const board> boards) {
  std::vector<board_keys> out;
  out.reserve(boards.size());
  for (const auto& b : boards) {
    out.push_back(b.keys());
  }
  return out;
}

std::string name_trustee(board_index board, trustee_index trustee) {
  return "board " + std::to_string(board.value()) + "/trustee " + std::to_string(trustee.value());
}

}  // namespace sandoq
