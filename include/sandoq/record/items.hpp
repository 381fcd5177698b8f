#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// What an item of a record is; the numbers are those on the wire.                    SPEC(80.3)
enum class item_kind : std::uint32_t {
  head = 1,
  manifest = 2,
  dkg_commit = 10,
  dkg_reveal = 11,
  dkg_deal = 12,
  dkg_confirm = 13,
  election_key = 14,
  dkg_complaint = 15,
  dkg_absence = 16,
  opening = 20,
  ballot = 21,
  cast = 22,
  challenge = 23,
  voided = 24,  ///< `void` in the specification
  close = 25,
  exclusion = 26,
  recovery = 27,
  eligibility = 28,
  tally_node = 30,
  request = 40,
  partial = 41,
  result = 42,
  subtotal = 43,
  attributes = 44,
  lot_commit = 45,
  lot_reveal = 46,
  lot_beacon = 47,
  resolution = 48,
  list_request = 49,
  list_partial = 50,
  allocation = 51,
  mix_group = 60,
  mix_stage = 61,
  mix_elements = 62,
  mix_factors = 63,
};

/// The name of the specification, e.g. "dkg_commit"; "unknown" for any other number.
[[nodiscard]] std::string_view name_of(item_kind kind) noexcept;

/// True iff the number is in the table of kinds.
[[nodiscard]] bool is_item_kind(std::uint32_t number) noexcept;

/// Limits of the container.                                                SPEC(80.2) SPEC(80.4)
inline constexpr std::size_t max_item_bytes = std::size_t{16} << 20;
inline constexpr std::uint64_t max_head_file_bytes = std::uint64_t{16} << 20;
inline constexpr std::uint64_t file_rollover_bytes = std::uint64_t{32} << 20;  ///< ballots, mix
inline constexpr std::size_t min_listed_files = 5;  ///< one of each section but head and mix
inline constexpr std::size_t max_listed_files = 100'000;

/// The files of a record by what they hold, in the order of the record.               SPEC(80.1)
enum class record_section { head, manifest, ceremony, ballots, tally, mix, opening };

inline constexpr std::string_view head_file_name = "head.pb";
inline constexpr std::string_view manifest_file_name = "manifest.pb";
inline constexpr std::string_view ceremony_file_name = "ceremony.pb";
inline constexpr std::string_view tally_file_name = "tally.pb";
inline constexpr std::string_view opening_file_name = "opening.pb";

/// "ballots-000001.pb" for 1. \pre 1 <= number <= 999,999
[[nodiscard]] std::string ballot_file_name(std::uint32_t number);
/// "mix-000001.pb" for 1. \pre 1 <= number <= 999,999
[[nodiscard]] std::string mix_file_name(std::uint32_t number);

/// The section that a kind belongs to.
[[nodiscard]] record_section section_of(item_kind kind) noexcept;

/// Follows the names in a head's list, one after another.                  SPEC(80.1) SPEC(80.5)
class file_name_order {
 public:
  /// The section of the next file; mismatch, with what may stand here, if it is not of that name.
  [[nodiscard]] result<record_section> next(std::string_view name);
  /// Ends the list; missing if the file that is the last of every record has not come.
  [[nodiscard]] result<void> end() const;

 private:
  [[nodiscard]] std::string expected(record_section section) const;

  record_section section_ = record_section::head;
  std::uint32_t number_ = 0;  // of the last file in its section
};

/// Follows the order of the items of a whole record, file after file. Looks into none of them, but
/// for the number of items that an exclusion says to follow.              SPEC(80.1) SPEC(80.4)
class item_order {
 public:
  /// Begins the next file of that section; ballot files continue one stream, and so do mix files.
  void begin_file(record_section section) noexcept;
  /// The next item; mismatch with a reason if it may not stand here.
  [[nodiscard]] result<void> next(std::uint32_t kind, byte_view canonical);
  /// True iff the item that came last is kept as evidence of an exclusion: it counts for nothing.
  [[nodiscard]] bool is_evidence() const noexcept { return evidence_; }
  /// Ends the present file. A ballot or mix file may end between any two items but not be empty.
  [[nodiscard]] result<void> end_file();
  /// Ends the record's ballot files: the last journal must be complete, and there must be one.
  [[nodiscard]] result<void> end_ballots() const;
  /// Ends the record's mix files, if there are any: the last list must have its parts.
  [[nodiscard]] result<void> end_mix() const;

 private:
  enum class journal_state { outside, open, unresolved, evidence };

  [[nodiscard]] result<void> next_ceremony(item_kind kind, std::uint32_t last);
  [[nodiscard]] static result<void> next_opening(item_kind kind, std::uint32_t last);
  [[nodiscard]] result<void> next_mix(item_kind kind);
  [[nodiscard]] result<void> next_ballots(item_kind kind, byte_view canonical);
  [[nodiscard]] result<void> begin_evidence(byte_view exclusion);
  [[nodiscard]] result<void> next_evidence(item_kind kind);

  record_section section_ = record_section::head;
  journal_state journal_ = journal_state::outside;
  std::uint32_t last_kind_ = 0;  // in the present file
  std::uint64_t items_ = 0;
  std::uint32_t evidence_left_ = 0;
  bool evidence_ = false;
  bool any_journal_ = false;
  bool eligibility_done_ = false;  // no journal has come since the last one
  std::optional<item_kind> mix_;   // the last item of the mix files that is not mix_elements
  bool list_begun_ = true;         // a part has followed it, or none need
};

}  // namespace sandoq
