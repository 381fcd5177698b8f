// Three elections on one day, as Tabriz was to hold them in 1405: the council of the city, a
// by-election to the Majles in the constituency, one to the Assembly in the province. Whoever voted
// elsewhere in that term's election may not vote in a by-election. Candidates and voters are made
// up.

#include <string>

#include "electorate.hpp"

namespace sandoq::tool {
namespace {

constexpr std::uint32_t city_districts = 10;
constexpr std::uint32_t district_branches = 60;
constexpr std::uint32_t council_candidates = 430;

enum : std::uint32_t { the_council = 0, the_majles = 1, the_assembly = 2 };

contest_entry contest_of(std::string id, label_list labels, std::uint32_t first,
                         std::uint32_t candidates, std::uint32_t seats) {
  contest_entry out = coded_contest(std::move(id), std::move(labels), 0, first, candidates);
  out.max_choices = seats;
  out.seats = seats;
  return out;
}

void add_contests(manifest& m) {
  m.contests.push_back(contest_of("council", both("Council of Tabriz", "شورای شهر تبریز"), 1'001,
                                  council_candidates, 13));
  m.contests[the_council].alternates = 8;
  m.contests[the_council].encoding = contest_encoding::slots;
  m.contests.push_back(contest_of(
      "majles",
      both("Majles, by-election in Tabriz, Azarshahr and Osku",
           "میان‌دوره‌ای مجلس، تبریز و آذرشهر و اسکو"),
      101, 84, 1));
  m.contests.push_back(
      contest_of("assembly",
                 both("Assembly of Experts, by-election in East Azerbaijan",
                      "میان‌دوره‌ای خبرگان، آذربایجان شرقی"),
                 11, 9, 1));
}

/// Who gets which ballot, of 1,000 in the city.
struct city_styles {
  style_index all;
  style_index without_majles;  ///< voted in another constituency
  style_index council_only;    ///< and in another province
};

}  // namespace

scenario tabriz_scenario(const turnout& expected) {
  scenario out;
  manifest& m = out.plan;
  m = empty_drill("tabriz", both("Three elections on one day, Tabriz (drill)",
                                 "سه انتخابات در یک روز، تبریز (تمرین)"));
  add_contests(m);
  const city_styles city{add_style(m, "all",
                                   {contest_index{the_council}, contest_index{the_majles},
                                    contest_index{the_assembly}}),
                         add_style(m, "council-and-assembly",
                                   {contest_index{the_council}, contest_index{the_assembly}}),
                         add_style(m, "council-only", {contest_index{the_council}})};
  const style_index outside =
      add_style(m, "both-by-elections", {contest_index{the_majles}, contest_index{the_assembly}});
  const style_index province_only = add_style(m, "assembly-only", {contest_index{the_assembly}});
  const node_index province = add_place(m, "east-azerbaijan", node_level::province, no_parent,
                                        both("East Azerbaijan", "آذربایجان شرقی"));
  const node_index constituency =
      add_place(m, "tabriz-azarshahr-osku", node_level::constituency, province,
                both("Tabriz, Azarshahr and Osku", "تبریز و آذرشهر و اسکو"));
  m.contests[the_assembly].scope = province;
  m.contests[the_majles].scope = constituency;
  const node_index county = add_place(m, "tabriz-county", node_level::county, constituency,
                                      both("County of Tabriz", "شهرستان تبریز"));
  const node_index tabriz =
      add_place(m, "tabriz", node_level::city, county, both("Tabriz", "تبریز"));
  m.contests[the_council].scope = tabriz;
  std::vector<electorate_area> areas;
  for (std::uint32_t d = 1; d <= city_districts; ++d) {
    const node_index district =
        add_place(m, "tabriz-" + std::to_string(d), node_level::district, tabriz,
                  both("District " + std::to_string(d), "منطقهٔ " + persian_digits(d)));
    areas.push_back({80,
                     add_branches(m, district, district_branches,
                                  {city.all, city.without_majles, city.council_only}),
                     {{city.all, 800}, {city.without_majles, 120}, {city.council_only, 80}}});
  }
  const auto add_county = [&](std::string id, label_list labels, node_index above,
                              std::uint32_t branches, std::uint32_t weight, style_index style) {
    const node_index here =
        add_place(m, std::move(id), node_level::county, above, std::move(labels));
    areas.push_back({weight, add_branches(m, here, branches, {style}), {{style, 1}}});
  };
  add_county("azarshahr", both("Azarshahr", "آذرشهر"), constituency, 63, 50, outside);
  add_county("osku", both("Osku", "اسکو"), constituency, 75, 60, outside);
  add_county("marand", both("Marand", "مرند"), province, 113, 90, province_only);
  add_county("maragheh", both("Maragheh", "مراغه"), province, 125, 100, province_only);
  hold_electorate(out, areas, expected);
  return out;
}

}  // namespace sandoq::tool
