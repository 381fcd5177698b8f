#include "profile_scenario.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "tools/sandoq/made_up.hpp"

namespace sandoq::tool {
namespace {

/// Levels above an area, the uppermost first.
constexpr std::array<node_level, 5> upper_levels{node_level::nation, node_level::province,
                                                 node_level::constituency, node_level::county,
                                                 node_level::city};

/// Profiles whose drills have the names of such an election.
struct named_drill {
  std::string_view name;
  scenario (*make)(const turnout& expected);
};
constexpr std::array<named_drill, 5> named_drills{{{"village", village_scenario},
                                                   {"shorayari", shorayari_scenario},
                                                   {"tehran", tehran_scenario},
                                                   {"tabriz", tabriz_scenario},
                                                   {"mazandaran", mazandaran_scenario}}};

label_list named(const std::string& en, const std::string& fa, std::uint32_t n) {
  return both(en + " " + std::to_string(n), fa + " " + persian_digits(n));
}

std::vector<board_entry> boards_of(const election_profile& profile) {
  std::vector<board_entry> out;
  for (std::uint32_t b = 1; b <= profile.boards.size(); ++b) {
    const profile_board& size = profile.boards[b - 1];
    board_entry board;
    board.id = "board-" + std::to_string(b);
    board.labels = named("Board", "هیئت", b);
    board.threshold = size.threshold;
    for (std::uint32_t t = 1; t <= size.trustees; ++t) {
      board.trustees.push_back(
          {board.id + "-" + std::to_string(t), named("Trustee", "امین", t), {}, {}, {}, {}});
    }
    out.push_back(std::move(board));
  }
  return out;
}

listed_choice choices_in(dice& d, const contest_entry& contest) {
  // Bit vectors as they have always been drawn: the same seed makes the same drill.
  return contest.law || is_mixed(contest.encoding) ? choose_by_law(d, contest)
                                                   : listed_choice{choose(d, contest)};
}

/// The plan while it is made, and where the voters of each kind of area go.
class plan_maker {
 public:
  plan_maker(const election_profile& profile, std::uint64_t voters)
      : profile_(profile), voters_(voters) {
    manifest& m = out_.plan;
    m.domain = election_domain::drill;
    m.election = "drill/" + profile.name;
    m.title = profile.title;
    m.boards = boards_of(profile);
    m.beacon = drill_beacon();
    for (std::uint32_t level = 0; level < profile.levels_above; ++level) {
      m.nodes.push_back({"above-" + std::to_string(level + 1), upper_levels[level],
                         level == 0 ? no_parent : node_index{level - 1},
                         named("Level", "سطح", level + 1)});
    }
  }

  void make() {
    for (std::uint32_t c = 0; c < profile_.everywhere.size(); ++c) {
      add_contest(profile_.everywhere[c], profile_.everywhere[c].options, 0);
    }
    for (const profile_area& kind : profile_.areas) {
      branches_of_.emplace_back();
      for (std::uint32_t i = 0; i < kind.count; ++i) {
        add_area(kind, i);
      }
    }
  }

  /// A voter of an area of that kind.
  [[nodiscard]] voter draw_voter(dice& d, std::size_t kind) const {
    const auto& areas = branches_of_[kind];
    const auto& branches = areas[d.below(static_cast<std::uint32_t>(areas.size()))];
    const node_index branch = branches[d.below(static_cast<std::uint32_t>(branches.size()))];
    voter v;
    v.branch = branch;
    v.device = device_index{1 + d.below(out_.devices.at(branch))};
    const auto& styles = out_.plan.branch_styles[branch_place_.at(branch)];
    v.style = styles.size() > 1 && d.below(1000) >= profile_.everywhere_of_1000 ? styles.back()
                                                                                : styles.front();
    for (const contest_index contest : out_.plan.styles[v.style.value()].contests) {
      listed_choice made = choices_in(d, out_.plan.contests[contest.value()]);
      v.choices.push_back(std::move(made.options));
      v.lists.push_back(made.list);
      v.struck.push_back(std::move(made.struck));
    }
    const std::uint32_t mood = d.below(1000);
    v.habit = mood < profile_.challenged_of_1000 ? voter_habit::challenges
              : mood < profile_.challenged_of_1000 + profile_.spoiled_of_1000 ? voter_habit::spoils
                                                                              : voter_habit::casts;
    return v;
  }

  [[nodiscard]] scenario take() && { return std::move(out_); }
  void add(voter v) { out_.voters.push_back(std::move(v)); }

 private:
  /// The first options on the first list, and so on.
  static void add_lists(contest_entry& contest, const profile_contest& like) {
    std::uint32_t next = 0;
    for (std::uint32_t i = 1; i <= like.lists; ++i) {
      party_list list{"list-" + std::to_string(i), named("List", "فهرست", i), {}};
      for (std::uint32_t j = 0; j < like.listed && next < contest.options.size(); ++j) {
        list.options.emplace_back(next++);
      }
      contest.lists.push_back(std::move(list));
    }
  }

  contest_index add_contest(const profile_contest& like, std::uint32_t options,
                            std::uint32_t scope) {
    manifest& m = out_.plan;
    const auto number = static_cast<std::uint32_t>(m.contests.size());
    contest_entry contest =
        coded_contest("contest-" + std::to_string(number + 1),
                      named("Contest", "رقابت", number + 1), scope, next_code_, options);
    next_code_ += options;
    contest.max_choices = like.max_choices;
    contest.seats = like.seats;
    contest.alternates = like.alternates;
    contest.encoding = like.encoding;
    contest.text_bytes = like.text_bytes;
    if (like.law) {
      contest.rule = seat_rule::by_law;
      contest.law = like.law;
      contest.min_choices = like.law->ballot.min_votes;
      contest.blank = contest.min_choices > 0 ? blank_option::counted : blank_option::absent;
      add_lists(contest, like);
    }
    if (like.encoding == contest_encoding::packed_ranking) {
      contest.rule = seat_rule::by_law;
      contest.law = ranked_law(like.max_choices, like.method);
    }
    m.contests.push_back(std::move(contest));
    return contest_index{number};
  }

  void add_area(const profile_area& kind, std::uint32_t i) {
    manifest& m = out_.plan;
    const std::uint32_t number = ++areas_;
    const auto scope = static_cast<std::uint32_t>(m.nodes.size());
    const std::string id = "area-" + std::to_string(number);
    m.nodes.push_back({id, node_level::district, node_index{profile_.levels_above - 1},
                       named("Area", "ناحیهٔ", number)});
    std::vector<contest_index> everywhere;
    for (std::uint32_t c = 0; c < profile_.everywhere.size(); ++c) {
      everywhere.push_back(contest_index{c});
    }
    std::vector<contest_index> own;
    for (const profile_contest& each : kind.contests) {
      own.push_back(add_contest(each, dealt(each.options, kind.count, i), scope));
    }
    std::vector<style_index> styles{add_style(id, everywhere, own)};
    if (!everywhere.empty() && !own.empty() && profile_.everywhere_of_1000 < 1000) {
      styles.push_back(add_style(id + "-only", {}, own));
    }
    branches_of_.back().emplace_back();
    const std::uint32_t branches = dealt(kind.branches, kind.count, i);
    const std::uint64_t voters_here =
        voters_ * kind.of_1000_voters / (std::uint64_t{1000} * kind.count * branches);
    for (std::uint32_t b = 1; b <= branches; ++b) {
      const node_index branch{static_cast<std::uint32_t>(m.nodes.size())};
      m.nodes.push_back({id + "-" + std::to_string(b), node_level::branch, node_index{scope},
                         named("Branch", "شعبهٔ", b)});
      branch_place_.emplace(branch, m.branch_styles.size());
      m.branch_styles.push_back(styles);
      const std::uint32_t devices = dealt(kind.devices, kind.branches, branches_made_++);
      out_.devices.emplace(branch,
                           voters_ > profile_.voters ? devices_for(voters_here, devices) : devices);
      branches_of_.back().back().push_back(branch);
    }
    branches_made_ = i + 1 == kind.count ? 0 : branches_made_;
  }

  style_index add_style(std::string id, std::vector<contest_index> contests,
                        const std::vector<contest_index>& own) {
    contests.insert(contests.end(), own.begin(), own.end());
    out_.plan.styles.push_back({std::move(id), std::move(contests)});
    return style_index{static_cast<std::uint32_t>(out_.plan.styles.size() - 1)};
  }

  const election_profile& profile_;
  std::uint64_t voters_;
  scenario out_;
  std::uint32_t next_code_ = 1;
  std::uint32_t areas_ = 0;
  std::uint32_t branches_made_ = 0;  // of the present kind of area
  std::map<node_index, std::size_t> branch_place_;
  std::vector<std::vector<std::vector<node_index>>> branches_of_;  // by kind and area
};

}  // namespace

scenario profile_scenario(const election_profile& profile, const turnout& expected) {
  plan_maker maker(profile, expected.voters);
  maker.make();
  dice d(expected.seed);
  for (std::uint64_t i = 0; i < expected.made_up(); ++i) {
    std::uint32_t at = d.below(1000);
    std::size_t kind = 0;
    while (at >= profile.areas[kind].of_1000_voters) {
      at -= profile.areas[kind++].of_1000_voters;
    }
    maker.add(maker.draw_voter(d, kind));
  }
  return std::move(maker).take();
}

scenario drill_scenario(const election_profile& profile, const turnout& expected) {
  // A copy in a file may keep the name, and says something else.
  const auto* const named =
      std::find_if(named_drills.begin(), named_drills.end(),
                   [&](const named_drill& each) { return each.name == profile.name; });
  if (profile.shipped && named != named_drills.end()) {
    return named->make(expected);
  }
  return profile_scenario(profile, expected);
}

}  // namespace sandoq::tool
