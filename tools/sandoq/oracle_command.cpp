#include <fmt/core.h>

#include <cstdio>

#include "commands.hpp"
#include "report.hpp"
#include "say.hpp"
#include "scenario.hpp"

namespace sandoq::tool {

exit_code run_oracle(const oracle_options& options) {
  auto held = make_scenario(options.electorate);
  if (!held) {
    say_error("oracle", held.error());
    return exit_code::unusable;
  }
  const plain_counts counts = count_in_the_clear(*held);
  if (options.json) {
    fmt::print("{}\n", counts_to_json(counts, held->voters.size()));
  } else {
    fmt::print("{} ballots, counted in the clear\n{}", with_separators(held->voters.size()),
               results_table(counts));
  }
  return exit_code::accepted;
}

}  // namespace sandoq::tool
