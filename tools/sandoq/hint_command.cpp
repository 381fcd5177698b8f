#include <memory>

#include "commands.hpp"
#include "progress.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/record/hints_file.hpp"
#include "sandoq/verify/record_hints.hpp"
#include "say.hpp"

namespace sandoq::tool {

exit_code run_hint(const hint_options& options) {
  const auto place = hints_place(options.directory);
  const auto workers = make_executor(options.threads);
  std::unique_ptr<progress_line> line;
  const auto made = make_record_hints(
      options.directory, place, *workers, [&line](const verify_progress& progress) {
        if (!line) {
          line = std::make_unique<progress_line>("computing hints", progress.total);
        }
        line->set(progress.done);
      });
  line.reset();
  if (!made) {
    say_error("hint", made.error());
    return exit_code::unusable;
  }
  say("hints: {} ({} bytes, of {} elements in {} ballots)\n", place.string(),
      with_separators(made->size_bytes), with_separators(made->elements),
      with_separators(made->ballots));
  return exit_code::accepted;
}

}  // namespace sandoq::tool
