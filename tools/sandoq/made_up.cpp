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

/// The first ones are liked most.
std::uint32_t liked(dice& d, std::size_t n) {
  const auto all = static_cast<std::uint32_t>(n);
  const std::uint32_t one = d.below(all);
  return std::min(one, d.below(all));
}

std::vector<std::uint32_t> members_of(const party_list& list) {
  std::vector<std::uint32_t> out;
  for (const option_index option : list.options) {
    out.push_back(option.value());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// A person on a list, or anybody.
std::uint32_t draw_person(dice& d, const contest_entry& contest) {
  if (d.below(10) < listed_of_10) {
    const party_list& list = contest.lists[liked(d, contest.lists.size())];
    return list.options[liked(d, list.options.size())].value();
  }
  return liked(d, contest.options.size());
}

std::vector<std::uint32_t> choose_people(dice& d, const contest_entry& contest) {
  const std::uint32_t most = contest.max_choices;
  const std::uint32_t wanted = std::max(contest.min_choices, 1 + d.below(most));
  std::vector<std::uint32_t> out;
  while (out.size() < wanted) {
    const std::uint32_t person =
        contest.lists.empty() ? liked(d, contest.options.size()) : draw_person(d, contest);
    if (std::find(out.begin(), out.end(), person) == out.end()) {
      out.push_back(person);
    }
  }
  return out;
}

}  // namespace

listed_choice choose_by_law(dice& d, const contest_entry& contest) {
  const std::uint32_t mood = d.below(1000);
  if (contest.blank == blank_option::counted && mood < blank_of_1000) {
    return {};
  }
  const bool codes = contest.law && contest.law->ballot.code == ballot_rule::list_code::members;
  if (codes && mood < blank_of_1000 + list_codes_of_1000) {
    const std::uint32_t list = liked(d, contest.lists.size());
    return {members_of(contest.lists[list]), list};
  }
  listed_choice out{choose_people(d, contest), std::nullopt};
  if (contest.encoding != contest_encoding::packed_ranking) {
    std::sort(out.options.begin(), out.options.end());
  }
  return out;
}

}  // namespace sandoq::tool
