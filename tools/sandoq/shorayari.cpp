// Tehran's neighbourhood councils (Shorayari) of 2019 in their true size: 22 districts, 352
// neighbourhoods with a contest each, 12,030 candidates, 1,700 branches, 7 members and 3 alternates
// a neighbourhood. Names, codes and voters are made up.

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

#include "made_up.hpp"
#include "scenario.hpp"
#include "sizing/election_profile.hpp"

namespace sandoq::tool {
namespace {

constexpr std::uint32_t districts = 22;
constexpr std::uint32_t neighbourhoods_each = 16;
constexpr std::uint32_t neighbourhoods = districts * neighbourhoods_each;  // 352

std::string numbered(std::string_view word, std::uint32_t n) {
  return std::string(word) + std::to_string(n);
}

/// Weights of the districts: 19, 12 and 18 had the highest turnout, so more voters go there.
constexpr std::array<std::uint32_t, districts> weights = {5,  5, 5, 5, 5, 5, 5, 5,  5, 5, 5,
                                                          10, 5, 5, 5, 5, 5, 8, 14, 5, 5, 5};
constexpr std::uint32_t total_weight = std::accumulate(weights.begin(), weights.end(), 0U);

/// Adds neighbourhood `i` (from 0) with its contest, style and branches.
void add_neighbourhood(manifest& m, const profile_area& like, std::uint32_t i,
                       node_index district) {
  const profile_contest& council_like = like.contests[0];
  const std::uint32_t in_city = i / neighbourhoods_each + 1;
  const std::uint32_t in_district = i % neighbourhoods_each + 1;
  const std::string id = numbered("n", in_city) + numbered("-", in_district);
  const auto scope = static_cast<std::uint32_t>(m.nodes.size());
  m.nodes.push_back(
      {id, node_level::neighbourhood, district,
       both(numbered("Neighbourhood ", in_district) + numbered(" of district ", in_city),
            "محلهٔ " + persian_digits(in_district) + " منطقهٔ " + persian_digits(in_city))});
  contest_entry council = coded_contest(
      "council-" + id,
      both(numbered("Council of neighbourhood ", in_district) + numbered(", district ", in_city),
           "شورایاری محلهٔ " + persian_digits(in_district) + " منطقهٔ " + persian_digits(in_city)),
      scope, 100 * (i + 1) + 1, dealt(council_like.options, neighbourhoods, i));
  council.max_choices = council_like.max_choices;
  council.seats = council_like.seats;
  council.alternates = council_like.alternates;
  m.contests.push_back(std::move(council));
  m.styles.push_back({id, {contest_index{i}}});
  for (std::uint32_t b = 1; b <= dealt(like.branches, neighbourhoods, i); ++b) {
    m.nodes.push_back({id + numbered("-", b), node_level::branch, node_index{scope},
                       both(numbered("Branch ", b), "شعبهٔ " + persian_digits(b))});
    m.branch_styles.push_back({style_index{i}});
  }
}

manifest shorayari_manifest(const election_profile& profile) {
  manifest m;
  m.domain = election_domain::drill;
  m.election = "drill/shorayari";
  m.title = both("Neighbourhood councils of Tehran, 2019 (drill)",
                 "شورایاری‌های محلات تهران، ۱۳۹۸ (تمرین)");
  m.boards = drill_boards();
  m.beacon = drill_beacon();
  m.nodes.push_back({"tehran", node_level::city, no_parent, both("Tehran", "تهران")});
  for (std::uint32_t d = 1; d <= districts; ++d) {
    const node_index district{static_cast<std::uint32_t>(m.nodes.size())};
    m.nodes.push_back({numbered("district-", d), node_level::district, node_index{0},
                       both(numbered("District ", d), "منطقهٔ " + persian_digits(d))});
    for (std::uint32_t n = 0; n < neighbourhoods_each; ++n) {
      add_neighbourhood(m, profile.areas[0], (d - 1) * neighbourhoods_each + n, district);
    }
  }
  return m;
}

std::uint32_t draw_district(dice& d) {
  std::uint32_t at = d.below(total_weight);
  std::uint32_t district = 0;
  while (at >= weights[district]) {
    at -= weights[district++];
  }
  return district;
}

}  // namespace

scenario shorayari_scenario(const turnout& expected) {
  scenario out;
  const election_profile& profile = shipped_profile("shorayari");
  out.plan = shorayari_manifest(profile);
  std::vector<std::vector<node_index>> branches_of(neighbourhoods);
  std::size_t branch = 0;
  for (std::uint32_t n = 0; n < out.plan.nodes.size(); ++n) {
    if (out.plan.nodes[n].level == node_level::branch) {
      branches_of[out.plan.branch_styles[branch++].front().value()].push_back(node_index{n});
    }
  }
  for (std::uint32_t n = 0; n < neighbourhoods; ++n) {
    const std::uint64_t shares = std::uint64_t{total_weight} * neighbourhoods_each;
    const std::uint64_t each =
        expected.voters * weights[n / neighbourhoods_each] / (shares * branches_of[n].size());
    for (const node_index place : branches_of[n]) {
      out.devices.emplace(place, devices_for(each, 1));
    }
  }
  dice d(expected.seed);
  out.voters.reserve(expected.made_up());
  for (std::uint64_t i = 0; i < expected.made_up(); ++i) {
    const std::uint32_t place =
        draw_district(d) * neighbourhoods_each + d.below(neighbourhoods_each);
    const auto& near = branches_of[place];
    voter v;
    v.branch = near[d.below(static_cast<std::uint32_t>(near.size()))];
    const std::uint32_t devices = out.devices.at(v.branch);
    v.device = device_index{devices == 1 ? 1 : 1 + d.below(devices)};
    v.style = style_index{place};
    v.choices.push_back(choose(d, out.plan.contests[place]));
    v.habit =
        d.below(1000) < profile.challenged_of_1000 ? voter_habit::challenges : voter_habit::casts;
    out.voters.push_back(std::move(v));
  }
  return out;
}

}  // namespace sandoq::tool
