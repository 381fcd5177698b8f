#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "estimate.hpp"
#include "estimate_words.hpp"
#include "tools/sandoq/html_page.hpp"
#include "tools/sandoq/html_text.hpp"
#include "tools/sandoq/report_html_parts.hpp"
#include "tools/sandoq/shown_text.hpp"

namespace sandoq::tool {
namespace {

/// A line of a table: what, how much in words, and how long its bar is.
struct estimate_row {
  std::string_view what;
  std::string amount;
  double length = 0;  ///< below 0: no bar
};

/// The parts of an estimate in one language, in the order in which they are shown.
struct estimate_part {
  std::string_view title;
  std::vector<estimate_row> rows;
};

std::string in_place_of_braces(std::string_view form, const std::string& text) {
  return fmt::format(fmt::runtime(form), text);
}

estimate_row count_row(language in, std::string_view what, double n) {
  return {what, number_text(in, static_cast<std::uint64_t>(n + 0.5)), -1};
}

std::vector<estimate_part> parts_of(const size_estimate& e, language in) {
  const estimate_words& words = estimate_words_of(in);
  estimate_part scale{words.heading,
                      {count_row(in, words.voters, static_cast<double>(e.profile.voters)),
                       count_row(in, words.branches, e.work.branches),
                       count_row(in, words.devices, e.work.devices),
                       count_row(in, words.booths, static_cast<double>(e.booths_needed)),
                       {words.seconds_a_ballot, span_text(in, e.seconds_a_ballot), -1}}};
  const bool mixes = e.work.mix.lists > 0;
  if (mixes) {
    scale.rows.push_back(count_row(in, words.lists, e.work.mix.lists));
  }
  estimate_part phases{words.phases_title, {}};
  for (std::size_t p = 0; p < work_phases; ++p) {
    if (mixes || static_cast<work_phase>(p) != work_phase::mixing) {
      phases.rows.push_back({words.phases[p], span_text(in, e.seconds[p]), e.seconds[p]});
    }
  }
  const std::string deadline = span_text(in, 60.0 * e.profile.deadline_minutes);
  const auto machines = [&](std::string_view what, std::uint64_t n) {
    return estimate_row{what, number_text(in, n) + " " + in_place_of_braces(words.shared, deadline),
                        -1};
  };
  estimate_part count{words.machines_title,
                      {machines(words.machines_tally, e.machines_tally),
                       machines(words.machines_verify, e.machines_verify)}};
  estimate_part storage{words.storage_title,
                        {{words.disk, size_text(in, e.disk_bytes), -1},
                         {words.branch, size_text(in, e.branch_bytes), -1}}};
  estimate_part links{words.links_title, {}};
  return {std::move(scale), std::move(phases), std::move(count), std::move(storage),
          std::move(links)};
}

std::string link_name(language in, const link_time& link) {
  return in_place_of_braces(estimate_words_of(in).link, number_text(in, link.kbit_s));
}

std::string table(const std::vector<estimate_row>& rows, std::string_view title) {
  double longest = 0;
  for (const estimate_row& row : rows) {
    longest = std::max(longest, row.length);
  }
  std::string out =
      fmt::format("<table class=\"counts\">\n<caption>{}</caption>\n<tbody>\n", html(title));
  for (const estimate_row& row : rows) {
    // Thousandths are finer than any screen shows.
    const double share = longest > 0 ? row.length / longest : 0;
    const std::string bar =
        row.length < 0
            ? ""
            : report_parts::bar(static_cast<std::uint64_t>(std::round(1000 * share)), 1000);
    out += fmt::format(
        "<tr class=\"elected\"><th scope=\"row\"><span class=\"line\"><span "
        "class=\"name\">{}</span>{}</span></th><td>{}</td></tr>\n",
        html(row.what), bar, html(row.amount));
  }
  return out + "</tbody>\n</table>\n";
}

std::string body_in(const size_estimate& e, language in) {
  const estimate_words& words = estimate_words_of(in);
  std::string out =
      fmt::format("<h1>{}</h1>\n", html_label(in, label_in(in, e.profile.title, e.profile.name)));
  for (estimate_part& part : parts_of(e, in)) {
    std::vector<std::string> names;
    if (part.title == words.links_title) {
      for (const link_time& link : e.links) {
        names.push_back(link_name(in, link));
      }
      for (std::size_t i = 0; i < names.size(); ++i) {
        part.rows.push_back({names[i], span_text(in, e.links[i].seconds), e.links[i].seconds});
      }
    }
    out += fmt::format("<h2>{}</h2>\n{}", html(part.title), table(part.rows, part.title));
  }
  return out +
         fmt::format("<h2>{}</h2>\n<p>{} {}</p>\n", html(words.basis_title),
                     html_isolated(e.machine.name),
                     html(in_place_of_braces(words.basis, number_text(in, e.machine.threads))));
}

}  // namespace

std::string estimate_text(const size_estimate& e, language in) {
  const estimate_words& words = estimate_words_of(in);
  std::string out = fmt::format("{}\n", shown(label_in(in, e.profile.title, e.profile.name).text));
  for (const estimate_part& part : parts_of(e, in)) {
    out += fmt::format("{}\n", part.title);
    for (const estimate_row& row : part.rows) {
      out += fmt::format("  {}: {}\n", row.what, row.amount);
    }
    if (part.title == words.links_title) {
      for (const link_time& link : e.links) {
        out += fmt::format("  {}: {}\n", link_name(in, link), span_text(in, link.seconds));
      }
    }
  }
  return out + in_place_of_braces(words.basis, number_text(in, e.machine.threads)) + "\n";
}

std::string estimate_page(const size_estimate& e, language first, std::string_view version) {
  const std::string title(label_in(first, e.profile.title, e.profile.name).text);
  return html_page{first,
                   version,
                   title,
                   report_parts::style(),
                   body_in(e, language::english),
                   body_in(e, language::persian)}
      .text();
}

}  // namespace sandoq::tool
