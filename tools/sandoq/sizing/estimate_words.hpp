#pragma once

#include <array>
#include <string>
#include <string_view>

#include "machine_profile.hpp"
#include "tools/sandoq/language.hpp"

namespace sandoq::tool {

/// The words of an estimate in one language.
struct estimate_words {
  std::string_view heading;
  std::string_view voters, branches, devices, booths, seconds_a_ballot, lists;
  std::string_view shared;  ///< behind a number of machines, with the deadline
  std::string_view phases_title, machines_title, storage_title, links_title, basis_title;
  std::array<std::string_view, work_phases> phases;
  std::string_view machines_tally, machines_verify;
  std::string_view disk, branch, link;
  std::string_view basis;
};
[[nodiscard]] const estimate_words& estimate_words_of(language in) noexcept;

/// "0.4 s", "12.5 min", "3.1 h" in that language.
[[nodiscard]] std::string span_text(language in, double seconds);
/// "1.7 MB" in that language, powers of ten.
[[nodiscard]] std::string size_text(language in, double octets);

}  // namespace sandoq::tool
