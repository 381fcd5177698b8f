#include "lib/ballot/mark_sheet_secret.hpp"

#include <algorithm>
#include <utility>

namespace sandoq::detail {
namespace {

std::string options(std::uint32_t n) {
  return std::to_string(n) + (n == 1 ? " option" : " options");
}

choice mark_at(std::byte octet) {
  return choice::from_bit(std::to_integer<std::uint64_t>(octet));
}

}  // namespace

choice_layout layout_of(const contest_terms& contest) noexcept {
  const bool ranked = contest.encoding == contest_encoding::packed_ranking;
  choice_layout out;
  out.options = ranked ? std::size_t{4} * contest.limits.max_choices : contest.limits.options;
  out.blank = !ranked && contest.limits.blank == blank_option::counted ? 1 : 0;
  out.text = is_packed(contest.encoding) ? contest.packed().shape().text_bytes() : 0;
  return out;
}

std::string place_of(const contest_terms& contest) {
  return "contest \"" + contest.id + '"';
}

tl::unexpected<error> overvote(const contest_terms& contest) {
  const bool blank = contest.limits.blank == blank_option::counted;
  return fail(errc::out_of_range, place_of(contest),
              "too much is marked: at most " + options(contest.limits.max_choices) +
                  (blank ? ", or blank alone" : ""));
}

tl::unexpected<error> undervote(const contest_terms& contest) {
  const bool blank = contest.limits.blank == blank_option::counted;
  return fail(errc::out_of_range, place_of(contest),
              "too little is marked: at least " + options(contest.limits.min_choices) +
                  (blank ? ", or blank" : ""));
}

mark_sheet::mark_sheet(const contest_terms& contest)
    : contest_(&contest), choices_(layout_of(contest).size()), listed_(contest.limits.options) {}

byte_span mark_sheet::options() {
  return expose_for_secret_ops(choices_).first(contest_->limits.options);
}

void mark_sheet::mark(option_index option) {
  const choice nothing = choice::equal(option.value(), contest_selection::no_option.value());
  choice exists = nothing;
  const byte_span sheet = options();
  for (std::uint32_t i = 0; i < sheet.size(); ++i) {
    const choice here = choice::equal(option.value(), i);
    const choice before = mark_at(sheet[i]);
    twice_ = twice_ | (here & before);
    exists = exists | here;
    sheet[i] = static_cast<std::byte>((here | before).bit());
  }
  unknown_ = unknown_ | ~exists;
  single_ = single_ | ~nothing;
}

void mark_sheet::mark_list(std::uint32_t list) {
  const choice nothing = choice::equal(list, list_entries::no_list);
  choice exists = nothing;
  const byte_span sheet = options();
  for (std::uint32_t i = 0; i < contest_->list_codes.size(); ++i) {
    const choice here = choice::equal(list, i);
    exists = exists | here;
    for (const option_index member : contest_->list_codes[i]) {
      std::byte& octet = sheet[member.value()];
      octet = static_cast<std::byte>((here | mark_at(octet)).bit());
    }
  }
  unknown_ = unknown_ | ~exists;
  list_ = list_ | ~nothing;
  std::copy(sheet.begin(), sheet.end(), expose_for_secret_ops(listed_).begin());
}

void mark_sheet::strike(option_index option) {
  choice done = choice::equal(option.value(), contest_selection::no_option.value());
  const byte_span sheet = options();
  const byte_view listed = expose_for_secret_ops(std::as_const(listed_));
  for (std::uint32_t i = 0; i < sheet.size(); ++i) {
    const choice here = choice::equal(option.value(), i);
    const choice before = mark_at(sheet[i]);
    done = done | (here & mark_at(listed[i]));
    sheet[i] = static_cast<std::byte>((before & ~here).bit());
  }
  not_struck_ = not_struck_ | ~done;
}

result<void> mark_sheet::check() const {
  if (declassify<"whether a marked option exists is for the voter who marked it">(unknown_)) {
    return fail(errc::out_of_range, place_of(*contest_),
                "an option is marked that does not exist; options are 0 to " +
                    std::to_string(contest_->limits.options - 1) +
                    (contest_->list_codes.empty()
                         ? ""
                         : ", lists 0 to " + std::to_string(contest_->list_codes.size() - 1)));
  }
  if (declassify<"whether an option is marked twice is for the voter who marked it">(twice_)) {
    return fail(errc::duplicate, place_of(*contest_), "an option is marked twice");
  }
  if (declassify<"whether a strike-out is permitted is for the voter who made it">(not_struck_)) {
    return fail(errc::out_of_range, place_of(*contest_),
                "somebody is struck out whom the list code gives no vote");
  }
  const choice both = contest_->exclusive_lists ? list_ & single_ : choice::no();
  if (declassify<"whether a list excludes single options is for the voter">(both)) {
    return fail(errc::out_of_range, place_of(*contest_),
                "a list code or single options can be entered here, not both");
  }
  return {};
}

std::uint64_t mark_sheet::count() const {
  std::uint64_t out = 0;
  for (const std::byte octet : expose_for_secret_ops(choices_).first(contest_->limits.options)) {
    out += mark_at(octet).bit();
  }
  return out;
}

result<secret_bytes> mark_sheet::finish_marked() && {
  if (auto ok = check(); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  const std::uint64_t marked = count();
  if (declassify<"an overvote is no vote and is told to the voter">(
          choice::less(contest_->limits.max_choices, marked))) {
    return overvote(*contest_);
  }
  if (declassify<"an undervote is no vote and is told to the voter">(
          choice::less(marked, contest_->limits.min_choices))) {
    return undervote(*contest_);
  }
  return std::move(choices_);
}

result<secret_bytes> mark_sheet::finish() && {
  if (contest_->limits.blank == blank_option::absent) {
    return std::move(*this).finish_marked();
  }
  if (auto ok = check(); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  const std::uint64_t marked = count();
  const choice blank = choice::is_zero(marked) & ~list_;  // a list without members left is none
  expose_for_secret_ops(choices_)[contest_->limits.options] = static_cast<std::byte>(blank.bit());
  if (declassify<"an overvote is no vote and is told to the voter">(
          choice::less(contest_->limits.max_choices, marked))) {
    return overvote(*contest_);
  }
  if (declassify<"an undervote is no vote and is told to the voter">(
          choice::less(marked, contest_->limits.min_choices) & ~blank)) {
    return undervote(*contest_);
  }
  return std::move(choices_);
}

// What may follow the first byte of a character is all the state there is: how many bytes, and the
// bounds of the next one (Unicode Standard, table 3-7).
choice is_padded_text(byte_view octets) {
  std::uint64_t left = 0;
  std::uint64_t low = 0x80;
  std::uint64_t high = 0xBF;
  choice good = choice::yes();
  choice ended = choice::no();
  for (const std::byte octet : octets) {
    const auto b = std::to_integer<std::uint64_t>(octet);
    const choice inside = ~choice::is_zero(left);
    const choice follows = ~choice::less(b, low) & ~choice::less(high, b);
    const choice ascii = choice::less(b, 0x80);
    const choice two = ~choice::less(b, 0xC2) & choice::less(b, 0xE0);
    const choice three = ~choice::less(b, 0xE0) & choice::less(b, 0xF0);
    const choice four = ~choice::less(b, 0xF0) & choice::less(b, 0xF5);
    good = good & ((inside & follows) | (~inside & (ascii | two | three | four)));
    good = good & (~ended | choice::is_zero(b));
    ended = ended | choice::is_zero(b);
    const std::uint64_t begun = select(two, 1, select(three, 2, select(four, 3, 0)));
    low = select(~inside & choice::equal(b, 0xE0), 0xA0,
                 select(~inside & choice::equal(b, 0xF0), 0x90, 0x80));
    high = select(~inside & choice::equal(b, 0xED), 0x9F,
                  select(~inside & choice::equal(b, 0xF4), 0x8F, 0xBF));
    left = select(inside, left - 1, begun);
  }
  return good & choice::is_zero(left);
}

}  // namespace sandoq::detail
