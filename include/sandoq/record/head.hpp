#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/protocol.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/quorum.hpp"

namespace sandoq {

/// What the head says of one file.
struct listed_file {
  static constexpr std::size_t max_name_bytes = 64;
  std::string name;
  std::uint64_t size_bytes = 0;
  std::uint32_t items = 0;
  digest32 hash;  ///< the first 32 bytes of the file's SHA-512
  friend bool operator==(const listed_file&, const listed_file&) = default;
};

/// Names every other file of a record, and is signed by all boards.                   SPEC(80.5)
struct record_head {
  election_domain domain = election_domain::drill;
  digest32 manifest_hash;  ///< e0
  digest32 election_hash;  ///< e1
  std::uint64_t cast_ballots = 0;
  std::vector<listed_file> files;  ///< in the order of the record
  quorum signatures;

  /// Structure, format, suite, domain, and that the names are exactly those a record has, in order.
  [[nodiscard]] static result<record_head> decode(byte_view canonical);
  [[nodiscard]] bytes encode() const;
  /// H("head"; bytes before the quorum): what the boards sign, purpose "head", election e1.
  [[nodiscard]] digest32 signed_digest() const;
  friend bool operator==(const record_head&, const record_head&) = default;
};

/// The first 32 bytes of a file's SHA-512, as the head lists it.
[[nodiscard]] digest32 listed_hash(const digest64& whole) noexcept;

}  // namespace sandoq
