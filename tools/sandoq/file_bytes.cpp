#include "file_bytes.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

namespace sandoq::tool {
namespace {

struct file_closer {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using file_handle = std::unique_ptr<std::FILE, file_closer>;

tl::unexpected<error> io_error(const std::string& path, const std::string& what) {
  return fail(errc::io, path, what + ": " + std::strerror(errno));
}

}  // namespace

result<bytes> read_file(const std::string& path, std::size_t max_bytes) {
  std::error_code problem;
  const auto size = std::filesystem::file_size(path, problem);
  if (problem) {
    return fail(errc::io, path, "cannot be read: " + problem.message());
  }
  if (size > max_bytes) {
    return fail(errc::too_large, path, "is larger than " + std::to_string(max_bytes) + " bytes");
  }
  const file_handle file(std::fopen(path.c_str(), "rb"));
  if (!file) {
    return io_error(path, "cannot be opened");
  }
  bytes data(size);
  if (std::fread(data.data(), 1, data.size(), file.get()) != data.size()) {
    return io_error(path, "cannot be read to its end");
  }
  return data;
}

result<void> write_new_file(const std::string& path, byte_view data) {
  file_handle file(std::fopen(path.c_str(), "wbx"));
  if (!file) {
    return errno == EEXIST
               ? fail(errc::io, path, "is there already and is left as it is; name another file")
               : io_error(path, "cannot be made");
  }
  const bool written = std::fwrite(data.data(), 1, data.size(), file.get()) == data.size();
  if (std::fclose(file.release()) != 0 || !written) {
    return io_error(path, "cannot be written to its end");
  }
  return {};
}

}  // namespace sandoq::tool
