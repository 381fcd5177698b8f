#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

#include "commands.hpp"
#include "manifest_json.hpp"
#include "progress.hpp"
#include "report.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/verify/verify_record.hpp"

namespace sandoq::tool {
namespace {

result<sandoq::verify_options> what_to_verify(const verify_options& options) {
  sandoq::verify_options out;
  if (!options.manifest_hash.empty()) {
    digest32 hash{};
    if (!from_hex_into(hash.octets, options.manifest_hash)) {
      return fail(errc::bad_encoding, "--manifest-hash", "must be 64 hexadecimal digits");
    }
    out.manifest_hash = hash;
  }
  if (!options.manifest.empty()) {
    auto agreed = read_manifest_file(options.manifest);
    if (!agreed) {
      return tl::unexpected(std::move(agreed.error()));
    }
    out.manifest_hash = manifest_hash(agreed->encode());
  }
  if (!options.domain.empty()) {
    out.domain = options.domain == "real" ? election_domain::real : election_domain::drill;
  }
  return out;
}

/// One line of progress for each phase of a verification.
class verify_display {
 public:
  void operator()(const verify_progress& progress) {
    if (!line_ || phase_ != progress.phase) {
      phase_ = progress.phase;
      line_ = std::make_unique<progress_line>("verifying, " + phase_, progress.total);
    }
    line_->set(progress.done);
  }

 private:
  std::string phase_;
  std::unique_ptr<progress_line> line_;
};

void print_words(const record_verdict& found, const sandoq::verify_options& asked,
                 const std::vector<stopwatch::phase>& seconds) {
  std::string out;
  const std::string kind = !found.domain ? "a record that names no domain"
                           : *found.domain == election_domain::drill
                               ? "a record of a drill"
                               : "a record of a real election";
  if (asked.manifest_hash) {
    const check_outcome* pin = found.checks.find("manifest.pin");
    out += kind + (pin != nullptr && pin->status == check_status::pass
                       ? ", checked against the manifest that was agreed on\n"
                       : ", not shown to be of the manifest that was agreed on\n");
  } else {
    out += kind +
           ": only inner consistency was checked, since no manifest was pinned; compare these "
           "with what was published\n" +
           identity_in_words(found);
  }
  out += checks_in_words(found);
  if (found.accepted) {
    out += fmt::format("{} ballots\n{}", with_separators(found.ballots),
                       results_table(counts_of(found)));
  }
  fmt::print("{}{}\n", out, phases_in_words(seconds));
}

}  // namespace

exit_code run_verify(const verify_options& options) {
  auto asked = what_to_verify(options);
  if (!asked) {
    fmt::print(stderr, "sandoq verify: {}\n", to_string(asked.error()));
    return exit_code::unusable;
  }
  const auto workers = make_executor(options.threads);
  verify_display display;
  auto found = verify_record(options.directory, *asked, *workers,
                             [&display](const verify_progress& progress) { display(progress); });
  if (!found) {
    fmt::print(stderr, "sandoq verify: {}\n", to_string(found.error()));
    return exit_code::unusable;
  }
  std::vector<stopwatch::phase> seconds;
  for (const phase_time& phase : found->seconds) {
    seconds.push_back({std::string(phase.phase), phase.seconds});
  }
  if (options.json) {
    fmt::print("{}\n", verdict_to_json(*found, seconds,
                                       asked->manifest_hash ? pinning::present : pinning::absent));
  } else {
    print_words(*found, *asked, seconds);
  }
  return found->accepted ? exit_code::accepted : exit_code::rejected;
}

}  // namespace sandoq::tool
