#include <fmt/core.h>

#include <algorithm>
#include <cstdio>

#include "commands.hpp"
#include "oracle.hpp"
#include "report.hpp"
#include "say.hpp"
#include "scenario.hpp"
#include "shown_text.hpp"
#include "transcript_words.hpp"

namespace sandoq::tool {

namespace {

/// Step by step to the seats; a tie is the end, since choices tell neither attributes nor the lot.
void print_seats(const manifest& plan, const contest_seats& seats) {
  const auto contest = std::find_if(plan.contests.begin(), plan.contests.end(),
                                    [&](const auto& each) { return each.id == seats.contest; });
  fmt::print(
      "{}\n{}", shown(seats.contest),
      transcript_text(language::english, {contest->options, contest->lists}, seats.transcript));
  if (seats.status == allocation_status::open) {
    fmt::print("Attributes or a lot decide from here on; an election's report has all steps.\n");
  }
}

}  // namespace

exit_code run_oracle(const oracle_options& options) {
  auto held = make_scenario(options.electorate);
  if (!held) {
    say_error("oracle", held.error());
    return exit_code::unusable;
  }
  const plain_counts counts = count_in_the_clear(*held);
  const auto seats = seats_in_the_clear(*held);
  if (!seats) {
    say_error("oracle", seats.error());
    return exit_code::unusable;
  }
  if (options.json) {
    fmt::print("{}\n", counts_to_json(counts, held->voters.size(), *seats));
  } else {
    fmt::print("{} ballots, counted in the clear\n{}", with_separators(held->voters.size()),
               results_table(counts));
    for (const contest_seats& each : *seats) {
      print_seats(held->plan, each);
    }
  }
  return exit_code::accepted;
}

}  // namespace sandoq::tool
