#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sandoq/ballot/contest_ballot.hpp"
#include "sandoq/ballot/seed.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/domain.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/proofs/bit_vector.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/schnorr.hpp"
#include "sandoq/proofs/signature.hpp"

/// \file
/// The items of a device's journal as they stand in a record (section 52.1): plain values, decoded
/// in structure and bounds only. Elements and scalars stay bytes.
namespace sandoq {

/// The kinds of journal items; the numbers are those of the record's items. SPEC(80.3)
enum class journal_kind : std::uint32_t {
  opening = 20,
  ballot = 21,
  cast = 22,
  challenge = 23,
  voided = 24,
  close = 25,
  exclusion = 26,
  recovery = 27,
  eligibility = 28
};

/// Milliseconds since 1970-01-01T00:00:00Z.                                              SPEC(00.5)
struct time_ms {
  std::uint64_t value = 0;
  friend auto operator<=>(const time_ms&, const time_ms&) = default;
};

/// A journal: device `device` (from 1) of the branch with that node index.
struct device_place {
  branch_index branch;
  device_index device;
  friend auto operator<=>(const device_place&, const device_place&) = default;
};

/// How a device begins: its key, the seeds it and the boards have committed to, signed by all.
struct opening_item {
  static constexpr std::size_t max_board_roots = 8;

  device_place place;
  wire_element device_key;
  schnorr_proof<ristretto255> key_proof;
  time_ms time;
  std::uint32_t capacity = 0;  ///< the largest serial, at least 1
  digest32 device_root;
  wire_signature device_signature;
  std::vector<digest32> board_roots;
  quorum signatures;

  [[nodiscard]] static result<opening_item> decode(byte_view canonical);
  [[nodiscard]] bytes encode() const;
  /// What the device signs: everything before its signature.                             SPEC(52.2)
  [[nodiscard]] digest32 device_digest() const;
  /// What the boards sign: everything before the quorum.                                 SPEC(52.2)
  [[nodiscard]] digest32 board_digest() const;
  friend bool operator==(const opening_item&, const opening_item&) = default;
};

/// An encrypted ballot with its proofs, its link to what came before, and its code.
struct ballot_item {
  static constexpr std::size_t max_contests = 64;
  static constexpr std::uint16_t no_digits = 10'000;

  device_place place;
  serial number;
  style_index style;
  std::uint16_t digits = no_digits;  ///< four digits of the voter's own, or no_digits
  std::vector<contest_ballot> contests;
  time_ms time;
  digest32 previous;  ///< link of the resolution before, link_0 for serial 1
  digest32 code;

  [[nodiscard]] static result<ballot_item> decode(byte_view canonical);
  [[nodiscard]] bytes encode() const;
  /// H("ballot"; everything before `time`): what the code says of the ballot.           SPEC(52.3)
  [[nodiscard]] digest32 ballot_hash() const;
  friend bool operator==(const ballot_item&, const ballot_item&) = default;
};

/// Cast and void have the same bytes; the item's kind tells them apart, and so do these types.
struct cast_item {
  static constexpr journal_kind kind = journal_kind::cast;
  device_place place;
  serial number;
  time_ms time;

  [[nodiscard]] static result<cast_item> decode(byte_view canonical);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const cast_item&, const cast_item&) = default;
};

/// The ballot is neither counted nor opened.
struct void_item {
  static constexpr journal_kind kind = journal_kind::voided;
  device_place place;
  serial number;
  time_ms time;

  [[nodiscard]] static result<void_item> decode(byte_view canonical);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const void_item&, const void_item&) = default;
};

/// Opens a ballot that will never be counted: what was chosen and where its randomness came from.
struct challenge_item {
  static constexpr journal_kind kind = journal_kind::challenge;
  static constexpr std::size_t max_board_seeds = 8;

  device_place place;
  serial number;
  time_ms time;
  std::vector<revealed_choices> choices;  ///< one entry a contest of the style
  seed_opening device_seed;
  std::vector<seed_opening> board_seeds;

  [[nodiscard]] static result<challenge_item> decode(byte_view canonical);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const challenge_item&, const challenge_item&) = default;
};

/// What became of the ballots of a journal.
struct journal_counters {
  std::uint32_t committed = 0;
  std::uint32_t cast = 0;
  std::uint32_t challenged = 0;
  std::uint32_t voided = 0;
  /// committed = cast + challenged + voided, without overflow.                           SPEC(52.7)
  [[nodiscard]] bool adds_up() const noexcept {
    return std::uint64_t{cast} + challenged + voided == committed;
  }
  friend bool operator==(const journal_counters&, const journal_counters&) = default;
};

/// How a journal ends: its counters and last link, signed by device and boards.
struct close_item {
  device_place place;
  time_ms time;
  journal_counters counters;
  digest32 last_link;
  wire_signature device_signature;
  quorum signatures;

  [[nodiscard]] static result<close_item> decode(byte_view canonical);
  [[nodiscard]] bytes encode() const;
  [[nodiscard]] digest32 device_digest() const;  ///< H("close/device"; ...)             SPEC(52.7)
  [[nodiscard]] digest32 board_digest() const;   ///< H("close"; ...)                    SPEC(52.7)
  friend bool operator==(const close_item&, const close_item&) = default;
};

/// What the boards write in place of the close of a device that was lost before it could close. Its
/// digest is all there is: no device has signed it.                                      SPEC(52.7)
struct recovery_item {
  static constexpr std::size_t max_remark_bytes = 1'024;

  device_place place;
  time_ms time;
  journal_counters counters;
  digest32 last_link;
  std::string remark;  ///< for people; may be empty
  quorum signatures;

  [[nodiscard]] static result<recovery_item> decode(byte_view canonical);
  [[nodiscard]] bytes encode() const;
  [[nodiscard]] digest32 board_digest() const;  ///< H("recovery"; ...)                  SPEC(52.7)
  friend bool operator==(const recovery_item&, const recovery_item&) = default;
};

/// An item of a journal as it is written: kind and canonical bytes.
struct journal_entry {
  journal_kind kind = journal_kind::opening;
  bytes canonical;
  friend bool operator==(const journal_entry&, const journal_entry&) = default;
};

/// Where an item of a journal belongs, whatever its kind: all of them begin with branch and device.
[[nodiscard]] result<device_place> place_of_item(byte_view canonical);

}  // namespace sandoq
