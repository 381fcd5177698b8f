#pragma once

#include <array>
#include <string>
#include <string_view>

#include "language.hpp"
#include "manifest_words.hpp"
#include "sandoq/verify/verify_record.hpp"
#include "standings.hpp"

namespace sandoq::tool {

/// Everything that reports say in one language, but for the sentences of the checks, which stand in
/// spec/90-verification/checks.toml. {} is where fmt puts a number or a name.
struct report_words {
  std::string_view own_name;   ///< of the language
  std::string_view direction;  ///< "ltr" or "rtl"
  std::string_view comma;      ///< between names
  std::string_view report;     ///< what the document is

  std::string_view drill;
  std::string_view drill_note;
  std::string_view real;
  std::string_view no_domain;

  std::string_view accepted;
  std::string_view accepted_note;
  std::string_view rejected;
  std::string_view rejected_note;
  std::string_view pinned;
  std::string_view pin_failed;
  std::string_view pin_not_run;
  std::string_view not_pinned;

  std::string_view notes;
  std::string_view notes_note;
  std::string_view note_matter;
  std::string_view note_of;
  std::string_view note_told;
  std::string_view excluded;
  std::string_view recovered;
  std::string_view absent;
  std::string_view shut_out;
  std::string_view open_tie;
  std::string_view open_seats;
  std::string_view device;  ///< number
  std::string_view excluded_ballots;
  std::string_view recovered_ballots;
  std::string_view absent_from;  ///< attempt
  std::string_view no_share;
  std::string_view remark;
  std::string_view tie_resolved;  ///< votes, how, names, seats, alternates
  std::string_view tie_open;
  std::string_view subtotals;
  std::string_view subtotals_note;
  std::string_view more_subtotals;  ///< how many
  std::string_view groups;
  std::string_view groups_note;
  std::string_view group;         ///< number
  std::string_view more_options;  ///< how many
  std::string_view more_groups;   ///< how many
  std::string_view places_note_opened;
  std::array<std::string_view, 5> exclusion_reasons;  ///< by reason - 1
  std::array<std::string_view, 2> decided_by;         ///< without and with lot

  std::string_view election;
  std::string_view domain;
  std::string_view manifest_hash;
  std::string_view election_hash;
  std::string_view ballots_cast;
  std::string_view made;
  std::string_view made_by;

  std::string_view results;
  std::string_view votes;
  std::string_view share;
  std::string_view outcome;
  std::string_view option;
  std::string_view blank;
  std::string_view invalid;
  std::array<std::string_view, 7> standings;  ///< by standing
  std::string_view contest_place;
  std::string_view contest_ballots;
  std::string_view choices;
  std::string_view choices_of;  ///< smallest, greatest, number of options
  std::string_view list_line;   ///< the name of a list whose own code stands on ballots
  std::string_view seats;
  std::string_view alternates;
  std::string_view by_rule;  ///< instead of a number of alternates
  std::string_view floor;
  std::string_view floor_from;  ///< ballots
  std::string_view floor_none;
  std::string_view seats_empty;
  std::string_view elected_names;
  std::string_view nobody;
  std::string_view tie;  ///< votes, names, seats, alternates
  std::string_view share_note_one;
  std::string_view share_note_many;
  std::string_view share_note_votes;  ///< where an option can get several votes of one ballot
  std::string_view ranking_note;
  std::string_view allocation_open;
  std::string_view write_ins;
  std::string_view write_in;
  std::string_view more_write_ins;  ///< how many
  std::string_view contests_by_place;
  std::string_view closed_note;

  std::string_view places;
  std::string_view places_note;
  std::string_view place;
  std::string_view level;
  std::string_view branches;
  std::string_view ballots;
  std::string_view more_places;                                             ///< how many
  std::array<std::string_view, manifest_words::level_names.size()> levels;  ///< by node_level

  std::string_view checks;
  std::string_view check_sums;  ///< passed, failed, not run
  std::string_view check;
  std::string_view status;
  std::array<std::string_view, 3> statuses;  ///< by check_status
  std::string_view failed_checks;
  std::string_view failed_at;
  std::string_view reason;
  std::string_view reason_note;

  std::string_view boards;
  std::string_view boards_note;
  std::string_view board_threshold;  ///< threshold, trustees
  std::string_view trustee;
  std::string_view signing_key;

  std::string_view about;
  std::string_view about_note;

  std::string_view verdict;  ///< of the text report
  std::string_view verdict_accepted;
  std::string_view verdict_rejected;
  std::string_view time;
  std::string_view in_all;
  std::string_view second;
};

[[nodiscard]] const report_words& words_of(language in) noexcept;

/// What the check says when it passes; empty if there is no such check.
[[nodiscard]] std::string_view sentence_of(language in, std::string_view check) noexcept;

/// Why a journal was excluded; the verdict's own name of a reason that 52.10 does not have.
[[nodiscard]] std::string_view exclusion_reason_text(language in,
                                                     const excluded_journal& journal) noexcept;

/// From how many ballots on sums of a contest are opened besides its total.
[[nodiscard]] std::string floor_text(language in, const contest_entry& contest);
/// How many alternates there are: a number, or that the contest's rule says it.
[[nodiscard]] std::string alternates_text(language in, const contest_entry& contest);

/// A phase of a verification in that language; its own name if it has no other.
[[nodiscard]] std::string_view phase_name(language in, std::string_view phase) noexcept;

}  // namespace sandoq::tool
