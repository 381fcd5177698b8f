#include "html_page.hpp"

#include <fmt/core.h>

#include "html_text.hpp"
#include "report_words.hpp"

namespace sandoq::tool {
namespace {

/// Radio buttons before everything else, so that the style sheet shows what they choose.
std::string language_switch(language first) {
  std::string inputs;
  std::string labels;
  for (const language in : {language::persian, language::english}) {
    const std::string_view tag = tag_of(in);
    const std::string_view name = words_of(in).own_name;
    inputs += fmt::format(
        "<input type=\"radio\" name=\"language\" id=\"in-{0}\" lang=\"{0}\" aria-label=\"{1}\" "
        "autocomplete=\"off\"{2}>\n",
        tag, name, in == first ? " checked" : "");
    labels += fmt::format("<label for=\"in-{0}\" lang=\"{0}\">{1}</label>\n", tag, name);
  }
  return fmt::format("{}<div class=\"switch\">\n{}</div>\n", inputs, labels);
}

std::string main_part(language in, const std::string& content) {
  return fmt::format("<main class=\"{0}\" lang=\"{0}\" dir=\"{1}\">\n{2}</main>\n", tag_of(in),
                     words_of(in).direction, content);
}

}  // namespace

std::string_view report_signature() noexcept {
  return "<!DOCTYPE html>\n<!-- a report by sandoq -->\n";
}

std::string html_page::text() const {
  const language second = first == language::persian ? language::english : language::persian;
  const auto content = [this](language in) {
    return main_part(in, in == language::persian ? persian : english);
  };
  std::string out(report_signature());
  // The policy lets nothing run or load, whatever stands below.
  out += fmt::format(
      "<html lang=\"{0}\" dir=\"{1}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"generator\" content=\"sandoq {2}\">\n"
      "<title>{3}</title>\n<style>\n{4}</style>\n</head>\n<body>\n{5}",
      tag_of(first), words_of(first).direction, html(version), html(title), style,
      language_switch(first));
  return out + content(first) + content(second) + "</body>\n</html>\n";
}

}  // namespace sandoq::tool
