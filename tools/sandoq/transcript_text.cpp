#include "exact_text.hpp"
#include "shown_text.hpp"
#include "transcript_words.hpp"

namespace sandoq::tool {
namespace {

/// What keeps its own direction: in Persian every name, in English those in another language.
std::string isolated(language in, const chosen_label& called) {
  const bool foreign = !called.language.empty() && called.language.substr(0, 2) != tag_of(in);
  return in == language::persian || foreign ? "\u2068" + shown(called.text) + "\u2069"
                                            : shown(called.text);
}

}  // namespace

std::string transcript_text(language in, const transcript_subjects& who,
                            const allocation_transcript& transcript) {
  const bool persian = in == language::persian;
  const transcript_medium terminal{[&](const chosen_label& called, std::string_view id) {
                                     const std::string name = isolated(in, called);
                                     return id.empty() ? name
                                            : persian  ? name + " \u2066" + shown(id) + "\u2069"
                                                       : name + " [" + shown(id) + "]";
                                   },
                                   [&](std::string_view value) {
                                     const std::string text = exact_text(in, value);
                                     const bool plain =
                                         value.find_first_of("/-") == std::string_view::npos;
                                     return persian && !plain ? "\u2066" + text + "\u2069" : text;
                                   }};
  const std::string begin = persian ? "\u200F" : "";
  std::string out = begin + std::string(transcript_heading(in)) + "\n";
  std::uint64_t number = 0;
  for (const told_step& step : told(in, who, terminal, transcript)) {
    out += begin + number_text(in, ++number) + ". " + step.sentence + "\n";
    for (const auto& [name, value] : step.rows) {
      out += begin + "     ";
      out += name + ": " + value + "\n";
    }
  }
  return out;
}

}  // namespace sandoq::tool
