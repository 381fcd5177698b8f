#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/hash.hpp"

namespace sandoq {

/// Finds a value of 32 bytes (an alpha, a token hash) that stands twice in a record, in bounded
/// memory. One pass notes 64-bit fingerprints of the values whose fingerprint falls into the pass's
/// partition; fingerprints that occur twice are suspects; one more pass over the record compares
/// the suspects' full bytes. Equal bytes have equal fingerprints, so nothing is missed, whatever
/// the fingerprint. SPEC(52.5) SPEC(52.9)
class repeat_table {
 public:
  /// \param key       fixes the fingerprint; taken from the record's own hashes, so that nobody can
  ///                  make values whose fingerprints collide and slow a verifier down
  /// \param values    how many the record has
  /// \param capacity  fingerprints kept at a time, 8 bytes each
  repeat_table(const digest32& key, std::uint64_t values, std::size_t capacity);

  /// Passes over the record that are needed to note all; 1 up to `capacity` values, and for more as
  /// many as keep each partition, which is not exactly even, near the capacity.
  [[nodiscard]] std::uint64_t partitions() const noexcept { return partitions_; }

  /// Begins the pass of that partition.
  void begin(std::uint64_t partition);
  /// Notes a value, if it belongs to the partition.
  void note(const byte_array<32>& value);
  /// Ends the pass; afterwards has_suspects() tells whether there is anything to compare.
  void end(executor& workers);
  [[nodiscard]] bool has_suspects() const noexcept { return !suspects_.empty(); }

  /// Whether the value has to be compared.
  [[nodiscard]] bool is_suspect(const byte_array<32>& value) const noexcept;
  /// Second look, in record order: true if the value, a suspect, was seen before at `first_place`.
  [[nodiscard]] bool seen_before(const byte_array<32>& value, const std::string& place,
                                 std::string& first_place);

 private:
  [[nodiscard]] std::uint64_t fingerprint(const byte_array<32>& value) const noexcept;

  std::array<std::uint64_t, 4> key_{};
  std::uint64_t partitions_ = 1;
  std::uint64_t partition_ = 0;
  static constexpr unsigned sorting_bits = 6;  // parts of what is noted, sorted one by one
  std::array<std::vector<std::uint64_t>, std::size_t{1} << sorting_bits> noted_;
  std::vector<std::uint64_t> suspects_;  // sorted
  struct full {
    std::uint64_t fingerprint;
    byte_array<32> value;
    std::string place;
  };
  std::vector<full> compared_;
};

}  // namespace sandoq
