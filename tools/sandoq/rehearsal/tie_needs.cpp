#include "tie_needs.hpp"

#include <fmt/format.h>

#include "../oracle.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/tally/settlement.hpp"
#include "sandoq/tally/ties.hpp"

namespace sandoq::tool {
namespace {

/// What the counts in the clear leave open.
struct expected_questions {
  std::vector<contest_tie> ties;
  std::vector<ruled_contest> ruled;
};

expected_questions questions_of(const scenario& s) {
  expected_questions out;
  const plain_counts plain = count_in_the_clear(s);
  for (std::uint32_t c = 0; c < plain.size(); ++c) {
    const contest_entry& contest = s.plan.contests[c];
    if (contest.rule == seat_rule::by_law) {
      out.ruled.push_back({contest_index{c}, count_contest_in_the_clear(s, contest_index{c})});
      continue;
    }
    std::vector<std::uint64_t> counts;
    for (const auto& [option, votes] : plain[c].options) {
      counts.push_back(votes);
    }
    // Seats do not depend on the number of ballots.
    const contest_result result = make_result(contest_index{c}, contest, 0, counts);
    for (contest_tie& tie : ties_of(result)) {
      out.ties.push_back(std::move(tie));
    }
  }
  return out;
}

std::vector<std::string> typed(const manifest& plan, const std::vector<tie_attributes>& items) {
  std::vector<std::string> out;
  for (const tie_attributes& item : items) {
    const contest_entry& contest = plan.contests[item.contest.value()];
    for (const auto& [option, values] : item.options) {
      out.push_back(fmt::format("{}/{}={}", contest.id, contest.options[option.value()].id,
                                fmt::join(values, ",")));
    }
  }
  return out;
}

}  // namespace

result<tie_needs> tie_needs_of(const scenario& s, const tie_rules& rules) {
  const expected_questions expected = questions_of(s);
  const seat_questions asked{s.plan, expected.ties, expected.ruled};
  tie_needs out;
  if (!any_open(asked)) {
    return out;
  }
  std::vector<tie_attributes> attributes;
  if (auto done = add_drill_attributes(attributes, asked, rules, std::nullopt); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  out.lot = needs_lot(asked, attributes);
  if (out.lot && s.plan.beacon.empty()) {
    return tie_needs{{}, false, true};
  }
  out.attributes = typed(s.plan, attributes);
  return out;
}

}  // namespace sandoq::tool
