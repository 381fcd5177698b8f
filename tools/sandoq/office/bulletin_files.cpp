#include "bulletin_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "lib/record/file.hpp"
#include "sandoq/core/hash.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

/// Makes a new file beside a path. One that another program is writing, or that a crash has left,
/// stays as it is.
result<file_descriptor> create_beside(const fs::path& path, fs::path& part) {
  constexpr int most = 100;
  std::error_code ignored;
  for (int n = 0;; ++n) {
    part = path.string() + (n == 0 ? "" : "." + std::to_string(n)) + ".part";
    if (n == most || !fs::exists(fs::symlink_status(part, ignored))) {
      return create_file(part);
    }
  }
}

}  // namespace

result<std::vector<std::string>> message_files_in(const fs::path& directory) {
  std::error_code problem;
  std::vector<std::string> names;
  for (fs::directory_iterator at(directory, problem), end; !problem && at != end;
       at.increment(problem)) {
    const fs::path& path = at->path();
    if (path.extension() == ".pb" && at->symlink_status().type() == fs::file_type::regular) {
      names.push_back(path.filename().string());
    }
  }
  if (problem) {
    return fail(errc::io, directory.string(), "cannot be listed: " + problem.message());
  }
  std::sort(names.begin(), names.end());
  return names;
}

result<void> write_durably(const fs::path& path, byte_view data) {
  std::error_code problem;
  if (fs::exists(fs::symlink_status(path, problem))) {
    return fail(errc::duplicate, path.string(), "is there already and is left as it is");
  }
  fs::path part;
  auto file = create_beside(path, part);
  if (!file) {
    file.error().place = path.string();  // which was asked for; nobody knows of the other name
    return tl::unexpected(std::move(file.error()));
  }
  auto done = write_all(*file, data, path);
  if (done && ::fsync(file->number()) != 0) {
    done = io_failure(path, "cannot be written to the disk");
  }
  auto closed = close_file(std::move(*file), path);
  done = done ? std::move(closed) : std::move(done);
  if (done) {
    fs::rename(part, path, problem);
    if (problem) {
      done = fail(errc::io, path.string(), "cannot be put into its place: " + problem.message());
    }
  }
  if (!done) {
    fs::remove(part, problem);
    return done;
  }
  // The name is durable only when its directory is.
  const fs::path parent = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (const int opened = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); opened >= 0) {
    const file_descriptor closes(opened);
    (void)::fsync(opened);
  }
  return {};
}

std::string free_name(const fs::path& directory, std::string_view stem, byte_view content) {
  const std::string own(stem);
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(directory / (own + ".pb"), ignored))) {
    return own + ".pb";
  }
  constexpr std::size_t digits = 12;
  return own + "." + to_hex(framed_hash::of("bulletin/file", content).view()).substr(0, digits) +
         ".pb";
}

}  // namespace sandoq::tool
