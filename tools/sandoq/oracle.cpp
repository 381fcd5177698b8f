#include "oracle.hpp"

namespace sandoq::tool {

plain_counts count_in_the_clear(const ballot_file& file) {
  plain_counts counts;
  auto& contest = counts[file.contest];
  for (const std::string& option : file.options) {
    contest[option] = 0;
  }
  contest["blank"] = 0;
  for (const plain_ballot& ballot : file.ballots) {
    for (const std::uint32_t choice : ballot.choices) {
      ++contest[file.options[choice]];
    }
    if (ballot.choices.empty()) {
      ++contest["blank"];
    }
  }
  return counts;
}

}  // namespace sandoq::tool
