#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "progress.hpp"
#include "sandoq/verify/verify_record.hpp"
#include "scenario.hpp"

namespace sandoq::tool {

/// Whether the caller said which manifest the record must have.
enum class pinning { absent, present };

/// A member that a command adds to its JSON object, after those that all verifiers share.
struct extra_member {
  std::string name;
  std::string text;
};

/// {"verdict", "checks", "counts", "ballots", "seconds", "manifest", "domain", "subtotals",
/// "ties", "outcomes", "groups", "write_ins", "allocations", "exclusions", "recoveries",
/// "absences", "shut_out", ...extras}: one line.
[[nodiscard]] std::string verdict_to_json(const record_verdict& v,
                                          const std::vector<stopwatch::phase>& seconds,
                                          pinning pinned,
                                          const std::vector<extra_member>& extras = {});

/// {"counts": ..., "ballots": N, "allocations": ...}: what the oracle prints.
[[nodiscard]] std::string counts_to_json(const plain_counts& counts, std::uint64_t ballots,
                                         std::span<const contest_seats> seats);

/// Every check as a sentence, with place and reason where it did not pass, and the verdict.
[[nodiscard]] std::string checks_in_words(const record_verdict& v);

/// Excluded and recovered journals and missing trustees, which no check decides and every report
/// shows; empty if there are none.                                                     SPEC(90.4)
[[nodiscard]] std::string notes_in_words(const record_verdict& v);
/// What `verify` says in English: what was pinned, the checks, and the results if it accepts.
[[nodiscard]] std::string verdict_in_english(const record_verdict& v, pinning pinned,
                                             const std::vector<stopwatch::phase>& seconds);
/// The same in Persian, with labels instead of ids, and with the marks that a terminal needs to
/// show Persian from right to left and ids from left to right.
[[nodiscard]] std::string verdict_in_persian(const record_verdict& v, pinning pinned,
                                             const std::vector<stopwatch::phase>& seconds);

/// Manifest hash and the boards' signing keys.
[[nodiscard]] std::string identity_in_words(const record_verdict& v);

/// Every contest with names, votes and who is elected, alternate or tied, the steps of its own rule
/// and what was written in it; then subtotals, mixed groups and ties.
[[nodiscard]] std::string results_in_words(const record_verdict& v);

/// A table of counts by ids, highest first, blank and invalid last.
[[nodiscard]] std::string results_table(const plain_counts& counts);
[[nodiscard]] plain_counts counts_of(const record_verdict& v);

/// Columns a text takes on a terminal: combining marks, joiners and direction marks take none.
[[nodiscard]] std::size_t columns(std::string_view utf8);

/// "ceremony 0.12 s, voting 1.30 s, ...".
[[nodiscard]] std::string phases_in_words(const std::vector<stopwatch::phase>& seconds);

}  // namespace sandoq::tool
