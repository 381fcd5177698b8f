#include <fmt/core.h>

#include <cstdio>
#include <filesystem>
#include <utility>

#include "commands.hpp"
#include "file_bytes.hpp"
#include "report_file.hpp"
#include "sandoq/core/executor.hpp"
#include "say.hpp"
#include "sizing/estimate.hpp"
#include "sizing/measure.hpp"

namespace sandoq::tool {
namespace {

result<machine_profile> machine_of(const size_options& options) {
  if (!options.machine.empty()) {
    return read_machine(options.machine);
  }
  say_to(stderr, "measuring this machine by small drills; it should have no other work\n");
  const auto workers = make_executor(options.threads);
  auto measured = measure_machine(*workers);
  if (measured && !options.save.empty()) {
    const std::string text = machine_to_json(*measured);
    if (auto written = write_new_file(options.save, bytes_of(text)); !written) {
      return tl::unexpected(std::move(written.error()));
    }
  }
  return measured;
}

}  // namespace

exit_code run_size(const size_options& options) {
  auto profile = find_profile(options.profile);
  if (!profile) {
    return unusable("size", profile.error());
  }
  const std::uint64_t voters = options.voters.value_or(profile->voters);
  if (voters == 0) {
    return unusable("size", {errc::out_of_range, "--voters", "must be at least 1"});
  }
  const std::filesystem::path page(options.html);
  if (std::error_code unused; !options.html.empty() && std::filesystem::exists(page, unused)) {
    // Before the measurement, so that it is not done for nothing.
    return unusable("size",
                    {errc::io, options.html, "is there already; name a new file for the page"});
  }
  auto machine = machine_of(options);
  if (!machine) {
    return unusable("size", machine.error());
  }
  const auto found = estimate_of(std::move(*profile), voters, std::move(*machine));
  if (!found) {
    return unusable("size", found.error());
  }
  if (!options.html.empty()) {
    const auto written = put_page(page, estimate_page(*found, options.in, version_number()));
    if (!written) {
      return unusable("size", written.error());
    }
  }
  say_text(options.json ? estimate_json(*found) + "\n" : estimate_text(*found, options.in));
  return exit_code::accepted;
}

}  // namespace sandoq::tool
