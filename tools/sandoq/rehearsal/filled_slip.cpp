#include "filled_slip.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "tools/sandoq/office/contest_marks.hpp"

namespace sandoq::tool {
namespace {

std::string marks(const contest_entry& contest, const voter& v, std::size_t place) {
  std::vector<std::string> words;
  if (const auto list = v.list_of(place)) {
    words.push_back("list:" + contest.lists[*list].id);
  }
  for (const std::uint32_t member : v.struck_in(place)) {
    words.push_back("strike:" + contest.options[member].id);
  }
  for (const std::uint32_t choice : v.choices[place]) {
    words.push_back(contest.options[choice].id);
  }
  // Where a candidate is called blank, nothing behind the colon says it.
  if (words.empty() &&
      std::none_of(contest.options.begin(), contest.options.end(),
                   [](const option_entry& option) { return option.id == "blank"; })) {
    words.emplace_back("blank");
  }
  const bool by_tabs = separated_by_tabs(contest);
  std::string out;
  for (const std::string& word : words) {
    out += (out.empty() || !by_tabs ? " " : "\t") + word;
  }
  return out;
}

}  // namespace

std::string filled_slip(const manifest& plan, const voter& v) {
  const style_entry& style = plan.styles[v.style.value()];
  std::string out = style.id + "\n";
  for (std::size_t i = 0; i < style.contests.size(); ++i) {
    const contest_entry& contest = plan.contests[style.contests[i].value()];
    out += contest.id + ":" + marks(contest, v, i) + "\n";
  }
  return out;
}

}  // namespace sandoq::tool
