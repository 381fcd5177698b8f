#include "record_check.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "manifest_file.hpp"
#include "progress.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/record/hints_file.hpp"
#include "say.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> hints_of(const record_options& options) {
  if (options.no_hints) {
    return {};
  }
  if (!options.hints.empty()) {
    return options.hints;
  }
  fs::path place = hints_place(options.directory);
  std::error_code ignored;
  return fs::exists(place, ignored) ? std::optional(std::move(place)) : std::nullopt;
}

result<sandoq::verify_options> what_to_verify(const record_options& options) {
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
  out.hints = hints_of(options);
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
    if (progress.ballots > 0) {
      line_->set(progress.done, progress.ballots, "ballots");
    } else {
      line_->set(progress.done);
    }
  }

 private:
  std::string phase_;
  std::unique_ptr<progress_line> line_;
};

}  // namespace

pinning pinning_of(const record_options& options) noexcept {
  return options.manifest.empty() && options.manifest_hash.empty() ? pinning::absent
                                                                   : pinning::present;
}

result<record_verdict> check_record(const record_options& options) {
  auto asked = what_to_verify(options);
  if (!asked) {
    return tl::unexpected(std::move(asked.error()));
  }
  const auto workers = make_executor(options.threads);
  auto display = std::make_unique<verify_display>();
  auto found = verify_record(options.directory, *asked, *workers,
                             [&display](const verify_progress& progress) { (*display)(progress); });
  display.reset();  // its line ends before others are printed
  if (found && found->hints_left_aside) {
    say_to(stderr, "hints left aside, which changes nothing but the time: {}\n",
           to_string(*found->hints_left_aside));
  }
  if (found && found->accepted && found->hints && found->hints->used < found->hints->listed) {
    say_to(stderr,
           "hints of {} among {} elements were of use, which changes nothing but the time\n",
           with_separators(found->hints->used), with_separators(found->hints->listed));
  }
  return found;
}

}  // namespace sandoq::tool
