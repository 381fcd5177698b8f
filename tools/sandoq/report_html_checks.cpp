#include <algorithm>
#include <array>

#include "report_html_parts.hpp"
#include "sandoq/verify/checks.hpp"

namespace sandoq::tool::report_parts {
namespace {

constexpr std::array<std::string_view, 3> classes{"pass", "fail", "not-run"};

std::string sentence(const page& p, const check_outcome& check) {
  std::string text(sentence_of(p.in, check.id));
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  }
  return html(text);
}

/// Places and reasons are the verifier's own words, in English, with the record's words in them.
std::string english(std::string_view text) {
  return fmt::format("<bdi lang=\"en\" dir=\"ltr\">{}</bdi>", html(text));
}

std::string where_and_why(const page& p, const check_outcome& check) {
  return fmt::format("<p class=\"why\">{} {}<br>{} {}</p>", p.words.failed_at,
                     english(check.place.empty() ? "-" : check.place), p.words.reason,
                     english(check.reason));
}

std::string row(const page& p, const check_outcome& check) {
  const auto status = static_cast<std::size_t>(check.status);
  const bool failed = check.status == check_status::fail;
  return fmt::format(
      "<tr class=\"{}\"><td><b class=\"{}\">{}</b></td><th scope=\"row\">{}{}</th><td>{}</td>"
      "</tr>\n",
      classes[status], classes[status], p.words.statuses[status], sentence(p, check),
      failed ? where_and_why(p, check) : std::string(), html_code(check.id));
}

}  // namespace

std::string failed_checks(const page& p) {
  std::string list;
  for (const check_outcome& check : p.found.checks.checks()) {
    if (check.status == check_status::fail) {
      list += fmt::format("<li>{} {}{}</li>\n", sentence(p, check), html_code(check.id),
                          where_and_why(p, check));
    }
  }
  if (list.empty()) {
    return {};
  }
  std::string out = fmt::format("<section class=\"failed\"><h2>{}</h2>\n<ul>\n{}</ul>\n",
                                p.words.failed_checks, list);
  if (!p.words.reason_note.empty()) {
    out += fmt::format("<p class=\"note\">{}</p>\n", p.words.reason_note);
  }
  return out + "</section>\n";
}

std::string checks(const page& p) {
  std::array<std::uint64_t, 3> sums{};
  std::string rows;
  for (const check_outcome& check : p.found.checks.checks()) {
    ++sums[static_cast<std::size_t>(check.status)];
    rows += row(p, check);
  }
  return fmt::format(
      "<section><h2>{0}</h2>\n<p class=\"note\">{1}</p>\n"
      "<table class=\"checks\"><caption>{0}</caption><thead><tr><th scope=\"col\">{2}</th>"
      "<th scope=\"col\">{3}</th><th scope=\"col\"><span dir=\"ltr\">id</span></th></tr></thead>"
      "<tbody>\n{4}</tbody></table></section>\n",
      p.words.checks,
      fmt::format(fmt::runtime(p.words.check_sums), p.number(sums[0]), p.number(sums[1]),
                  p.number(sums[2])),
      p.words.status, p.words.check, rows);
}

}  // namespace sandoq::tool::report_parts
