#include <vector>

#include "report_html_parts.hpp"
#include "transcript_words.hpp"

namespace sandoq::tool::report_parts {
namespace {

/// So many are shown; a report is for people.
constexpr std::size_t most_texts = 400;

std::string allocation(const page& p, const contest_entry& contest, const contest_seats& seats) {
  std::string out;
  if (seats.status == allocation_status::open) {
    out += fmt::format("<p class=\"tie-note\">{}</p>\n", p.words.allocation_open);
  }
  if (contest.encoding == contest_encoding::packed_ranking) {
    out += fmt::format("<p class=\"note\">{}</p>\n", p.words.ranking_note);
  }
  return out + transcript_html(p.in, {contest.options, contest.lists}, seats.transcript);
}

std::string write_ins(const page& p, const contest_write_ins& written) {
  const std::vector<const written_text*> texts = highest(written, most_texts);
  std::string out = fmt::format(
      "<table class=\"written\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th></tr></thead><tbody>\n",
      p.words.write_ins, p.words.write_in, p.words.votes);
  for (const written_text* text : texts) {
    out += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", html_isolated(text->text),
                       p.number(text->votes));
  }
  out += "</tbody></table>\n";
  if (texts.size() < written.texts.size()) {
    out += fmt::format("<p class=\"note\">{}</p>\n",
                       fmt::format(fmt::runtime(p.words.more_write_ins),
                                   p.number(written.texts.size() - texts.size())));
  }
  return out;
}

}  // namespace

std::string below_contest(const page& p, const contest_entry& contest) {
  const contest_seats* seats = allocation_of(contest, p.found.allocations);
  const contest_write_ins* written = write_ins_of(contest, p.found.write_ins);
  return (seats == nullptr ? std::string() : allocation(p, contest, *seats)) +
         (written == nullptr ? std::string() : write_ins(p, *written));
}

}  // namespace sandoq::tool::report_parts
