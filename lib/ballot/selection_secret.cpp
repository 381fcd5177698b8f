#include "sandoq/ballot/selection_secret.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "lib/ballot/mark_sheet_secret.hpp"
#include "sandoq/core/choice.hpp"

namespace sandoq {
namespace {

using detail::mark_sheet;
using detail::place_of;

tl::unexpected<error> wrong_number(const contest_terms& contest, std::string_view what,
                                   std::size_t needed, std::size_t there) {
  return fail(errc::mismatch, place_of(contest),
              "needs " + std::to_string(needed) + ' ' + std::string(what) + ", there are " +
                  std::to_string(there));
}

// Whether the contest takes marks, and so many slots. What is over-voted needs room to be entered.
result<void> check_slots(const contest_terms& contest, std::span<const option_index> slots) {
  if (contest.encoding == contest_encoding::packed_ranking) {
    return fail(errc::unsupported, place_of(contest), "this contest takes a ranking, not marks");
  }
  const ballot_rule& rule = contest.codes.entries();
  const bool more = rule.overvote != ballot_rule::overvote_policy::reject;
  if (more ? slots.size() < rule.max_votes || slots.size() > contest_selection::most_slots
           : slots.size() != rule.max_votes) {
    return wrong_number(contest, more ? "slots or more" : "slots", rule.max_votes, slots.size());
  }
  return {};
}

void write_rank(byte_span ranks, std::size_t rank, std::uint64_t code) {
  for (std::size_t i = 0; i < 4; ++i) {
    ranks[4 * rank + i] = static_cast<std::byte>(code >> (8 * i));
  }
}

std::uint64_t rank_at(byte_view ranks, std::size_t rank) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    out |= std::to_integer<std::uint64_t>(ranks[4 * rank + i]) << (8 * i);
  }
  return out;
}

// 47.1 of codes in ranks, 0 for one that is not used.
result<void> check_ranks(const contest_terms& contest, byte_view ranks) {
  const std::size_t k = contest.limits.max_choices;
  choice unknown = choice::no();
  choice twice = choice::no();
  choice behind = choice::no();
  choice ended = choice::no();
  std::uint64_t used = 0;
  for (std::size_t j = 0; j < k; ++j) {
    const std::uint64_t code = rank_at(ranks, j);
    const choice empty = choice::is_zero(code);
    unknown = unknown | choice::less(contest.limits.options, code);
    behind = behind | (ended & ~empty);
    ended = ended | empty;
    used += (~empty).bit();
    for (std::size_t i = 0; i < j; ++i) {
      twice = twice | (~empty & choice::equal(code, rank_at(ranks, i)));
    }
  }
  if (declassify<"whether a ranked option exists is for the voter who ranked it">(unknown)) {
    return fail(errc::out_of_range, place_of(contest),
                "an option is ranked that does not exist; options are 0 to " +
                    std::to_string(contest.limits.options - 1));
  }
  if (declassify<"whether an option is ranked twice is for the voter who ranked it">(twice)) {
    return fail(errc::duplicate, place_of(contest), "an option is ranked twice");
  }
  if (declassify<"whether a rank was left out is for the voter who left it out">(behind)) {
    return fail(errc::bad_witness, place_of(contest),
                "a rank is used behind one that is not; close the ranks up");
  }
  choice too_few = choice::less(used, contest.limits.min_choices);
  if (contest.limits.blank == blank_option::counted) {
    too_few = too_few & ~choice::is_zero(used);
  }
  if (declassify<"an undervote is no vote and is told to the voter">(too_few)) {
    return detail::undervote(contest);
  }
  return {};
}

result<void> check_text(const contest_terms& contest, byte_view text) {
  if (!declassify<"whether a write-in is a text is for the voter who wrote it">(
          detail::is_padded_text(text))) {
    return fail(errc::out_of_range, place_of(contest),
                "a write-in must be UTF-8 text, without zero bytes but behind it");
  }
  return {};
}

}  // namespace

std::size_t contest_selection::choice_bytes(const contest_terms& contest) noexcept {
  return detail::layout_of(contest).size();
}

result<contest_selection> contest_selection::of_slots(const contest_terms& contest,
                                                      std::span<const option_index> slots) {
  if (auto ok = check_slots(contest, slots); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  mark_sheet sheet(contest);
  for (const option_index slot : slots) {
    sheet.mark(slot);
  }
  return std::move(sheet)
      .finish(mark_sheet::empty_sheet::blank)
      .map([&](detail::finished_sheet&& made) {
        return contest_selection(contest.index, std::move(made.choices), made.cancelled);
      });
}

result<contest_selection> contest_selection::of_list(const contest_terms& contest,
                                                     const list_entries& entries) {
  const ballot_rule& rule = contest.codes.entries();
  if (rule.code == ballot_rule::list_code::none) {
    return fail(errc::unsupported, place_of(contest), "this contest has no list codes");
  }
  if (!entries.struck.empty() && rule.strike == 0) {
    return fail(errc::unsupported, place_of(contest), "nobody can be struck off a list here");
  }
  if (auto ok = check_slots(contest, entries.slots); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  mark_sheet sheet(contest);
  for (const option_index member : entries.struck) {
    sheet.strike(member);
  }
  sheet.mark_list(entries.list);
  for (const option_index slot : entries.slots) {
    sheet.mark(slot);
  }
  return std::move(sheet)
      .finish(mark_sheet::empty_sheet::blank)
      .map([&](detail::finished_sheet&& made) {
        return contest_selection(contest.index, std::move(made.choices), made.cancelled);
      });
}

result<contest_selection> contest_selection::of_ranks(const contest_terms& contest,
                                                      std::span<const option_index> ranks) {
  if (contest.encoding != contest_encoding::packed_ranking) {
    return fail(errc::unsupported, place_of(contest), "this contest takes marks, not a ranking");
  }
  if (ranks.size() != contest.limits.max_choices) {
    return wrong_number(contest, "ranks", contest.limits.max_choices, ranks.size());
  }
  const detail::choice_layout layout = detail::layout_of(contest);
  secret_bytes choices(layout.size());
  const byte_span codes = expose_for_secret_ops(choices).first(layout.options);
  for (std::size_t j = 0; j < ranks.size(); ++j) {
    const choice nothing = choice::equal(ranks[j].value(), no_option.value());
    write_rank(codes, j, select(nothing, 0, std::uint64_t{ranks[j].value()} + 1));
  }
  if (auto ok = check_ranks(contest, codes); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  return contest_selection(contest.index, std::move(choices));
}

result<contest_selection> contest_selection::of_options(const contest_terms& contest,
                                                        std::span<const option_index> marked) {
  if (contest.encoding == contest_encoding::packed_ranking) {
    return fail(errc::unsupported, place_of(contest), "this contest takes a ranking, not marks");
  }
  mark_sheet sheet(contest);
  for (const option_index mark : marked) {
    // Here a mark is an option: what says "none" in a slot does not exist.
    const choice none = choice::equal(mark.value(), no_option.value());
    sheet.mark(option_index(
        static_cast<std::uint32_t>(select(none, no_option.value() - 1, mark.value()))));
  }
  return std::move(sheet)
      .finish(mark_sheet::empty_sheet::too_little)
      .map([&](detail::finished_sheet&& made) {
        return contest_selection(contest.index, std::move(made.choices), made.cancelled);
      });
}

result<contest_selection> contest_selection::of_blank(const contest_terms& contest) {
  if (contest.limits.blank == blank_option::absent) {
    return fail(errc::unsupported, place_of(contest), "this contest does not count blank votes");
  }
  const detail::choice_layout layout = detail::layout_of(contest);
  secret_bytes choices(layout.size());
  if (layout.blank == 1) {
    std::byte& mark = expose_for_secret_ops(choices)[layout.options];
    mark = std::byte{1};
    detail::mark_secret(&mark, 1);  // a constant is not
  }
  return contest_selection(contest.index, std::move(choices));
}

result<contest_selection> contest_selection::of_choices(const contest_terms& contest,
                                                        secret_bytes choices) {
  const detail::choice_layout layout = detail::layout_of(contest);
  if (choices.size() != layout.size()) {
    return wrong_number(contest, "choices", layout.size(), choices.size());
  }
  const byte_view octets = expose_for_secret_ops(std::as_const(choices));
  const byte_view marks = octets.first(layout.options + layout.blank);
  const bool ranked = contest.encoding == contest_encoding::packed_ranking;
  if (auto ok = ranked ? check_ranks(contest, marks) : detail::check_marks(contest, marks); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  if (auto ok = check_text(contest, octets.last(layout.text)); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  return contest_selection(contest.index, std::move(choices));
}

result<contest_selection> contest_selection::with_text(const contest_terms& contest,
                                                       const secret_bytes& text) && {
  const detail::choice_layout layout = detail::layout_of(contest);
  if (text.size() != layout.text || contest.index != contest_) {
    return wrong_number(contest, "bytes for a write-in", layout.text, text.size());
  }
  const byte_view written = expose_for_secret_ops(text);
  if (auto ok = check_text(contest, written); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  const byte_span room = expose_for_secret_ops(choices_).last(layout.text);
  for (std::size_t i = 0; i < room.size(); ++i) {
    room[i] =
        static_cast<std::byte>(select(cancelled_, 0, std::to_integer<std::uint64_t>(written[i])));
  }
  return std::move(*this);
}

result<ballot_selection> ballot_selection::make(const election_context& election,
                                                branch_index branch, style_index style,
                                                std::vector<contest_selection> selections) {
  const manifest_index& index = election.index();
  if (!index.is_branch(branch)) {
    return fail(errc::out_of_range, "ballot",
                "node " + std::to_string(branch.value()) + " is no branch of this election");
  }
  if (style.value() >= index.styles()) {
    return fail(errc::out_of_range, "ballot",
                "the manifest has no style " + std::to_string(style.value()));
  }
  if (!index.is_given(style, branch)) {
    return fail(errc::mismatch, "ballot",
                "style " + std::to_string(style.value()) + " is not given at branch " +
                    std::to_string(branch.value()));
  }
  const auto contests = index.contests_of(style);
  if (selections.size() != contests.size()) {
    return fail(errc::mismatch, "ballot",
                "the style has " + std::to_string(contests.size()) + " contests, " +
                    std::to_string(selections.size()) + " were filled in");
  }
  for (std::size_t i = 0; i < contests.size(); ++i) {
    const contest_terms& expected = election.terms(contests[i]);
    if (selections[i].contest() != contests[i] ||
        selections[i].choices().size() != contest_selection::choice_bytes(expected)) {
      return fail(errc::mismatch, "ballot",
                  "place " + std::to_string(i) + " of this style is for " +
                      detail::place_of(expected) + ", not for contest " +
                      std::to_string(selections[i].contest().value()));
    }
  }
  return ballot_selection(branch, style, std::move(selections));
}

ballot_selection ballot_selection::clone() const {
  std::vector<contest_selection> copies;
  copies.reserve(selections_.size());
  for (const contest_selection& contest : selections_) {
    copies.push_back(contest.clone());
  }
  return {branch_, style_, std::move(copies)};
}

}  // namespace sandoq
