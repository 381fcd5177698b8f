#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ceremony_state.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"

/// \file
/// People, boards and places by their ids in the manifest. All of it is shown().
namespace sandoq::tool {

/// "board executive"; "board 7" if there is no such board.
[[nodiscard]] std::string name_board(const manifest& plan, board_index board);

/// "executive-2"; "board 0/trustee 9" if there is none.
[[nodiscard]] std::string name_trustee(const manifest& plan, const trustee_seat& seat);

/// "executive-2, supervision-1"
[[nodiscard]] std::string name_trustees(const manifest& plan, std::span<const trustee_seat> seats);

/// "branch tehran-1"; "node 7, which is no branch" if there is none.
[[nodiscard]] std::string name_branch(const manifest& plan, branch_index branch);

/// "device 2 of branch tehran-1"
[[nodiscard]] std::string name_device(const manifest& plan, const device_place& place);

/// A text of the library, which knows no ids, for people: "board 0/trustee 2" becomes
/// "executive-2", and "board 1" becomes "board supervision" unless a board is called by a number.
[[nodiscard]] std::string with_names(const manifest& plan, std::string_view text);
/// The same of an error's place and reason.
[[nodiscard]] error with_names(const manifest& plan, error problem);

}  // namespace sandoq::tool
