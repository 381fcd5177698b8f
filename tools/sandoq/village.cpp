#include <string>

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

/// What the profile says of a contest; whom it is about, the drill makes up.
void set_rules(contest_entry& contest, const profile_contest& like) {
  contest.max_choices = like.max_choices;
  contest.seats = like.seats;
  contest.alternates = like.alternates;
}

manifest village_manifest(const election_profile& profile) {
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
  const auto place = [&m](const char* id, node_level level, node_index parent, label_list labels) {
    m.nodes.push_back({id, level, parent, std::move(labels)});
  };
  place("nation", node_level::nation, no_parent, both("Nation", "کشور"));
  place("province", node_level::province, node_index{0}, both("Province", "استان"));
  place("county", node_level::county, node_index{1}, both("County", "شهرستان"));
  place("upper", node_level::district, node_index{2}, both("Upper village", "روستای بالا"));
  place("upper-school", node_level::branch, node_index{3}, both("School", "دبستان"));
  place("upper-mosque", node_level::branch, node_index{3}, both("Mosque", "مسجد"));
  place("lower", node_level::district, node_index{2}, both("Lower village", "روستای پایین"));
  place("lower-hall", node_level::branch, node_index{6}, both("Village hall", "دهیاری"));
  place("lower-mobile", node_level::branch, node_index{6}, both("Mobile box", "شعبه سیار"));

  m.contests.push_back(coded_contest("council-upper",
                                     both("Council of the upper village", "شورای روستای بالا"), 3,
                                     101, upper_like.options));
  m.contests.push_back(coded_contest("council-lower",
                                     both("Council of the lower village", "شورای روستای پایین"), 6,
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
  const std::vector<style_index> upper{style_index{upper_all}, style_index{upper_council_only}};
  const std::vector<style_index> lower{style_index{lower_all}, style_index{lower_council_only}};
  m.branch_styles = {upper, upper, lower, lower};
  return m;
}

}  // namespace

scenario village_scenario(std::uint64_t voters, std::uint64_t seed) {
  scenario out;
  const election_profile& profile = shipped_profile("village");
  out.plan = village_manifest(profile);
  // The mobile box is opened and closed, but nobody comes to it.
  out.devices = {{node_index{4}, 2}, {node_index{5}, 1}, {node_index{7}, 1}, {node_index{8}, 1}};
  dice d(seed);
  for (std::uint64_t i = 0; i < voters; ++i) {
    const std::uint32_t place = d.below(10);
    const bool in_upper = 100 * place < profile.areas[0].of_1000_voters;
    voter v;
    v.branch = node_index{place < 4 ? 4U : (in_upper ? 5U : 7U)};
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
