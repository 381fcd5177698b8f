// Loaded before the C library: the first call of FAILING_CALL ("read", "lstat" or "stat") for a
// file whose path ends in FAILING_FILE fails with an input/output error; the next ones work.

#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

bool fails(std::string_view call, std::string_view path) {
  static bool has_failed = false;
  const char* wanted = std::getenv("FAILING_CALL");
  const char* end = std::getenv("FAILING_FILE");
  if (has_failed || wanted == nullptr || end == nullptr || call != wanted || !path.ends_with(end)) {
    return false;
  }
  has_failed = true;
  errno = EIO;
  return true;
}

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

std::string path_of(int descriptor) {
  std::array<char, 4096> path;
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const ssize_t length = readlink(link.c_str(), path.data(), path.size());
  return length < 0 ? std::string() : std::string(path.data(), static_cast<std::size_t>(length));
}

}  // namespace

#define SANDOQ_IN_FRONT extern "C" __attribute__((visibility("default")))

SANDOQ_IN_FRONT ssize_t read(int descriptor, void* to, std::size_t size) {
  return fails("read", path_of(descriptor))
             ? -1
             : next<ssize_t(int, void*, std::size_t)>("read")(descriptor, to, size);
}

SANDOQ_IN_FRONT int lstat(const char* path, struct stat* out) {
  return fails("lstat", path) ? -1 : next<int(const char*, struct stat*)>("lstat")(path, out);
}

SANDOQ_IN_FRONT int stat(const char* path, struct stat* out) {
  return fails("stat", path) ? -1 : next<int(const char*, struct stat*)>("stat")(path, out);
}
