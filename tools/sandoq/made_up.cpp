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

}  // namespace sandoq::tool
