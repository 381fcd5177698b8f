#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ballot_file.hpp"
#include "commands.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/rules/choices.hpp"

namespace sandoq::tool {

/// What a voter does before the ballot that counts.
enum class voter_habit {
  casts,       ///< nothing
  challenges,  ///< has one ballot opened by a challenge, then votes anew
  spoils,      ///< leaves the booth before deciding; the ballot is voided, then the voter votes
};

/// One voter: where they vote, on what, and how.
struct voter {
  node_index branch;
  device_index device;  ///< from 1
  style_index style;
  /// Per contest of the style: single options as they were entered, of a ranking best first.
  std::vector<std::vector<std::uint32_t>> choices;
  voter_habit habit = voter_habit::casts;
  /// Per contest of the style: the list whose code was entered; empty: none in any contest.
  std::vector<std::optional<std::uint32_t>> lists{};
  /// Per contest of the style: members of that list who are struck off it; empty: none anywhere.
  std::vector<std::vector<std::uint32_t>> struck{};

  [[nodiscard]] std::optional<std::uint32_t> list_of(std::size_t contest) const {
    return contest < lists.size() ? lists[contest] : std::nullopt;
  }
  [[nodiscard]] std::vector<std::uint32_t> struck_in(std::size_t contest) const {
    return contest < struck.size() ? struck[contest] : std::vector<std::uint32_t>{};
  }
  /// The same as 76.2 reads it, of contests that are no rankings.
  [[nodiscard]] std::vector<ballot_entry> entries_in(std::size_t contest) const;
};

/// What may befall a device before it closes.
enum class mishap {
  lost,      ///< the boards close its journal in its place
  excluded,  ///< the boards exclude its journal: none of its ballots counts
};

/// An election to be held as a drill: everything but the keys.
struct scenario {
  manifest plan;                                ///< trustees have names, their keys are still empty
  std::map<node_index, std::uint32_t> devices;  ///< of every branch
  std::vector<voter> voters;                    ///< in the order in which they come
  std::map<std::pair<node_index, device_index>, mishap> mishaps{};
  std::uint64_t closed_branches = 0;  ///< of the election, which are not in the plan
};

inline constexpr std::uint64_t all_voters = ~std::uint64_t{0};

/// Who comes to an election whose voters are made up.
struct turnout {
  std::uint64_t voters = 0;          ///< places and devices suffice for so many
  std::uint64_t seed = 1;            ///< of their choices and order
  std::uint64_t drawn = all_voters;  ///< how many of them are made up, the first ones
  bool all_branches = false;         ///< even those that no voter is needed to fill

  [[nodiscard]] std::uint64_t made_up() const noexcept { return std::min(voters, drawn); }
};

/// Plain counts: contest -> option (or "blank") -> votes, contests and options in manifest order.
struct plain_contest {
  std::string contest;
  std::vector<std::pair<std::string, std::uint64_t>> options;
  friend bool operator==(const plain_contest&, const plain_contest&) = default;
};
using plain_counts = std::vector<plain_contest>;

/// A contest over a file of real ballots: a city whose branches are the precincts, one device each.
[[nodiscard]] scenario scenario_of(const ballot_file& file);

/// Two villages on one day: a council each (3 of n, blank counted) and a by-election that only some
/// voters are entitled to. More voters than a village has get more devices, and then more branches.
[[nodiscard]] scenario village_scenario(const turnout& expected);

/// Tehran's neighbourhood councils of 2019: 352 contests, 1,700 branches, 12,030 candidates.
[[nodiscard]] scenario shorayari_scenario(const turnout& expected);

/// The council of Tehran by the proportional law: 21 seats, 5,063 candidates, 630 of them on 30
/// lists with codes of their own, 3,797 branches in 22 districts. Opened are as many branches as
/// the voters fill, or all of them, here and in the next two.
[[nodiscard]] scenario tehran_scenario(const turnout& expected);
/// Three elections on one day: the council of Tabriz, a Majles by-election in the constituency, an
/// Assembly by-election in the province. Some voters are entitled to some of them only.
[[nodiscard]] scenario tabriz_scenario(const turnout& expected);
/// The Majles in the 9 constituencies of Mazandaran with 12 seats, and 4 seats of the Assembly in
/// the whole province, 22 counties.
[[nodiscard]] scenario mazandaran_scenario(const turnout& expected);
/// Rankings over a file of real ballots: one seat, by IRV. A rank that is over-voted or empty is
/// skipped and so is a candidate's second rank, before a device takes what is left.
[[nodiscard]] scenario ranked_scenario(const ballot_file& file);

/// Whichever the options ask for. Errors: those of the ballot file or the profile; mismatch for a
/// profile and ballots that do not go together.
[[nodiscard]] result<scenario> make_scenario(const electorate_options& options);

/// Has something befall a device. \param device  "BRANCH-ID:NUMBER" \return not_found if there is
/// no such device.
[[nodiscard]] result<void> add_mishap(scenario& s, const std::string& device, mishap what);

/// Counts the voters' choices in the clear: what the election must come to. Leaves out the voters
/// of excluded devices.
[[nodiscard]] plain_counts count_in_the_clear(const scenario& s);

/// The two boards of every drill, executive and supervision, 2 of 3 each, without keys.
[[nodiscard]] std::vector<board_entry> drill_boards();

/// What decides lots in a drill.
[[nodiscard]] label_list drill_beacon();

}  // namespace sandoq::tool
