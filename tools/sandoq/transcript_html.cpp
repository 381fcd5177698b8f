#include <fmt/core.h>

#include "exact_text.hpp"
#include "html_text.hpp"
#include "transcript_words.hpp"

namespace sandoq::tool {
namespace {

std::string rows_table(const std::vector<std::array<std::string, 2>>& rows) {
  std::string out = "<table class=\"steps\"><tbody>\n";
  for (const auto& [name, value] : rows) {
    out += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", name, value);
  }
  return out + "</tbody></table>\n";
}

}  // namespace

std::string transcript_html(language in, const transcript_subjects& who,
                            const allocation_transcript& transcript) {
  const transcript_medium page{
      [&](const chosen_label& called, std::string_view id) {
        return html_label(in, called) + (id.empty() ? "" : " " + html_code(id));
      },
      [&](std::string_view value) {
        return fmt::format("<bdi dir=\"ltr\">{}</bdi>", html(exact_text(in, value)));
      }};
  std::string out = fmt::format("<details class=\"allocation\"><summary>{}</summary>\n<ol>\n",
                                transcript_heading(in));
  for (const told_step& step : told(in, who, page, transcript)) {
    out += fmt::format("<li>{}{}</li>\n", step.sentence,
                       step.rows.empty() ? std::string() : "\n" + rows_table(step.rows));
  }
  return out + "</ol></details>\n";
}

}  // namespace sandoq::tool
