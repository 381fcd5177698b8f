#include "missing_command.hpp"

#include <algorithm>
#include <vector>

namespace sandoq::tool {
namespace {

using commands = std::vector<const CLI::App*>;

commands commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

/// "PROBLEM; there are: drill, verify"
std::string with_commands(std::string problem, const commands& all) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    problem += (i == 0 ? "; there are: " : ", ") + all[i]->get_name();
  }
  return problem;
}

}  // namespace

std::optional<std::string> missing_command(const CLI::App& app, int argc, const char* const* argv) {
  const CLI::App* at = &app;
  std::string before = app.get_name();
  for (int i = 1;; ++i) {
    const commands all = commands_of(*at);
    if (all.empty()) {
      return std::nullopt;
    }
    if (i >= argc) {
      return with_commands(before + ": a command must follow", all);
    }
    const std::string word = argv[i];
    if (!word.empty() && word.front() == '-') {
      return at->get_option_no_throw(word) != nullptr
                 ? std::nullopt
                 : std::optional(with_commands(
                       before + ": there is no option " + word + " before a command", all));
    }
    const auto found = std::find_if(
        all.begin(), all.end(), [&word](const CLI::App* each) { return each->get_name() == word; });
    if (found == all.end()) {
      return with_commands(before + ": there is no command " + word, all);
    }
    at = *found;
    before += " " + word;
  }
}

}  // namespace sandoq::tool
