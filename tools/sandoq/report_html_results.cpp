#include <algorithm>

#include "report_html_parts.hpp"
#include "standings.hpp"

namespace sandoq::tool::report_parts {
namespace {

/// From here on contests are closed at first, and stand under their places.
constexpr std::size_t many_contests = 12;

std::string fact(std::string_view name, const std::string& value_html) {
  return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>", name, value_html);
}

const contest_entry& entry_of(const page& p, const contest_result& result) {
  return p.found.election->contests[result.contest.value()];
}

const tree_node& scope_of(const page& p, const contest_result& result) {
  return p.found.election->nodes[entry_of(p, result).scope.value()];
}

/// The place under which a contest is listed: the one above its scope.
node_index group_of(const page& p, const contest_result& result) {
  const node_index above = scope_of(p, result).parent;
  return above == no_parent ? entry_of(p, result).scope : above;
}

void add_name(const page& p, const option_entry& option, std::string& list) {
  list += fmt::format("{}{}", list.empty() ? "" : p.words.comma, p.label(option.labels, option.id));
}

std::string elected_names(const page& p, const std::vector<standing_row>& rows) {
  std::string out;
  for (const standing_row& row : rows) {
    if (row.how == standing::elected) {
      add_name(p, *row.option, out);
    }
  }
  return out.empty() ? html(p.words.nobody) : out;
}

/// Those of one tie, in the order of the rows: the final one if it is resolved.
std::string tied_names(const page& p, const std::vector<standing_row>& rows, const seat_tie& tie) {
  std::string out;
  for (const standing_row& row : rows) {
    if (row.tie == &tie) {
      add_name(p, *row.option, out);
    }
  }
  return out;
}

/// Seats that nobody is to get any more: none are while a tie or a run-off is to come.
std::uint64_t empty_seats(const page& p, const contest_entry& contest,
                          const contest_result& result) {
  std::uint64_t given = result.seats.elected.size();
  for (const seat_tie& tie : result.seats.ties) {
    given += tie.seats;
  }
  if (const contest_seats* seats = allocation_of(contest, p.found.allocations); seats != nullptr) {
    if (seats->status == allocation_status::open || !seats->runoff.empty()) {
      return 0;
    }
    given = seats->elected.size();
  }
  return given < contest.seats ? contest.seats - given : 0;
}

std::string facts(const page& p, const contest_entry& contest, const contest_result& result) {
  const tree_node& scope = p.found.election->nodes[contest.scope.value()];
  const std::string choices =
      fmt::format(fmt::runtime(p.words.choices_of), p.number(contest.min_choices),
                  p.number(contest.max_choices), p.number(contest.options.size()));
  std::string out = "<dl class=\"facts\">";
  out += fact(p.words.contest_place, p.label(scope.labels, scope.id));
  out += fact(p.words.contest_ballots, p.number(result.ballots));
  out += fact(p.words.choices, choices);
  out += fact(p.words.seats, p.number(contest.seats));
  if (contest.alternates > 0 || rule_counts_alternates(contest)) {
    out += fact(p.words.alternates, alternates_text(p.in, contest));
  }
  out += fact(p.words.floor, floor_text(p.in, contest));
  if (const std::uint64_t empty = empty_seats(p, contest, result); empty > 0) {
    out += fact(p.words.seats_empty, p.number(empty));
  }
  return out + "</dl>\n";
}

std::string ties(const page& p, const contest_entry& contest, const contest_result& result,
                 const std::vector<standing_row>& rows) {
  std::string out;
  for (std::size_t i = 0; i < result.seats.ties.size(); ++i) {
    const seat_tie& tie = result.seats.ties[i];
    const tie_outcome* outcome = outcome_of(contest, p.found.ties, i);
    const std::string votes = p.number(result.counts[tie.options.front().value()]);
    const std::string names = tied_names(p, rows, tie);
    const std::string seats = p.number(tie.seats);
    const std::string alternates = p.number(tie.alternates);
    if (outcome != nullptr && outcome->state != tie_state::open) {
      const bool lot = outcome->state == tie_state::resolved_with_lot;
      out += fmt::format("<p class=\"tie-note resolved\">{}</p>\n",
                         fmt::format(fmt::runtime(p.words.tie_resolved), votes,
                                     p.words.decided_by[lot ? 1 : 0], names, seats, alternates));
    } else {
      out += fmt::format("<p class=\"tie-note\">{}{}{}</p>\n",
                         fmt::format(fmt::runtime(p.words.tie), votes, names, seats, alternates),
                         outcome == nullptr ? "" : " ",
                         outcome == nullptr ? std::string_view() : p.words.tie_open);
    }
  }
  return out;
}

std::string_view class_of(standing how) {
  switch (how) {
    case standing::elected:
      return "elected";
    case standing::alternate:
      return "alternate";
    case standing::runoff:
      return "runoff";
    case standing::tied:
      return "tied";
    case standing::blank:
    case standing::invalid:
      return "blank";
    case standing::none:
      break;
  }
  return {};
}

std::string row(const page& p, const standing_row& line, std::uint64_t ballots,
                std::uint64_t most) {
  const std::string_view kind = class_of(line.how);
  const std::string name =
      line.option != nullptr ? name_and_id(p, line.option->labels, line.option->id)
      : line.list != nullptr
          ? fmt::format(fmt::runtime(p.words.list_line),
                        name_and_id(p, line.list->labels, line.list->id))
          : html(line.how == standing::invalid ? p.words.invalid : p.words.blank);
  const std::string_view outcome = p.words.standings[static_cast<std::size_t>(line.how)];
  const std::string badge =
      outcome.empty() ? std::string() : fmt::format("<b class=\"{}\">{}</b>", kind, outcome);
  // An option of a ranking has no votes, so neither a bar nor a share.
  return fmt::format(
      "<tr{}><th scope=\"row\"><span class=\"line\"><span class=\"name\">{}</span>"
      "{}</span></th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
      kind.empty() ? std::string() : fmt::format(" class=\"{}\"", kind), name,
      line.votes ? bar(*line.votes, most) : std::string(),
      line.votes ? p.number(*line.votes) : "\u2013",
      line.votes ? p.percent(*line.votes, ballots) : "\u2013", badge);
}

std::string table(const page& p, const contest_entry& contest, const contest_result& result,
                  const std::vector<standing_row>& rows) {
  std::uint64_t most = 0;
  for (const standing_row& line : rows) {
    most = std::max(most, line.votes.value_or(0));
  }
  std::string out = fmt::format(
      "<table class=\"counts\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>"
      "<tbody>\n",
      p.label(contest.labels, contest.id), p.words.option, p.words.votes, p.words.share,
      p.words.outcome);
  for (const standing_row& line : rows) {
    out += row(p, line, result.ballots, most);
  }
  return out + "</tbody></table>\n";
}

std::string contest(const page& p, const contest_result& result, bool open) {
  const contest_entry& entry = entry_of(p, result);
  const std::vector<standing_row> rows =
      standings_of(entry, result, p.found.ties, p.found.allocations);
  return fmt::format(
      "<details class=\"contest\"{}><summary><h3>{}</h3><span class=\"winners\">{}: {}</span>"
      "</summary>\n{}{}{}{}</details>\n",
      open ? " open" : "", name_and_id(p, entry.labels, entry.id), p.words.elected_names,
      elected_names(p, rows), facts(p, entry, result), ties(p, entry, result, rows),
      table(p, entry, result, rows), below_contest(p, entry));
}

std::string group_anchor(const page& p, node_index place) {
  return fmt::format("{}-place-{}", tag_of(p.in), place.value());
}

/// Many contests: a list of the places above, then the contests under them.
std::string by_place(const page& p, const std::vector<contest_result>& listed) {
  std::vector<const contest_result*> sorted;
  for (const contest_result& result : listed) {
    sorted.push_back(&result);
  }
  std::stable_sort(sorted.begin(), sorted.end(), [&p](const auto* a, const auto* b) {
    return group_of(p, *a) < group_of(p, *b);
  });
  std::string index;
  std::string body;
  for (auto first = sorted.begin(); first != sorted.end();) {
    const node_index place = group_of(p, **first);
    const auto last = std::find_if(
        first, sorted.end(), [&](const auto* result) { return group_of(p, *result) != place; });
    const tree_node& node = p.found.election->nodes[place.value()];
    index += fmt::format("<li><a href=\"#{}\">{}</a> <span class=\"quiet\">({})</span></li>\n",
                         group_anchor(p, place), p.label(node.labels, node.id),
                         p.number(static_cast<std::uint64_t>(last - first)));
    body += fmt::format("<h3 class=\"group\" id=\"{}\">{}</h3>\n", group_anchor(p, place),
                        name_and_id(p, node.labels, node.id));
    for (; first != last; ++first) {
      body += contest(p, **first, false);
    }
  }
  return fmt::format(
      "<nav class=\"index\" aria-label=\"{}\"><ul>\n{}</ul></nav>\n"
      "<p class=\"note screen\">{}</p>\n{}",
      p.words.contests_by_place, index, p.words.closed_note, body);
}

}  // namespace

std::string results(const page& p) {
  const std::vector<contest_result>& listed = p.found.results;
  const bool several = std::any_of(listed.begin(), listed.end(), [&p](const auto& result) {
    return entry_of(p, result).max_choices > 1;
  });
  const bool heaped = std::any_of(listed.begin(), listed.end(), [&p](const auto& result) {
    const auto& law = entry_of(p, result).law;
    return law && law->ballot.max_each > 1;
  });
  std::string out = fmt::format("<section><h2>{}</h2>\n<p class=\"note\">{}</p>\n", p.words.results,
                                heaped    ? p.words.share_note_votes
                                : several ? p.words.share_note_many
                                          : p.words.share_note_one);
  if (listed.size() > many_contests) {
    out += by_place(p, listed);
  } else {
    for (const contest_result& result : listed) {
      out += contest(p, result, true);
    }
  }
  return out + "</section>\n";
}

}  // namespace sandoq::tool::report_parts
