#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "made_up.hpp"
#include "scenario.hpp"
#include "sizing/election_profile.hpp"

namespace sandoq::tool {
namespace {

enum : std::uint32_t { upper_council = 0, lower_council = 1, assembly = 2 };
enum : std::uint32_t {
  upper_all = 0,
  upper_council_only = 1,
  lower_all = 2,
  lower_council_only = 3
};

/// Voters of one branch at most: a log of tokens holds 262,144 (spec 52.9).
constexpr std::uint64_t voters_of_a_branch = 200'000;

/// Where people vote, and which part of them.
struct polling_place {
  const char* id;
  const char* en;
  const char* fa;
  std::uint32_t of_1000;
  std::uint32_t least_devices;
};

/// Those of the upper village, then those of the lower one.
std::array<polling_place, 4> polling_places(const election_profile& profile) {
  constexpr std::uint32_t school = 400;
  return {{{"upper-school", "School", "دبستان", school, 2},
           {"upper-mosque", "Mosque", "مسجد", profile.areas[0].of_1000_voters - school, 1},
           {"lower-hall", "Village hall", "دهیاری", profile.areas[1].of_1000_voters, 1},
           // The mobile box is opened and closed, but nobody comes to it.
           {"lower-mobile", "Mobile box", "شعبه سیار", 0, 1}}};
}

/// What the profile says of a contest; whom it is about, the drill makes up.
void set_rules(contest_entry& contest, const profile_contest& like) {
  contest.max_choices = like.max_choices;
  contest.seats = like.seats;
  contest.alternates = like.alternates;
}

/// Contests and styles, without places.
manifest village_contests(const election_profile& profile) {
  const profile_contest& upper_like = profile.areas[0].contests[0];
  const profile_contest& lower_like = profile.areas[1].contests[0];
  const profile_contest& assembly_like = profile.everywhere[0];
  manifest m;
  m.domain = election_domain::drill;
  m.election = "drill/village";
  m.title = both(
      "Village councils and Assembly by-election (drill)",
      "شوراهای روستا و میان‌دوره‌ای مجلس خبرگان (تمرین)");
  m.boards = drill_boards();
  m.beacon = drill_beacon();
  m.authority = authority_entry{"authority", both("Election authority", "مرجع انتخابات"), {}, {}};
  m.eligibility = eligibility_log::tokens;
  m.contests.push_back(coded_contest("council-upper",
                                     both("Council of the upper village", "شورای روستای بالا"), 0,
                                     101, upper_like.options));
  m.contests.push_back(coded_contest("council-lower",
                                     both("Council of the lower village", "شورای روستای پایین"), 0,
                                     201, lower_like.options));
  m.contests.push_back(coded_contest(
      "assembly",
      both("Assembly of Experts, by-election", "میان‌دوره‌ای مجلس خبرگان"),
      1, 301, assembly_like.options));
  for (const auto council : {upper_council, lower_council}) {
    m.contests[council].attributes = {
        {"service", both("Days served in earlier councils",
                         "روزهای عضویت در دوره‌های پیش")}};
  }
  set_rules(m.contests[upper_council], upper_like);
  set_rules(m.contests[lower_council], lower_like);
  set_rules(m.contests[assembly], assembly_like);

  m.styles = {{"upper", {contest_index{upper_council}, contest_index{assembly}}},
              {"upper-council-only", {contest_index{upper_council}}},
              {"lower", {contest_index{lower_council}, contest_index{assembly}}},
              {"lower-council-only", {contest_index{lower_council}}}};
  return m;
}

node_index add_node(manifest& m, std::string id, node_level level, node_index parent,
                    label_list labels) {
  const node_index here{static_cast<std::uint32_t>(m.nodes.size())};
  m.nodes.push_back({std::move(id), level, parent, std::move(labels)});
  return here;
}

/// One branch for a place, or as many as its voters need. \return them
std::vector<node_index> add_branches(scenario& s, const polling_place& place, node_index village,
                                     std::uint64_t voters, const std::vector<style_index>& styles) {
  const std::uint64_t here = voters * place.of_1000 / 1000;
  const auto count = static_cast<std::uint32_t>(here / voters_of_a_branch + 1);
  std::vector<node_index> out;
  for (std::uint32_t b = 1; b <= count; ++b) {
    const bool named = b == 1;
    out.push_back(add_node(
        s.plan, named ? place.id : place.id + ("-" + std::to_string(b)), node_level::branch,
        village,
        named ? both(place.en, place.fa)
              : both(place.en + (" " + std::to_string(b)), place.fa + (" " + persian_digits(b)))));
    s.plan.branch_styles.push_back(styles);
    s.devices.emplace(out.back(), devices_for(here / count, place.least_devices));
  }
  return out;
}

/// The tree. \return the branches of each place
std::array<std::vector<node_index>, 4> add_places(scenario& s, const election_profile& profile,
                                                  std::uint64_t voters) {
  manifest& m = s.plan;
  const node_index nation =
      add_node(m, "nation", node_level::nation, no_parent, both("Nation", "کشور"));
  const node_index province =
      add_node(m, "province", node_level::province, nation, both("Province", "استان"));
  const node_index county =
      add_node(m, "county", node_level::county, province, both("County", "شهرستان"));
  const auto places = polling_places(profile);
  std::array<std::vector<node_index>, 4> out;
  const std::vector<style_index> upper{style_index{upper_all}, style_index{upper_council_only}};
  const std::vector<style_index> lower{style_index{lower_all}, style_index{lower_council_only}};
  for (const std::uint32_t council : {upper_council, lower_council}) {
    const bool is_upper = council == upper_council;
    const node_index village = add_node(
        m, is_upper ? "upper" : "lower", node_level::district, county,
        is_upper ? both("Upper village", "روستای بالا") : both("Lower village", "روستای پایین"));
    m.contests[council].scope = village;
    for (const std::size_t p : {2 * council, 2 * council + 1}) {
      out[p] = add_branches(s, places[p], village, voters, is_upper ? upper : lower);
    }
  }
  m.contests[assembly].scope = province;
  return out;
}

}  // namespace

scenario village_scenario(const turnout& expected) {
  scenario out;
  const election_profile& profile = shipped_profile("village");
  out.plan = village_contests(profile);
  const auto branches_of = add_places(out, profile, expected.voters);
  const auto places = polling_places(profile);
  dice d(expected.seed);
  out.voters.reserve(expected.made_up());
  for (std::uint64_t i = 0; i < expected.made_up(); ++i) {
    const std::uint32_t place = 100 * d.below(10);
    const bool in_upper = place < profile.areas[0].of_1000_voters;
    const auto& near = branches_of[place < places[0].of_1000 ? 0 : (in_upper ? 1 : 2)];
    voter v;
    v.branch = near.size() == 1 ? near[0] : near[d.below(static_cast<std::uint32_t>(near.size()))];
    v.device = device_index{1 + d.below(out.devices.at(v.branch))};
    const bool council_only = d.below(1000) >= profile.everywhere_of_1000;
    v.style = style_index{(in_upper ? upper_all : lower_all) + (council_only ? 1U : 0U)};
    for (const contest_index contest : out.plan.styles[v.style.value()].contests) {
      v.choices.push_back(choose(d, out.plan.contests[contest.value()]));
    }
    const std::uint32_t mood = d.below(1000);
    v.habit = mood < profile.challenged_of_1000 ? voter_habit::challenges
              : mood < profile.challenged_of_1000 + profile.spoiled_of_1000 ? voter_habit::spoils
                                                                            : voter_habit::casts;
    out.voters.push_back(std::move(v));
  }
  return out;
}

}  // namespace sandoq::tool
