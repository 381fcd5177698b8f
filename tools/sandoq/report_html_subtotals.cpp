#include <algorithm>
#include <vector>

#include "manifest_names.hpp"
#include "report_html_parts.hpp"

namespace sandoq::tool::report_parts {
namespace {

/// So many are shown; a report is for people.
constexpr std::size_t most_subtotals = 400;
/// So many options of a group.
constexpr std::size_t most_counts = 10;

std::string place_names(const page& p, const manifest_names& names,
                        const std::vector<std::string>& places) {
  std::string out;
  for (const std::string& place : places) {
    out +=
        (out.empty() ? "" : std::string(p.words.comma)) + name_and_id(p, names.place(place), place);
  }
  return out;
}

/// What a set of places came to in a contest.
class part_table {
 public:
  part_table(const page& p, const contest_entry* contest, std::uint64_t ballots,
             const contest_counts& counts)
      : p_(p), contest_(contest), ballots_(ballots) {
    for (const option_count& count : counts.options) {
      most_ = std::max(most_, count.votes);
    }
  }

  void add(const option_count& count) {
    const standing kind = line_of(count);
    const std::string name =
        kind == standing::blank ? html(p_.words.blank)
        : kind == standing::invalid
            ? html(p_.words.invalid)
            : name_and_id(p_, option_labels(contest_, count.option), count.option);
    rows_ += fmt::format(
        "<tr{}><th scope=\"row\"><span class=\"line\"><span class=\"name\">{}</span>{}</span></th>"
        "<td>{}</td><td>{}</td></tr>\n",
        kind == standing::none ? "" : " class=\"blank\"", name, bar(count.votes, most_),
        p_.number(count.votes), p_.percent(count.votes, ballots_));
  }

  [[nodiscard]] std::string text(const std::string& caption) const {
    return fmt::format(
        "<table class=\"counts\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>"
        "<th scope=\"col\">{}</th><th "
        "scope=\"col\">{}</th></tr></thead><tbody>\n{}</tbody></table>",
        caption, p_.words.option, p_.words.votes, p_.words.share, rows_);
  }

 private:
  const page& p_;
  const contest_entry* contest_;
  std::uint64_t ballots_;
  std::uint64_t most_ = 0;
  std::string rows_;
};

const label_list& labels_of(const contest_entry* contest) {
  static const label_list none;
  return contest == nullptr ? none : contest->labels;
}

std::string subtotal(const page& p, const manifest_names& names, const place_counts& part) {
  const contest_entry* contest = names.contest(part.counts.contest);
  part_table table(p, contest, part.ballots, part.counts);
  for (const option_count& count : part.counts.options) {
    table.add(count);
  }
  return fmt::format(
      "<details class=\"subtotal\"><summary><h3>{}</h3> <span class=\"quiet\">{}{}{}: {}</span>"
      "</summary>\n{}</details>\n",
      place_names(p, names, part.places), name_and_id(p, labels_of(contest), part.counts.contest),
      p.words.comma, p.words.ballots, p.number(part.ballots),
      table.text(p.label(labels_of(contest), part.counts.contest)));
}

std::string group(const page& p, const manifest_names& names, const group_counts& part) {
  const contest_entry* contest = names.contest(part.counts.contest);
  part_table table(p, contest, part.ballots, part.counts);
  for (const option_count* count : highest(part.counts, most_counts)) {
    table.add(*count);
  }
  std::size_t options = 0;
  for (const option_count& count : part.counts.options) {
    if (line_of(count) == standing::none) {
      ++options;
    } else {
      table.add(count);
    }
  }
  const std::string others = options <= most_counts
                                 ? std::string()
                                 : fmt::format("\n<p class=\"note\">{}</p>",
                                               fmt::format(fmt::runtime(p.words.more_options),
                                                           p.number(options - most_counts)));
  return fmt::format(
      "<details class=\"subtotal mixed\"><summary><h3>{}: {}</h3> <span class=\"quiet\">{}{}{}: {}"
      "</span></summary>\n{}{}</details>\n",
      fmt::format(fmt::runtime(p.words.group), p.number(part.group)),
      place_names(p, names, part.places), name_and_id(p, labels_of(contest), part.counts.contest),
      p.words.comma, p.words.ballots, p.number(part.ballots),
      table.text(p.label(labels_of(contest), part.counts.contest)), others);
}

/// A section of the first parts, and how many there are besides.
template <class Part, class Told>
std::string section(const page& p, std::string_view heading, std::string_view note,
                    const std::vector<Part>& parts, std::string_view more, const Told& told) {
  if (parts.empty()) {
    return {};
  }
  const manifest_names names(p.found);
  std::string out = fmt::format(
      "<section class=\"subtotals\"><h2>{}</h2>\n<p class=\"note\">{}</p>\n", heading, note);
  const std::size_t first = std::min(parts.size(), most_subtotals);
  for (std::size_t i = 0; i < first; ++i) {
    out += told(p, names, parts[i]);
  }
  if (first < parts.size()) {
    out += fmt::format("<p class=\"note\">{}</p>\n",
                       fmt::format(fmt::runtime(more), p.number(parts.size() - first)));
  }
  return out + "</section>\n";
}

}  // namespace

std::string subtotals(const page& p) {
  return section(p, p.words.subtotals, p.words.subtotals_note, p.found.subtotals,
                 p.words.more_subtotals, subtotal);
}

std::string groups(const page& p) {
  return section(p, p.words.groups, p.words.groups_note, p.found.groups, p.words.more_groups,
                 group);
}

}  // namespace sandoq::tool::report_parts
