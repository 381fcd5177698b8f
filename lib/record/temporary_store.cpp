#include "sandoq/record/temporary_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "lib/record/file.hpp"

namespace sandoq {
namespace {

std::filesystem::path directory() {
  std::error_code none;
  const auto found = std::filesystem::temp_directory_path(none);
  return none ? std::filesystem::path("/tmp") : found;
}

/// Whatever the system says: what is missing there is no part of a record.
tl::unexpected<error> failure(const char* what) {
  error out = std::move(io_failure(directory(), what).value());
  out.code = errc::io;
  return tl::unexpected<error>(std::move(out));
}

}  // namespace

temporary_store::~temporary_store() {
  if (file_) {
    ::close(*file_);
  }
}

result<void> temporary_store::open() {
  std::string name = (directory() / "sandoq-XXXXXX").string();
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) {
    return failure("takes no temporary file");
  }
  file_ = file;
  ::unlink(name.c_str());
  bytes before(static_cast<std::size_t>(size_));
  if (auto done = first_.read(0, before); !done) {
    return done;
  }
  first_ = memory_store();
  size_ = 0;
  return write(before);
}

result<void> temporary_store::write(byte_view octets) {
  while (!octets.empty()) {
    const ssize_t done = ::pwrite(*file_, octets.data(), octets.size(), static_cast<off_t>(size_));
    if (done < 0) {
      if (errno == EINTR) {
        continue;
      }
      return failure("has no room for what is to be mixed");
    }
    size_ += static_cast<std::uint64_t>(done);
    octets = octets.subspan(static_cast<std::size_t>(done));
  }
  return {};
}

result<void> temporary_store::append(byte_view octets) {
  if (!file_ && size_ + octets.size() <= in_memory_) {
    size_ += octets.size();
    return first_.append(octets);
  }
  if (!file_) {
    if (auto done = open(); !done) {
      return done;
    }
  }
  return write(octets);
}

result<void> temporary_store::read(std::uint64_t offset, byte_span out) {
  if (!file_) {
    return first_.read(offset, out);
  }
  while (!out.empty()) {
    const ssize_t done = ::pread(*file_, out.data(), out.size(), static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR) {
      continue;
    }
    if (done <= 0) {
      return failure("gives a temporary file back incompletely");
    }
    offset += static_cast<std::uint64_t>(done);
    out = out.subspan(static_cast<std::size_t>(done));
  }
  return {};
}

}  // namespace sandoq
