#include "sandoq/verify/record_hints.hpp"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "sandoq/ballot/ballot_elements.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/record/hints_file.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/record_reader.hpp"

namespace sandoq {

namespace {

constexpr std::size_t octets_each = 32;
constexpr std::size_t batch_elements = 32'768;
constexpr std::size_t grain_elements = 512;

class hints_pass {
 public:
  hints_pass(const record_reader& reader, const record_head& head, hints_writer& out,
             executor& workers, const progress_function& progress)
      : reader_(reader),
        files_(ballot_files_of(head)),
        out_(out),
        workers_(workers),
        progress_(progress) {
    for (const listed_file& file : files_) {
      total_bytes_ += file.size_bytes;
    }
  }

  result<void> run() {
    order_.begin_file(record_section::ballots);
    for (file_ = 0; file_ < files_.size(); ++file_) {
      if (auto ok = read_file(files_[file_]); !ok) {
        return ok;
      }
    }
    return {};
  }

  made_hints made;

 private:
  result<void> read_file(const listed_file& file) {
    // One file a stream, which compares its hash with the head's at the end.
    item_stream stream(reader_, {file});
    segment_item item;
    while (true) {
      const auto more = stream.next(item);
      if (!more) {
        return tl::unexpected<error>(more.error());
      }
      if (!*more) {
        break;
      }
      auto ok = order_.next(item.kind, item.canonical);
      if (ok && !order_.is_evidence() && static_cast<item_kind>(item.kind) == item_kind::ballot) {
        ok = take(item);
      }
      if (!ok) {
        return fail_within(stream.place(), std::move(ok.error()));
      }
      if (progress_ && item.number % 256 == 0) {
        progress_({"hints", done_bytes_ + item.offset, total_bytes_});
      }
    }
    done_bytes_ += file.size_bytes;
    return flush();
  }

  result<void> take(const segment_item& item) {
    const auto ballot = ballot_item::decode(item.canonical);
    if (!ballot) {
      return tl::unexpected<error>(ballot.error());
    }
    byte_writer elements;
    write_elements(elements, *ballot);
    gathered_.insert(gathered_.end(), elements.view().begin(), elements.view().end());
    ++made.ballots;
    return gathered_.size() < batch_elements * octets_each ? result<void>{} : flush();
  }

  result<void> flush() {
    hints_.resize(gathered_.size());
    const std::size_t count = gathered_.size() / octets_each;
    workers_.parallel_ranges(count, grain_elements, [&](index_range range) noexcept {
      const std::size_t begin = range.begin * octets_each;
      const std::size_t length = (range.end - range.begin) * octets_each;
      ristretto255::make_hints(byte_span(hints_).subspan(begin, length),
                               byte_view(gathered_).subspan(begin, length));
    });
    gathered_.clear();
    made.elements += count;
    return out_.put(file_, hints_);
  }

  const record_reader& reader_;
  std::vector<listed_file> files_;
  hints_writer& out_;
  executor& workers_;
  const progress_function& progress_;
  item_order order_;
  std::size_t file_ = 0;
  bytes gathered_;  // elements of the present file
  bytes hints_;
  std::uint64_t done_bytes_ = 0;
  std::uint64_t total_bytes_ = 0;
};

// A file more in it, and the record is none any longer.
result<void> check_place(const std::filesystem::path& hints,
                         const std::filesystem::path& directory) {
  std::error_code code;
  const auto folder = hints.has_parent_path() ? hints.parent_path() : std::filesystem::path(".");
  if (std::filesystem::equivalent(folder, directory, code)) {
    return fail(errc::mismatch, hints.string(),
                "lies in the record, which holds what its head lists and nothing else; name a "
                "place beside it");
  }
  return {};
}

}  // namespace

result<made_hints> make_record_hints(const std::filesystem::path& directory,
                                     const std::filesystem::path& hints, executor& workers,
                                     const progress_function& progress) {
  const auto reader = record_reader::open(directory);
  if (!reader) {
    return tl::unexpected<error>(reader.error());
  }
  const auto head = reader->read_head();
  if (!head) {
    return tl::unexpected<error>(head.error());
  }
  if (auto ok = reader->check_listing(*head); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  if (auto ok = check_place(hints, directory); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  auto out = hints_writer::create(hints, *head);
  if (!out) {
    return tl::unexpected<error>(std::move(out.error()));
  }
  hints_pass pass(*reader, *head, *out, workers, progress);
  if (auto ok = pass.run(); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  const auto size_bytes = out->finish();
  if (!size_bytes) {
    return tl::unexpected<error>(size_bytes.error());
  }
  pass.made.size_bytes = *size_bytes;
  return pass.made;
}

}  // namespace sandoq
