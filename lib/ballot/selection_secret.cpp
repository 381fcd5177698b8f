#include "sandoq/ballot/selection_secret.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "sandoq/core/choice.hpp"

namespace sandoq {
namespace {

std::string place_of(const contest_terms& contest) {
  return "contest \"" + contest.id + '"';
}

std::string options(std::uint32_t n) {
  return std::to_string(n) + (n == 1 ? " option" : " options");
}

tl::unexpected<error> overvote(const contest_terms& contest) {
  return fail(errc::out_of_range, place_of(contest),
              "too much is marked: at most " + options(contest.shape.limit()) +
                  (contest.shape.counts_blank() ? ", or blank alone" : ""));
}

tl::unexpected<error> undervote(const contest_terms& contest) {
  return fail(errc::out_of_range, place_of(contest),
              "too little is marked: at least " + options(contest.shape.minimum()) +
                  (contest.shape.counts_blank() ? ", or blank" : ""));
}

// What the marks say together.
struct mark_faults {
  choice unknown = choice::no();  // an option that does not exist
  choice twice = choice::no();
};

// Sets the byte of a marked option, visiting all, so that neither time nor memory shows which it
// is. Nothing happens for no_option.
void set_mark(byte_span options, option_index mark, mark_faults& faults) {
  choice exists = choice::equal(mark.value(), contest_selection::no_option.value());
  for (std::uint32_t i = 0; i < options.size(); ++i) {
    const choice here = choice::equal(mark.value(), i);
    const choice before = choice::from_bit(std::to_integer<std::uint64_t>(options[i]));
    faults.twice = faults.twice | (here & before);
    exists = exists | here;
    options[i] = static_cast<std::byte>((here | before).bit());
  }
  faults.unknown = faults.unknown | ~exists;
}

result<void> check_marks(const contest_terms& contest, const mark_faults& faults) {
  if (declassify<"whether a marked option exists is for the voter who marked it">(faults.unknown)) {
    return fail(errc::out_of_range, place_of(contest),
                "an option is marked that does not exist; options are 0 to " +
                    std::to_string(contest.shape.options() - 1));
  }
  if (declassify<"whether an option is marked twice is for the voter who marked it">(
          faults.twice)) {
    return fail(errc::duplicate, place_of(contest), "an option is marked twice");
  }
  return {};
}

}  // namespace

result<contest_selection> contest_selection::of_slots(const contest_terms& contest,
                                                      std::span<const option_index> slots) {
  if (slots.size() != contest.shape.limit()) {
    return fail(errc::mismatch, place_of(contest),
                "needs " + std::to_string(contest.shape.limit()) + " slots, there are " +
                    std::to_string(slots.size()));
  }
  secret_bytes choices(contest.shape.ciphertexts());
  const byte_span bits = expose_for_secret_ops(choices);
  const byte_span options = bits.first(contest.shape.options());
  mark_faults faults;
  std::uint64_t marked = 0;
  for (const option_index slot : slots) {
    set_mark(options, slot, faults);
    marked += (~choice::equal(slot.value(), no_option.value())).bit();
  }
  choice too_few = choice::less(marked, contest.shape.minimum());
  if (contest.shape.counts_blank()) {
    const choice blank = choice::is_zero(marked);
    bits.back() = static_cast<std::byte>(blank.bit());
    too_few = too_few & ~blank;
  }
  if (auto ok = check_marks(contest, faults); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  if (declassify<"an undervote is no vote and is told to the voter">(too_few)) {
    return undervote(contest);
  }
  return contest_selection(contest.index, std::move(choices));
}

result<contest_selection> contest_selection::of_options(const contest_terms& contest,
                                                        std::span<const option_index> marked) {
  secret_bytes choices(contest.shape.ciphertexts());
  const byte_span options = expose_for_secret_ops(choices).first(contest.shape.options());
  mark_faults faults;
  for (const option_index mark : marked) {
    set_mark(options, mark, faults);
    // Here a mark is an option: what says "none" in a slot does not exist.
    faults.unknown = faults.unknown | choice::equal(mark.value(), no_option.value());
  }
  if (auto ok = check_marks(contest, faults); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  if (marked.size() > contest.shape.limit()) {
    return overvote(contest);
  }
  if (marked.size() < contest.shape.minimum()) {
    return undervote(contest);
  }
  return contest_selection(contest.index, std::move(choices));
}

result<contest_selection> contest_selection::of_blank(const contest_terms& contest) {
  if (!contest.shape.counts_blank()) {
    return fail(errc::unsupported, place_of(contest), "this contest does not count blank votes");
  }
  secret_bytes choices(contest.shape.ciphertexts());
  expose_for_secret_ops(choices).back() = std::byte{1};
  detail::mark_secret(&expose_for_secret_ops(choices).back(), 1);  // a constant is not
  return contest_selection(contest.index, std::move(choices));
}

result<contest_selection> contest_selection::of_choices(const contest_terms& contest,
                                                        secret_bytes choices) {
  if (choices.size() != contest.shape.ciphertexts()) {
    return fail(errc::mismatch, place_of(contest),
                "needs " + std::to_string(contest.shape.ciphertexts()) + " choices, there are " +
                    std::to_string(choices.size()));
  }
  const byte_span bits = expose_for_secret_ops(choices);
  choice all_bits = choice::yes();
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < bits.size(); ++i) {
    const auto bit = std::to_integer<std::uint64_t>(bits[i]);
    all_bits = all_bits & choice::is_zero(bit & ~std::uint64_t{1});
    sum += bit * contest.shape.weights()[i];
  }
  const choice too_much = choice::less(contest.shape.limit(), sum);
  const choice too_little = choice::less(sum, contest.shape.minimum());
  if (!declassify<"choices that are no bits are no vote">(all_bits)) {
    return fail(errc::out_of_range, place_of(contest), "every choice must be 0 or 1");
  }
  if (declassify<"an overvote is no vote and is told to the voter">(too_much)) {
    return overvote(contest);
  }
  if (declassify<"an undervote is no vote and is told to the voter">(too_little)) {
    return undervote(contest);
  }
  return contest_selection(contest.index, std::move(choices));
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
        selections[i].choices().size() != expected.shape.ciphertexts()) {
      return fail(errc::mismatch, "ballot",
                  "place " + std::to_string(i) + " of this style is for " + place_of(expected) +
                      ", not for contest " + std::to_string(selections[i].contest().value()));
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
