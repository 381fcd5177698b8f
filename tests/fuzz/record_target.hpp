#pragma once

#include <utility>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "tests/support/small_election.hpp"

namespace sandoq::fuzzing {

/// What an input of the record target is made of: (number, up to 64 KiB of bytes)*, each as u8,
/// u16 and bytes. A length that is not there is cut. The number is that of a file in the row
/// "files", and that of an item's kind in the others.
struct portion {
  std::uint8_t number = 0;
  bytes content;
};
[[nodiscard]] std::vector<portion> portions_of(byte_view body);
[[nodiscard]] bytes joined(const std::vector<portion>& portions);

/// The names behind the numbers of the row "files": those of a record, and some that are none.
inline constexpr std::array<std::string_view, 11> file_names{
    "head.pb",           "manifest.pb",   "ceremony.pb",  "ballots-000001.pb",
    "ballots-000002.pb", "tally.pb",      "opening.pb",   "ballots-1.pb",
    "notes.txt",         "mix-000001.pb", "mix-000002.pb"};

/// The election whose boards sign the head again in the row "items", and that of "mixed_items".
[[nodiscard]] testing::small_election& signing_election();
[[nodiscard]] testing::small_election& mixing_election();

/// The record of either as an input of the row "files", without the row's number.
[[nodiscard]] bytes record_as_files(const testing::small_election& election);
/// The same for its row of items: the whole record, and those without subtotals or with open ties.
[[nodiscard]] std::vector<bytes> records_as_items(const testing::small_election& election);

}  // namespace sandoq::fuzzing
