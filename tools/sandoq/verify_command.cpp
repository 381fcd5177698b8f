#include <fmt/core.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <utility>

#include "commands.hpp"
#include "record_check.hpp"
#include "report.hpp"
#include "report_file.hpp"
#include "report_html.hpp"
#include "say.hpp"
#include "shown_text.hpp"

namespace sandoq::tool {
namespace {

std::vector<stopwatch::phase> phases_of(const record_verdict& found) {
  std::vector<stopwatch::phase> out;
  for (const phase_time& phase : found.seconds) {
    out.push_back({std::string(phase.phase), phase.seconds});
  }
  return out;
}

}  // namespace

exit_code run_verify(const verify_options& options) {
  // Where the report goes is looked at first: a long verification shall not end in a typing error.
  std::optional<std::filesystem::path> place;
  if (options.html) {
    auto wanted = report_place(options.record.directory, *options.html);
    if (!wanted) {
      return unusable("verify", wanted.error());
    }
    place = std::move(*wanted);
  }
  const auto found = check_record(options.record);
  if (!found) {
    return unusable("verify", found.error());
  }
  const pinning pinned = pinning_of(options.record);
  if (options.json) {
    fmt::print("{}\n", verdict_to_json(*found, phases_of(*found), pinned));
  } else {
    const auto in_words = options.in == language::persian ? verdict_in_persian : verdict_in_english;
    fmt::print("{}", in_words(*found, pinned, phases_of(*found)));
  }
  if (place) {
    const auto written = make_report(*place, *found, pinned, options.in);
    if (!written) {
      return unusable("verify", written.error());
    }
    fmt::print(options.json ? stderr : stdout, "report: {} ({} bytes)\n", shown(place->string()),
               with_separators(*written));
  }
  return found->accepted ? exit_code::accepted : exit_code::rejected;
}

}  // namespace sandoq::tool
