#include "minutes_form.hpp"

#include <fmt/core.h>

#include "../html_page.hpp"
#include "../html_text.hpp"
#include "../report_html_parts.hpp"
#include "../report_words.hpp"
#include "../shown_text.hpp"
#include "ceremony_words.hpp"

namespace sandoq::tool {
namespace {

using manner = minuted_piece::manner;

std::string for_terminal(language in, const minuted_piece& piece) {
  if (piece.how == manner::words) {
    return piece.text;
  }
  if (in == language::english) {
    return shown(piece.text);
  }
  const char* begin = piece.how == manner::name ? "\u2068" : "\u2066";
  return begin + shown(piece.text) + "\u2069";
}

std::string for_page(const minuted_piece& piece) {
  switch (piece.how) {
    case manner::words:
      return html(piece.text);
    case manner::name:
      return html_isolated(piece.text);
    case manner::code:
      return html_code(piece.text);
    default:
      return fmt::format("<bdi lang=\"en\" dir=\"ltr\">{}</bdi>", html(piece.text));
  }
}

std::string page_in(language in, const minuted_ceremony& ceremony, std::chrono::sys_seconds made,
                    std::string_view version) {
  const report_words& all = words_of(in);
  const manifest& plan = ceremony.board.plan();
  std::string out = "<header>\n";
  if (plan.domain == election_domain::drill) {
    out += fmt::format("<p class=\"drill\"><strong>{}</strong> <span>{}</span></p>\n", all.drill,
                       all.drill_note);
  }
  out += fmt::format(
      "<p class=\"kind\">{}</p>\n<h1>{}</h1>\n<p class=\"note\">{} {}</p>\n</header>\n",
      ceremony_words_of(in).title, html_label(in, label_in(in, plan.title, plan.election)),
      time_text(in, made), html_code(fmt::format("sandoq {}", version)));
  for (const minuted_section& section : minutes_of(in, ceremony)) {
    out += fmt::format("<section><h2>{}</h2>\n", html(section.heading));
    for (const minuted_line& line : section.lines) {
      const bool inner = !line.empty() && line.front().text == "  ";
      out += inner ? "<p class=\"inner\" style=\"margin-inline-start:2em\">" : "<p>";
      for (std::size_t i = inner ? 1 : 0; i < line.size(); ++i) {
        out += (i > (inner ? 1U : 0U) ? " " : "") + for_page(line[i]);
      }
      out += "</p>\n";
    }
    out += "</section>\n";
  }
  return out;
}

}  // namespace

std::string minutes_text(language in, const minuted_ceremony& ceremony) {
  const std::string start = in == language::persian ? "\u200F" : "";
  std::string out = start + std::string(ceremony_words_of(in).title) + "\n";
  for (const minuted_section& section : minutes_of(in, ceremony)) {
    out += "\n" + start + section.heading + "\n";
    for (const minuted_line& line : section.lines) {
      out += start + "  ";
      for (std::size_t i = 0; i < line.size(); ++i) {
        const bool space = i > 0 && line[i - 1].text != "  ";
        out += (space ? " " : "") + for_terminal(in, line[i]);
      }
      out += "\n";
    }
  }
  return out;
}

std::string minutes_html(language first, const minuted_ceremony& ceremony,
                         std::chrono::sys_seconds made, std::string_view version) {
  const manifest& plan = ceremony.board.plan();
  return html_page{first,
                   version,
                   fmt::format("{} \u2013 {}", ceremony_words_of(first).title,
                               label_in(first, plan.title, plan.election).text),
                   report_parts::style(),
                   page_in(language::english, ceremony, made, version),
                   page_in(language::persian, ceremony, made, version)}
      .text();
}

}  // namespace sandoq::tool
