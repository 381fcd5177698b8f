#include <algorithm>

#include "tests/support/small_election.hpp"

namespace sandoq::testing {

namespace {

contest_entry contest(std::string id, std::uint32_t scope, std::size_t options) {
  contest_entry out;
  out.id = std::move(id);
  out.labels = {{"en", "a contest"}, {"fa", "\u0627\u0646\u062a\u062e\u0627\u0628"}};
  out.scope = node_index(scope);
  for (std::size_t i = 0; i < options; ++i) {
    out.options.push_back({"option-" + std::to_string(i), {{"en", "An option"}}});
  }
  return out;
}

tree_node node(std::string id, node_level level, node_index parent) {
  tree_node out;
  out.id = std::move(id);
  out.level = level;
  out.parent = parent;
  return out;
}

board_entry board_of(std::string id, std::uint32_t threshold) {
  board_entry out;
  out.id = std::move(id);
  out.threshold = threshold;
  return out;
}

}  // namespace

scenario small_scenario() {
  scenario out;
  out.boards = {{3, 2}, {3, 2}};
  manifest& m = out.election;
  m.domain = election_domain::drill;
  m.election = "small-election";
  m.title = {{"en", "A small election"}, {"fa", "\u0627\u0646\u062a\u062e\u0627\u0628"}};
  m.boards = {board_of("executive", 2), board_of("supervision", 2)};
  m.authority = authority_entry{"authority", {{"en", "Election authority"}}, {}, {}};
  m.beacon = {{"en", "The value that the test makes up"}};
  m.nodes = {node("nation", node_level::nation, no_parent),
             node("province", node_level::province, node_index(0)),
             node("city-a", node_level::city, node_index(1)),
             node("branch-a1", node_level::branch, node_index(2)),
             node("branch-a2", node_level::branch, node_index(2)),
             node("city-b", node_level::city, node_index(1)),
             node("branch-b1", node_level::branch, node_index(5))};
  contest_entry council = contest("council", 0, 4);
  council.max_choices = 2;
  council.min_choices = 1;
  council.blank = blank_option::counted;
  council.seats = 2;
  council.alternates = 1;
  contest_entry mayor = contest("mayor", 2, 3);
  mayor.max_choices = 1;
  mayor.min_choices = 0;
  mayor.seats = 1;
  mayor.alternates = 1;  // for which two options tie
  mayor.attributes = {{"term", {{"en", "Terms served"}}}};
  council.floor = 3;
  m.contests = {council, mayor};
  m.styles = {{"council-only", {contest_index(0)}},
              {"council-and-mayor", {contest_index(0), contest_index(1)}}};
  m.branch_styles = {{style_index(1)}, {style_index(0), style_index(1)}, {style_index(0)}};
  out.devices = {{4, 3}, {5}, {2, 1}};
  const auto cast = journal_kind::cast;
  out.votes = {
      {0, 1, 1, {{1, 1, 0, 0, 0}, {1, 0, 0}}, cast, 4711},
      {0, 1, 1, {{0, 1, 0, 0, 0}, {0, 0, 0}}, journal_kind::challenge},
      {0, 1, 1, {{0, 0, 0, 0, 1}, {0, 1, 0}}, cast},
      {0, 2, 1, {{1, 0, 1, 0, 0}, {1, 0, 0}}, cast},
      {1, 1, 0, {{0, 0, 0, 0, 1}}, cast},
      {1, 1, 1, {{1, 0, 0, 0, 0}, {0, 0, 0}}, journal_kind::voided},
      {1, 1, 1, {{0, 1, 0, 0, 0}, {0, 0, 1}}, cast, 0},
      {1, 1, 0, {{1, 1, 0, 0, 0}}, cast},
      {2, 1, 0, {{0, 1, 1, 0, 0}}, cast},
  };
  // Branch 3 has three ballots, branch 4 three, branch 6 one.
  out.parts = {{contest_index(0), {node_index(3)}},
               {contest_index(0), {node_index(4), node_index(6)}}};
  return out;
}

// Branches 3, 4 and 6 have three, three and one ballots; those of style 1 carry the survey too.
scenario mixed_scenario() {
  scenario out = small_scenario();
  contest_entry deputies = contest("deputies", 0, 5);
  deputies.encoding = contest_encoding::slots;
  deputies.max_choices = 3;
  deputies.min_choices = 1;
  deputies.blank = blank_option::counted;
  deputies.seats = 2;
  deputies.floor = 2;
  contest_entry survey = contest("survey", 2, 3);
  survey.encoding = contest_encoding::packed_subset;
  survey.text_bytes = 4;
  survey.max_choices = 2;
  survey.seats = 1;
  contest_entry chair = contest("chair", 2, 3);
  chair.encoding = contest_encoding::packed_ranking;
  chair.max_choices = 3;
  chair.seats = 1;
  chair.rule = seat_rule::by_law;
  ballot_rule ranks;
  ranks.max_votes = 3;
  ranks.overvote = ballot_rule::overvote_policy::reject;
  chair.law = rule{ranks, ranking_rule{}};
  manifest& m = out.election;
  m.contests.push_back(deputies);
  m.contests.push_back(survey);
  m.contests.push_back(chair);
  m.styles[0].contests.emplace_back(2);
  m.styles[1].contests.emplace_back(2);
  m.styles[1].contests.emplace_back(3);
  m.styles[1].contests.emplace_back(4);
  const std::vector<std::vector<std::uint8_t>> deputies_choices = {
      {1, 0, 0, 1, 0, 0}, {0, 1, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 1},
      {1, 1, 0, 0, 1, 0}, {0, 0, 0, 1, 0, 0}, {0, 0, 1, 0, 0, 0},
      {1, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 1}, {0, 1, 0, 1, 1, 0}};
  const std::vector<std::vector<std::uint8_t>> survey_choices = {{1, 0, 0, 0, 0, 0, 0},
                                                                 {0, 1, 0, 'n', 'o', 0, 0},
                                                                 {1, 0, 1, 'a', 'b', 'c', 'd'},
                                                                 {0, 0, 0, 'y', 0, 0, 0},
                                                                 {},
                                                                 {0, 0, 1, 0, 0, 0, 0},
                                                                 {0, 0, 0, 0, 0, 0, 0},
                                                                 {},
                                                                 {}};
  const std::vector<std::vector<std::uint8_t>> rankings = {
      {1, 2, 0}, {3, 0, 0}, {1, 0, 0}, {2, 1, 3}, {}, {0, 0, 0}, {1, 3, 2}, {}, {}};
  for (std::size_t i = 0; i < out.votes.size(); ++i) {
    out.votes[i].choices.push_back(deputies_choices[i]);
    if (out.votes[i].style == 1) {
      out.votes[i].choices.push_back(survey_choices[i]);
      auto& codes = out.votes[i].choices.emplace_back();  // u32, little-endian
      for (const std::uint8_t rank : rankings[i]) {
        codes.insert(codes.end(), {rank, 0, 0, 0});
      }
    }
  }
  out.groups = {{contest_index(2), {node_index(3)}},
                {contest_index(2), {node_index(4), node_index(6)}},
                {contest_index(3), {node_index(2)}},
                {contest_index(4), {node_index(2)}}};
  return out;
}

scenario laws_scenario() {
  scenario out = mixed_scenario();
  out.lost.clear();
  ballot_rule one_vote;
  one_vote.min_votes = 1;
  one_vote.overvote = ballot_rule::overvote_policy::reject;
  threshold_rule threshold;
  threshold.share = {1, 20};
  contest_entry lists = contest("lists", 0, 4);  // on no ballot: what the law says counts
  lists.max_choices = 1;
  lists.min_choices = 1;
  lists.seats = 2;
  lists.rule = seat_rule::by_law;
  proportional_rule law;
  law.method = proportional_rule::method_code::custom;
  law.divisors = {{1, 1}, {3, 2}};
  law.rounding = {};
  law.remainder = {};
  law.repair = {};
  law.threshold = threshold;
  lists.law = rule{one_vote, law};
  lists.lists = {{"red", {{"en", "Red"}}, {option_index(0), option_index(2)}}};
  contest_entry mayor = contest("mayors", 0, 3);
  mayor.max_choices = 1;
  mayor.min_choices = 1;
  mayor.seats = 1;
  mayor.rule = seat_rule::by_law;
  plurality_rule majority;
  majority.threshold = threshold;
  majority.runoff = 2;
  mayor.law = rule{one_vote, majority};
  out.election.contests.push_back(lists);
  out.election.contests.push_back(mayor);
  return out;
}

scenario every_field_scenario() {
  scenario out = small_scenario();
  out.devices = {{5, 1}, {1}, {1}};
  out.cheats = {{0, 1, cheat::way::wrong_share}};
  out.absent = {{1, 3}};
  out.lost = {{0, 2, std::nullopt, "the power supply burnt out"},
              {2, 1, exclusion_reason::other, "its seal was broken"}};
  out.parts = {{contest_index(0), {node_index(3)}}};
  manifest& m = out.election;
  m.eligibility = eligibility_log::tokens;
  m.contests[0].floor = 1;
  const label_list labels{{"en", "a name"}};
  for (board_entry& board : m.boards) {
    board.labels = labels;
  }
  for (tree_node& place : m.nodes) {
    place.labels = labels;
  }
  const auto cast = journal_kind::cast;
  out.votes = {
      {0, 1, 1, {{1, 1, 0, 0, 0}, {1, 0, 0}}, cast, 4711},
      {0, 1, 1, {{0, 1, 0, 0, 0}, {0, 0, 0}}, journal_kind::challenge},
      {0, 1, 1, {{1, 1, 0, 0, 0}, {0, 1, 0}}, cast},
      {0, 1, 1, {{0, 0, 0, 0, 1}, {0, 0, 0}}, journal_kind::voided},
      {0, 1, 1, {{1, 0, 1, 0, 0}, {0, 0, 0}}, cast},
      {1, 1, 0, {{0, 0, 0, 0, 1}}, cast},
  };
  return out;
}

scenario tiny_scenario() {
  scenario out;
  out.boards = {{1, 1}, {1, 1}};
  manifest& m = out.election;
  m.domain = election_domain::real;
  m.election = "tiny";
  m.boards = {board_of("e", 1), board_of("s", 1)};
  m.nodes = {node("n", node_level::nation, no_parent),
             node("b", node_level::branch, node_index(0))};
  contest_entry only = contest("c", 0, 2);
  only.max_choices = 1;
  only.min_choices = 1;
  only.blank = blank_option::counted;
  only.seats = 1;
  m.contests = {only};
  m.styles = {{"s", {contest_index(0)}}};
  m.branch_styles = {{style_index(0)}};
  out.devices = {{3}};
  out.votes = {{0, 1, 0, {{1, 0, 0}}, journal_kind::cast},
               {0, 1, 0, {{0, 1, 0}}, journal_kind::challenge},
               {0, 1, 0, {{0, 0, 1}}, journal_kind::cast}};
  return out;
}

scenario tiny_eventful_scenario() {
  scenario out = tiny_scenario();
  out.boards = {{3, 2}, {3, 2}};
  out.cheats = {{0, 1, cheat::way::wrong_share}};
  out.absent = {{1, 3}};
  manifest& m = out.election;
  m.boards = {board_of("e", 2), board_of("s", 2)};
  m.authority = authority_entry{"a", {}, {}, {}};
  m.beacon = {{"en", "b"}};
  m.eligibility = eligibility_log::tokens;
  m.contests[0].floor = 1;
  m.contests[0].attributes = {{"t", {}}};
  m.nodes.push_back(node("b2", node_level::branch, node_index(0)));
  m.branch_styles.push_back({style_index(0)});
  out.devices = {{3}, {1, 1}};
  out.votes = {{0, 1, 0, {{1, 0, 0}}, journal_kind::cast},
               {0, 1, 0, {{0, 0, 1}}, journal_kind::challenge},
               {0, 1, 0, {{0, 1, 0}}, journal_kind::cast},
               {1, 1, 0, {{0, 0, 1}}, journal_kind::cast}};
  out.lost = {{1, 1, std::nullopt, ""}, {1, 2, exclusion_reason::lost, ""}};
  out.parts = {{contest_index(0), {node_index(1)}}};
  return out;
}

scenario tiny_mixed_scenario() {
  scenario out = tiny_eventful_scenario();
  out.parts.clear();
  contest_entry slots = contest("d", 0, 3);
  slots.encoding = contest_encoding::slots;
  slots.max_choices = 2;
  slots.min_choices = 1;
  slots.blank = blank_option::counted;
  slots.seats = 1;
  contest_entry packed = contest("p", 0, 3);
  packed.encoding = contest_encoding::packed_subset;
  packed.text_bytes = 2;
  packed.max_choices = 2;
  packed.seats = 1;
  packed.rule = seat_rule::by_law;
  ballot_rule two_votes;
  two_votes.max_votes = 2;
  two_votes.overvote = ballot_rule::overvote_policy::reject;
  packed.law = rule{two_votes, plurality_rule{}};
  out.election.contests.push_back(slots);
  out.election.contests.push_back(packed);
  for (const contest_index c : {contest_index(1), contest_index(2)}) {
    out.election.styles[0].contests.push_back(c);
    out.groups.push_back({c, {node_index(0)}});
  }
  const std::vector<std::vector<std::uint8_t>> slots_choices = {
      {1, 0, 1, 0}, {0, 1, 0, 0}, {1, 0, 0, 0}, {0, 0, 0, 1}};
  const std::vector<std::vector<std::uint8_t>> packed_choices = {
      {1, 0, 0, 'o', 'k'}, {0, 0, 0, 0, 0}, {1, 0, 1, 0, 0}, {0, 1, 0, 0, 0}};
  for (std::size_t i = 0; i < out.votes.size(); ++i) {
    out.votes[i].choices.push_back(slots_choices[i]);
    out.votes[i].choices.push_back(packed_choices[i]);
  }
  return out;
}

scenario eventful_scenario() {
  scenario out = small_scenario();
  out.election.eligibility = eligibility_log::tokens;
  out.election.contests[1].floor = 2;
  out.election.contests[1].attributes = {{"age", {{"en", "Age in days"}}}};
  out.parts = {{contest_index(0), {node_index(3)}}, {contest_index(0), {node_index(4)}}};
  out.lost = {{0, 2, std::nullopt, "the power supply burnt out"},
              {2, 1, exclusion_reason::other, "its seal was broken"}};
  return out;
}

std::vector<std::uint32_t> ranks_of(const std::vector<std::uint8_t>& choices) {
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i < choices.size() && choices[i] != 0; i += 4) {
    out.push_back(choices[i]);
  }
  return out;
}

bool counts(const scenario& plan, const vote& v) {
  const lost_device* fate = fate_of(plan, v.branch, v.device);
  return v.resolution == journal_kind::cast && (fate == nullptr || !fate->excluded);
}

std::vector<std::vector<std::uint64_t>> plain_counts(const scenario& plan) {
  std::vector<std::vector<std::uint64_t>> out;
  for (const contest_entry& c : plan.election.contests) {
    const bool is_ranking = c.encoding == contest_encoding::packed_ranking;
    out.emplace_back((is_ranking ? 0 : c.options.size()) +
                         (c.blank == blank_option::counted ? 1 : 0) +
                         (is_packed(c.encoding) ? 1 : 0),
                     0);
  }
  for (const vote& v : plan.votes) {
    if (!counts(plan, v)) {
      continue;
    }
    const auto& contests = plan.election.styles[v.style].contests;
    for (std::size_t c = 0; c < contests.size(); ++c) {
      const contest_entry& contest = plan.election.contests[contests[c].value()];
      if (contest.encoding == contest_encoding::packed_ranking) {
        continue;  // no votes of options, and nobody's vote is invalid
      }
      const std::size_t marks = v.choices[c].size() - contest.text_bytes;  // then the write-in
      for (std::size_t i = 0; i < marks; ++i) {
        out[contests[c].value()][i] += v.choices[c][i];
      }
    }
  }
  return out;
}

std::vector<std::uint64_t> counts_of_part(const scenario& plan, const planned_opening& part) {
  const auto& nodes = plan.election.nodes;
  std::vector<std::uint32_t> branches;
  for (std::uint32_t n = 0; n < nodes.size(); ++n) {
    if (nodes[n].level == node_level::branch) {
      branches.push_back(n);
    }
  }
  const auto is_inside = [&](std::size_t branch) {
    for (node_index at(branches[branch]); at != no_parent; at = nodes[at.value()].parent) {
      if (std::find(part.nodes.begin(), part.nodes.end(), at) != part.nodes.end()) {
        return true;
      }
    }
    return false;
  };
  scenario inside = plan;
  std::erase_if(inside.votes, [&](const vote& v) { return !is_inside(v.branch); });
  return plain_counts(inside)[part.contest.value()];
}

}  // namespace sandoq::testing
