#pragma once

#include <span>
#include <utility>
#include <vector>

#include "sandoq/ballot/contest.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq {

/// What a voter marked in one contest, known to be permitted: n' bytes, each 0 or 1, options first,
/// then blank where the contest counts it. Move-only, wiped. SPEC(45.1)
class contest_selection {
 public:
  /// In a slot: nothing is marked there.
  static constexpr option_index no_option{0xFFFFFFFFU};

  /// The door for booths: neither time nor memory shows what is marked, how much, or whether
  /// anything is. No mark at all means blank where the contest counts it.
  /// \param slots  exactly L of them, in any order, each an option index from 0 or no_option;
  ///               secret. The caller wipes them.
  /// \return mismatch for another number of slots; duplicate if an option is marked twice,
  ///         out_of_range if an index is no option, or if fewer than Lmin are marked, unless it is
  ///         blank. Which rule is broken becomes known to the caller only.
  [[nodiscard]] static result<contest_selection> of_slots(const contest_terms& contest,
                                                          std::span<const option_index> slots);
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
  /// From n' bytes. \return mismatch for another number; out_of_range if a byte is neither 0 nor 1
  /// or the selection is not permitted. Constant time in the bytes.
  [[nodiscard]] static result<contest_selection> of_choices(const contest_terms& contest,
                                                            secret_bytes choices);

  [[nodiscard]] contest_index contest() const noexcept { return contest_; }
  [[nodiscard]] const secret_bytes& choices() const noexcept { return choices_; }
  /// A second copy, made on purpose.
  [[nodiscard]] contest_selection clone() const { return {contest_, choices_.clone()}; }

 private:
  contest_selection(contest_index contest, secret_bytes choices)
      : contest_(contest), choices_(std::move(choices)) {}

  contest_index contest_;
  secret_bytes choices_;
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
