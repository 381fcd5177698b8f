#include "tie_needs.hpp"

#include <fmt/format.h>

#include "sandoq/tally/result.hpp"
#include "sandoq/tally/ties.hpp"

namespace sandoq::tool {
namespace {

std::vector<contest_tie> expected_ties(const scenario& s) {
  std::vector<contest_tie> out;
  const plain_counts plain = count_in_the_clear(s);
  for (std::uint32_t c = 0; c < plain.size(); ++c) {
    std::vector<std::uint64_t> counts;
    for (const auto& [option, votes] : plain[c].options) {
      counts.push_back(votes);
    }
    // Seats do not depend on the number of ballots.
    const contest_result result = make_result(contest_index{c}, s.plan.contests[c], 0, counts);
    for (contest_tie& tie : ties_of(result)) {
      out.push_back(std::move(tie));
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

tie_needs tie_needs_of(const scenario& s, const tie_rules& rules) {
  const std::vector<contest_tie> ties = expected_ties(s);
  const std::vector<tie_attributes> attributes = drill_attributes(s.plan, ties, rules);
  const bool lot = needs_lot(ties, attributes);
  if (lot && s.plan.beacon.empty()) {
    return {{}, false, true};
  }
  return {typed(s.plan, attributes), lot, false};
}

}  // namespace sandoq::tool
