#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "language.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/ballot/party_list.hpp"
#include "sandoq/rules/allocation_step.hpp"

namespace sandoq::tool {

/// Who the subjects of a transcript are (spec 76.6): options, then lists, then the independents.
struct transcript_subjects {
  std::span<const option_entry> options;
  std::span<const party_list> lists;
};

/// How names and values are put where they are shown; both give finished text.
struct transcript_medium {
  std::function<std::string(const chosen_label& called, std::string_view id)> name;
  std::function<std::string(std::string_view value)> value;
};

/// One step in words: a sentence and, where it gives several a number, those numbers.
struct told_step {
  std::string sentence;
  std::vector<std::array<std::string, 2>> rows;  ///< name, value
};

/// Above the steps.
[[nodiscard]] std::string_view transcript_heading(language in) noexcept;

/// All steps of an allocation in words, one for one. Whatever the transcript holds is told: a
/// subject that there is not by its number, a value that is missing by a dash.
[[nodiscard]] std::vector<told_step> told(language in, const transcript_subjects& who,
                                          const transcript_medium& medium,
                                          const allocation_transcript& transcript);

/// The steps as numbered lines for a terminal.
[[nodiscard]] std::string transcript_text(language in, const transcript_subjects& who,
                                          const allocation_transcript& transcript);

/// The same as a list for a page (report_html()), closed until it is chosen.
[[nodiscard]] std::string transcript_html(language in, const transcript_subjects& who,
                                          const allocation_transcript& transcript);

}  // namespace sandoq::tool
