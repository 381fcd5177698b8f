#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace sandoq::tool {

/// A text as a cell that no spreadsheet takes for a formula: control characters are made visible
/// (shown()), and a text whose first character that is no space is one of = + - @, a full-width
/// form of these or an apostrophe gets an apostrophe in front. Taking one leading apostrophe away
/// gives the text back.
[[nodiscard]] std::string csv_cell(std::string_view text);

/// Adds a line by RFC 4180, which ends in CRLF. The cells are written as they are: what comes from
/// a record goes through csv_cell() first.
void add_csv_line(std::string& out, std::initializer_list<std::string_view> cells);

}  // namespace sandoq::tool
