#include "lib/verify/repeat_table.hpp"

#include <algorithm>

namespace sandoq {

namespace {

std::uint64_t word_at(byte_view octets, std::size_t at) noexcept {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    word |= std::to_integer<std::uint64_t>(octets[at + i]) << (8 * i);
  }
  return word;
}

// A bijection of 64 bits in which every input bit reaches every output bit.
std::uint64_t mix(std::uint64_t x) noexcept {
  x = (x ^ (x >> 32)) * 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 29)) * 0xd1342543de82ef95U;
  return x ^ (x >> 32);
}

}  // namespace

repeat_table::repeat_table(const digest32& key, std::uint64_t values, std::size_t capacity)
    : partitions_(values <= capacity ? 1 : values / capacity + 1) {
  for (std::size_t i = 0; i < key_.size(); ++i) {
    key_[i] = word_at(key.view(), 8 * i);
  }
  const auto noted = static_cast<std::size_t>(std::min<std::uint64_t>(values, capacity));
  for (std::vector<std::uint64_t>& part : noted_) {
    part.reserve(noted / noted_.size());
  }
}

std::uint64_t repeat_table::fingerprint(const byte_array<32>& value) const noexcept {
  std::uint64_t state = 0;
  for (std::size_t i = 0; i < key_.size(); ++i) {
    state = mix(state ^ word_at(value, 8 * i) ^ key_[i]);
  }
  return state;
}

void repeat_table::begin(std::uint64_t partition) {
  partition_ = partition;
  for (std::vector<std::uint64_t>& part : noted_) {
    part.clear();
  }
}

void repeat_table::note(const byte_array<32>& value) {
  const std::uint64_t print = fingerprint(value);
  if (partitions_ == 1 || print % partitions_ == partition_) {
    noted_[print >> (64 - sorting_bits)].push_back(print);
  }
}

void repeat_table::end(executor& workers) {
  std::array<std::vector<std::uint64_t>, std::size_t{1} << sorting_bits> repeated;
  workers.parallel_for(noted_.size(), [&](std::size_t part) noexcept {
    std::vector<std::uint64_t>& prints = noted_[part];
    std::sort(prints.begin(), prints.end());
    for (std::size_t i = 1; i < prints.size(); ++i) {
      if (prints[i] == prints[i - 1] && (i < 2 || prints[i - 2] != prints[i])) {
        repeated[part].push_back(prints[i]);
      }
    }
  });
  const auto old = static_cast<std::ptrdiff_t>(suspects_.size());
  for (const std::vector<std::uint64_t>& part : repeated) {  // ascending, as the parts are
    suspects_.insert(suspects_.end(), part.begin(), part.end());
  }
  std::inplace_merge(suspects_.begin(), suspects_.begin() + old, suspects_.end());
}

bool repeat_table::is_suspect(const byte_array<32>& value) const noexcept {
  return std::binary_search(suspects_.begin(), suspects_.end(), fingerprint(value));
}

bool repeat_table::seen_before(const byte_array<32>& value, const std::string& place,
                               std::string& first_place) {
  if (!is_suspect(value)) {
    return false;
  }
  const std::uint64_t print = fingerprint(value);
  for (const full& other : compared_) {
    if (other.fingerprint == print && other.value == value) {
      first_place = other.place;
      return true;
    }
  }
  compared_.push_back({print, value, place});
  return false;
}

}  // namespace sandoq
