#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sandoq::tool {

/// A word as one types it at a shell so that the program gets exactly that: as it is where no
/// character means anything to a shell, and in single quotes otherwise.
[[nodiscard]] std::string shell_word(std::string_view word);

/// Words of a command, quoted, with blanks between.
[[nodiscard]] std::string command_line(std::span<const std::string> words);

/// The same with lines of text on its standard input: "printf '%s\n' LINE ... | COMMAND".
/// \param text whole lines; a shell can type no zero byte
[[nodiscard]] std::string command_line(std::span<const std::string> words, std::string_view text);

}  // namespace sandoq::tool
