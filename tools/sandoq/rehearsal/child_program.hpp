#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// A program as somebody starts it who has gone to a folder.
struct program_call {
  std::string program;                 ///< its path, or a name that is looked up as a shell does it
  std::vector<std::string> arguments;  ///< the name it is called by comes first
  std::filesystem::path folder;
  std::string input;  ///< what it finds on its standard input
};

/// How a program ended.
struct program_end {
  int code = 0;
  std::string said;  ///< standard output and standard error, as they came
};

/// This very program, whatever has become of its file.
inline constexpr const char* own_program = "/proc/self/exe";

/// Runs a program to its end, with no shell between. Input and output go by files in memory, so
/// neither side can wait for the other.
/// \return io if it cannot be started or is ended by a signal.
[[nodiscard]] result<program_end> run_program(const program_call& call);

}  // namespace sandoq::tool
