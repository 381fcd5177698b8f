#include "lib/verify/ballot_walk.hpp"

#include <utility>

#include "lib/verify/block_pipeline.hpp"

namespace sandoq {

namespace {

// Besides the blocks that threads work on, one that is read ahead and one whose turn has not come.
constexpr std::size_t waiting_blocks = 2;

}  // namespace

ballot_walk::ballot_walk(verify_state& v, std::string_view phase)
    : v_(v),
      phase_(phase),
      files_(ballot_files_of(v.head)),
      blocks_(v.workers.concurrency() + waiting_blocks) {
  order_.begin_file(record_section::ballots);
}

bool ballot_walk::run(const stages& what) {
  std::uint64_t total_bytes = 0;
  for (const listed_file& file : files_) {
    total_bytes += file.size_bytes;
  }
  ballot_block_reader reader(v_.reader, files_, v_.workers.concurrency());
  ballot_file_hash hash;
  block_pipeline line(slots());
  line.in_order([&](std::size_t slot) { hash.take(blocks_[slot]); });
  line.in_any_order([&](std::size_t slot) { what.prepare(slot, blocks_[slot]); });
  line.in_order([&](std::size_t slot) { follow(slot, what); });
  if (what.check) {
    line.in_any_order(what.check);
  }
  line.in_order([&](std::size_t slot) {
    if (what.settle) {
      what.settle(slot);
    }
    read_bytes_ += blocks_[slot].raw.size();
  });
  const auto report = [&] { v_.report(phase_, read_bytes_, total_bytes, ballots_); };
  line.run(
      v_.workers,
      [&](std::size_t slot) {
        return !stopped_ && what.is_anything_open() && reader.next(blocks_[slot]);
      },
      report);
  report();
  return !stopped_ && files_ended_ == files_.size();
}

void ballot_walk::follow(std::size_t slot, const stages& what) {
  if (stopped_) {
    return;
  }
  if (what.begin) {
    what.begin(slot);
  }
  // The first pass has seen all this; a file may have been exchanged since.
  if (const auto ok = follow_items(slot, what); !ok) {
    v_.fail_reading(ok.error());
    stopped_ = true;
  }
}

result<void> ballot_walk::follow_items(std::size_t slot, const stages& what) {
  const ballot_block& block = blocks_[slot];
  const listed_file& file = files_[block.file];
  for (std::size_t i = 0; i < block.items.size(); ++i) {
    if (!what.is_anything_open()) {
      stopped_ = true;
      return {};
    }
    const segment_item item = block.at(i);
    const item_place place{file.name, item.number, block.file};
    auto ok = order_.next(item.kind, item.canonical);
    if (ok) {
      ok = what.take(slot, i, item, place, order_.is_evidence());
    }
    if (!ok) {
      return fail_within(place.text(), std::move(ok.error()));
    }
  }
  for (const auto* problem : {&block.broken, &block.unreadable}) {
    if (*problem) {
      return tl::unexpected<error>(**problem);
    }
  }
  if (block.end) {
    ++files_ended_;
    if (listed_hash(block.end->hash) != file.hash) {
      return fail(errc::mismatch, file.name, "is not, or no longer, the listed file");
    }
  }
  return {};
}

}  // namespace sandoq
