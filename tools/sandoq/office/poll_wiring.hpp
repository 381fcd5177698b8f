#pragma once

#include "office_wiring.hpp"

namespace sandoq::tool {

/// `booth`, `journal`, `close`, `trustee open`, `combine`. \pre the application has the command
/// `trustee`
void add_polls(CLI::App& app, action& chosen);

}  // namespace sandoq::tool
