#include "child_program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "lib/record/file.hpp"
#include "sandoq/core/bytes.hpp"

namespace sandoq::tool {
namespace {

constexpr std::size_t read_at_once = 65536;

result<file_descriptor> file_in_memory() {
  const int number = memfd_create("sandoq", MFD_CLOEXEC);
  if (number < 0) {
    return io_failure("file in memory", "cannot be made");
  }
  return file_descriptor(number);
}

result<file_descriptor> file_with(const std::string& text) {
  auto file = file_in_memory();
  if (!file) {
    return file;
  }
  if (auto written = write_all(*file, bytes_of(text), "standard input"); !written) {
    return tl::unexpected(std::move(written.error()));
  }
  if (lseek(file->number(), 0, SEEK_SET) != 0) {
    return io_failure("standard input", "cannot be rewound");
  }
  return file;
}

result<std::string> content_of(const file_descriptor& file) {
  std::string out;
  while (true) {
    const std::size_t had = out.size();
    out.resize(had + read_at_once);
    const ssize_t got =
        pread(file.number(), out.data() + had, read_at_once, static_cast<off_t>(had));
    if (got < 0 && errno != EINTR) {
      return io_failure("output", "cannot be read");
    }
    out.resize(had + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (got == 0) {
      return out;
    }
  }
}

/// What the child does between its birth and its program.
class first_steps {
 public:
  first_steps() noexcept { posix_spawn_file_actions_init(&actions_); }
  first_steps(const first_steps&) = delete;
  first_steps& operator=(const first_steps&) = delete;
  ~first_steps() { posix_spawn_file_actions_destroy(&actions_); }

  void go_to(const std::filesystem::path& folder) {
    note(posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str()));
  }
  void become(int number, const file_descriptor& file) {
    note(posix_spawn_file_actions_adddup2(&actions_, file.number(), number));
  }
  [[nodiscard]] int problem() const noexcept { return problem_; }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const noexcept { return &actions_; }

 private:
  void note(int outcome) noexcept { problem_ = problem_ != 0 ? problem_ : outcome; }

  posix_spawn_file_actions_t actions_{};
  int problem_ = 0;
};

tl::unexpected<error> not_started(const program_call& call, int problem) {
  return fail(
      errc::io, call.program,
      std::string("cannot be started in ") + call.folder.string() + ": " + std::strerror(problem));
}

result<int> wait_for(pid_t child, const std::string& name) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) {
      return io_failure(name, "cannot be waited for");
    }
  }
  if (!WIFEXITED(status)) {
    return fail(errc::io, name, "was ended by signal " + std::to_string(WTERMSIG(status)));
  }
  return WEXITSTATUS(status);
}

}  // namespace

result<program_end> run_program(const program_call& call) {
  const auto input = file_with(call.input);
  const auto output = input ? file_in_memory() : tl::unexpected(input.error());
  if (!output) {
    return tl::unexpected(output.error());
  }
  first_steps steps;
  steps.go_to(call.folder);
  steps.become(STDIN_FILENO, *input);
  steps.become(STDOUT_FILENO, *output);
  steps.become(STDERR_FILENO, *output);
  std::vector<std::string> words = call.arguments;
  std::vector<char*> arguments;
  for (std::string& word : words) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  pid_t child = -1;
  const int problem = steps.problem() != 0 ? steps.problem()
                                           : posix_spawnp(&child, call.program.c_str(), steps.get(),
                                                          nullptr, arguments.data(), environ);
  if (problem != 0) {
    return not_started(call, problem);
  }
  const auto code = wait_for(child, call.program);
  auto said = code ? content_of(*output) : tl::unexpected(code.error());
  if (!said) {
    return tl::unexpected(said.error());
  }
  return program_end{*code, std::move(*said)};
}

}  // namespace sandoq::tool
