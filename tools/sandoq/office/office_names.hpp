#pragma once

#include <span>
#include <string>

#include "ceremony_state.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/ids.hpp"

namespace sandoq::tool {

/// "board executive", by its id in the manifest; "board 7" if there is no such board. shown()
[[nodiscard]] std::string name_board(const manifest& plan, board_index board);

/// "executive-2", by its id in the manifest; "board 0/trustee 9" if there is none. shown()
[[nodiscard]] std::string name_trustee(const manifest& plan, const trustee_seat& seat);

/// "executive-2, supervision-1"
[[nodiscard]] std::string name_trustees(const manifest& plan, std::span<const trustee_seat> seats);

}  // namespace sandoq::tool
