#pragma once

#include <span>

#include "sandoq/core/result.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/commitments.hpp"

namespace sandoq::detail {

/// The numbers and the order of everything that a ceremony put into the record.   SPEC(55.5)
[[nodiscard]] result<void> check_complete(std::span<const board_size> boards,
                                          std::span<const ceremony_items> attempts,
                                          const election_key& published);

}  // namespace sandoq::detail
