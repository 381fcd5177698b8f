#pragma once

#include <string>

#include "bulletin.hpp"
#include "exchange_items.hpp"

namespace sandoq::tool {

/// What a statement says, for the person who is to sign it: one or more lines.
[[nodiscard]] std::string in_words(const bulletin& board, const statement& what);

}  // namespace sandoq::tool
