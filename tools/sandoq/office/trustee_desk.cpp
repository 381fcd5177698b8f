#include "trustee_desk.hpp"

#include <fmt/core.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "../say.hpp"
#include "../shown_text.hpp"
#include "private_file.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

/// The lock of a trustee's folder. Nothing is put into a folder that is none.
result<file_descriptor> lock_home(const fs::path& home) {
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(home / trustee_home::identity_name, ignored))) {
    return fail(errc::io, home.string(),
                fmt::format("is no trustee's folder: it has no {} (sandoq trustee new makes one)",
                            trustee_home::identity_name));
  }
  return lock_folder(home);
}

}  // namespace

result<trustee_desk> trustee_desk::open(const trustee_options& options) {
  // First of all: what is read of folder and bulletin must not change before it is acted upon.
  if (lies_in(options.home, options.bulletin)) {
    return fail(errc::io, options.home,
                "lies in the bulletin, which everybody may read: keep keys in a folder elsewhere");
  }
  auto lock = lock_home(options.home);
  if (!lock) {
    return tl::unexpected(std::move(lock.error()));
  }
  auto board = bulletin::read(options.bulletin);
  if (!board) {
    return tl::unexpected(std::move(board.error()));
  }
  warn_of_left_aside(*board);
  // What a folder says in clear comes first, so that nobody types a passphrase for nothing.
  const auto label = key_folder::label_of(fs::path(options.home) / trustee_home::identity_name);
  if (!label) {
    return fail(errc::io, options.home, "is no trustee's folder: " + to_string(label.error()));
  }
  auto passphrase = ask_passphrase(options.passphrase, "passphrase of " + shown(options.home));
  if (!passphrase) {
    return tl::unexpected(std::move(passphrase.error()));
  }
  auto home = trustee_home::open(options.home, std::move(*passphrase));
  if (!home) {
    return tl::unexpected(std::move(home.error()));
  }
  std::error_code ignored;
  const bool is_first = !fs::exists(fs::path(options.home) / trustee_home::pin_name, ignored);
  if (auto pinned = home->pin(*board); !pinned) {
    return tl::unexpected(std::move(pinned.error()));
  }
  if (is_first) {
    say("from now on {} works with this manifest alone; compare its hash with the one that was "
        "published:\n  {}\n",
        options.home, to_hex(board->manifest_hash().view()));
  }
  return trustee_desk(std::move(*lock), std::move(*home), std::move(*board));
}

exit_code refuse(std::string_view command, const error& problem) {
  say_error(command, problem);
  switch (problem.code) {
    case errc::missing:
    case errc::mismatch:
    case errc::duplicate:
    case errc::bad_proof:
    case errc::bad_signature:
    case errc::out_of_range:
      return exit_code::rejected;
    default:
      return exit_code::unusable;
  }
}

void warn_of_left_aside(const bulletin& board) {
  for (const ignored_message& each : board.left_aside()) {
    say_to(stderr, "sandoq: left aside {}: {}\n", each.file, each.in_words());
  }
}

bool agreed_to(const std::string& question) {
  say("{} [yes/no] ", question);
  std::fflush(stdout);
  std::array<char, 64> line{};
  if (std::fgets(line.data(), static_cast<int>(line.size()), stdin) == nullptr) {
    say("\n");
    return false;
  }
  const std::string_view answer(line.data());
  return answer == "yes\n" || answer == "y\n";
}

}  // namespace sandoq::tool
