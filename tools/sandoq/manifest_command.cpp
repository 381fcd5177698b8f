#include <fmt/core.h>

#include <cstdio>

#include "commands.hpp"
#include "file_bytes.hpp"
#include "manifest_file.hpp"
#include "plan.hpp"
#include "say.hpp"

namespace sandoq::tool {

exit_code run_manifest_check(const manifest_check_options& options) {
  const auto unusable = [](const error& problem) {
    say_error("manifest check", problem);
    return exit_code::unusable;
  };
  auto m = read_manifest_file(options.file);
  if (!m) {
    return unusable(m.error());
  }
  const bytes canonical = m->encode();
  if (auto keys = check_keys(*m); !keys) {
    return unusable(keys.error());
  }
  if (!options.write.empty()) {
    if (auto written = write_new_file(options.write, canonical); !written) {
      return unusable(written.error());
    }
  }
  fmt::print("manifest hash  {}\n{}", to_hex(manifest_hash(canonical).view()), summary_of(*m));
  return exit_code::accepted;
}

exit_code run_manifest_plan(const manifest_plan_options& options) {
  auto m = read_manifest_file(options.file);
  if (!m) {
    say_error("manifest plan", m.error());
    return exit_code::unusable;
  }
  fmt::print("{}", plan_of(*m));
  return exit_code::accepted;
}

}  // namespace sandoq::tool
