#include "results_csv.hpp"

#include <algorithm>
#include <array>

#include "csv_writer.hpp"
#include "language.hpp"
#include "manifest_words.hpp"
#include "standings.hpp"

namespace sandoq::tool {
namespace {

constexpr std::array<std::string_view, 5> outcomes{"elected", "alternate", "tie", "", ""};

struct both_labels {
  explicit both_labels(const label_list& labels)
      : fa(csv_cell(own_label(language::persian, labels))),
        en(csv_cell(own_label(language::english, labels))) {}
  std::string fa;
  std::string en;
};

void add_contest(std::string& out, const contest_entry& contest, const contest_result& result) {
  const both_labels name(contest.labels);
  const std::string id = csv_cell(contest.id);
  const std::string ballots = std::to_string(result.ballots);
  std::vector<standing_row> rows = standings_of(contest, result);
  // Back into manifest order, which is that of the options in memory; blank has no option.
  std::sort(rows.begin(), rows.end(), [](const standing_row& a, const standing_row& b) {
    return a.option != nullptr && (b.option == nullptr || a.option < b.option);
  });
  for (const standing_row& row : rows) {
    const both_labels option(row.option == nullptr ? label_list{} : row.option->labels);
    const auto places = [&row](std::uint32_t seat_tie::*which) {
      return row.tie == nullptr ? std::string() : std::to_string(row.tie->*which);
    };
    add_csv_line(out, {id, name.fa, name.en, row.option == nullptr ? "blank" : "option",
                       row.option == nullptr ? std::string() : csv_cell(row.option->id), option.fa,
                       option.en, std::to_string(row.votes), ballots,
                       outcomes[static_cast<std::size_t>(row.how)], places(&seat_tie::seats),
                       places(&seat_tie::alternates)});
  }
}

}  // namespace

std::string results_csv(const record_verdict& found) {
  std::string out;
  add_csv_line(
      out, {"contest_id", "contest_fa", "contest_en", "kind", "option_id", "option_fa", "option_en",
            "votes", "contest_ballots", "outcome", "tie_seats", "tie_alternates"});
  for (const contest_result& result : found.results) {
    add_contest(out, found.election->contests[result.contest.value()], result);
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

}  // namespace sandoq::tool
