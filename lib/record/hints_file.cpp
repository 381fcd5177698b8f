#include "sandoq/record/hints_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "lib/record/file.hpp"
#include "lib/record/passed_on.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/record_reader.hpp"

namespace sandoq {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view magic = "sandoq hints";
constexpr std::uint32_t hints_format = 1;
constexpr std::size_t fixed_part_bytes = 4 + magic.size() + 4 + 32 + 4;
constexpr std::size_t entry_bytes = 8;

// Fills `out` from that place of the file; false if it ends before.
bool read_at(const file_descriptor& file, std::uint64_t offset, byte_span out) {
  while (!out.empty()) {
    const ssize_t got = ::pread(file.number(), out.data(), out.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got <= 0) {
      return false;
    }
    offset += static_cast<std::uint64_t>(got);
    out = out.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

// Everything before the list.
result<void> read_identity(byte_reader& in, digest32& record) {
  const auto begins = in.text(magic.size(), "first words");
  if (!begins) {
    return tl::unexpected<error>(begins.error());
  }
  if (*begins != magic) {
    return in.failure(errc::bad_encoding, "first words", "must be \"sandoq hints\"");
  }
  const auto format = in.u32("format");
  if (!format) {
    return tl::unexpected<error>(format.error());
  }
  if (*format != hints_format) {
    return in.failure(errc::unsupported, "format", "this program reads format 1 only");
  }
  return in.fixed_into(record.octets, "record");
}

// True if there is nothing, or a regular file that begins as hints do.
bool may_be_replaced(const fs::path& path) {
  std::error_code code;
  if (!fs::exists(fs::symlink_status(path, code))) {
    return true;
  }
  const auto file = open_regular_descriptor(path);
  byte_writer begins;
  begins.text(magic);
  bytes front(begins.size());
  return file && read_at(file->descriptor, 0, front) && std::ranges::equal(front, begins.view());
}

}  // namespace

fs::path hints_place(const fs::path& record) {
  // Canonical, so that "." and "record/" have a name too.
  std::error_code code;
  fs::path place = fs::weakly_canonical(record, code);
  if (code) {
    place = record.lexically_normal();
  }
  if (!place.has_filename()) {
    place = place.parent_path();
  }
  place += ".hints";
  return place;
}

hints_header hints_header::of(const record_head& head) {
  hints_header out;
  out.record = framed_hash::of("hints/record", head.encode());
  out.elements.resize(ballot_files_of(head).size());
  return out;
}

std::size_t hints_header::encoded_bytes(std::size_t files) noexcept {
  return fixed_part_bytes + entry_bytes * files;
}

bytes hints_header::encode() const {
  byte_writer out;
  out.text(magic);
  out.u32(hints_format);
  out.fixed(record.view());
  out.count(elements.size());
  for (const std::uint64_t of_file : elements) {
    out.u64(of_file);
  }
  return std::move(out).take();
}

result<hints_header> hints_header::decode(byte_view canonical) {
  byte_reader in(canonical);
  hints_header out;
  if (auto ok = read_identity(in, out.record); !ok) {
    return passed_on(ok.error());
  }
  const auto files = in.count(max_listed_files, entry_bytes, "files");
  if (!files) {
    return tl::unexpected<error>(files.error());
  }
  if (*files == 0) {
    return in.failure(errc::missing, "files", "a record has at least one ballot file");
  }
  for (std::uint32_t i = 0; i < *files; ++i) {
    const auto of_file = in.u64("elements");
    if (!of_file) {
      return tl::unexpected<error>(of_file.error());
    }
    out.elements.push_back(*of_file);
  }
  if (auto ok = in.finish(); !ok) {
    return passed_on(ok.error());
  }
  return out;
}

result<std::uint64_t> hints_header::file_bytes() const {
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  std::uint64_t out = encoded_bytes(elements.size());
  for (const std::uint64_t of_file : elements) {
    if (of_file > (most - out) / hints_file::hint_bytes) {
      return fail(errc::too_large, "elements", "are more than any file can hold");
    }
    out += of_file * hints_file::hint_bytes;
  }
  return out;
}

struct hints_file::state {
  file_descriptor file;
  hints_header header;
  std::vector<std::uint64_t> begins;  // of each ballot file's hints, in bytes
  std::uint64_t elements = 0;
};

hints_file::hints_file(std::unique_ptr<state> s) : state_(std::move(s)) {}
hints_file::hints_file(hints_file&&) noexcept = default;
hints_file& hints_file::operator=(hints_file&&) noexcept = default;
hints_file::~hints_file() = default;

result<hints_file> hints_file::open(const fs::path& path, const record_head& head) {
  auto file = open_regular_descriptor(path);
  if (!file) {
    return passed_on(file.error());
  }
  const hints_header expected = hints_header::of(head);
  bytes front(std::min<std::uint64_t>(file->size_bytes,
                                      hints_header::encoded_bytes(expected.elements.size())));
  if (!read_at(file->descriptor, 0, front)) {
    return fail(errc::io, path.string(), "cannot be read");
  }
  byte_reader in(front);
  digest32 record;
  if (auto ok = read_identity(in, record); !ok) {
    return fail_within(path.string(), std::move(ok.error()));
  }
  if (record != expected.record) {
    return fail(errc::mismatch, path.string(), "holds the hints of another record");
  }
  auto header = hints_header::decode(front);
  if (!header) {
    return fail_within(path.string(), std::move(header.error()));
  }
  const auto whole = header->file_bytes();
  if (!whole || *whole != file->size_bytes) {
    return fail(errc::mismatch, path.string(), "is not as long as it says itself");
  }
  auto out = std::make_unique<state>(state{std::move(file->descriptor), std::move(*header), {}, 0});
  std::uint64_t begin = front.size();
  for (const std::uint64_t of_file : out->header.elements) {
    out->begins.push_back(begin);
    begin += of_file * hint_bytes;
    out->elements += of_file;
  }
  return hints_file(std::move(out));
}

std::uint64_t hints_file::elements() const noexcept {
  return state_->elements;
}

bool hints_file::read(std::size_t file, std::uint64_t first, byte_span out) const {
  SANDOQ_EXPECTS(out.size() % hint_bytes == 0, "hints of 32 bytes each");
  if (file >= state_->header.elements.size()) {
    return false;
  }
  const std::uint64_t listed = state_->header.elements[file];
  if (first > listed || out.size() / hint_bytes > listed - first) {
    return false;
  }
  return read_at(state_->file, state_->begins[file] + first * hint_bytes, out);
}

struct hints_writer::state {
  fs::path place;
  fs::path beside;
  std::optional<file_descriptor> file;
  hints_header header;
  std::size_t last_file = 0;
  bool finished = false;

  ~state() {
    if (!finished) {
      file.reset();
      std::error_code ignored;
      fs::remove(beside, ignored);
    }
  }
};

hints_writer::hints_writer(std::unique_ptr<state> s) : state_(std::move(s)) {}
hints_writer::hints_writer(hints_writer&&) noexcept = default;
hints_writer& hints_writer::operator=(hints_writer&&) noexcept = default;
hints_writer::~hints_writer() = default;

result<hints_writer> hints_writer::create(const fs::path& path, const record_head& head) {
  if (!may_be_replaced(path)) {
    return fail(errc::duplicate, path.string(), "exists and holds no hints; move it away");
  }
  fs::path beside = path;
  beside += ".part";
  std::error_code code;
  if (fs::exists(fs::symlink_status(beside, code))) {
    return fail(errc::duplicate, beside.string(),
                "is left from a run that was broken off, or in use; remove it if nobody needs it");
  }
  auto file = create_file(beside);
  if (!file) {
    return passed_on(file.error());
  }
  auto out = std::make_unique<state>();
  out->place = path;
  out->beside = std::move(beside);
  out->file.emplace(std::move(*file));
  out->header = hints_header::of(head);
  // The header comes at the end, when the numbers are known; until then it says nothing.
  const bytes room(hints_header::encoded_bytes(out->header.elements.size()));
  if (auto ok = write_all(*out->file, room, out->beside); !ok) {
    return passed_on(ok.error());
  }
  return hints_writer(std::move(out));
}

result<void> hints_writer::put(std::size_t file, byte_view hints) {
  SANDOQ_EXPECTS(state_ && !state_->finished, "the hints are still being written");
  SANDOQ_EXPECTS(file < state_->header.elements.size() && file >= state_->last_file,
                 "ballot files come in the head's order");
  SANDOQ_EXPECTS(hints.size() % hints_file::hint_bytes == 0, "hints of 32 bytes each");
  state_->last_file = file;
  state_->header.elements[file] += hints.size() / hints_file::hint_bytes;
  return write_all(*state_->file, hints, state_->beside);
}

result<std::uint64_t> hints_writer::finish() {
  SANDOQ_EXPECTS(state_ && !state_->finished, "the hints are still being written");
  if (::lseek(state_->file->number(), 0, SEEK_SET) != 0) {
    return io_failure(state_->beside, "cannot be written from its start");
  }
  if (auto ok = write_all(*state_->file, state_->header.encode(), state_->beside); !ok) {
    return passed_on(ok.error());
  }
  if (auto ok = close_file(std::move(*state_->file), state_->beside); !ok) {
    return passed_on(ok.error());
  }
  std::error_code code;
  fs::rename(state_->beside, state_->place, code);
  if (code) {
    return fail(errc::io, state_->place.string(), "cannot be put into place: " + code.message());
  }
  state_->finished = true;
  return state_->header.file_bytes();
}

}  // namespace sandoq
