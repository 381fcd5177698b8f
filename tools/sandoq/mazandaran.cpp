// Mazandaran on the day of a Majles and an Assembly election: 9 constituencies with 12 seats of the
// Majles, 22 counties, 4 seats of the Assembly in the whole province. Who wins a seat of the Majles
// needs a fifth of the valid votes; else there is a run-off. Candidates and voters are made up.

#include <array>
#include <string>
#include <vector>

#include "electorate.hpp"

namespace sandoq::tool {
namespace {

struct county_place {
  const char* id;
  const char* en;
  const char* fa;
  std::uint32_t branches;  ///< of some 3,228 in the province
};

struct constituency_place {
  std::uint32_t seats;
  std::uint32_t candidates;
  std::vector<county_place> counties;
};

std::vector<constituency_place> constituencies() {
  return {
      {2, 62, {{"sari", "Sari", "ساری", 430}, {"miandorud", "Miandorud", "میاندورود", 80}}},
      {2, 58, {{"babol", "Babol", "بابل", 480}}},
      {2,
       54,
       {{"qaemshahr", "Qaemshahr", "قائم‌شهر", 260},
        {"savadkuh", "Savadkuh", "سوادکوه", 90},
        {"north-savadkuh", "North Savadkuh", "سوادکوه شمالی", 50},
        {"juybar", "Juybar", "جویبار", 90},
        {"simorgh", "Simorgh", "سیمرغ", 30}}},
      {1, 41, {{"amol", "Amol", "آمل", 390}}},
      {1,
       30,
       {{"babolsar", "Babolsar", "بابلسر", 130},
        {"fereydunkenar", "Fereydunkenar", "فریدونکنار", 60}}},
      {1,
       35,
       {{"nowshahr", "Nowshahr", "نوشهر", 150},
        {"chalus", "Chalus", "چالوس", 110},
        {"kelardasht", "Kelardasht", "کلاردشت", 50}}},
      {1,
       37,
       {{"tonekabon", "Tonekabon", "تنکابن", 170},
        {"ramsar", "Ramsar", "رامسر", 80},
        {"abbasabad", "Abbasabad", "عباس‌آباد", 50}}},
      {1, 33, {{"nur", "Nur", "نور", 150}, {"mahmudabad", "Mahmudabad", "محمودآباد", 90}}},
      {1,
       36,
       {{"behshahr", "Behshahr", "بهشهر", 160},
        {"neka", "Neka", "نکا", 90},
        {"galugah", "Galugah", "گلوگاه", 38}}},
  };
}

rule fifth_of_valid_votes(std::uint32_t seats) {
  rule out;
  out.ballot.min_votes = 1;
  out.ballot.max_votes = seats;
  out.ballot.overvote = ballot_rule::overvote_policy::reject;
  plurality_rule law;
  law.threshold.emplace();
  law.threshold->share = {1, 5};
  law.threshold->base = threshold_rule::base_code::valid_ballots;
  law.runoff = 2;
  out.method = law;
  return out;
}

contest_entry majles_of(std::uint32_t number, const constituency_place& place, node_index scope) {
  contest_entry out = coded_contest("majles-" + std::to_string(number),
                                    both("Majles, constituency " + std::to_string(number),
                                         "مجلس شورای اسلامی، حوزهٔ " + persian_digits(number)),
                                    scope.value(), 100 * number + 1, place.candidates);
  out.max_choices = place.seats;
  out.seats = place.seats;
  out.rule = seat_rule::by_law;
  out.law = fifth_of_valid_votes(place.seats);
  return out;
}

}  // namespace

scenario mazandaran_scenario(const turnout& expected) {
  scenario out;
  manifest& m = out.plan;
  m = empty_drill("mazandaran", both("Majles and Assembly in Mazandaran (drill)",
                                     "مجلس و خبرگان در مازندران (تمرین)"));
  const node_index province =
      add_place(m, "mazandaran", node_level::province, no_parent, both("Mazandaran", "مازندران"));
  m.contests.push_back(coded_contest("assembly", both("Assembly of Experts", "مجلس خبرگان رهبری"),
                                     province.value(), 11, 12));
  m.contests[0].max_choices = 4;
  m.contests[0].seats = 4;
  std::vector<electorate_area> areas;
  std::uint32_t number = 0;
  for (const constituency_place& place : constituencies()) {
    ++number;
    const std::string id = "constituency-" + std::to_string(number);
    const node_index constituency =
        add_place(m, id, node_level::constituency, province,
                  both("Constituency " + std::to_string(number), "حوزهٔ " + persian_digits(number)));
    m.contests.push_back(majles_of(number, place, constituency));
    const style_index both_contests =
        add_style(m, "both-" + std::to_string(number), {contest_index{0}, contest_index{number}});
    for (const county_place& each : place.counties) {
      const node_index county =
          add_place(m, each.id, node_level::county, constituency, both(each.en, each.fa));
      areas.push_back({each.branches,
                       add_branches(m, county, each.branches, {both_contests}),
                       {{both_contests, 1}}});
    }
  }
  hold_electorate(out, areas, expected);
  return out;
}

}  // namespace sandoq::tool
