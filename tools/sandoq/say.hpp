#pragma once

#include <fmt/core.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "commands.hpp"
#include "sandoq/core/result.hpp"
#include "shown_text.hpp"

namespace sandoq::tool {

namespace saying {

inline std::string as_shown(std::string_view text) {
  return shown(text);
}
/// "one, two, three"
std::string as_shown(const std::vector<std::string>& texts);
template <class Number, class = std::enable_if_t<std::is_arithmetic_v<Number>>>
Number as_shown(Number number) {
  return number;
}

template <class T>
using shown_form = decltype(as_shown(std::declval<const T&>()));

}  // namespace saying

/// Prints to a stream. Every text among the arguments is shown(), whoever has written it, so that
/// no file name, id or remark can draw on a screen; a list of texts stands with commas between.
template <class... Args>
void say_to(std::FILE* out, fmt::format_string<saying::shown_form<Args>...> form,
            const Args&... args) {
  const auto print = [&](const auto&... each) {
    fmt::vprint(out, form, fmt::make_format_args(each...));
  };
  print(saying::as_shown(args)...);
}

/// The same on the standard output.
template <class... Args>
void say(fmt::format_string<saying::shown_form<Args>...> form, const Args&... args) {
  say_to(stdout, form, args...);
}

/// Prints a title and one line for each text, indented; nothing if there is none.
void say_list(std::string_view title, const std::vector<std::string>& lines);

/// Prints a text of many lines in which everything from outside is shown() already.
void say_text(std::string_view text);

/// What is wrong, on the standard error: "sandoq trustee deal: ...".
void say_error(std::string_view command, const error& problem);

/// The same, and the exit code of a command that could not do its work.
exit_code unusable(std::string_view command, const error& problem);

}  // namespace sandoq::tool
