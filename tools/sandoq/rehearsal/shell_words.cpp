#include "shell_words.hpp"

#include <algorithm>

namespace sandoq::tool {
namespace {

/// Characters that no shell reads anything into, wherever they stand in a word.
bool is_plain(char c) {
  constexpr std::string_view others = "-_./:,@%+";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         others.find(c) != std::string_view::npos;
}

}  // namespace

std::string shell_word(std::string_view word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) {
    return std::string(word);
  }
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'') {
      out += "'\\''";  // ends the quotes, stands by itself, begins them anew
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string command_line(std::span<const std::string> words) {
  std::string out;
  for (const std::string& word : words) {
    out += (out.empty() ? "" : " ") + shell_word(word);
  }
  return out;
}

std::string command_line(std::span<const std::string> words, std::string_view text) {
  std::string out = "printf '%s\\n'";
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    out += " " + shell_word(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return out + " | " + command_line(words);
}

}  // namespace sandoq::tool
