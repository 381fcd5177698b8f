#include "scenario.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "label_text.hpp"
#include "made_up.hpp"
#include "sizing/profile_scenario.hpp"

namespace sandoq::tool {
namespace {

/// Real ballots say nothing of challenges, so one voter in a hundred is made to challenge.
constexpr std::size_t challenge_every = 100;
constexpr std::size_t first_challenge = 49;

/// An id that no other place of the tree has.
std::string free_id(std::string wanted, const std::set<std::string>& taken) {
  while (taken.contains(wanted)) {
    wanted += "'";
  }
  return wanted;
}

/// A name of the file as a label of no particular language. Ids stand as they are in the file.
label_list named(const std::string& text) {
  return {{"und", normalised_label("und", text).value_or(text)}};
}

contest_entry contest_of(const ballot_file& file, node_index scope) {
  contest_entry contest;
  contest.id = file.contest;
  contest.labels = named(file.contest);
  contest.scope = scope;
  for (const std::string& option : file.options) {
    contest.options.push_back({option, named(option)});
  }
  contest.max_choices = file.max_choices();
  contest.min_choices = 1;
  contest.blank = blank_option::counted;
  contest.seats = contest.max_choices;
  contest.alternates = std::min<std::uint32_t>(
      contest.seats, static_cast<std::uint32_t>(file.options.size()) - contest.seats);
  return contest;
}

result<scenario> made_up_scenario(const electorate_options& options) {
  const auto profile = find_profile(options.profile.empty() ? "village" : options.profile);
  if (!profile) {
    return tl::unexpected(profile.error());
  }
  return drill_scenario(*profile, {options.voters.value_or(profile->drill_voters), options.seed,
                                   all_voters, options.all_branches});
}

}  // namespace

std::vector<ballot_entry> voter::entries_in(std::size_t contest) const {
  using kind = ballot_entry::entry_kind;
  std::vector<ballot_entry> out;
  if (const auto list = list_of(contest)) {
    out.push_back({kind::list, *list});
  }
  for (const std::uint32_t member : struck_in(contest)) {
    out.push_back({kind::strike, member});
  }
  for (const std::uint32_t option : choices[contest]) {
    out.push_back({kind::option, option});
  }
  return out;
}

std::vector<board_entry> drill_boards() {
  const auto trustee = [](const char* id, const char* fa, const char* en) {
    return trustee_entry{id, {{"en", en}, {"fa", fa}}, {}, {}, {}, {}};
  };
  return {
      {"executive",
       {{"en", "Executive board"}, {"fa", "هیئت اجرایی"}},
       2,
       {trustee("executive-1", "امین یکم اجرایی", "First executive trustee"),
        trustee("executive-2", "امین دوم اجرایی", "Second executive trustee"),
        trustee("executive-3", "امین سوم اجرایی", "Third executive trustee")}},
      {"supervision",
       {{"en", "Supervision board"}, {"fa", "هیئت نظارت"}},
       2,
       {trustee("supervision-1", "امین یکم نظارت", "First supervision trustee"),
        trustee("supervision-2", "امین دوم نظارت", "Second supervision trustee"),
        trustee("supervision-3", "امین سوم نظارت", "Third supervision trustee")}},
  };
}

label_list drill_beacon() {
  return {{"en", "A drill: whatever text the program is given or makes up"},
          {"fa", "تمرین: هر متنی که به برنامه داده شود یا خود بسازد"}};
}

scenario scenario_of(const ballot_file& file) {
  scenario out;
  manifest& m = out.plan;
  m.domain = election_domain::drill;
  m.election = "drill/" + file.contest;
  m.title = named(file.contest);
  m.boards = drill_boards();
  m.beacon = drill_beacon();
  const std::set<std::string> precincts(file.precincts.begin(), file.precincts.end());
  m.nodes.push_back({free_id("nation", precincts),
                     node_level::nation,
                     no_parent,
                     {{"en", "Nation"}, {"fa", "کشور"}}});
  m.nodes.push_back({free_id("city", precincts),
                     node_level::city,
                     node_index{0},
                     {{"en", "City"}, {"fa", "شهر"}}});
  m.contests.push_back(contest_of(file, node_index{1}));
  m.styles.push_back({"ballot", {contest_index{0}}});
  const auto first_branch = static_cast<std::uint32_t>(m.nodes.size());
  for (const std::string& precinct : file.precincts) {
    out.devices[node_index{static_cast<std::uint32_t>(m.nodes.size())}] = 1;
    m.nodes.push_back({precinct, node_level::branch, node_index{1}, named(precinct)});
    m.branch_styles.push_back({style_index{0}});
  }
  for (std::size_t i = 0; i < file.ballots.size(); ++i) {
    const plain_ballot& ballot = file.ballots[i];
    out.voters.push_back(
        {node_index{first_branch + ballot.precinct},
         device_index{1},
         style_index{0},
         {ballot.choices},
         i % challenge_every == first_challenge ? voter_habit::challenges : voter_habit::casts});
  }
  return out;
}

scenario ranked_scenario(const ballot_file& file) {
  scenario out = scenario_of(file);
  contest_entry& contest = out.plan.contests[0];
  contest.encoding = contest_encoding::packed_ranking;
  contest.seats = 1;
  contest.alternates = 0;
  contest.rule = seat_rule::by_law;
  contest.law = ranked_law(contest.max_choices, ranking_rule::method_code::irv);
  for (std::size_t i = 0; i < out.voters.size(); ++i) {
    out.voters[i].choices = {file.ballots[i].ranking};
  }
  return out;
}

result<scenario> make_scenario(const electorate_options& options) {
  const bool ranked = options.profile == "ranked";
  if (ranked && options.ballots.empty()) {
    return fail(errc::missing, "--profile ranked", "needs real rankings: --ballots FILE.csv.gz");
  }
  if (options.ballots.empty()) {
    return made_up_scenario(options);
  }
  if (!ranked && !options.profile.empty()) {
    return fail(errc::mismatch, "--ballots",
                "excludes --profile: these voters are real; only --profile ranked reads them, as "
                "rankings");
  }
  auto file = read_ballot_file(options.ballots, options.limit);
  if (!file) {
    return tl::unexpected(std::move(file.error()));
  }
  scenario made = ranked ? ranked_scenario(*file) : scenario_of(*file);
  if (auto good = made.plan.check_rules(); !good) {
    return fail_within(options.ballots, std::move(good.error()));
  }
  return made;
}

result<void> add_mishap(scenario& s, const std::string& device, mishap what) {
  const std::size_t colon = device.rfind(':');
  for (const auto& [branch, devices] : s.devices) {
    for (std::uint32_t d = 1; d <= devices && colon != std::string::npos; ++d) {
      if (device.compare(0, colon, s.plan.nodes[branch.value()].id) == 0 &&
          device.substr(colon + 1) == std::to_string(d)) {
        s.mishaps[{branch, device_index{d}}] = what;
        return {};
      }
    }
  }
  return fail(errc::not_found, device,
              "there is no such device; name one as BRANCH-ID:NUMBER, for example upper-school:2");
}

}  // namespace sandoq::tool
