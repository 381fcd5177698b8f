// record.head, record.files, record.items, record.elements: one pass over all files, which hashes
// them and decodes every item in structure.                                            SPEC(90.2)

#include <string>
#include <utility>

#include "lib/verify/element_check.hpp"
#include "lib/verify/items.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/segment.hpp"

namespace sandoq {

namespace {

constexpr std::string_view phase = "files";

class files_pass {
 public:
  explicit files_pass(verify_state& v) : v_(v), elements_(v.workers) {}

  void run() {
    const auto listing = v_.reader.check_listing(v_.head);
    if (!listing) {
      v_.note_unreadable(listing.error());
      v_.board.fail(check_id::record_files, listing.error());
      return;
    }
    elements_.begin_item(head_file_name);
    take_elements(elements_, v_.head.signatures);
    for (const listed_file& file : v_.head.files) {
      total_ += file.size_bytes;
    }
    for (std::size_t i = 0; i < v_.head.files.size(); ++i) {
      read(i);
      if (!v_.board.is_open(check_id::record_files)) {
        return;
      }
    }
    v_.sums.settle();
    v_.board.pass(check_id::record_files);
    v_.board.pass(check_id::record_items);
    if (const auto ok = elements_.finish(); !ok) {
      v_.board.fail(check_id::record_elements, ok.error());
    }
    v_.board.pass(check_id::record_elements);
  }

 private:
  // Hashes one file; a wrong form of its items counts only if the file is the listed one.
  void read(std::size_t place) {
    const listed_file& file = v_.head.files[place];
    auto segment = v_.reader.open_file(file.name);
    if (!segment) {
      v_.note_unreadable(segment.error());
      v_.board.fail(check_id::record_files, segment.error());
      return;
    }
    result<void> structure;
    if (v_.board.is_open(check_id::record_items)) {
      structure = read_items(*segment, place);
    }
    const auto totals = segment->finish();
    if (!totals) {
      v_.note_unreadable(totals.error());
      v_.board.fail(check_id::record_files, totals.error());
    } else if (totals->size_bytes != file.size_bytes || listed_hash(totals->hash) != file.hash) {
      v_.board.fail(check_id::record_files, file.name, "does not have the hash of the head's list");
    } else if (!structure) {
      v_.board.fail(check_id::record_items, structure.error());
    }
    done_ += file.size_bytes;
    v_.report(phase, done_, total_);
  }

  result<void> read_items(segment_reader& segment, std::size_t place) {
    const listed_file& file = v_.head.files[place];
    const auto section = section_of_listed_file(file.name, place, v_.head.files.size());
    if (!section) {
      return tl::unexpected<error>(section.error());
    }
    order_.begin_file(*section);
    segment_item item;
    std::uint64_t reported = 0;
    while (true) {
      const auto more = segment.next(item);
      if (!more) {
        return tl::unexpected<error>(more.error());
      }
      if (!*more) {
        break;
      }
      if (auto ok = take(file, item); !ok) {
        return ok;
      }
      if (item.offset >= reported + (std::uint64_t{4} << 20)) {
        reported = item.offset;
        v_.report(phase, done_ + reported, total_);
      }
    }
    if (segment.items() != file.items) {
      return fail(errc::mismatch, file.name,
                  "has " + std::to_string(segment.items()) + " items, the head says " +
                      std::to_string(file.items));
    }
    if (auto ok = order_.end_file(); !ok) {
      return fail_within(file.name, std::move(ok.error()));
    }
    const bool last_ballots = place + 3 == v_.head.files.size();
    return last_ballots ? order_.end_ballots() : result<void>{};
  }

  result<void> take(const listed_file& file, const segment_item& item) {
    const auto kind = static_cast<item_kind>(item.kind);
    const std::string where = file.name + " item " + std::to_string(item.number);
    if (auto ok = order_.next(item.kind, item.canonical); !ok) {
      return fail_within(where, std::move(ok.error()));
    }
    elements_.begin_item(where);
    auto ok =
        order_.is_evidence() ? check_evidence_structure(item) : take_item(v_, item, &elements_);
    if (!ok) {
      return fail_within(where + " (" + std::string(name_of(kind)) + ")", std::move(ok.error()));
    }
    return {};
  }

  verify_state& v_;
  element_check elements_;
  item_order order_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

void verify_head(verify_state& v) {
  auto head = v.reader.read_head();
  if (!head) {
    v.note_unreadable(head.error());
    v.board.fail(check_id::record_head, head.error());
    return;
  }
  v.head = std::move(*head);
  v.board.pass(check_id::record_head);
}

void verify_files(verify_state& v) {
  if (v.board.is_open(check_id::record_files)) {
    files_pass(v).run();
  }
}

}  // namespace sandoq
