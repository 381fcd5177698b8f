#include "office_session.hpp"

#include <utility>

#include "trustee_desk.hpp"

namespace sandoq::tool {

result<office_session> office_session::begin(const std::string& directory) {
  auto board = bulletin::read(directory);
  if (!board) {
    return tl::unexpected(std::move(board.error()));
  }
  warn_of_left_aside(*board);
  auto workers = make_executor(0);
  auto election = election_of(*board, *workers);
  if (!election) {
    return tl::unexpected(std::move(election.error()));
  }
  return office_session{std::move(workers), std::move(*board), std::move(*election)};
}

}  // namespace sandoq::tool
