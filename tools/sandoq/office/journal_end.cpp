#include "journal_end.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

#include "lib/record/file.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

result<std::uint64_t> size_of(int file, const fs::path& path) {
  struct stat status {};
  if (::fstat(file, &status) != 0) {
    return io_failure(path, "cannot be examined");
  }
  return static_cast<std::uint64_t>(status.st_size);
}

/// The bytes of a file from an offset to its end; at most as many as wanted.
result<bytes> tail_of(int file, const fs::path& path, std::uint64_t offset, std::size_t most) {
  bytes out(most);
  std::size_t have = 0;
  while (have < out.size()) {
    const ssize_t got =
        ::pread(file, out.data() + have, out.size() - have, static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return io_failure(path, "cannot be read");
    }
    if (got == 0) {
      break;
    }
    have += static_cast<std::size_t>(got);
  }
  out.resize(have);
  return out;
}

result<void> write_at_end(int file, const fs::path& path, byte_view data) {
  while (!data.empty()) {
    const ssize_t written = ::write(file, data.data(), data.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return io_failure(path, "cannot be written");
    }
    data = data.subspan(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0 ? result<void>{} : io_failure(path, "cannot be written to the disk");
}

}  // namespace

result<void> finish_journal(const fs::path& path, std::uint64_t bytes_before, byte_view next) {
  const file_descriptor file(
      ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (file.number() < 0) {
    return io_failure(path, "cannot be opened");
  }
  const auto size = size_of(file.number(), path);
  if (!size) {
    return tl::unexpected(size.error());
  }
  if (*size > bytes_before + next.size()) {
    return fail(errc::mismatch, path.string(),
                "holds more than the state knows: this state is an old copy and must not be used, "
                "or two ballots would share their randomness; the boards can recover the journal");
  }
  if (*size < bytes_before) {
    return fail(errc::mismatch, path.string(),
                "has lost something that the state knows to be written; put it back as it was");
  }
  const auto tail = tail_of(file.number(), path, bytes_before, next.size());
  if (!tail) {
    return tl::unexpected(tail.error());
  }
  if (!std::equal(tail->begin(), tail->end(), next.begin())) {
    return fail(errc::mismatch, path.string(),
                "ends otherwise than the state says: they do not belong together");
  }
  if (tail->size() == next.size()) {
    return {};
  }
  // An item that was written in part is finished: its bytes are known.
  return write_at_end(file.number(), path, next.subspan(tail->size()));
}

}  // namespace sandoq::tool
