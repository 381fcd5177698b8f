#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/ballot/party_list.hpp"
#include "sandoq/ballot/rule.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/choice_limits.hpp"

namespace sandoq {

/// How many codes a contest's ballots have, and of what. SPEC(50.10)
struct code_numbers {
  /// Whether lists have codes: none; theirs are all there are; or they follow those of the options.
  enum class list_place : std::uint8_t { none, alone, behind };
  list_place lists = list_place::none;
  std::uint32_t each = 1;     ///< codes of every option, 0 where lists are alone
  std::uint32_t options = 0;  ///< codes of all options: those of lists follow
  std::uint32_t parties = 0;  ///< codes of lists
  choice_limits limits;       ///< n*, L*, Lmin*
};
/// Saturates where a contest breaks 50.5 by so much that its numbers have more than 32 bits.
[[nodiscard]] code_numbers code_numbers_of(const contest_entry& contest) noexcept;

/// Whether the ballot rule can stand beside this encoding.                              SPEC(50.5)
[[nodiscard]] bool can_carry(contest_encoding encoding, const ballot_rule& ballot) noexcept;

/// Counts of codes in the terms of the law. SPEC(75.7)
struct counted_codes {
  std::vector<std::uint64_t> votes;         ///< one an option
  std::vector<std::uint64_t> list_ballots;  ///< one a list with a code on the ballot
};

/// What the codes of a contest's ballots stand for, and which go together. SPEC(50.10)
class ballot_codes {
 public:
  /// Of a ranking its options. \pre the contest keeps 50.5
  explicit ballot_codes(const contest_entry& contest);

  [[nodiscard]] const code_numbers& numbers() const noexcept { return numbers_; }
  /// What voters may enter; of a contest without a rule of its own: options, each once.
  [[nodiscard]] const ballot_rule& entries() const noexcept { return entries_; }
  [[nodiscard]] std::uint32_t options() const noexcept {
    return static_cast<std::uint32_t>(party_of_.size());
  }
  /// Whom the code of each list stands for; empty where lists have no codes and need none.
  [[nodiscard]] std::span<const std::vector<option_index>> lists() const noexcept { return lists_; }
  /// The list of an option, or lists().size() for independents.
  [[nodiscard]] std::uint32_t party_of(std::uint32_t option) const { return party_of_[option]; }
  /// The place of a list's code, from 0. \pre lists have codes on the ballot
  [[nodiscard]] std::uint32_t place_of_list(std::uint32_t list) const noexcept {
    return numbers_.options + list;
  }
  /// Whether it matters which lists the options are of.
  [[nodiscard]] bool by_lists() const noexcept {
    return numbers_.lists != code_numbers::list_place::alone &&
           entries_.form != ballot_rule::list_form::free;
  }

  /// Whether such a choice is permitted. Not in constant time: of ballots that are shown.
  /// \param codes  ascending, from 1 to n*, Lmin* to L* of them or none
  /// \return bad_witness with what is wrong                                            SPEC(50.10)
  [[nodiscard]] result<void> check(std::span<const std::uint32_t> codes) const;

  /// Votes of options and ballots of lists. \pre a count for each code
  [[nodiscard]] counted_codes read(std::span<const std::uint64_t> counts) const;

 private:
  [[nodiscard]] result<void> check_parties(std::span<const std::uint32_t> codes) const;

  code_numbers numbers_;
  ballot_rule entries_;
  std::vector<std::vector<option_index>> lists_;
  std::vector<std::uint32_t> party_of_;
};

}  // namespace sandoq
