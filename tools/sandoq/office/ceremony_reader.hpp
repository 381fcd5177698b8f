#pragma once

#include "bulletin.hpp"
#include "ceremony_state.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// Follows the messages of a ceremony from attempt to attempt: what ceremony_of() says, but for the
/// messages that the bulletin itself has left aside. Cost: that of find_anchor(), and of judging
/// every attempt that stands.                                                          SPEC(85.7)
[[nodiscard]] result<ceremony_state> read_ceremony(const bulletin& from);

}  // namespace sandoq::tool
