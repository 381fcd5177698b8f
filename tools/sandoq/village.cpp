#include <algorithm>
#include <numeric>
#include <random>
#include <string>

#include "scenario.hpp"

namespace sandoq::tool {
namespace {

/// Uniform numbers that are the same with every standard library, which std:: distributions are
/// not.
class dice {
 public:
  explicit dice(std::uint64_t seed) : engine_(seed) {}

  /// 0..n-1; the bias below 2^-40 does not matter for made-up voters.
  std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>((engine_() >> 32U) * n >> 32U);
  }

 private:
  std::mt19937_64 engine_;
};

std::string persian_digits(std::uint32_t n) {
  std::string out;
  for (const char digit : std::to_string(n)) {
    out += "\xDB";  // U+06F0..U+06F9
    out += static_cast<char>(0xB0 + (digit - '0'));
  }
  return out;
}

label_list both(std::string en, std::string fa) {
  return {{"en", std::move(en)}, {"fa", std::move(fa)}};
}

/// A contest whose candidates have numeric codes from `first` on, as terminals ask for them.
contest_entry coded_contest(std::string id, label_list labels, std::uint32_t scope,
                            std::uint32_t first, std::uint32_t candidates) {
  contest_entry contest;
  contest.id = std::move(id);
  contest.labels = std::move(labels);
  contest.scope = node_index{scope};
  for (std::uint32_t code = first; code < first + candidates; ++code) {
    contest.options.push_back({std::to_string(code), both("Candidate " + std::to_string(code),
                                                          "نامزد " + persian_digits(code))});
  }
  contest.min_choices = 1;
  contest.blank = blank_option::counted;
  return contest;
}

enum : std::uint32_t { upper_council = 0, lower_council = 1, assembly = 2 };
enum : std::uint32_t {
  upper_all = 0,
  upper_council_only = 1,
  lower_all = 2,
  lower_council_only = 3
};

manifest village_manifest() {
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

  m.contests.push_back(coded_contest(
      "council-upper", both("Council of the upper village", "شورای روستای بالا"), 3, 101, 12));
  m.contests.push_back(coded_contest(
      "council-lower", both("Council of the lower village", "شورای روستای پایین"), 6, 201, 8));
  m.contests.push_back(coded_contest(
      "assembly",
      both("Assembly of Experts, by-election", "میان‌دوره‌ای مجلس خبرگان"),
      1, 301, 5));
  for (const auto council : {upper_council, lower_council}) {
    m.contests[council].max_choices = 3;
    m.contests[council].seats = 3;
    m.contests[council].alternates = 2;
    m.contests[council].attributes = {
        {"service", both("Days served in earlier councils",
                         "روزهای عضویت در دوره‌های پیش")}};
  }
  m.contests[assembly].max_choices = 1;
  m.contests[assembly].seats = 1;

  m.styles = {{"upper", {contest_index{upper_council}, contest_index{assembly}}},
              {"upper-council-only", {contest_index{upper_council}}},
              {"lower", {contest_index{lower_council}, contest_index{assembly}}},
              {"lower-council-only", {contest_index{lower_council}}}};
  const std::vector<style_index> upper{style_index{upper_all}, style_index{upper_council_only}};
  const std::vector<style_index> lower{style_index{lower_all}, style_index{lower_council_only}};
  m.branch_styles = {upper, upper, lower, lower};
  return m;
}

/// Some candidates are liked more than others, so that counts are not all alike; one voter in eight
/// leaves the contest blank.
std::vector<std::uint32_t> choose(dice& d, const contest_entry& contest) {
  std::vector<std::uint32_t> choices;
  if (d.below(8) == 0) {
    return choices;
  }
  const auto n = static_cast<std::uint32_t>(contest.options.size());
  const std::uint32_t wanted = 1 + d.below(contest.max_choices);
  while (choices.size() < wanted) {
    const std::uint32_t candidate = std::min(d.below(n), d.below(n));
    if (std::find(choices.begin(), choices.end(), candidate) == choices.end()) {
      choices.push_back(candidate);
    }
  }
  std::sort(choices.begin(), choices.end());
  return choices;
}

}  // namespace

scenario village_scenario(std::uint64_t voters, std::uint64_t seed) {
  scenario out;
  out.plan = village_manifest();
  // The mobile box is opened and closed, but nobody comes to it.
  out.devices = {{node_index{4}, 2}, {node_index{5}, 1}, {node_index{7}, 1}, {node_index{8}, 1}};
  dice d(seed);
  for (std::uint64_t i = 0; i < voters; ++i) {
    const std::uint32_t place = d.below(10);
    const bool in_upper = place < 7;
    voter v;
    v.branch = node_index{place < 4 ? 4U : (in_upper ? 5U : 7U)};
    v.device = device_index{1 + d.below(out.devices.at(v.branch))};
    const bool council_only = d.below(6) == 0;
    v.style = style_index{(in_upper ? upper_all : lower_all) + (council_only ? 1U : 0U)};
    for (const contest_index contest : out.plan.styles[v.style.value()].contests) {
      v.choices.push_back(choose(d, out.plan.contests[contest.value()]));
    }
    const std::uint32_t mood = d.below(20);
    v.habit = mood == 0   ? voter_habit::challenges
              : mood == 1 ? voter_habit::spoils
                          : voter_habit::casts;
    out.voters.push_back(std::move(v));
  }
  return out;
}

}  // namespace sandoq::tool
