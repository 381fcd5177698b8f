// What no check decides and every report shows.                                        SPEC(90.4)

#include <vector>

#include "manifest_names.hpp"
#include "report_html_parts.hpp"

namespace sandoq::tool::report_parts {
namespace {

std::string row(std::string_view kind, std::string_view matter, const std::string& of,
                const std::string& told) {
  return fmt::format("<tr class=\"{}\"><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n",
                     kind, matter, of, told);
}

std::string with_remark(const page& p, std::string told, std::string_view remark) {
  if (!remark.empty()) {
    told += fmt::format("<br>{}: {}", p.words.remark, html_isolated(remark));
  }
  return told;
}

std::string journal(const page& p, const manifest_names& names, std::string_view branch,
                    device_index device) {
  return name_and_id(p, names.place(branch), branch) + std::string(p.words.comma) +
         fmt::format(fmt::runtime(p.words.device), p.number(device.value()));
}

std::string trustee(const page& p, const manifest_names& names, std::string_view board,
                    std::string_view id) {
  return name_and_id(p, names.trustee(board, id), id) + std::string(p.words.comma) +
         name_and_id(p, names.board(board), board);
}

std::string journal_rows(const page& p, const manifest_names& names) {
  std::string out;
  for (const excluded_journal& item : p.found.exclusions) {
    const std::string ballots =
        fmt::format(fmt::runtime(p.words.excluded_ballots), p.number(item.cast_items));
    out += row("exclusion", p.words.excluded, journal(p, names, item.branch_id, item.device),
               with_remark(p, fmt::format("{}<br>{}", exclusion_reason_text(p.in, item), ballots),
                           item.remark));
  }
  for (const recovered_device& item : p.found.recoveries) {
    out += row(
        "recovery", p.words.recovered, journal(p, names, item.branch_id, item.device),
        with_remark(
            p, fmt::format(fmt::runtime(p.words.recovered_ballots), p.number(item.cast_ballots)),
            item.remark));
  }
  return out;
}

std::string trustee_rows(const page& p, const manifest_names& names) {
  std::string out;
  for (const absent_trustee& item : p.found.absences) {
    out +=
        row("absence", p.words.absent, trustee(p, names, item.board_id, item.trustee_id),
            with_remark(p, fmt::format(fmt::runtime(p.words.absent_from), p.number(item.attempt)),
                        item.remark));
  }
  for (const shut_out_trustee& item : p.found.shut_out) {
    out += row("shut-out", p.words.shut_out, trustee(p, names, item.board_id, item.trustee_id),
               std::string(p.words.no_share));
  }
  return out;
}

std::string open_tie_rows(const page& p, const manifest_names& names) {
  std::string out;
  for (const tie_outcome& tie : p.found.ties) {
    if (tie.state != tie_state::open) {
      continue;
    }
    const contest_entry* contest = names.contest(tie.contest);
    std::string options;
    for (const std::string& option : tie.options) {
      options += (options.empty() ? "" : std::string(p.words.comma)) +
                 p.label(option_labels(contest, option), option);
    }
    out += row("open-tie", p.words.open_tie,
               name_and_id(p, contest == nullptr ? label_list{} : contest->labels, tie.contest),
               fmt::format("{}<br>{}: {}{}{}: {}", options, p.words.seats, p.number(tie.seats),
                           p.words.comma, p.words.alternates, p.number(tie.alternates)));
  }
  return out;
}

std::string open_seats_rows(const page& p, const manifest_names& names) {
  std::string out;
  for (const contest_seats& seats : p.found.allocations) {
    if (seats.status == allocation_status::open) {
      const contest_entry* contest = names.contest(seats.contest);
      out += row("open-seats", p.words.open_seats,
                 name_and_id(p, contest == nullptr ? label_list{} : contest->labels, seats.contest),
                 std::string(p.words.allocation_open));
    }
  }
  return out;
}

}  // namespace

std::string notes(const page& p) {
  const manifest_names names(p.found);
  const std::string rows = journal_rows(p, names) + trustee_rows(p, names) +
                           open_tie_rows(p, names) + open_seats_rows(p, names);
  if (rows.empty()) {
    return {};
  }
  return fmt::format(
      "<section class=\"notes\"><h2>{0}</h2>\n<p class=\"note\">{1}</p>\n"
      "<table class=\"notes\"><caption>{0}</caption><thead><tr><th scope=\"col\">{2}</th>"
      "<th scope=\"col\">{3}</th><th scope=\"col\">{4}</th></tr></thead>"
      "<tbody>\n{5}</tbody></table></section>\n",
      p.words.notes, p.words.notes_note, p.words.note_matter, p.words.note_of, p.words.note_told,
      rows);
}

}  // namespace sandoq::tool::report_parts
