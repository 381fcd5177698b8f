#include "made_up.hpp"

#include <algorithm>
#include <utility>

namespace sandoq::tool {

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

rule ranked_law(std::uint32_t ranks, ranking_rule::method_code method) {
  rule out;
  out.ballot.min_votes = 1;
  out.ballot.max_votes = ranks;
  out.ballot.overvote = ballot_rule::overvote_policy::reject;
  ranking_rule law;
  law.method = method;
  law.overvote = ranking_rule::overvote_code::skip;
  law.skipped = ranking_rule::skipped_code::close_up;
  if (method == ranking_rule::method_code::stv) {
    law.quota = ranking_rule::quota_code::droop;
  } else if (method == ranking_rule::method_code::schulze) {
    law.strength = ranking_rule::strength_code::winning_votes;
  } else if (method == ranking_rule::method_code::borda) {
    law.points = ranking_rule::points_code::averaged;
  }
  out.method = law;
  return out;
}

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

namespace {

/// Of 1,000 voters: ballots left blank, and list codes; the others choose people.
constexpr std::uint32_t blank_of_1000 = 130;
constexpr std::uint32_t list_codes_of_1000 = 450;
/// Of 10 single choices: members of lists.
constexpr std::uint32_t listed_of_10 = 6;
/// One of so many ballots has too much on it, where the rule has it read.
constexpr std::uint32_t overvoted_of = 8;

/// The first ones are liked most.
std::uint32_t liked(dice& d, std::size_t n) {
  const auto all = static_cast<std::uint32_t>(n);
  const std::uint32_t one = d.below(all);
  return std::min(one, d.below(all));
}

/// A person on a list, or anybody.
std::uint32_t draw_person(dice& d, const contest_entry& contest) {
  if (d.below(10) < listed_of_10) {
    const party_list& list = contest.lists[liked(d, contest.lists.size())];
    return list.options[liked(d, list.options.size())].value();
  }
  return liked(d, contest.options.size());
}

/// Those among whom the options of one ballot can be chosen.
std::vector<std::uint32_t> pool_of(const contest_entry& contest, std::optional<std::size_t> list) {
  std::vector<bool> listed(contest.options.size(), false);
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i < contest.lists.size(); ++i) {
    for (const option_index member : contest.lists[i].options) {
      listed[member.value()] = true;
      if (list == i) {
        out.push_back(member.value());
      }
    }
  }
  for (std::uint32_t option = 0; !list && option < contest.options.size(); ++option) {
    if (!listed[option]) {
      out.push_back(option);
    }
  }
  return out;
}

/// Options of the pool, each at most as often as the rule has it.
std::vector<std::uint32_t> choose_among(dice& d, const std::vector<std::uint32_t>& pool,
                                        std::uint32_t each, std::uint64_t wanted) {
  std::vector<std::uint32_t> out;
  wanted = std::min<std::uint64_t>(wanted, std::uint64_t{each} * pool.size());
  while (out.size() < wanted) {
    const std::uint32_t option = pool[liked(d, pool.size())];
    if (std::count(out.begin(), out.end(), option) < static_cast<std::ptrdiff_t>(each)) {
      out.push_back(option);
    }
  }
  return out;
}

std::uint32_t wanted_by(dice& d, const contest_entry& contest) {
  const std::uint32_t wanted = 1 + d.below(contest.max_choices);
  const bool checked =
      !contest.law || contest.law->ballot.overvote == ballot_rule::overvote_policy::reject;
  return checked || d.below(overvoted_of) != 0 ? std::max(contest.min_choices, wanted)
                                               : contest.max_choices + 1 + d.below(2);
}

std::vector<std::uint32_t> choose_people(dice& d, const contest_entry& contest) {
  const std::uint32_t each = contest.law ? contest.law->ballot.max_each : 1;
  const std::uint64_t wanted = wanted_by(d, contest);
  const std::uint64_t there = std::uint64_t{each} * contest.options.size();
  std::vector<std::uint32_t> out;
  while (out.size() < std::min(wanted, there)) {
    const std::uint32_t person =
        contest.lists.empty() ? liked(d, contest.options.size()) : draw_person(d, contest);
    if (std::count(out.begin(), out.end(), person) < static_cast<std::ptrdiff_t>(each)) {
      out.push_back(person);
    }
  }
  return out;
}

/// Options of one list, or independents, where no others can be mixed with them.
std::vector<std::uint32_t> choose_in_party(dice& d, const contest_entry& contest,
                                           std::optional<std::size_t> list) {
  const ballot_rule& rule = contest.law->ballot;
  const auto pool = pool_of(contest, list);
  if (pool.size() * std::uint64_t{rule.max_each} < rule.min_votes) {
    return {};
  }
  return choose_among(d, pool, rule.max_each, wanted_by(d, contest));
}

bool is_open(const contest_entry& contest) {
  return contest.law && contest.law->ballot.form == ballot_rule::list_form::open;
}

/// Lists whose code a ballot can hold alone.
std::vector<std::uint32_t> castable_lists(const contest_entry& contest) {
  std::vector<std::uint32_t> out;
  if (!contest.law || contest.law->ballot.code == ballot_rule::list_code::none) {
    return out;
  }
  const ballot_rule& rule = contest.law->ballot;
  const bool members = rule.code == ballot_rule::list_code::members;
  const bool cut = rule.overvote == ballot_rule::overvote_policy::truncate;
  for (std::uint32_t i = 0; i < contest.lists.size(); ++i) {
    const std::size_t size = contest.lists[i].options.size();
    if (!members || (size >= rule.min_votes && (size <= rule.max_votes || cut))) {
      out.push_back(i);
    }
  }
  return out;
}

listed_choice choose_list(dice& d, const contest_entry& contest) {
  const ballot_rule& rule = contest.law->ballot;
  const auto castable = castable_lists(contest);
  const std::uint32_t list = castable[liked(d, castable.size())];
  listed_choice out{{}, list, {}};
  if (rule.strike != 0 && d.below(4) == 0) {
    const auto& members = contest.lists[list].options;
    if (members.size() > std::max(rule.min_votes, 1U)) {
      out.struck.push_back(members.back().value());
    }
  }
  const bool beside = rule.code == ballot_rule::list_code::separate && rule.exclusive == 0 &&
                      rule.form != ballot_rule::list_form::closed;
  if (beside && d.below(2) == 0) {
    out.options = is_open(contest) ? choose_in_party(d, contest, list) : choose_people(d, contest);
  }
  return out;
}

/// A list with somebody to choose for a whole ballot, or the independents.
std::vector<std::uint32_t> choose_openly(dice& d, const contest_entry& contest) {
  constexpr int tries = 64;  // lists may be shorter than a ballot
  std::vector<std::uint32_t> out;
  for (int i = 0; i < tries && out.empty(); ++i) {
    const std::uint32_t party = d.below(static_cast<std::uint32_t>(contest.lists.size()) + 1);
    out = choose_in_party(
        d, contest,
        party < contest.lists.size() ? std::optional<std::size_t>(party) : std::nullopt);
  }
  return out;
}

}  // namespace

listed_choice choose_by_law(dice& d, const contest_entry& contest) {
  const std::uint32_t mood = d.below(1000);
  if (contest.blank == blank_option::counted && mood < blank_of_1000) {
    return {};
  }
  const bool codes = !castable_lists(contest).empty();
  const bool closed = contest.law && contest.law->ballot.form == ballot_rule::list_form::closed;
  if (closed && !codes) {
    return {};  // nobody can cast anything else
  }
  listed_choice out;
  if (codes && (closed || mood < blank_of_1000 + list_codes_of_1000)) {
    out = choose_list(d, contest);
  } else {
    out.options = is_open(contest) ? choose_openly(d, contest) : choose_people(d, contest);
  }
  // Where it is cut off, the order of entry counts.
  const bool ordered =
      contest.encoding == contest_encoding::packed_ranking ||
      (contest.law && contest.law->ballot.overvote == ballot_rule::overvote_policy::truncate);
  if (!ordered) {
    std::sort(out.options.begin(), out.options.end());
  }
  return out;
}

}  // namespace sandoq::tool
