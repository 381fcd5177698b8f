#include "lib/verify/ballot_blocks.hpp"

#include <algorithm>
#include <utility>

namespace sandoq {

namespace {

// Some hundred ballots of some dozen ciphertexts each.
constexpr std::size_t max_block_bytes = std::size_t{1} << 20;
// Below that batches are so small that what is shared in them weighs too much.
constexpr std::size_t min_block_bytes = std::size_t{4} << 10;
constexpr std::size_t most_kept_bytes = 4 * max_block_bytes;
constexpr std::size_t blocks_a_thread = 8;
constexpr std::size_t bytes_an_item = 64;  // about what ballot_block::item takes

std::size_t block_bytes_for(const std::vector<listed_file>& files, unsigned threads) {
  std::uint64_t total = 0;
  for (const listed_file& file : files) {
    total += file.size_bytes;
  }
  return threads == 1 ? max_block_bytes
                      : static_cast<std::size_t>(std::clamp<std::uint64_t>(
                            total / (blocks_a_thread * threads), min_block_bytes, max_block_bytes));
}

// Keeps the room for what comes next, unless one large item has made it.
void clear(bytes& octets) {
  if (octets.capacity() > most_kept_bytes) {
    octets = bytes();
  }
  octets.clear();
}

void clear(ballot_block& block) {
  block.is_first = false;
  clear(block.raw);
  clear(block.octets);
  block.items.clear();
  block.broken.reset();
  block.unreadable.reset();
  block.end.reset();
}

}  // namespace

ballot_block_reader::ballot_block_reader(const record_reader& reader,
                                         const std::vector<listed_file>& files, unsigned threads)
    : reader_(&reader), files_(&files), block_bytes_(block_bytes_for(files, threads)) {}

bool ballot_block_reader::open(ballot_block& out) {
  auto opened = reader_->open_file((*files_)[file_].name, [this](byte_view read) {
    raw_->insert(raw_->end(), read.begin(), read.end());
  });
  if (!opened) {
    out.unreadable = std::move(opened.error());
    return false;
  }
  segment_.emplace(std::move(*opened));
  out.is_first = true;
  is_broken_ = false;
  return true;
}

// False at the end of the file.
result<bool> ballot_block_reader::read_items(ballot_block& out) {
  segment_item item;
  // Items may be empty, and each costs memory of its own.
  while (out.raw.size() < block_bytes_ && out.octets.size() < block_bytes_ &&
         out.items.size() < block_bytes_ / bytes_an_item) {
    const auto more = segment_->next(item);
    if (!more || !*more) {
      return more;
    }
    out.items.push_back(
        {item.kind, item.number, item.offset, out.octets.size(), item.canonical.size()});
    out.octets.insert(out.octets.end(), item.canonical.begin(), item.canonical.end());
  }
  return true;
}

result<bool> ballot_block_reader::pass_over(const ballot_block& out) {
  while (out.raw.size() < block_bytes_) {
    const auto more = segment_->pass_over();
    if (!more || !*more) {
      return more;
    }
  }
  return true;
}

bool ballot_block_reader::next(ballot_block& out) {
  clear(out);
  if (is_over_ || file_ == files_->size()) {
    return false;
  }
  raw_ = &out.raw;
  out.file = file_;
  if (!segment_ && !open(out)) {
    is_over_ = true;
    return true;
  }
  auto more = is_broken_ ? pass_over(out) : read_items(out);
  if (!more && !is_broken_ && more.error().code != errc::io) {
    out.broken = std::move(more.error());
    is_broken_ = true;
    more = true;
  }
  if (!more) {
    out.unreadable = std::move(more.error());
    is_over_ = true;
  } else if (!*more) {
    out.end = {segment_->items(), segment_->size_bytes(), {}};
    segment_.reset();
    ++file_;
  }
  return true;
}

void ballot_file_hash::take(ballot_block& block) {
  if (block.is_first) {
    hash_ = sha512();
  }
  hash_.update(block.raw);
  if (block.end) {
    block.end->hash = hash_.finish();
  }
}

}  // namespace sandoq
