#include "say.hpp"

namespace sandoq::tool {

std::string saying::as_shown(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) {
    out += (out.empty() ? "" : ", ") + shown(text);
  }
  return out;
}

void say_list(std::string_view title, const std::vector<std::string>& lines) {
  if (!lines.empty()) {
    say("{}\n", title);
    for (const std::string& line : lines) {
      say("  {}\n", line);
    }
  }
}

void say_text(std::string_view text) {
  fmt::print("{}", text);
}

void say_error(std::string_view command, const error& problem) {
  say_to(stderr, "sandoq {}: {}\n", command, to_string(problem));
}

exit_code unusable(std::string_view command, const error& problem) {
  say_error(command, problem);
  return exit_code::unusable;
}

}  // namespace sandoq::tool
