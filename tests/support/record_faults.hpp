#pragma once

#include <string>
#include <vector>

#include "sandoq/verify/checks.hpp"
#include "sandoq/verify/verify_record.hpp"
#include "tests/support/small_election.hpp"

namespace sandoq::testing {

/// A record with one fault, signed over by those who would have to go along with it.
struct record_fault {
  std::string name;
  check_id fails;  ///< the only check that fails; what rests on it is not run, all else passes
  small_election::tampering tamper;
  verify_options options{};
  scenario (*plan)() = small_scenario;
};

/// Faults of record, manifest and ceremony; of journals and ballots; of tally, opening and result.
[[nodiscard]] std::vector<record_fault> early_faults();
[[nodiscard]] std::vector<record_fault> journal_faults();
/// Of recoveries, exclusions and eligibility logs.
[[nodiscard]] std::vector<record_fault> board_faults();
[[nodiscard]] std::vector<record_fault> late_faults();
/// Of the mix, of the opening of its lists, and of allocations.
[[nodiscard]] std::vector<record_fault> mix_faults();
[[nodiscard]] inline std::vector<record_fault> all_faults() {
  std::vector<record_fault> out = early_faults();
  for (auto part : {journal_faults(), board_faults(), late_faults(), mix_faults()}) {
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

/// Does `change` once, when the stage comes for the `turn`-th time (from 1).
template <class Change>
[[nodiscard]] small_election::tampering when(stage s, Change change, int turn = 1) {
  return [s, change, turn, seen = 0](stage now, small_election& e) mutable {
    if (now == s && ++seen == turn) {
      change(e);
    }
  };
}

/// The items of a file, for changes after everything was encoded.
[[nodiscard]] inline std::vector<framed_item>& items_of(small_election& e, record_section section) {
  return e.draft.items[section];
}

/// Replaces the manifest when all else is made and signed: for faults on which nothing rests but
/// what is not run then.
template <class Change>
[[nodiscard]] small_election::tampering with_manifest(Change change) {
  return when(stage::items, [change](small_election& e) {
    change(e.draft.election);
    bytes& canonical = items_of(e, record_section::manifest).front().canonical;
    canonical = e.draft.election.encode();
    e.draft.e0 = manifest_hash(canonical);
  });
}

/// The journal written last.
[[nodiscard]] inline journal_draft& journal_of(small_election& e) {
  return e.draft.journals.back();
}

/// Changes the lowest bit of the octet at a place.
inline void flip(byte_span octets, std::size_t at = 0) {
  octets[at] ^= std::byte{1};
}

/// A scalar and an element that do not decode: q itself, and a field element that is negative.
[[nodiscard]] byte_array<32> scalar_too_large();
[[nodiscard]] byte_array<32> bytes_of_no_element();

}  // namespace sandoq::testing
