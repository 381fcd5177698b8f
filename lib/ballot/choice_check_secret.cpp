#include "lib/ballot/choice_check_secret.hpp"

#include <utility>

namespace sandoq::detail {
namespace {

std::string counted(std::uint32_t n, const char* what) {
  return std::to_string(n) + ' ' + what + (n == 1 ? "" : "s");
}

// An option can be chosen, or be given votes.
std::string choices(const ballot_rule& rule, std::uint32_t n) {
  return counted(n, rule.max_each == 1 ? "option" : "vote");
}

}  // namespace

choice_layout layout_of(const contest_terms& contest) noexcept {
  const bool ranked = contest.encoding == contest_encoding::packed_ranking;
  choice_layout out;
  out.options = ranked ? std::size_t{4} * contest.limits.max_choices : contest.limits.options;
  out.blank = !ranked && counts_blank(contest) ? 1 : 0;
  out.text = is_packed(contest.encoding) ? contest.packed().shape().text_bytes() : 0;
  return out;
}

std::string place_of(const contest_terms& contest) {
  return "contest \"" + contest.id + '"';
}

tl::unexpected<error> overvote(const contest_terms& contest) {
  return fail(errc::out_of_range, place_of(contest),
              "too much is marked: at most " +
                  choices(contest.codes.entries(), contest.codes.entries().max_votes) +
                  (counts_blank(contest) ? ", or blank alone" : ""));
}

tl::unexpected<error> undervote(const contest_terms& contest) {
  const ballot_codes& codes = contest.codes;
  const bool by_list = codes.numbers().lists != code_numbers::list_place::none;
  return fail(
      errc::out_of_range, place_of(contest),
      "too little is marked: at least " + choices(codes.entries(), codes.entries().min_votes) +
          (by_list ? ", or a list's code" : "") + (counts_blank(contest) ? ", or blank" : ""));
}

parties_touched::parties_touched(const ballot_codes& codes)
    : codes_(&codes), touched_(codes.by_lists() ? codes.lists().size() + 1 : 0) {}

void parties_touched::touch(std::uint32_t party, choice here) {
  if (touched_.size() > 0) {
    std::byte& octet = expose_for_secret_ops(touched_)[party];
    set_mark(octet, mark_at(octet) | here);
  }
}

void parties_touched::option(std::uint32_t option, choice here) {
  touch(codes_->party_of(option), here);
}

void parties_touched::list(std::uint32_t list, choice here) {
  touch(list, here);
}

choice parties_touched::too_many() const {
  const byte_view octets = expose_for_secret_ops(touched_);
  choice some = choice::no();
  choice several = choice::no();
  for (const std::byte octet : octets) {
    several = several | (some & mark_at(octet));
    some = some | mark_at(octet);
  }
  const bool closed = codes_->entries().form == ballot_rule::list_form::closed;
  return octets.empty() ? several : several | (closed ? mark_at(octets.back()) : choice::no());
}

namespace {

/// What marks come to.
struct marked_sums {
  std::uint64_t votes = 0;
  std::uint64_t lists = 0;
  std::uint64_t blank = 0;
  choice all_bits = choice::yes();
  choice in_order = choice::yes();  // no vote more without the one before it
};

marked_sums sums_of(const code_numbers& numbers, byte_view marks, parties_touched& parties) {
  marked_sums out;
  choice before = choice::yes();
  for (std::uint32_t i = 0; i < marks.size(); ++i) {
    const auto octet = std::to_integer<std::uint64_t>(marks[i]);
    out.all_bits = out.all_bits & choice::is_zero(octet & ~std::uint64_t{1});
    const choice here = choice::from_bit(octet & 1U);
    if (i < numbers.options) {
      out.votes += here.bit();
      out.in_order = out.in_order & (i % numbers.each == 0 ? choice::yes() : before | ~here);
      before = here;
      parties.option(i / numbers.each, here);
    } else if (i < numbers.limits.options) {
      out.lists += here.bit();
      parties.list(i - numbers.options, here);
    } else {
      out.blank += here.bit();
    }
  }
  return out;
}

}  // namespace

result<void> check_marks(const contest_terms& contest, byte_view marks) {
  const ballot_codes& codes = contest.codes;
  const ballot_rule& rule = codes.entries();
  parties_touched parties(codes);
  const marked_sums sums = sums_of(codes.numbers(), marks, parties);
  const auto refuse = [&](const char* reason) {
    return fail(errc::out_of_range, place_of(contest), reason);
  };
  if (!declassify<"choices that are no bits are no vote">(sums.all_bits)) {
    return refuse("every choice must be 0 or 1");
  }
  if (!declassify<"choices out of order are no vote">(sums.in_order)) {
    return refuse("a vote more for an option stands without the one before it");
  }
  const choice no_votes = choice::is_zero(sums.votes);
  const choice no_list = choice::is_zero(sums.lists);
  const choice no_blank = choice::is_zero(sums.blank);
  const choice beside = (~no_blank & ~(no_votes & no_list)) | choice::less(1, sums.lists) |
                        (rule.exclusive != 0 ? ~no_list & ~no_votes : choice::no());
  if (declassify<"an overvote is no vote and is told to the voter">(
          beside | choice::less(rule.max_votes, sums.votes))) {
    return overvote(contest);
  }
  if (declassify<"an undervote is no vote and is told to the voter">(
          choice::less(sums.votes, rule.min_votes) & no_list & no_blank)) {
    return undervote(contest);
  }
  if (declassify<"whether all options are of one list is for the voter">(parties.too_many())) {
    return refuse("options of one list only can be chosen");
  }
  return {};
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
