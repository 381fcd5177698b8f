#include "results_csv.hpp"

#include <algorithm>
#include <array>

#include "csv_writer.hpp"
#include "language.hpp"
#include "manifest_names.hpp"
#include "manifest_words.hpp"
#include "standings.hpp"

namespace sandoq::tool {
namespace {

constexpr std::array<std::string_view, 7> outcomes{"elected", "alternate", "runoff", "tie",
                                                   "",        "",          ""};
constexpr std::array<std::string_view, 3> tie_states{"open", "resolved", "resolved-with-lot"};

struct both_labels {
  explicit both_labels(const label_list& labels)
      : fa(csv_cell(own_label(language::persian, labels))),
        en(csv_cell(own_label(language::english, labels))) {}
  std::string fa;
  std::string en;
};

/// Each on its own line of one cell: no cell has a line end of its own.
std::string lines_of(const std::vector<std::string>& ids) {
  std::string out;
  for (const std::string& id : ids) {
    out += (out.empty() ? "" : "\n") + csv_cell(id);
  }
  return out;
}

/// "option", "list", "blank" or "invalid".
std::string_view kind_of(standing line, bool list) {
  return line == standing::blank     ? "blank"
         : line == standing::invalid ? "invalid"
         : list                      ? "list"
                                     : "option";
}

bool is_list_line(const contest_entry* contest, std::string_view id) {
  return contest != nullptr && id.starts_with(list_count_prefix) &&
         std::none_of(contest->options.begin(), contest->options.end(),
                      [id](const option_entry& option) { return option.id == id; });
}

/// What a set of places came to in a contest, a line for each count.
void add_part(std::string& out, const manifest_names& names, const std::string& number,
              const std::vector<std::string>& place_ids, std::uint64_t of_ballots,
              const contest_counts& counts) {
  const contest_entry* contest = names.contest(counts.contest);
  const both_labels name(contest == nullptr ? label_list{} : contest->labels);
  const std::string places = lines_of(place_ids);
  const std::string id = csv_cell(counts.contest);
  const std::string ballots = std::to_string(of_ballots);
  for (const option_count& count : counts.options) {
    const standing line = line_of(count);
    const bool named = line == standing::none;
    const both_labels labels(named ? option_labels(contest, count.option) : label_list{});
    const bool list = is_list_line(contest, count.option);
    const std::string_view own =
        list ? std::string_view(count.option).substr(list_count_prefix.size())
             : std::string_view(count.option);
    add_csv_line(out, {number, places, id, name.fa, name.en, ballots, kind_of(line, list),
                       named ? csv_cell(own) : std::string(), labels.fa, labels.en,
                       std::to_string(count.votes)});
  }
}

void add_contest(std::string& out, const contest_entry& contest, const contest_result& result,
                 const record_verdict& found) {
  const both_labels name(contest.labels);
  const std::string id = csv_cell(contest.id);
  const std::string ballots = std::to_string(result.ballots);
  std::vector<standing_row> rows = standings_of(contest, result, found.ties, found.allocations);
  // Back into manifest order, which is that of the options in memory; blank and invalid, which have
  // no option, are last as they are.
  std::stable_sort(rows.begin(), rows.end(), [](const standing_row& a, const standing_row& b) {
    return a.option != nullptr && (b.option == nullptr || a.option < b.option);
  });
  for (const standing_row& row : rows) {
    const both_labels option(row.option != nullptr ? row.option->labels
                             : row.list != nullptr ? row.list->labels
                                                   : label_list{});
    const std::string own = row.option != nullptr ? row.option->id
                            : row.list != nullptr ? row.list->id
                                                  : std::string();
    const auto places = [&row](std::uint32_t seat_tie::*which) {
      return row.tie == nullptr ? std::string() : std::to_string(row.tie->*which);
    };
    add_csv_line(
        out, {id, name.fa, name.en, kind_of(row.how, row.list != nullptr),
              own.empty() ? std::string() : csv_cell(own), option.fa, option.en,
              row.votes ? std::to_string(*row.votes) : std::string(), ballots,
              outcomes[static_cast<std::size_t>(row.how)], places(&seat_tie::seats),
              places(&seat_tie::alternates),
              row.outcome == nullptr ? std::string_view()
                                     : tie_states[static_cast<std::size_t>(row.outcome->state)]});
  }
}

}  // namespace

std::string results_csv(const record_verdict& found) {
  std::string out;
  add_csv_line(
      out, {"contest_id", "contest_fa", "contest_en", "kind", "option_id", "option_fa", "option_en",
            "votes", "contest_ballots", "outcome", "tie_seats", "tie_alternates", "tie_state"});
  for (const contest_result& result : found.results) {
    add_contest(out, found.election->contests[result.contest.value()], result, found);
  }
  return out;
}

std::string places_csv(const record_verdict& found) {
  const std::vector<tree_node>& nodes = found.election->nodes;
  std::string out;
  add_csv_line(out, {"place_id", "level", "label_fa", "label_en", "parent_id", "ballots"});
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const tree_node& node = nodes[i];
    const both_labels name(node.labels);
    add_csv_line(
        out, {csv_cell(node.id), manifest_words::level_names[static_cast<std::size_t>(node.level)],
              name.fa, name.en,
              node.parent == no_parent ? std::string() : csv_cell(nodes[node.parent.value()].id),
              std::to_string(found.place_ballots[i])});
  }
  return out;
}

std::string subtotals_csv(const record_verdict& found) {
  const manifest_names names(found);
  std::string out;
  add_csv_line(out, {"subtotal", "place_ids", "contest_id", "contest_fa", "contest_en", "ballots",
                     "kind", "option_id", "option_fa", "option_en", "votes"});
  for (std::size_t i = 0; i < found.subtotals.size(); ++i) {
    const place_counts& part = found.subtotals[i];
    add_part(out, names, std::to_string(i + 1), part.places, part.ballots, part.counts);
  }
  return out;
}

std::string groups_csv(const record_verdict& found) {
  const manifest_names names(found);
  std::string out;
  add_csv_line(out, {"group", "place_ids", "contest_id", "contest_fa", "contest_en", "ballots",
                     "kind", "option_id", "option_fa", "option_en", "votes"});
  for (const group_counts& group : found.groups) {
    add_part(out, names, std::to_string(group.group), group.places, group.ballots, group.counts);
  }
  return out;
}

std::string write_ins_csv(const record_verdict& found) {
  const manifest_names names(found);
  std::string out;
  add_csv_line(out, {"contest_id", "contest_fa", "contest_en", "text", "votes"});
  for (const contest_write_ins& written : found.write_ins) {
    const contest_entry* contest = names.contest(written.contest);
    const both_labels name(contest == nullptr ? label_list{} : contest->labels);
    for (const written_text& text : written.texts) {
      add_csv_line(out, {csv_cell(written.contest), name.fa, name.en, csv_cell(text.text),
                         std::to_string(text.votes)});
    }
  }
  return out;
}

}  // namespace sandoq::tool
