#include <algorithm>

#include "manifest_names.hpp"
#include "report_html_parts.hpp"

namespace sandoq::tool::report_parts {
namespace {

/// So many are shown; a report is for people.
constexpr std::size_t most_subtotals = 400;

std::string place_names(const page& p, const manifest_names& names, const place_counts& part) {
  std::string out;
  for (const std::string& place : part.places) {
    out +=
        (out.empty() ? "" : std::string(p.words.comma)) + name_and_id(p, names.place(place), place);
  }
  return out;
}

std::string rows(const page& p, const contest_entry* contest, const place_counts& part) {
  const std::vector<option_count>& counts = part.counts.options;
  std::uint64_t most = 0;
  for (const option_count& count : counts) {
    most = std::max(most, count.votes);
  }
  std::string out;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const bool blank = contest != nullptr && i >= contest->options.size();
    const std::string name =
        blank ? html(p.words.blank)
              : name_and_id(p, option_labels(contest, counts[i].option), counts[i].option);
    out += fmt::format(
        "<tr{}><th scope=\"row\"><span class=\"line\"><span class=\"name\">{}</span>{}</span></th>"
        "<td>{}</td><td>{}</td></tr>\n",
        blank ? " class=\"blank\"" : "", name, bar(counts[i].votes, most),
        p.number(counts[i].votes), p.percent(counts[i].votes, part.ballots));
  }
  return out;
}

std::string subtotal(const page& p, const manifest_names& names, const place_counts& part) {
  const contest_entry* contest = names.contest(part.counts.contest);
  const label_list none;
  const label_list& labels = contest == nullptr ? none : contest->labels;
  return fmt::format(
      "<details class=\"subtotal\"><summary><h3>{}</h3> <span class=\"quiet\">{}{}{}: {}</span>"
      "</summary>\n"
      "<table class=\"counts\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>\n{}</tbody></table>"
      "</details>\n",
      place_names(p, names, part), name_and_id(p, labels, part.counts.contest), p.words.comma,
      p.words.ballots, p.number(part.ballots), p.label(labels, part.counts.contest), p.words.option,
      p.words.votes, p.words.share, rows(p, contest, part));
}

}  // namespace

std::string subtotals(const page& p) {
  const std::vector<place_counts>& parts = p.found.subtotals;
  if (parts.empty()) {
    return {};
  }
  const manifest_names names(p.found);
  std::string out =
      fmt::format("<section class=\"subtotals\"><h2>{}</h2>\n<p class=\"note\">{}</p>\n",
                  p.words.subtotals, p.words.subtotals_note);
  const std::size_t shown = std::min(parts.size(), most_subtotals);
  for (std::size_t i = 0; i < shown; ++i) {
    out += subtotal(p, names, parts[i]);
  }
  if (shown < parts.size()) {
    out += fmt::format(
        "<p class=\"note\">{}</p>\n",
        fmt::format(fmt::runtime(p.words.more_subtotals), p.number(parts.size() - shown)));
  }
  return out + "</section>\n";
}

}  // namespace sandoq::tool::report_parts
