#include "private_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

void sync_folder_of(const fs::path& path) {
  const fs::path parent = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (const int opened = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); opened >= 0) {
    const file_descriptor closes(opened);
    (void)::fsync(opened);
  }
}

result<void> overwrite(const file_descriptor& file, const fs::path& path) {
  struct stat found {};
  if (::fstat(file.number(), &found) != 0 || ::lseek(file.number(), 0, SEEK_SET) != 0) {
    return io_failure(path, "cannot be overwritten");
  }
  const std::array<std::byte, 4096> zeros{};
  for (std::int64_t left = found.st_size; left > 0;) {
    const auto part = static_cast<std::size_t>(std::min<std::int64_t>(left, zeros.size()));
    if (auto written = write_all(file, byte_view(zeros).first(part), path); !written) {
      return written;
    }
    left -= static_cast<std::int64_t>(part);
  }
  return ::fsync(file.number()) == 0 ? result<void>{}
                                     : io_failure(path, "cannot be overwritten on the disk");
}

fs::path part_of(const fs::path& path) {
  return path.string() + std::string(part_extension);
}

/// Removes what a crash has left under that name, overwritten if it has no other one: it may be the
/// file itself, which write_private() had just put into its place.
result<void> remove_rest(const fs::path& part) {
  const file_descriptor file(::open(part.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat found {};
  if (file.number() >= 0 && ::fstat(file.number(), &found) == 0 && S_ISREG(found.st_mode) &&
      found.st_nlink == 1) {
    if (auto done = overwrite(file, part); !done) {
      return done;
    }
  }
  return ::unlink(part.c_str()) == 0 || errno == ENOENT
             ? result<void>{}
             : io_failure(part, "was left by a crash and cannot be removed");
}

/// Writes PATH.part, which is there whole afterwards and has no other name.
result<fs::path> write_part(const fs::path& path, byte_view data) {
  const fs::path part = part_of(path);
  if (auto removed = remove_rest(part); !removed) {
    return tl::unexpected(std::move(removed.error()));
  }
  file_descriptor file(
      ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (file.number() < 0) {
    // Of the file that was asked for: nobody knows of the other name.
    return tl::unexpected(unreadable(io_failure(path, "cannot be made").value()));
  }
  auto done = write_all(file, data, path);
  if (done && ::fsync(file.number()) != 0) {
    done = io_failure(path, "cannot be written to the disk");
  }
  auto closed = close_file(std::move(file), path);
  done = done ? std::move(closed) : std::move(done);
  if (!done) {
    (void)::unlink(part.c_str());
    return tl::unexpected(std::move(done.error()));
  }
  return part;
}

}  // namespace

error unreadable(error problem) {
  problem.code = problem.code == errc::missing ? errc::io : problem.code;
  return problem;
}

result<void> make_private_directory(const fs::path& path) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
    return tl::unexpected(unreadable(io_failure(path, "cannot be made").value()));
  }
  return check_private_directory(path);
}

result<void> check_private_directory(const fs::path& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) {
    return io_failure(path, "cannot be examined");
  }
  if (!S_ISDIR(found.st_mode)) {
    return fail(errc::io, path.string(), "is no folder");
  }
  if ((found.st_mode & 077U) != 0) {
    return fail(errc::io, path.string(),
                "can be entered by others; keys belong in a folder of their owner's alone: chmod "
                "700");
  }
  return {};
}

bool lies_in(const fs::path& path, const fs::path& folder) {
  std::error_code ignored;
  const fs::path inner = fs::weakly_canonical(fs::absolute(path, ignored), ignored);
  const fs::path outer = fs::weakly_canonical(fs::absolute(folder, ignored), ignored);
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

result<void> write_private(const fs::path& path, byte_view data) {
  std::error_code problem;
  if (fs::exists(fs::symlink_status(path, problem))) {
    return fail(errc::duplicate, path.string(), "is there already and is left as it is");
  }
  const auto part = write_part(path, data);
  if (!part) {
    return tl::unexpected(part.error());
  }
  if (::link(part->c_str(), path.c_str()) != 0) {  // unlike a renaming, replaces nothing
    auto failed = io_failure(path, "cannot be put into its place");
    (void)::unlink(part->c_str());
    return failed;
  }
  (void)::unlink(part->c_str());
  sync_folder_of(path);
  return {};
}

result<void> replace_private(const fs::path& path, byte_view data) {
  const int before = ::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
  if (before < 0) {
    return io_failure(path, "cannot be opened");
  }
  const file_descriptor old(before);
  const auto part = write_part(path, data);
  if (!part) {
    return tl::unexpected(part.error());
  }
  if (::rename(part->c_str(), path.c_str()) != 0) {
    auto failed = io_failure(path, "cannot be put into its place");
    (void)::unlink(part->c_str());
    return failed;
  }
  sync_folder_of(path);
  struct stat found {};
  if (::fstat(before, &found) != 0) {
    return io_failure(path, "cannot be examined");
  }
  // Under a second name it is somebody's own copy.
  return found.st_nlink == 0 ? overwrite(old, path) : result<void>{};
}

result<void> put_private(const fs::path& path, byte_view data) {
  std::error_code problem;
  return fs::exists(fs::symlink_status(path, problem)) ? replace_private(path, data)
                                                       : write_private(path, data);
}

result<bytes> read_private(const fs::path& path, std::size_t max_bytes) {
  auto file = open_regular_file(path);
  if (!file) {
    return tl::unexpected(std::move(file.error()));
  }
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0) {
    return io_failure(path, "cannot be examined");
  }
  if ((found.st_mode & 077U) != 0) {
    return fail(errc::io, path.string(),
                "can be read or changed by others; ask yourself who has, then chmod 600");
  }
  if (file->size_bytes > max_bytes) {
    return fail(errc::too_large, path.string(),
                "is larger than " + std::to_string(max_bytes) + " bytes");
  }
  bytes out(file->size_bytes);
  for (std::size_t at = 0; at < out.size();) {
    const auto got = file->source->read(byte_span(out).subspan(at));
    if (!got) {
      return tl::unexpected(got.error());
    }
    if (*got == 0) {
      return fail(errc::io, path.string(), "has become shorter while it was read");
    }
    at += *got;
  }
  return out;
}

result<void> destroy_file(const fs::path& path) {
  const fs::path part = part_of(path);
  std::error_code ignored;
  const bool rest_alone = !fs::exists(fs::symlink_status(path, ignored)) &&
                          fs::exists(fs::symlink_status(part, ignored));
  if (!rest_alone) {
    const file_descriptor file(::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC));
    if (file.number() < 0) {
      return io_failure(path, "cannot be opened");
    }
    if (auto done = overwrite(file, path); !done) {
      return done;
    }
    if (::unlink(path.c_str()) != 0) {
      return io_failure(path, "is overwritten, and cannot be removed");
    }
  }
  auto done = remove_rest(part);
  sync_folder_of(path);
  return done;
}

result<file_descriptor> lock_folder(const fs::path& path) {
  if (auto closed = check_private_directory(path); !closed) {
    return tl::unexpected(unreadable(std::move(closed.error())));
  }
  const fs::path name = path / folder_lock_name;
  file_descriptor file(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (file.number() < 0) {
    return io_failure(name, "cannot be opened");
  }
  if (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
    return errno == EWOULDBLOCK
               ? fail(errc::io, path.string(), "is in use by another program; try again after it")
               : io_failure(name, "cannot be locked");
  }
  return file;
}

}  // namespace sandoq::tool
