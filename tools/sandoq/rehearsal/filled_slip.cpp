#include "filled_slip.hpp"

#include <algorithm>
#include <optional>

namespace sandoq::tool {
namespace {

template <class Holds>
bool some_option(const contest_entry& contest, const Holds& holds) {
  return std::any_of(contest.options.begin(), contest.options.end(),
                     [&](const option_entry& option) { return holds(option.id); });
}

std::string marks(const contest_entry& contest, const std::vector<std::uint32_t>& choices,
                  std::optional<std::uint32_t> list) {
  if (list) {
    return " list:" + contest.lists[*list].id;
  }
  if (choices.empty()) {
    // Where a candidate has that name, nothing behind the colon says it.
    return some_option(contest, [](const std::string& id) { return id == "blank"; }) ? ""
                                                                                     : " blank";
  }
  const bool by_tabs =
      some_option(contest, [](const std::string& id) { return id.find(' ') != std::string::npos; });
  std::string out;
  for (const std::uint32_t choice : choices) {
    out += (out.empty() || !by_tabs ? " " : "\t") + contest.options[choice].id;
  }
  return out;
}

}  // namespace

std::string filled_slip(const manifest& plan, const voter& v) {
  const style_entry& style = plan.styles[v.style.value()];
  std::string out = style.id + "\n";
  for (std::size_t i = 0; i < style.contests.size(); ++i) {
    const contest_entry& contest = plan.contests[style.contests[i].value()];
    out += contest.id + ":" + marks(contest, v.choices[i], v.list_of(i)) + "\n";
  }
  return out;
}

}  // namespace sandoq::tool
