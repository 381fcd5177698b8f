#include "sandoq/record/record_reader.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "lib/record/file.hpp"
#include "lib/record/passed_on.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {

namespace fs = std::filesystem;

namespace {

tl::unexpected<error> listing_failure(const fs::path& directory, const std::error_code& code) {
  return fail(code == std::errc::no_such_file_or_directory ? errc::missing : errc::io,
              directory.string(), "cannot be listed: " + code.message());
}

// Of a file that the machine does not tell about: not the record's fault.
tl::unexpected<error> examination_failure(const std::string& name, const std::error_code& code) {
  return fail(errc::io, name, "cannot be examined: " + code.message());
}

// Those that stand in the list after the one file and before the other.
std::vector<listed_file> files_between(const record_head& head, std::string_view first,
                                       std::string_view last) {
  const listed_file* const before = &listed_file_of(head, first);
  const listed_file* const after = &listed_file_of(head, last);
  return {before + 1, after};
}

}  // namespace

result<record_reader> record_reader::open(const fs::path& directory) {
  std::error_code code;
  const fs::directory_iterator listing(directory, code);
  if (code) {
    return listing_failure(directory, code);
  }
  return record_reader(directory);
}

result<segment_reader> record_reader::open_file(std::string_view name,
                                                segment_reader::byte_taker taker) const {
  auto file = open_regular_file(directory_ / name);
  if (!file) {
    return passed_on(file.error());
  }
  return segment_reader(std::move(file->source), name, std::move(taker));
}

result<record_head> record_reader::read_head() const {
  auto file = open_regular_file(directory_ / head_file_name);
  if (!file) {
    return passed_on(file.error());
  }
  if (file->size_bytes > max_head_file_bytes) {
    return fail(errc::too_large, head_file_name, "is larger than 16 MiB");
  }
  segment_reader segment(std::move(file->source), head_file_name);
  segment_item item;
  const auto first = segment.next(item);
  if (!first) {
    return tl::unexpected<error>(first.error());
  }
  if (!*first) {
    return fail(errc::missing, head_file_name, "the file is empty");
  }
  if (item.kind != static_cast<std::uint32_t>(item_kind::head)) {
    return fail(errc::mismatch, head_file_name, "its item must be of kind 1, head");
  }
  auto head = record_head::decode(item.canonical);
  if (!head) {
    return fail_within(head_file_name, std::move(head.error()));
  }
  const auto second = segment.next(item);
  if (!second) {
    return tl::unexpected<error>(second.error());
  }
  if (*second) {
    return fail(errc::trailing_bytes, head_file_name, "holds more than one item");
  }
  return head;
}

result<void> record_reader::check_listing(const record_head& head) const {
  std::vector<std::string_view> expected{head_file_name};
  for (const listed_file& file : head.files) {
    expected.emplace_back(file.name);
  }
  std::sort(expected.begin(), expected.end());
  std::error_code code;
  fs::directory_iterator listing(directory_, code);
  // Names are distinct, so a directory with as many known names as there are has them all; and the
  // first unknown name ends the search, however many follow.
  std::size_t found = 0;
  for (; !code && listing != fs::directory_iterator(); listing.increment(code)) {
    const std::string name = listing->path().filename().string();
    if (!std::binary_search(expected.begin(), expected.end(), name)) {
      return fail(errc::mismatch, name, "is not in the head's list; a record holds nothing else");
    }
    std::error_code kind_code;
    const fs::file_type kind = listing->symlink_status(kind_code).type();
    if (kind == fs::file_type::none) {
      return examination_failure(name, kind_code);
    }
    if (kind != fs::file_type::regular) {
      return fail(errc::mismatch, name, "is no regular file");
    }
    ++found;
  }
  if (code) {
    return listing_failure(directory_, code);
  }
  for (const listed_file& file : head.files) {
    const auto size_bytes = fs::file_size(directory_ / file.name, code);
    if (code == std::errc::no_such_file_or_directory) {
      return fail(errc::missing, file.name, "is in the head's list and not in the directory");
    }
    if (code) {
      return examination_failure(file.name, code);
    }
    if (size_bytes != file.size_bytes) {
      return fail(errc::mismatch, file.name,
                  "has " + std::to_string(size_bytes) + " bytes, the head says " +
                      std::to_string(file.size_bytes));
    }
  }
  if (found != expected.size()) {
    return fail(errc::mismatch, directory_.string(), "changed while it was listed");
  }
  return {};
}

result<bool> item_stream::next(segment_item& item) {
  while (file_ < files_.size()) {
    if (!segment_) {
      auto opened = reader_->open_file(files_[file_].name);
      if (!opened) {
        return passed_on(opened.error());
      }
      segment_.emplace(std::move(*opened));
    }
    auto more = segment_->next(item);
    if (!more || *more) {
      return more;
    }
    const auto totals = segment_->finish();
    if (!totals) {
      return tl::unexpected<error>(totals.error());
    }
    if (listed_hash(totals->hash) != files_[file_].hash) {
      return fail(errc::mismatch, files_[file_].name, "is not, or no longer, the listed file");
    }
    segment_.reset();
    ++file_;
  }
  return false;
}

std::string item_stream::place() const {
  if (!segment_) {
    return {};
  }
  return segment_->name() + " item " + std::to_string(segment_->items());
}

std::vector<listed_file> ballot_files_of(const record_head& head) {
  return files_between(head, ceremony_file_name, tally_file_name);
}

std::vector<listed_file> mix_files_of(const record_head& head) {
  return files_between(head, tally_file_name, opening_file_name);
}

const listed_file& listed_file_of(const record_head& head, std::string_view name) {
  const auto at = std::find_if(head.files.begin(), head.files.end(),
                               [name](const listed_file& file) { return file.name == name; });
  SANDOQ_EXPECTS(at != head.files.end(), "the head lists the file");
  return *at;
}

}  // namespace sandoq
