// record.head, record.files, record.items, record.elements: one pass over all files, which hashes
// them and decodes every item in structure; ballot files block by block on all cores. SPEC(90.2)

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "lib/verify/ballot_blocks.hpp"
#include "lib/verify/block_pipeline.hpp"
#include "lib/verify/element_check.hpp"
#include "lib/verify/items.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/segment.hpp"

namespace sandoq {

namespace {

constexpr std::string_view files_phase = "files";
constexpr std::size_t files_before_ballots = 2;  // 80.1

std::vector<record_section> sections_of(const record_head& head) {
  std::vector<record_section> out;
  file_name_order names;
  for (const listed_file& file : head.files) {
    const auto section = names.next(file.name);
    SANDOQ_EXPECTS(section.has_value(), "a decoded head lists the files of a record in order");
    out.push_back(*section);
  }
  return out;
}

class files_pass {
 public:
  explicit files_pass(verify_state& v)
      : v_(v),
        elements_(v.workers),
        sections_(sections_of(v.head)),
        ballot_files_(ballot_files_of(v.head)) {}

  void run() {
    const auto listing = v_.reader.check_listing(v_.head);
    if (!listing) {
      v_.fail_reading(listing.error());
      return;
    }
    elements_.begin_item(head_file_name);
    take_elements(elements_, v_.head.signatures);
    for (const listed_file& file : v_.head.files) {
      total_ += file.size_bytes;
    }
    if (!read_files()) {
      return;
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
  // What a block of a ballot file turns out to be, looked at on any thread.
  struct looked_at {
    ballot_block block;
    std::vector<result<std::size_t>> ballots;  // ciphertexts of each item that is a ballot
  };

  // False if one of them is not the listed file.
  bool read_files() {
    const std::size_t after_ballots = files_before_ballots + ballot_files_.size();
    for (std::size_t i = 0; i < files_before_ballots && is_sound(); ++i) {
      read(i);
    }
    if (is_sound()) {
      read_ballot_files();
    }
    for (std::size_t i = after_ballots; i < v_.head.files.size() && is_sound(); ++i) {
      read(i);
    }
    return is_sound();
  }

  [[nodiscard]] bool is_sound() const { return v_.board.is_open(check_id::record_files); }

  // Hashes one file; a wrong form of its items counts only if the file is the listed one.
  void read(std::size_t place) {
    const listed_file& file = v_.head.files[place];
    auto segment = v_.reader.open_file(file.name);
    if (!segment) {
      v_.fail_reading(segment.error());
      return;
    }
    result<void> structure;
    if (v_.board.is_open(check_id::record_items)) {
      structure = read_items(*segment, place);
    }
    if (!structure && structure.error().code == errc::io) {  // though the rest may be readable
      v_.fail_reading(structure.error());
      return;
    }
    const auto totals = segment->finish();
    if (!totals) {
      v_.fail_reading(totals.error());
    } else {
      end_file(file, *totals, structure);
      v_.report(files_phase, done_, total_);
    }
  }

  void end_file(const listed_file& file, const segment_reader::totals& totals,
                const result<void>& structure) {
    if (totals.size_bytes != file.size_bytes || listed_hash(totals.hash) != file.hash) {
      v_.board.fail(check_id::record_files, file.name, "does not have the hash of the head's list");
    } else if (!structure) {
      v_.board.fail(check_id::record_items, structure.error());
    }
    done_ += file.size_bytes;
  }

  // The same of all ballot files, block by block on all cores.
  void read_ballot_files() {
    const std::size_t slots = v_.workers.concurrency() + 2;
    std::vector<looked_at> blocks(slots);
    ballot_block_reader reader(v_.reader, ballot_files_, v_.workers.concurrency());
    ballot_file_hash hash;
    std::atomic<std::uint64_t> read_bytes = 0;
    sequential_executor here;
    elements_.use(here);  // the workers are busy with blocks
    block_pipeline line(slots);
    line.in_order([&](std::size_t slot) { hash.take(blocks[slot].block); });
    line.in_any_order([&](std::size_t slot) { look_at(blocks[slot]); });
    line.in_order([&](std::size_t slot) {
      take(blocks[slot]);
      read_bytes += blocks[slot].block.raw.size();
    });
    const std::uint64_t before = done_;
    line.run(
        v_.workers, [&](std::size_t slot) { return is_sound() && reader.next(blocks[slot].block); },
        [&] { v_.report(files_phase, before + read_bytes, total_); });
    elements_.use(v_.workers);
  }

  void look_at(looked_at& out) const {
    out.ballots.clear();
    if (!v_.board.is_open(check_id::record_items)) {
      return;
    }
    for (std::size_t i = 0; i < out.block.items.size(); ++i) {
      if (static_cast<item_kind>(out.block.items[i].kind) != item_kind::ballot) {
        continue;
      }
      const auto ballot = ballot_item::decode(out.block.at(i).canonical);
      if (!ballot) {
        out.ballots.emplace_back(tl::unexpected<error>(ballot.error()));
        return;  // take_items() comes no further
      }
      std::size_t ciphertexts = 0;
      for (const contest_ballot& contest : ballot->contests) {
        ciphertexts += contest.ciphertexts.size();
      }
      out.ballots.emplace_back(ciphertexts);
    }
  }

  void take(const looked_at& in) {
    if (!is_sound()) {
      return;
    }
    const ballot_block& block = in.block;
    if (block.unreadable) {
      v_.fail_reading(*block.unreadable);
      return;
    }
    const listed_file& file = ballot_files_[block.file];
    if (block.is_first) {
      structure_ = {};
      order_.begin_file(record_section::ballots);
    }
    if (structure_ && v_.board.is_open(check_id::record_items)) {
      structure_ = take_items(file, in);
    }
    if (block.end) {
      end_file(file, {block.end->size_bytes, block.end->hash}, structure_);
    }
  }

  result<void> take_items(const listed_file& file, const looked_at& in) {
    auto ballot = in.ballots.begin();
    for (std::size_t i = 0; i < in.block.items.size(); ++i) {
      const segment_item item = in.block.at(i);
      const bool is_ballot = static_cast<item_kind>(item.kind) == item_kind::ballot;
      auto ok = is_ballot ? take_ballot(file, item, *ballot++) : take(file, item);
      if (!ok) {
        return ok;
      }
    }
    if (in.block.broken) {
      return tl::unexpected<error>(*in.block.broken);
    }
    if (!in.block.end) {
      return {};
    }
    if (auto ok = end_items(file, in.block.end->items); !ok) {
      return ok;
    }
    const bool last = in.block.file + 1 == ballot_files_.size();
    return last ? order_.end_ballots() : result<void>{};
  }

  result<void> take_ballot(const listed_file& file, const segment_item& item,
                           const result<std::size_t>& ciphertexts) {
    const item_place place{file.name, item.number};
    if (auto ok = order_.next(item.kind, item.canonical); !ok) {
      return fail_within(place.text(), std::move(ok.error()));
    }
    if (!ciphertexts) {
      return fail_within(place.text() + " (" + std::string(name_of(item_kind::ballot)) + ")",
                         ciphertexts.error());
    }
    v_.ballot_ciphertexts += order_.is_evidence() ? 0 : *ciphertexts;
    return {};
  }

  result<void> read_items(segment_reader& segment, std::size_t place) {
    const listed_file& file = v_.head.files[place];
    order_.begin_file(sections_[place]);
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
        v_.report(files_phase, done_ + reported, total_);
      }
    }
    if (auto ok = end_items(file, segment.items()); !ok) {
      return ok;
    }
    const bool ends_mix =
        sections_[place] == record_section::mix && sections_[place + 1] != record_section::mix;
    return ends_mix ? order_.end_mix() : result<void>{};
  }

  result<void> end_items(const listed_file& file, std::uint64_t items) {
    if (items != file.items) {
      return fail(
          errc::mismatch, file.name,
          "has " + std::to_string(items) + " items, the head says " + std::to_string(file.items));
    }
    if (auto ok = order_.end_file(); !ok) {
      return fail_within(file.name, std::move(ok.error()));
    }
    return {};
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
  std::vector<record_section> sections_;  // of the files of the list
  std::vector<listed_file> ballot_files_;
  item_order order_;
  result<void> structure_;  // of the ballot file that is read
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
  if (v.options.hints) {
    auto hints = hints_file::open(*v.options.hints, v.head);
    if (hints) {
      v.hints.emplace(std::move(*hints));
      v.out.hints = {v.hints->elements(), 0};
    } else {
      v.out.hints_left_aside = std::move(hints.error());
    }
  }
  v.board.pass(check_id::record_head);
}

void verify_files(verify_state& v) {
  if (v.board.is_open(check_id::record_files)) {
    files_pass(v).run();
  }
}

}  // namespace sandoq
