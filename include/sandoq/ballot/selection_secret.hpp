#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "sandoq/ballot/contest.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/core/choice.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq {

/// What a voter entered where lists have codes. All of it is secret but the numbers of entries.
/// SPEC(76.2)
struct list_entries {
  static constexpr std::uint32_t no_list = 0xFFFFFFFFU;

  std::uint32_t list = no_list;  ///< whose code was entered
  std::span<const option_index>
      struck{};  ///< members whom the code shall give no vote, or no_option
  std::span<const option_index> slots{};  ///< single options, as for of_slots
};

/// What a voter marked in one contest, known to be permitted. Move-only, wiped.
/// SPEC(45.1) SPEC(46.1) SPEC(47.1) SPEC(50.10)
class contest_selection {
 public:
  /// In a slot: nothing is marked there.
  static constexpr option_index no_option{0xFFFFFFFFU};
  /// Most entries that a device reads where the rule cuts over-votes off or makes them void.
  static constexpr std::size_t most_slots = 8'192;

  /// The door for booths: neither time nor memory shows what is marked, how much, or whether
  /// anything is. No mark at all means blank where the contest counts it.
  /// \param slots  in the order of entry, each an option index from 0 or no_option; exactly max of
  ///               them (76.2), or where over-votes are cut off or void max to most_slots. Secret
  ///               but for their number. The caller wipes them.
  /// \return mismatch for another number of slots; duplicate if an option is marked more often than
  ///         it has votes, out_of_range if an index is no option, if too much or too little is
  ///         marked, or options of two lists where that is excluded; unsupported for a ranking.
  ///         Which rule is broken becomes known to the caller only; an over-vote that is cut off or
  ///         void is no error, and is not told. Cost: n*each masked writes a slot.      SPEC(50.10)
  [[nodiscard]] static result<contest_selection> of_slots(const contest_terms& contest,
                                                          std::span<const option_index> slots);
  /// The same where lists have codes: votes for the members, or a vote for the list itself.
  /// \return as of_slots; unsupported if the contest has no list codes, or no strikes and some are
  ///         given room; out_of_range if there is no such list, if somebody is struck whom the code
  ///         gives no vote, or if a list and single options are entered where that is excluded.
  ///         Constant time in all entries.                                               SPEC(76.2)
  [[nodiscard]] static result<contest_selection> of_list(const contest_terms& contest,
                                                         const list_entries& entries);
  /// A ranking, best first. Constant time in the ranks and in how many are used.
  /// \param ranks  exactly L, each an option index from 0 or no_option; secret
  /// \return mismatch for another number; duplicate, out_of_range as of_slots; bad_witness if a
  ///         used rank stands behind an unused one; unsupported if the contest is no ranking.
  [[nodiscard]] static result<contest_selection> of_ranks(const contest_terms& contest,
                                                          std::span<const option_index> ranks);
  /// For selections that are no secret in their number of marks, such as those of a drill or a
  /// file: time and memory show how many are marked. Booths take of_slots or of_choices.
  /// \param marked  option indices from 0, in any order; secret but for their number. The caller
  ///                wipes them.
  /// \return duplicate if an option is marked twice, out_of_range if an index is no option, or if
  /// more
  ///         than L or fewer than Lmin are marked (an empty list never means blank). Constant time
  ///         in the indices but not in their number; which rule is broken becomes known to the
  ///         caller only.
  [[nodiscard]] static result<contest_selection> of_options(const contest_terms& contest,
                                                            std::span<const option_index> marked);
  /// Calling it shows that the selection is blank; see of_slots.
  /// \return unsupported if the contest does not count blanks.
  [[nodiscard]] static result<contest_selection> of_blank(const contest_terms& contest);
  /// From choices() of such a selection. \return mismatch for another number of bytes; out_of_range
  /// if a mark is neither 0 nor 1, the ranks are none, the text is no text, or the selection is not
  /// permitted. Constant time in the bytes.
  [[nodiscard]] static result<contest_selection> of_choices(const contest_terms& contest,
                                                            secret_bytes choices);
  /// The same selection with a write-in. Constant time in the text and its length.
  /// A ballot that is void has none: it is a blank one, whatever was written.           SPEC(50.10)
  /// \param text  as many bytes as the contest has room for: UTF-8, then zero bytes
  /// \return mismatch for another number of bytes, out_of_range for bytes that are no such text
  [[nodiscard]] result<contest_selection> with_text(const contest_terms& contest,
                                                    const secret_bytes& text) &&;

  [[nodiscard]] contest_index contest() const noexcept { return contest_; }
  /// One byte a code, 0 or 1, then blank where the contest counts it; of a ranking L codes of
  /// four bytes each, little-endian, 0 for an unused rank. Then the text, if there is room for one.
  [[nodiscard]] const secret_bytes& choices() const noexcept { return choices_; }
  /// How many bytes choices() has for that contest.
  [[nodiscard]] static std::size_t choice_bytes(const contest_terms& contest) noexcept;
  /// A second copy, made on purpose.
  [[nodiscard]] contest_selection clone() const { return {contest_, choices_.clone(), cancelled_}; }

 private:
  contest_selection(contest_index contest, secret_bytes choices, choice cancelled = choice::no())
      : contest_(contest), choices_(std::move(choices)), cancelled_(cancelled) {}

  contest_index contest_;
  secret_bytes choices_;
  choice cancelled_;  // too much was marked where that makes a ballot void; secret
};

/// The selections of all contests of a style, at a branch where that style is given.
class ballot_selection {
 public:
  /// \param selections  one for each contest of the style, in order
  /// \return out_of_range if the branch or style does not exist; mismatch if the style is not given
  ///         there, or if a contest is missing, doubled, out of order or not on the style.
  [[nodiscard]] static result<ballot_selection> make(const election_context& election,
                                                     branch_index branch, style_index style,
                                                     std::vector<contest_selection> selections);

  [[nodiscard]] branch_index branch() const noexcept { return branch_; }
  [[nodiscard]] style_index style() const noexcept { return style_; }
  [[nodiscard]] std::span<const contest_selection> selections() const noexcept {
    return selections_;
  }
  /// A second copy, made on purpose.
  [[nodiscard]] ballot_selection clone() const;

 private:
  ballot_selection(branch_index branch, style_index style,
                   std::vector<contest_selection> selections)
      : branch_(branch), style_(style), selections_(std::move(selections)) {}

  branch_index branch_;
  style_index style_;
  std::vector<contest_selection> selections_;
};

}  // namespace sandoq
