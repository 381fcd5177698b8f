#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "lib/ballot/choice_check_secret.hpp"
#include "sandoq/ballot/selection_secret.hpp"
#include "sandoq/core/choice.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq::detail {

/// A ballot paper that was filled in.
struct finished_sheet {
  secret_bytes choices;
  choice cancelled;  ///< too much was marked, and the rule makes that void
};

/// A ballot paper while it is filled in, entry by entry in the order of 76.2: who is struck out,
/// the list's code, single options. Every entry visits all options, so neither time nor memory
/// shows which one it is.
class mark_sheet {
 public:
  explicit mark_sheet(const contest_terms& contest);

  /// Takes away the vote that the list's code will give. \pre before mark_list()
  void strike(option_index option);
  /// The code of the list with that number; nothing happens for list_entries::no_list.
  /// \pre at most once, before any mark()
  void mark_list(std::uint32_t list);
  /// A single option; nothing happens for no_option.
  void mark(option_index option);

  /// Whether an empty sheet is a blank ballot, where blanks are counted.
  enum class empty_sheet : bool { too_little, blank };
  /// The choices, as the rule reads the entries. Refuses what cannot be entered, and too little.
  ///                                                                        SPEC(76.2) SPEC(50.10)
  [[nodiscard]] result<finished_sheet> finish(empty_sheet empty) &&;

 private:
  void give(std::uint32_t option, choice here);
  [[nodiscard]] result<void> check() const;
  [[nodiscard]] result<void> check_votes() const;
  [[nodiscard]] choice is_struck(option_index member) const;

  const contest_terms* contest_;
  const ballot_codes* codes_;
  secret_bytes choices_;
  secret_bytes struck_;      // whom a list's code shall give no vote, until it has not
  std::uint64_t votes_ = 0;  // secret
  parties_touched parties_;
  choice unknown_ = choice::no();  // an option or list that does not exist
  choice twice_ = choice::no();    // an option beyond its votes
  choice over_ = choice::no();     // a vote beyond all
  choice list_ = choice::no();     // a list's code was entered
  choice single_ = choice::no();   // a single option was
};

}  // namespace sandoq::detail
