#include "lib/ballot/mark_sheet_secret.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace sandoq::detail {

mark_sheet::mark_sheet(const contest_terms& contest)
    : contest_(&contest),
      codes_(&contest.codes),
      choices_(layout_of(contest).size()),
      struck_(contest.codes.entries().strike != 0 ? contest.codes.options() : 0),
      parties_(contest.codes) {}

// A vote more for the option: on the first of its codes that is free. Where lists are alone,
// options have none, and every vote is one too much.
void mark_sheet::give(std::uint32_t option, choice here) {
  const std::uint32_t each = codes_->numbers().each;
  const byte_span own = expose_for_secret_ops(choices_).subspan(std::size_t{option} * each, each);
  const choice full = choice::equal(votes_, codes_->entries().max_votes);
  choice due = here & ~full;
  choice none_left = here;
  for (std::byte& octet : own) {
    const choice before = mark_at(octet);
    none_left = none_left & before;
    set_mark(octet, before | due);
    due = due & before;
  }
  twice_ = twice_ | none_left;
  over_ = over_ | (here & full & ~none_left);
  votes_ += (here & ~full & ~none_left).bit();
  parties_.option(option, here);
}

void mark_sheet::mark(option_index option) {
  const choice nothing = choice::equal(option.value(), contest_selection::no_option.value());
  choice exists = nothing;
  for (std::uint32_t i = 0; i < codes_->options(); ++i) {
    const choice here = choice::equal(option.value(), i);
    exists = exists | here;
    give(i, here);
  }
  unknown_ = unknown_ | ~exists;
  single_ = single_ | ~nothing;
}

choice mark_sheet::is_struck(option_index member) const {
  return struck_.size() == 0 ? choice::no()
                             : mark_at(expose_for_secret_ops(struck_)[member.value()]);
}

void mark_sheet::mark_list(std::uint32_t list) {
  const auto lists = codes_->lists();
  const bool own_code = codes_->numbers().lists != code_numbers::list_place::none;
  const choice nothing = choice::equal(list, list_entries::no_list);
  choice exists = nothing;
  for (std::uint32_t i = 0; i < lists.size(); ++i) {
    const choice here = choice::equal(list, i);
    exists = exists | here;
    parties_.list(i, here);
    if (own_code) {
      set_mark(expose_for_secret_ops(choices_)[codes_->place_of_list(i)], here);
      continue;
    }
    for (const option_index member : lists[i]) {
      const choice struck = is_struck(member);
      give(member.value(), here & ~struck);
      if (struck_.size() > 0) {
        set_mark(expose_for_secret_ops(struck_)[member.value()], struck & ~here);
      }
    }
  }
  unknown_ = unknown_ | ~exists;
  list_ = list_ | ~nothing;
}

void mark_sheet::strike(option_index option) {
  choice exists = choice::equal(option.value(), contest_selection::no_option.value());
  const byte_span struck = expose_for_secret_ops(struck_);
  for (std::uint32_t i = 0; i < struck.size(); ++i) {
    const choice here = choice::equal(option.value(), i);
    exists = exists | here;
    set_mark(struck[i], mark_at(struck[i]) | here);
  }
  unknown_ = unknown_ | ~exists;
}

result<void> mark_sheet::check() const {
  const auto refuse = [this](errc code, const std::string& reason) {
    return fail(code, place_of(*contest_), reason);
  };
  const std::size_t lists = codes_->lists().size();
  if (declassify<"whether a marked option exists is for the voter who marked it">(unknown_)) {
    return refuse(errc::out_of_range,
                  "an option is marked that does not exist; options are 0 to " +
                      std::to_string(codes_->options() - 1) +
                      (lists == 0 ? "" : ", lists 0 to " + std::to_string(lists - 1)));
  }
  choice left = choice::no();
  for (const std::byte octet : expose_for_secret_ops(struck_)) {
    left = left | mark_at(octet);
  }
  if (declassify<"whether a strike-out is permitted is for the voter who made it">(left)) {
    return refuse(errc::out_of_range, "somebody is struck out whom the list code gives no vote");
  }
  const ballot_rule& rule = codes_->entries();
  if (declassify<"whether a list excludes single options is for the voter">(
          rule.exclusive != 0 ? list_ & single_ : choice::no())) {
    return refuse(errc::out_of_range,
                  "a list code or single options can be entered here, not both");
  }
  if (declassify<"whether lists are closed to single options is for the voter">(
          rule.form == ballot_rule::list_form::closed ? single_ : choice::no())) {
    return refuse(errc::out_of_range, "only the code of a list can be entered here");
  }
  if (declassify<"whether all options are of one list is for the voter">(parties_.too_many())) {
    return refuse(errc::out_of_range, "options of one list only can be entered here");
  }
  return {};
}

// Too much, where the rule refuses it.
result<void> mark_sheet::check_votes() const {
  if (codes_->entries().overvote != ballot_rule::overvote_policy::reject) {
    return {};
  }
  const std::uint32_t each = codes_->numbers().each;
  if (declassify<"whether an option is marked twice is for the voter who marked it">(twice_)) {
    return fail(errc::duplicate, place_of(*contest_),
                each == 1 ? "an option is marked twice"
                          : "an option is given more than " + std::to_string(each) + " votes");
  }
  if (declassify<"an overvote is no vote and is told to the voter">(over_)) {
    return overvote(*contest_);
  }
  return {};
}

result<finished_sheet> mark_sheet::finish(empty_sheet empty) && {
  if (auto ok = check(); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  if (auto ok = check_votes(); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  const ballot_rule& rule = codes_->entries();
  const bool own_code = codes_->numbers().lists != code_numbers::list_place::none;
  const bool cancels = rule.overvote == ballot_rule::overvote_policy::cancel;
  const choice cancelled = cancels ? twice_ | over_ : choice::no();
  const choice nothing = choice::is_zero(votes_) & ~list_;  // a list without members left is none
  const bool may_be_blank = counts_blank(*contest_) && empty == empty_sheet::blank;
  const choice blank = cancelled | (may_be_blank ? nothing : choice::no());
  const choice enough =
      ~choice::less(votes_, rule.min_votes) | (own_code ? list_ : choice::no()) | blank;
  if (!declassify<"an undervote is no vote and is told to the voter">(enough)) {
    return undervote(*contest_);
  }
  if (counts_blank(*contest_)) {
    const byte_span marks = expose_for_secret_ops(choices_).first(contest_->limits.options + 1);
    for (std::byte& octet : marks) {
      set_mark(octet, mark_at(octet) & ~cancelled);
    }
    set_mark(marks.back(), blank);
  }
  return finished_sheet{std::move(choices_), cancelled};
}

}  // namespace sandoq::detail
