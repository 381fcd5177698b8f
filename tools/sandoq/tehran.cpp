// The council of Tehran in its size of 1405, elected by the proportional law: whoever votes enters
// one list's code, or up to 21 codes of candidates on lists or alone. Names, codes and voters are
// made up.

#include <string>

#include "electorate.hpp"

namespace sandoq::tool {
namespace {

constexpr std::uint32_t tehran_districts = 22;
constexpr std::uint32_t branches = 3'797;
constexpr std::uint32_t candidates = 5'063;
constexpr std::uint32_t lists = 30;
constexpr std::uint32_t seats = 21;
constexpr std::uint32_t alternates = 11;  // as many as the law gives when all seats are filled
constexpr std::uint32_t first_code = 1'001;

/// Codes are drawn, so members of a list do not stand together. Coprime to the candidates.
constexpr std::uint32_t code_step = 1'009;

std::uint32_t drawn(std::uint32_t place) {
  return static_cast<std::uint32_t>(std::uint64_t{place} * code_step % candidates);
}

/// Votes of members are votes of their list; a seat's price is the Hare quota, claims are rounded,
/// and what is left goes by the highest share; independents share as one. Between equals veterans
/// come first, then the higher degree, then a lot.
rule law_of_lists() {
  rule out;
  out.ballot.min_votes = 1;
  out.ballot.max_votes = seats;
  out.ballot.overvote = ballot_rule::overvote_policy::reject;
  out.ballot.code = ballot_rule::list_code::members;
  out.ballot.exclusive = 1;
  proportional_rule law;
  law.method = proportional_rule::method_code::hare;
  law.rounding = proportional_rule::rounding_code::half_up;
  law.remainder = proportional_rule::remainder_code::highest_share;
  law.repair = proportional_rule::repair_code::smallest_claim;
  law.independents = proportional_rule::independents_code::pooled;
  law.list_overflow = proportional_rule::overflow_code::all;
  law.pool_overflow = proportional_rule::overflow_code::lists;
  law.alternates = proportional_rule::alternates_code::share;
  law.alternates_share = {13, 25};  // 52 % of the elected
  law.alternates_rounding = proportional_rule::rounding_code::half_up;
  out.method = law;
  return out;
}

contest_entry council_of(node_index scope) {
  contest_entry out = coded_contest("council", both("Council of Tehran", "شورای شهر تهران"),
                                    scope.value(), first_code, candidates);
  out.encoding = contest_encoding::slots;
  out.max_choices = seats;
  out.seats = seats;
  out.alternates = alternates;
  out.rule = seat_rule::by_law;
  out.law = law_of_lists();
  out.attributes = {{"veteran", both("Veteran: 1 yes, 0 no", "ایثارگر: ۱ آری، ۰ نه")},
                    {"degree", both("Level of the degree", "مرتبهٔ مدرک تحصیلی")}};
  for (std::uint32_t l = 1; l <= lists; ++l) {
    party_list list{"list-" + std::to_string(l),
                    both("List " + std::to_string(l), "فهرست " + persian_digits(l)),
                    {}};
    for (std::uint32_t i = 0; i < seats; ++i) {
      list.options.emplace_back(drawn((l - 1) * seats + i));
    }
    out.lists.push_back(std::move(list));
  }
  return out;
}

}  // namespace

scenario tehran_scenario(const turnout& expected) {
  scenario out;
  manifest& m = out.plan;
  m = empty_drill("tehran",
                  both("Council of Tehran, by lists (drill)",
                       "شورای شهر تهران، با فهرست‌ها (تمرین)"));
  m.authority = authority_entry{"authority", both("Election authority", "مرجع انتخابات"), {}, {}};
  const node_index province = add_place(m, "tehran-province", node_level::province, no_parent,
                                        both("Province of Tehran", "استان تهران"));
  const node_index city =
      add_place(m, "tehran", node_level::city, province, both("Tehran", "تهران"));
  m.contests.push_back(council_of(city));
  const style_index style = add_style(m, "council", {contest_index{0}});
  std::vector<electorate_area> areas;
  for (std::uint32_t d = 1; d <= tehran_districts; ++d) {
    const node_index district =
        add_place(m, "district-" + std::to_string(d), node_level::district, city,
                  both("District " + std::to_string(d), "منطقهٔ " + persian_digits(d)));
    const std::uint32_t here =
        branches / tehran_districts + (d <= branches % tehran_districts ? 1 : 0);
    areas.push_back({here, add_branches(m, district, here, {style}), {{style, 1}}});
  }
  hold_electorate(out, areas, expected);
  return out;
}

}  // namespace sandoq::tool
