#include "html_text.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "shown_text.hpp"

namespace sandoq::tool {
namespace {

/// A record may call a language anything; "und" says that it is none in particular.
bool is_language_tag(std::string_view tag) {
  return !tag.empty() && tag != "und" && std::all_of(tag.begin(), tag.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

std::string html(std::string_view text) {
  std::string out;
  for (const char c : shown(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string html_isolated(std::string_view text) {
  return fmt::format("<bdi>{}</bdi>", html(text));
}

std::string html_label(language around, const chosen_label& called) {
  if (called.language == tag_of(around) || !is_language_tag(called.language)) {
    return html_isolated(called.text);
  }
  return fmt::format("<bdi lang=\"{}\">{}</bdi>", html(called.language), html(called.text));
}

std::string html_code(std::string_view text) {
  return fmt::format("<code dir=\"ltr\">{}</code>", html(text));
}

}  // namespace sandoq::tool
