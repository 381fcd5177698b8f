#include "lib/record/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace sandoq {

namespace {

class file_source final : public segment_source {
 public:
  file_source(file_descriptor file, std::filesystem::path path)
      : file_(std::move(file)), path_(std::move(path)) {}

  result<std::size_t> read(byte_span out) override {
    while (true) {
      const ssize_t got = ::read(file_.number(), out.data(), out.size());
      if (got >= 0) {
        return static_cast<std::size_t>(got);
      }
      if (errno != EINTR) {
        return io_failure(path_, "cannot be read");
      }
    }
  }

 private:
  file_descriptor file_;
  std::filesystem::path path_;
};

}  // namespace

file_descriptor& file_descriptor::operator=(file_descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

file_descriptor::~file_descriptor() {
  if (number_ >= 0) {
    ::close(number_);
  }
}

tl::unexpected<error> io_failure(const std::filesystem::path& path, std::string_view what) {
  const int code = errno;
  return fail(code == ENOENT ? errc::missing : errc::io, path.string(),
              std::string(what) + ": " + std::generic_category().message(code));
}

result<opened_descriptor> open_regular_descriptor(const std::filesystem::path& path) {
  file_descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (file.number() < 0) {
    if (errno == ELOOP) {
      return fail(errc::mismatch, path.string(), "is a symbolic link; a record has regular files");
    }
    if (errno == ENXIO) {  // a socket
      return fail(errc::mismatch, path.string(), "is no regular file");
    }
    return io_failure(path, "cannot be opened");
  }
  struct stat status = {};
  if (::fstat(file.number(), &status) != 0) {
    return io_failure(path, "cannot be examined");
  }
  if (!S_ISREG(status.st_mode)) {
    return fail(errc::mismatch, path.string(), "is no regular file");
  }
  return opened_descriptor{std::move(file), static_cast<std::uint64_t>(status.st_size)};
}

result<opened_file> open_regular_file(const std::filesystem::path& path) {
  auto opened = open_regular_descriptor(path);
  if (!opened) {
    return tl::unexpected<error>(std::move(opened.error()));
  }
  return opened_file{std::make_unique<file_source>(std::move(opened->descriptor), path),
                     opened->size_bytes};
}

result<file_descriptor> create_file(const std::filesystem::path& path) {
  file_descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (file.number() < 0) {
    return io_failure(path, "cannot be created");
  }
  return file;
}

result<void> write_all(const file_descriptor& file, byte_view data,
                       const std::filesystem::path& path) {
  while (!data.empty()) {
    const ssize_t done = ::write(file.number(), data.data(), data.size());
    if (done < 0) {
      if (errno == EINTR) {
        continue;
      }
      return io_failure(path, "cannot be written");
    }
    data = data.subspan(static_cast<std::size_t>(done));
  }
  return {};
}

result<void> close_file(file_descriptor file, const std::filesystem::path& path) {
  if (::close(file.release()) != 0) {
    return io_failure(path, "cannot be written to its end");
  }
  return {};
}

}  // namespace sandoq
