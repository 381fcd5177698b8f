#include "errands.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <system_error>
#include <utility>

#include "../office/private_file.hpp"
#include "../shown_text.hpp"
#include "child_program.hpp"
#include "interruption.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/core/system_random.hpp"
#include "shell_words.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view tool_name = "sandoq";
constexpr std::size_t passphrase_bytes = 16;

/// A command as a line that one can run in the folder of all, whoever it is for.
std::string line_of(const person& who, const command_words& words, ending expected,
                    const std::string& input) {
  const std::string typed = input.empty() ? command_line(words) : command_line(words, input);
  return fmt::format("(cd {} && {}){}", shell_word(who.folder), typed,
                     expected == ending::waits ? " || [ $? = 1 ]" : "");
}

/// The words of a command that went wrong, as a terminal may show them.
std::string shown_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    out += "\n  " + shown(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return out;
}

}  // namespace

command_words joined(std::initializer_list<command_words> parts) {
  command_words out;
  for (const command_words& part : parts) {
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

result<errands> errands::begin(const fs::path& town) {
  std::error_code problem;
  fs::create_directories(town, problem);
  if (problem || !fs::is_empty(town, problem) || problem) {
    return fail(errc::io, town.string(), "is no new or empty directory");
  }
  auto list = create_file(town / list_name);
  if (!list) {
    return tl::unexpected(std::move(list.error()));
  }
  return errands(town, std::move(*list));
}

void errands::write(const std::string& line) {
  note(write_all(list_, bytes_of(line + "\n"), town_ / list_name));
}

void errands::begin_stage(const std::string& title) {
  if (failed()) {
    return;
  }
  present_.clear();
  write("\n# == " + title);
  const std::chrono::duration<double> since = std::chrono::steady_clock::now() - began_;
  fmt::print(stderr, "{:6.1f} s  {}\n", since.count(), title);
}

void errands::remark(const std::string& text) {
  if (!failed()) {
    write("# " + text);
  }
}

void errands::introduce(const person& who) {
  if (present_ != who.folder) {
    write("\n# " + shown(who.role));
    present_ = who.folder;
  }
}

std::string errands::run_as(const person& who, const std::string& program,
                            const command_words& words, ending expected, const std::string& input) {
  if (failed()) {
    return {};
  }
  introduce(who);
  write(line_of(who, words, expected, input));
  ++commands_;
  auto end = run_program({program, words, folder_of(who), input});
  if (interruption::signal() != 0) {  // before the program's own end, which may be its doing
    note(fail(errc::io, "drill --by-commands",
              fmt::format("was stopped by signal {}", interruption::signal())));
    return {};
  }
  if (!end) {
    note(tl::unexpected(std::move(end.error())));
    return {};
  }
  const int code = expected == ending::done ? 0 : 1;
  if (end->code != code) {
    note(fail(errc::mismatch, fmt::format("{}, in {}", who.role, folder_of(who).string()),
              fmt::format("\"{}\" ended with {} instead of {}; it said:{}\n",
                          shown(command_line(words)), end->code, code, shown_lines(end->said))));
  }
  return std::move(end->said);
}

std::string errands::run(const person& who, command_words words, ending expected,
                         const std::string& input) {
  words.insert(words.begin(), std::string(tool_name));
  return run_as(who, own_program, words, expected, input);
}

void errands::by_hand(const person& who, const command_words& words) {
  run_as(who, words.front(), words, ending::done, {});
}

void errands::stands_for(const std::string& line) {
  if (!failed()) {
    write(line);
  }
}

void errands::make_stick() {
  if (failed()) {
    return;
  }
  stands_for("mkdir stick");
  std::error_code problem;
  fs::create_directory(town_ / "stick", problem);
  if (problem) {
    note(fail(errc::io, (town_ / "stick").string(), problem.message()));
  }
}

void errands::make_room(const person& who) {
  if (failed()) {
    return;
  }
  stands_for(fmt::format("mkdir -m 700 {0} && mkdir {0}/{1}", shell_word(who.folder), bulletin));
  const fs::path folder = folder_of(who);
  note(make_private_directory(folder));
  std::error_code problem;
  fs::create_directory(folder / bulletin, problem);
  if (problem) {
    note(fail(errc::io, (folder / bulletin).string(), problem.message()));
  }
}

void errands::make_passphrase(const person& who, const std::string& file) {
  if (failed()) {
    return;
  }
  introduce(who);
  write(
      fmt::format("(cd {} && umask 077 && head -c {} /dev/urandom | od -An -tx1 | tr -d ' ' > {})",
                  shell_word(who.folder), passphrase_bytes, shell_word(file)));
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<std::byte, passphrase_bytes> drawn{};
  system_random().fill(drawn);
  bytes line;
  line.reserve(2 * passphrase_bytes + 1);
  for (const std::byte each : drawn) {
    const auto value = std::to_integer<std::size_t>(each);
    line.push_back(static_cast<std::byte>(digits[value >> 4U]));
    line.push_back(static_cast<std::byte>(digits[value & 15U]));
  }
  line.push_back(static_cast<std::byte>('\n'));
  note(write_private(folder_of(who) / file, line));
  detail::wipe(line.data(), line.size());
  detail::wipe(drawn.data(), drawn.size());
}

void errands::fetch(const person& who) {
  run(who, {"bulletin", "carry", stick, bulletin});
}

void errands::bring(const person& who) {
  run(who, {"bulletin", "carry", bulletin, stick});
}

fs::path errands::folder_of(const person& who) const {
  return town_ / who.folder;
}

void errands::note(const result<void>& outcome) {
  if (!outcome && !problem_) {
    problem_ = outcome.error();
  }
}

result<void> errands::outcome() const {
  if (problem_) {
    return tl::unexpected(*problem_);
  }
  return {};
}

}  // namespace sandoq::tool
