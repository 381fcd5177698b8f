#include "report_html.hpp"

#include "html_page.hpp"
#include "report_html_parts.hpp"

namespace sandoq::tool {
namespace {

using report_parts::page;

bool is_drill(const record_verdict& found) {
  return found.domain && *found.domain == election_domain::drill;
}

std::string title_text(const page& p) {
  if (!p.found.election) {
    return std::string(p.words.report);
  }
  const manifest& election = *p.found.election;
  return std::string(label_in(p.in, election.title, election.election).text);
}

std::string pin_note(const page& p, pinning pinned) {
  const auto note = [](std::string_view kind, std::string_view text) {
    return fmt::format("<p class=\"pin {}\">{}</p>\n", kind, text);
  };
  if (pinned == pinning::absent) {
    return note("warn", p.words.not_pinned);
  }
  const check_outcome* pin = p.found.checks.find("manifest.pin");
  if (pin != nullptr && pin->status == check_status::pass) {
    return note("good", p.words.pinned);
  }
  const bool failed = pin != nullptr && pin->status == check_status::fail;
  return note("warn", failed ? p.words.pin_failed : p.words.pin_not_run);
}

std::string verdict_box(const page& p, pinning pinned) {
  return fmt::format("<div class=\"verdict {}\"><p class=\"word\">{}</p>\n<p>{}</p>\n{}</div>\n",
                     p.found.accepted ? "accepted" : "rejected",
                     p.found.accepted ? p.words.accepted : p.words.rejected,
                     p.found.accepted ? p.words.accepted_note : p.words.rejected_note,
                     pin_note(p, pinned));
}

std::string fact(std::string_view name, const std::string& value_html) {
  return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, value_html);
}

std::string hash_fact(std::string_view name, const digest32& hash) {
  return fmt::format("<div class=\"wide\"><dt>{}</dt><dd>{}</dd></div>\n", name,
                     html_code(to_hex(hash.view())));
}

std::string facts(const page& p, const report_setting& setting) {
  const record_verdict& found = p.found;
  std::string out = "<dl class=\"head\">\n";
  if (found.election) {
    out += fact(p.words.election, html_code(found.election->election));
  }
  out += fact(p.words.domain, std::string(!found.domain     ? p.words.no_domain
                                          : is_drill(found) ? p.words.drill
                                                            : p.words.real));
  if (found.accepted) {
    out += fact(p.words.ballots_cast, p.number(found.ballots));
  }
  out += fact(p.words.made, time_text(p.in, setting.made));
  out += fact(p.words.made_by, html_code(fmt::format("sandoq {}", setting.version)));
  if (found.manifest_hash) {
    out += hash_fact(p.words.manifest_hash, *found.manifest_hash);
  }
  if (found.election_hash) {
    out += hash_fact(p.words.election_hash, *found.election_hash);
  }
  return out + "</dl>\n";
}

std::string head(const page& p, const report_setting& setting) {
  std::string out = "<header>\n";
  if (is_drill(p.found)) {
    out += fmt::format("<p class=\"drill\"><strong>{}</strong> <span>{}</span></p>\n",
                       p.words.drill, p.words.drill_note);
  }
  const std::string title = p.found.election
                                ? p.label(p.found.election->title, p.found.election->election)
                                : std::string(p.words.report);
  out += fmt::format("<p class=\"kind\">{}</p>\n<h1>{}</h1>\n", p.words.report, title);
  return out + verdict_box(p, setting.pinned) + report_parts::notes(p) + facts(p, setting) +
         "</header>\n";
}

std::string board_part(const page& p, const board_entry& board) {
  std::string rows;
  for (const trustee_entry& trustee : board.trustees) {
    rows += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n",
                        report_parts::name_and_id(p, trustee.labels, trustee.id),
                        html_code(to_hex(trustee.signing_key.octets)));
  }
  return fmt::format(
      "<table class=\"keys\"><caption>{} <span class=\"quiet\">{}</span></caption><thead><tr>"
      "<th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>\n{}</tbody></table>"
      "\n",
      report_parts::name_and_id(p, board.labels, board.id),
      fmt::format(fmt::runtime(p.words.board_threshold), p.number(board.threshold),
                  p.number(board.trustees.size())),
      p.words.trustee, p.words.signing_key, rows);
}

std::string boards(const page& p) {
  if (!p.found.election) {
    return {};
  }
  std::string out = fmt::format("<section><h2>{}</h2>\n<p class=\"note\">{}</p>\n", p.words.boards,
                                p.words.boards_note);
  for (const board_entry& entry : p.found.election->boards) {
    out += board_part(p, entry);
  }
  return out + "</section>\n";
}

std::string about(const page& p) {
  std::string command = "sandoq verify DIR";
  if (p.found.manifest_hash) {
    command += " --manifest-hash " + to_hex(p.found.manifest_hash->view());
  }
  return fmt::format("<footer><h2>{}</h2>\n<p>{}</p>\n<p>{}</p></footer>\n", p.words.about,
                     p.words.about_note, html_code(command));
}

std::string body_in(language in, const record_verdict& found, const report_setting& setting) {
  const page p{found, in, words_of(in)};
  std::string out = head(p, setting);
  out += report_parts::failed_checks(p);
  if (found.accepted) {
    out += report_parts::results(p);
    out += report_parts::subtotals(p);
    out += report_parts::groups(p);
    out += report_parts::places(p);
  }
  out += report_parts::checks(p);
  out += boards(p);
  return out + about(p);
}

}  // namespace

std::string report_html(const record_verdict& found, const report_setting& setting) {
  const page first{found, setting.first, words_of(setting.first)};
  const std::string drill =
      is_drill(found) ? std::string(first.words.drill) + " \u2013 " : std::string();
  return html_page{setting.first,
                   setting.version,
                   drill + title_text(first),
                   report_parts::style(),
                   body_in(language::english, found, setting),
                   body_in(language::persian, found, setting)}
      .text();
}

namespace report_parts {

std::string name_and_id(const page& p, const label_list& labels, std::string_view id) {
  const chosen_label name = label_in(p.in, labels, id);
  std::string out = html_label(p.in, name);
  if (name.text != id) {
    out += " " + html_code(id);
  }
  return out;
}

std::string bar(std::uint64_t part, std::uint64_t whole) {
  const double percent =
      whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  return fmt::format("<span class=\"bar\"><i style=\"width:{:.1f}%\"></i></span>", percent);
}

}  // namespace report_parts

}  // namespace sandoq::tool
