#include "journal_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <system_error>

#include "../file_bytes.hpp"
#include "../shown_text.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_journal_bytes = std::size_t{16} << 30;

std::optional<published_journal> journal_of(const bulletin& board, const device_place& place) {
  for (const published_journal& each : board.journals()) {
    if (each.place == place) {
      return each;
    }
  }
  return std::nullopt;
}

}  // namespace

result<std::string> publish_journal(bulletin& board, const fs::path& journal,
                                    const device_place& place) {
  const auto content = read_file(journal.string(), max_journal_bytes);
  if (!content) {
    return tl::unexpected(content.error());
  }
  const std::string stem = fmt::format("journal-{}-{}", place.branch.value(), place.device.value());
  const auto there = journal_of(board, place);
  for (const std::string& name : {there ? there->file : stem + ".pb", stem + ".pb"}) {
    std::error_code problem;
    if (!fs::exists(fs::symlink_status(board.directory() / name, problem))) {
      continue;
    }
    const auto before = read_file((board.directory() / name).string(), max_journal_bytes);
    if (!before) {
      return tl::unexpected(before.error());
    }
    if (*before == *content) {
      return name;
    }
  }
  // Another journal may be there: the close, which comes after it, tells which is whose (85.1).
  const std::string name = free_name(board.directory(), stem, *content);
  std::error_code problem;
  if (fs::exists(fs::symlink_status(board.directory() / name, problem))) {
    return name;  // its name says that it is this very content
  }
  if (auto done = write_durably(board.directory() / name, *content); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return name;
}

result<published_journal> find_journal(const bulletin& board, const std::string& name) {
  const std::string file = fs::path(name).filename().string();
  for (const published_journal& each : board.journals()) {
    if (each.file == file) {
      return each;
    }
  }
  for (const ignored_message& each : board.left_aside()) {
    if (each.file == file) {
      return fail(errc::mismatch, shown(name), "does not count: " + each.in_words());
    }
  }
  return fail(errc::not_found, shown(name), "is no journal in this bulletin");
}

}  // namespace sandoq::tool
