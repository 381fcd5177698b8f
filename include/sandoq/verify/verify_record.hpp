#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/protocol.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/rules/allocate.hpp"
#include "sandoq/rules/allocation_step.hpp"
#include "sandoq/tally/result.hpp"

namespace sandoq {

/// What a verifier takes from outside, besides the directory.                         SPEC(90.1)
struct verify_options {
  std::optional<digest32> manifest_hash;  ///< the e0 that people agreed on (manifest.pin)
  std::optional<election_domain> domain;  ///< the domain asked for (manifest.domain)
  /// A file of hints, from anybody: it changes how long verifying takes and nothing else, so one
  /// that is missing or not of this record is left aside.                              SPEC(80.7)
  std::optional<std::filesystem::path> hints{};
};

/// Before the id of a list whose own code stands on ballots, in a line of counts.
inline constexpr std::string_view list_count_prefix = "list:";

/// One line of a contest's counts: an option's id, "list:" and a list's, "blank" or "invalid".
struct option_count {
  std::string option;
  std::uint64_t votes = 0;
  friend bool operator==(const option_count&, const option_count&) = default;
};

/// The published counts of one contest.
struct contest_counts {
  std::string contest;
  /// In manifest order, none of a ranking; then lists with a code on the ballot (50.10), then blank
  /// if the contest counts it, then invalid votes if its ballots are packed. Of options their
  /// votes.
  std::vector<option_count> options;
  friend bool operator==(const contest_counts&, const contest_counts&) = default;
};

/// What a set of places came to besides the totals.                                    SPEC(75.3)
struct place_counts {
  std::vector<std::string> places;  ///< ids of the tree's nodes
  std::uint64_t ballots = 0;
  contest_counts counts;
  friend bool operator==(const place_counts&, const place_counts&) = default;
};

/// What the mixed list of a group came to.                                             SPEC(90.1)
struct group_counts {
  std::uint32_t group = 0;          ///< from 1
  std::vector<std::string> places;  ///< ids of the tree's nodes
  std::uint64_t ballots = 0;
  contest_counts counts;  ///< of slots without blank, whose sum is opened for the contest alone
  friend bool operator==(const group_counts&, const group_counts&) = default;
};

/// A text that ballots bear, and how many of them.
struct written_text {
  std::string text;
  std::uint64_t votes = 0;
  friend bool operator==(const written_text&, const written_text&) = default;
};

/// What was written in a contest with room for it.                                     SPEC(90.1)
struct contest_write_ins {
  std::string contest;
  std::vector<written_text> texts;  ///< ascending by their bytes, none empty
  friend bool operator==(const contest_write_ins&, const contest_write_ins&) = default;
};

/// Who is elected by a contest's own rule. An open one is no fault: a tie waits.       SPEC(75.7)
struct contest_seats {
  std::string contest;
  allocation_status status = allocation_status::decided;
  std::vector<std::string> elected;  ///< ids of options, here and below
  std::vector<std::string> alternates;
  std::vector<std::string> runoff;
  allocation_transcript transcript;  ///< subjects as in 76.6
  friend bool operator==(const contest_seats&, const contest_seats&) = default;
};

/// How far a tie is decided.                                                           SPEC(75.6)
enum class tie_state { open, resolved, resolved_with_lot };

/// A tie of a result. An open one is no fault: the record says who tied, and stands.
struct tie_outcome {
  std::string contest;
  std::uint32_t seats = 0;
  std::uint32_t alternates = 0;
  tie_state state = tie_state::open;
  std::vector<std::string> options;  ///< ids in their final order, or in option order while open
  friend bool operator==(const tie_outcome&, const tie_outcome&) = default;
};

/// The keys by which people recognise a board.
struct board_identity {
  std::string id;
  std::vector<wire_element> signing_keys;  ///< trustee 1 first
  friend bool operator==(const board_identity&, const board_identity&) = default;
};

/// A journal that the boards have excluded: none of its ballots counts. What the boards say of it;
/// whether they are right, the evidence in the record shows.                 SPEC(52.10) SPEC(90.4)
struct excluded_journal {
  branch_index branch;
  std::string branch_id;  ///< of the manifest
  device_index device;
  std::uint8_t reason = 0;  ///< 1 to 5, as in 52.10
  std::string_view reason_name;
  std::string remark;
  std::uint64_t cast_items = 0;  ///< in the evidence: ballots that would have counted
  friend bool operator==(const excluded_journal&, const excluded_journal&) = default;
};

/// A journal that the boards have closed in place of its device.             SPEC(52.7) SPEC(90.4)
struct recovered_device {
  branch_index branch;
  std::string branch_id;
  device_index device;
  std::string remark;
  std::uint64_t cast_ballots = 0;
  friend bool operator==(const recovered_device&, const recovered_device&) = default;
};

/// A trustee who stayed away from an attempt of the key ceremony, as all boards state.
///                                                                          SPEC(55.5) SPEC(90.4)
struct absent_trustee {
  std::uint32_t attempt = 0;
  board_index board;
  trustee_index trustee;
  std::string board_id;  ///< of the manifest
  std::string trustee_id;
  std::string remark;
  friend bool operator==(const absent_trustee&, const absent_trustee&) = default;
};

/// A trustee without a share of the key: guilty or absent in the ceremony, and counted in no
/// quorum.                                                                  SPEC(55.5) SPEC(90.4)
struct shut_out_trustee {
  board_index board;
  trustee_index trustee;
  std::string board_id;  ///< of the manifest
  std::string trustee_id;
  friend bool operator==(const shut_out_trustee&, const shut_out_trustee&) = default;
};

/// How long a phase took.
struct phase_time {
  std::string_view phase;
  double seconds = 0;
};

/// What a file of hints was good for.                                                  SPEC(80.7)
struct hints_use {
  std::uint64_t listed = 0;  ///< elements that it has hints for
  std::uint64_t used = 0;  ///< elements that were decoded with theirs: some of each block are tried
};

/// What a pass over a record came to.                                                 SPEC(90.1)
struct record_verdict {
  verdict checks;         ///< every check of checks.hpp, in its order
  bool accepted = false;  ///< all passed, optional ones that were not asked for excepted
  std::vector<contest_counts> counts;        ///< empty unless accepted
  std::uint64_t ballots = 0;                 ///< cast ballots; 0 unless accepted
  std::vector<place_counts> subtotals;       ///< in the order of requests; empty unless accepted
  std::vector<tie_outcome> ties;             ///< in the order of results; empty unless accepted
  std::vector<group_counts> groups;          ///< in their order; empty unless accepted
  std::vector<contest_write_ins> write_ins;  ///< contests with room for them; empty unless accepted
  std::vector<contest_seats> allocations;    ///< contests of rule 2; empty unless accepted
  /// Of the manifest in the record, as soon as it could be read. Without a pinned manifest hash
  /// only inner consistency was checked: show these.
  std::optional<digest32> manifest_hash;
  std::optional<election_domain> domain;
  std::vector<board_identity> boards;
  /// What no check decides and every report shows, in record order; complete if accepted.
  std::vector<excluded_journal> exclusions;
  std::vector<recovered_device> recoveries;
  std::vector<absent_trustee> absences;
  std::vector<shut_out_trustee> shut_out;  ///< board 0 first, ascending numbers
  /// What a report needs besides, taken from the bytes that were checked, so that nobody has to
  /// read the record again. The manifest is there as soon as it could be read: unless accepted, it
  /// may break its own rules.
  std::optional<manifest> election;
  std::optional<digest32> election_hash;     ///< e1, as the election key says it
  std::vector<contest_result> results;       ///< in contest order; empty unless accepted
  std::vector<std::uint64_t> place_ballots;  ///< cast ballots of each node; empty unless accepted
  std::vector<phase_time> seconds;           ///< in the order in which the phases ran
  std::optional<error> hints_left_aside;     ///< why the hints that were named were of no use
  std::optional<hints_use> hints;            ///< if hints were named and are of this record
};

/// How far a phase has come, in bytes of its files; `total` is 0 where it is not known.
struct verify_progress {
  std::string_view phase;
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  std::uint64_t ballots = 0;  ///< that are verified, in the phase that verifies them
};
/// Called from the calling thread only.
using progress_function = std::function<void(const verify_progress&)>;

/// Verifies a whole record. The verdict does not depend on the number of threads, to the word. Two
/// passes over the ballot files, each of which reads, hashes, decodes, follows, verifies and adds
/// up blocks of 1 MiB at the same time. Memory is bounded by the blocks under way, as many as
/// threads and two (measured: some 40 MB a thread), the largest item, the manifest, the sums of the
/// places that are open at a time, and the table of fingerprints for 52.5 (64 MiB and, above
/// 8 million ciphertexts, more passes instead of more memory).
/// SPEC(80.6) SPEC(90)
/// \return missing if there is no directory, io if it or a file in it cannot be read, for which the
/// record is not to blame: whatever else is wrong is a check that fails.
[[nodiscard]] result<record_verdict> verify_record(const std::filesystem::path& directory,
                                                   const verify_options& options, executor& workers,
                                                   const progress_function& progress = {});

}  // namespace sandoq
