#include "byte_source.hpp"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace sandoq::tool {
namespace {

struct close_gz {
  void operator()(gzFile_s* file) const noexcept { gzclose(file); }
};

class gzip_source final : public byte_source {
 public:
  gzip_source(std::string path, std::unique_ptr<gzFile_s, close_gz> file)
      : path_(std::move(path)), file_(std::move(file)) {}

  result<std::size_t> read(std::span<char> out) override {
    const int got = gzread(file_.get(), out.data(), static_cast<unsigned>(out.size()));
    int code = Z_OK;
    const char* said = gzerror(file_.get(), &code);
    // gzread reports a file that was cut off in the middle of its stream only through gzerror.
    if (got < 0 || (code != Z_OK && code != Z_STREAM_END)) {
      const std::string reason = code == Z_ERRNO ? std::strerror(errno) : said;
      return fail(errc::io, path_, "cannot be read to its end: " + reason);
    }
    return static_cast<std::size_t>(got);
  }

 private:
  std::string path_;
  std::unique_ptr<gzFile_s, close_gz> file_;
};

class text_source final : public byte_source {
 public:
  explicit text_source(std::string text) : text_(std::move(text)) {}

  result<std::size_t> read(std::span<char> out) override {
    const std::size_t n = std::min(out.size(), text_.size() - at_);
    std::copy_n(text_.data() + at_, n, out.data());
    at_ += n;
    return n;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

}  // namespace

result<std::unique_ptr<byte_source>> open_plain_or_gzip(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return fail(errc::io, path, "is a directory; a file of ballots is needed");
  }
  // A pipe would be waited for without a word.
  if (std::filesystem::is_other(path, ignored)) {
    return fail(errc::io, path, "is no plain file; write the ballots into one first");
  }
  errno = 0;
  std::unique_ptr<gzFile_s, close_gz> file(gzopen(path.c_str(), "rb"));
  if (!file) {
    return fail(errc::io, path, std::string("cannot be opened: ") + std::strerror(errno));
  }
  return std::unique_ptr<byte_source>(new gzip_source(path, std::move(file)));
}

std::unique_ptr<byte_source> read_from_text(std::string text) {
  return std::make_unique<text_source>(std::move(text));
}

}  // namespace sandoq::tool
