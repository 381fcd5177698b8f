#include <fmt/format.h>

#include <cstdio>
#include <string_view>
#include <utility>

#include "commands.hpp"
#include "file_bytes.hpp"
#include "manifest_file.hpp"
#include "plan.hpp"
#include "say.hpp"

namespace sandoq::tool {
namespace {

/// A manifest, or a draft of one: whatever else is wrong with it should come to light before people
/// collect keys.
struct read_plan {
  manifest plan;
  std::vector<std::string> waits_for;  ///< whose keys are missing: it is a draft
};

result<read_plan> read_manifest_or_draft(const std::string& file) {
  auto complete = read_manifest_file(file);
  if (complete) {
    return read_plan{std::move(*complete), {}};
  }
  if (complete.error().code != errc::missing) {
    return tl::unexpected(std::move(complete.error()));
  }
  auto draft = read_manifest_file(file, manifest_form::draft);
  if (!draft) {
    return tl::unexpected(std::move(draft.error()));
  }
  std::vector<std::string> missing = without_keys(*draft);
  return read_plan{std::move(*draft), std::move(missing)};
}

/// What a draft is and what comes next, behind its name.
std::string draft_in_words(const read_plan& draft) {
  return fmt::format(
      "is a draft, which keeps all other rules; keys are missing: of {}. Each of them runs sandoq "
      "trustee new (an authority: sandoq authority new); then sandoq manifest enrol makes the "
      "manifest",
      fmt::join(draft.waits_for, ", "));
}

}  // namespace

exit_code run_manifest_check(const manifest_check_options& options) {
  constexpr std::string_view command = "manifest check";
  const auto read = read_manifest_or_draft(options.file);
  if (!read) {
    return unusable(command, read.error());
  }
  if (!read->waits_for.empty()) {
    say_text(summary_of(read->plan));
    say_error(command, {errc::missing, options.file, draft_in_words(*read)});
    return exit_code::rejected;
  }
  const bytes canonical = read->plan.encode();
  if (auto keys = check_keys(read->plan); !keys) {
    return unusable(command, keys.error());
  }
  if (!options.write.empty()) {
    if (auto written = write_new_file(options.write, canonical); !written) {
      return unusable(command, written.error());
    }
  }
  fmt::print("manifest hash  {}\n{}", to_hex(manifest_hash(canonical).view()),
             summary_of(read->plan));
  return exit_code::accepted;
}

exit_code run_manifest_plan(const manifest_plan_options& options) {
  const auto read = read_manifest_or_draft(options.file);
  if (!read) {
    return unusable("manifest plan", read.error());
  }
  if (options.json) {
    fmt::print("{}\n", plan_to_json(read->plan));
    return exit_code::accepted;
  }
  say_text(plan_of(read->plan));
  if (!read->waits_for.empty()) {
    say("{} {}\n", options.file, draft_in_words(*read));
  }
  return exit_code::accepted;
}

}  // namespace sandoq::tool
