#pragma once

#include <CLI/App.hpp>
#include <optional>
#include <string>

namespace sandoq::tool {

/// What is wrong with a command line that names no command, and which ones there are; nothing if it
/// names one, or asks for help before. Its words may come from anywhere and are not shown().
[[nodiscard]] std::optional<std::string> missing_command(const CLI::App& app, int argc,
                                                         const char* const* argv);

}  // namespace sandoq::tool
