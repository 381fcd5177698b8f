#include "csv_writer.hpp"

#include <array>

#include "shown_text.hpp"

namespace sandoq::tool {
namespace {

/// What starts a formula in some spreadsheet, or would hide that one was defused.
constexpr std::array<std::string_view, 9> risky{"=",      "+",      "-",      "@",     "'",
                                                "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
constexpr std::array<std::string_view, 4> spaces{" ", "\u00A0", "\u200B", "\u3000"};

bool skip_space(std::string_view& text) {
  for (const std::string_view space : spaces) {
    if (text.substr(0, space.size()) == space) {
      text.remove_prefix(space.size());
      return true;
    }
  }
  return false;
}

}  // namespace

std::string csv_cell(std::string_view text) {
  std::string out = shown(text);
  std::string_view rest = out;
  while (skip_space(rest)) {
  }
  for (const std::string_view first : risky) {
    if (rest.substr(0, first.size()) == first) {
      return "'" + out;
    }
  }
  return out;
}

void add_csv_line(std::string& out, std::initializer_list<std::string_view> cells) {
  bool first = true;
  for (const std::string_view cell : cells) {
    if (!first) {
      out += ',';
    }
    first = false;
    if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
      out += cell;
      continue;
    }
    out += '"';
    for (const char c : cell) {
      out += c;
      if (c == '"') {
        out += c;
      }
    }
    out += '"';
  }
  out += "\r\n";
}

}  // namespace sandoq::tool
