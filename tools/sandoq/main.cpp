#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "commands.hpp"
#include "manifest_words.hpp"
#include "missing_command.hpp"
#include "office/office_wiring.hpp"
#include "office/poll_wiring.hpp"
#include "option_checks.hpp"
#include "say.hpp"
#include "scratch_directory.hpp"

namespace {

using namespace sandoq::tool;

constexpr std::uint64_t most_ballots = 1'000'000'000;
constexpr std::uint64_t most_voters = 10'000'000;
constexpr std::uint64_t most_threads = 256;
constexpr std::uint64_t any_seed = 9'999'999'999'999'999'999U;

void add_threads(CLI::App& command, unsigned& threads) {
  command.add_option("--threads", threads, "threads; 0 is all cores")
      ->check(whole_number(most_threads));
}

void add_language(CLI::App& command, language& in, const std::string& what) {
  command
      .add_option_function<std::string>(
          "--lang",
          [&in](const std::string& tag) {
            in = tag == "fa" ? language::persian : language::english;
          },
          what)
      ->check(CLI::IsMember({"en", "fa"}));
}

void add_electorate(CLI::App& command, electorate_options& options) {
  command
      .add_option("--profile", options.profile,
                  "made-up voters: village, shorayari, nation, tehran, tabriz, mazandaran, or a "
                  "file like sandoq's profiles.json with one profile; ranked: --ballots are "
                  "rankings")
      ->check(not_empty())
      ->default_str("village");
  auto* ballots = command.add_option("--ballots", options.ballots,
                                     "real ballots: FILE.csv or FILE.csv.gz with the header "
                                     "precinct,choice1,...,choiceK");
  auto* limit =
      command.add_option("--limit", options.limit, "only the first N ballots of the file");
  auto* voters = command.add_option("--voters", options.voters, "number of made-up voters");
  auto* seed =
      command.add_option("--seed", options.seed,
                         "seed of the made-up voters and their order (keys and nonces always "
                         "come from the system)");
  auto* branches = command.add_flag("--all-branches", options.all_branches,
                                    "every branch of the profile opens, not only as many as the "
                                    "voters fill (tehran, tabriz, mazandaran)");
  ballots->excludes(voters);
  ballots->excludes(branches);
  limit->needs(ballots);
  ballots->check(not_empty());
  limit->check(whole_number(most_ballots));
  voters->check(whole_number(most_voters));
  seed->check(whole_number(any_seed))->capture_default_str();
}

void add_drill(CLI::App& app, drill_options& options, action& chosen) {
  auto* command = app.add_subcommand("drill", "hold a whole election for practice and verify it");
  add_electorate(*command, options.electorate);
  command->add_option("--lose", options.lose,
                      "device that breaks down before its close (BRANCH-ID:NUMBER)");
  command->add_option("--exclude", options.exclude,
                      "device whose journal the boards exclude (BRANCH-ID:NUMBER)");
  command
      ->add_option("--out", options.out,
                   "new directory for the record; with --by-commands for everybody's folders, the "
                   "record and commands.txt")
      ->check(not_empty());
  auto* by_commands = command->add_flag(
      "--by-commands", options.by_commands,
      "everybody types their own commands, each in a folder of their own: at most "
      "500 voters, 20 devices");
  command
      ->add_option("--absent", options.absent,
                   "trustee who does not come to the key ceremony, by the id: the boards shut "
                   "them out and begin again; with --by-commands")
      ->needs(by_commands)
      ->check(not_empty());
  command->add_flag("--json", options.json, "print one JSON object");
  command
      ->add_option("--subtotals", options.subtotals,
                   "open results down to this level of the tree, as far as the floor permits")
      ->check(CLI::IsMember(std::vector<std::string>(manifest_words::level_names.begin(),
                                                     manifest_words::level_names.end())));
  command
      ->add_option("--floor", options.floor,
                   "least number of ballots in any sum besides a contest's total; 0: totals only")
      ->check(whole_number(most_ballots))
      ->capture_default_str();
  command->add_option("--beacon", options.beacon, "the public value that comes into a lot")
      ->check(not_empty());
  command->add_option("--attribute", options.attributes,
                      "what breaks ties before a lot, CONTEST/OPTION=VALUE[,VALUE...]; 0 if not "
                      "given; may be repeated");
  add_language(*command, options.in,
               "language in which the report beside the record opens: en or fa");
  add_threads(*command, options.threads);
  command->callback([&] { chosen = [&] { return run_drill(options); }; });
}

void add_oracle(CLI::App& app, oracle_options& options, action& chosen) {
  auto* command =
      app.add_subcommand("oracle", "count the same ballots in the clear, up to the first tie");
  add_electorate(*command, options.electorate);
  command->add_flag("--json", options.json, "print one JSON object");
  command->callback([&] { chosen = [&] { return run_oracle(options); }; });
}

void add_record(CLI::App& command, record_options& options) {
  command.add_option("directory", options.directory, "the record")->required();
  auto* manifest =
      command
          .add_option("--manifest", options.manifest,
                      "the manifest that was agreed on: JSON, canonical or manifest.pb")
          ->check(not_empty());
  command.add_option("--manifest-hash", options.manifest_hash, "its hash, 64 hexadecimal digits")
      ->check(not_empty())
      ->excludes(manifest);
  command.add_option("--domain", options.domain, "what the record must be")
      ->check(CLI::IsMember({"real", "drill"}));
  auto* hints = command.add_option(
      "--hints", options.hints, "its hints, if not DIR.hints: they spare time, and decide nothing");
  hints->check(not_empty());
  command.add_flag("--no-hints", options.no_hints, "take no hints, even if DIR.hints is there")
      ->excludes(hints);
  add_threads(command, options.threads);
}

void add_verify(CLI::App& app, verify_options& options, action& chosen) {
  auto* command = app.add_subcommand("verify", "check an election record");
  add_record(*command, options.record);
  command->add_flag("--json", options.json, "print one JSON object");
  add_language(*command, options.in, "language of the report: en or fa; errors stay English");
  auto* report = command->add_option(
      "--html",
      [&options](const CLI::results_t& given) {
        options.html = given.empty() ? std::string() : given.front();
        return true;
      },
      "also write the report as one HTML file; without FILE, beside the record as DIR.html");
  report->expected(0, 1)->type_name("[FILE]");
  command->callback([&] { chosen = [&] { return run_verify(options); }; });
}

void add_hint(CLI::App& app, hint_options& options, action& chosen) {
  auto* command = app.add_subcommand(
      "hint", "write DIR.hints beside a record, with which verifying it takes less time");
  command->add_option("dir", options.directory, "the record")->required();
  add_threads(*command, options.threads);
  command->callback([&] { chosen = [&] { return run_hint(options); }; });
}

void add_export(CLI::App& app, export_options& options, action& chosen) {
  auto* command =
      app.add_subcommand("export", "check a record and, if it is accepted, write its results");
  add_record(*command, options.record);
  command
      ->add_option(
          "--csv", options.csv,
          "new directory for results.csv, places.csv, subtotals.csv, groups.csv and "
          "write-ins.csv, or the results' file X.csv, with X-places.csv and so on beside it")
      ->required()
      ->check(not_empty());
  command->add_flag("--bom", options.byte_order_mark,
                    "begin the files with a byte order mark, as some spreadsheets want it");
  command->callback([&] { chosen = [&] { return run_export(options); }; });
}

void add_inspect(CLI::App& app, inspect_options& options, action& chosen) {
  auto* command = app.add_subcommand("inspect", "show what a record or one of its files holds");
  command->add_option("path", options.path, "a record's directory or one of its files")->required();
  command->add_option("--limit", options.limit, "items shown of one file")
      ->check(whole_number(most_ballots))
      ->capture_default_str();
  command->add_flag("--manifest", options.manifest, "print the record's manifest as JSON instead");
  command->callback([&] { chosen = [&] { return run_inspect(options); }; });
}

void add_manifest(CLI::App& app, manifest_check_options& check, manifest_plan_options& plan,
                  action& chosen) {
  auto* command = app.add_subcommand("manifest", "make and examine manifests");
  command->require_subcommand(1);
  auto* checking = command->add_subcommand(
      "check", "check a manifest (JSON, canonical or manifest.pb) and print its hash");
  checking->add_option("file", check.file, "the manifest")->required();
  checking->add_option("--write", check.write, "write the canonical bytes to this new file")
      ->check(not_empty());
  checking->callback([&] { chosen = [&] { return run_manifest_check(check); }; });
  auto* planning =
      command->add_subcommand("plan", "show encodings, sizes and warnings of a manifest");
  planning->add_option("file", plan.file, "the manifest: JSON, canonical or manifest.pb")
      ->required();
  planning->add_flag("--json", plan.json, "print one JSON object");
  planning->callback([&] { chosen = [&] { return run_manifest_plan(plan); }; });
}

void add_size(CLI::App& app, size_options& options, action& chosen) {
  auto* command = app.add_subcommand(
      "size", "say which machines, how many minutes, disks and links an election needs");
  command
      ->add_option(
          "--profile", options.profile,
          "the election: village, shorayari, nation, tehran, tabriz, mazandaran, or a file "
          "of one profile")
      ->check(not_empty())
      ->capture_default_str();
  command->add_option("--voters", options.voters, "voters, instead of the profile's number")
      ->check(whole_number(most_ballots));
  auto* machine = command
                      ->add_option("--machine", options.machine,
                                   "what another machine was measured to take, from --save "
                                   "there; without it this one is measured")
                      ->check(not_empty());
  command->add_option("--save", options.save, "write what was measured to this new file")
      ->check(not_empty())
      ->excludes(machine);
  command->add_option("--html", options.html, "also write the page with bars to this file")
      ->check(not_empty());
  command->add_flag("--json", options.json, "print one JSON object");
  add_language(*command, options.in, "language: en or fa; errors stay English");
  add_threads(*command, options.threads);
  command->callback([&] { chosen = [&] { return run_size(options); }; });
}

constexpr const char* no_memory = "sandoq: not enough memory\n";

/// The last way out. Bodies of parallel loops may not throw, so one that lacks memory or threads
/// comes here; whatever else does is a bug.
[[noreturn]] void end_at_once() {
  try {
    if (const auto thrown = std::current_exception()) {
      std::rethrow_exception(thrown);
    }
  } catch (const std::bad_alloc&) {
    std::fputs(no_memory, stderr);
    remove_scratch_directories();
    std::_Exit(static_cast<int>(exit_code::unusable));
  } catch (const std::runtime_error& problem) {
    std::fprintf(stderr, "sandoq: %s\n", problem.what());
    remove_scratch_directories();
    std::_Exit(static_cast<int>(exit_code::unusable));
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "sandoq: %s\n", problem.what());
  }
  std::abort();
}

/// Runs the command. Whatever goes wrong on the way is said, and is never a verdict.
exit_code run(const action& chosen) {
  try {
    const exit_code code = chosen();
    // What could not be written was not said, so it must not look like success.
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) {
      return code;
    }
    std::fputs("sandoq: standard output could not be written\n", stderr);
  } catch (const std::bad_alloc&) {
    std::fputs(no_memory, stderr);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "sandoq: %s\n", problem.what());
  }
  remove_scratch_directories();  // one whose object could not be made
  return exit_code::unusable;
}

}  // namespace

int main(int argc, char** argv) {
  std::set_terminate(end_at_once);
  CLI::App app("sandoq: elections that anyone can verify", "sandoq");
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done or accepted; 1 refused, rejected, or still waiting for somebody;\n"
      "2 wrong use, input that cannot be read, or output that cannot be written.");
  app.set_version_flag(
      "--version", [] { return sandoq::tool::version_text(); }, "version, suites and kernels");
  drill_options drill;
  oracle_options oracle;
  verify_options verify;
  hint_options hint;
  export_options exported;
  inspect_options inspect;
  manifest_check_options check;
  manifest_plan_options plan;
  size_options size;
  action chosen;
  add_drill(app, drill, chosen);
  add_oracle(app, oracle, chosen);
  add_verify(app, verify, chosen);
  add_hint(app, hint, chosen);
  add_export(app, exported, chosen);
  add_inspect(app, inspect, chosen);
  add_manifest(app, check, plan, chosen);
  add_size(app, size, chosen);
  add_enrolment(app, chosen);
  add_office(app, chosen);
  add_polls(app, chosen);
  if (const auto wrong = missing_command(app, argc, argv)) {
    say_to(stderr, "{}\nRun with --help for more information.\n", *wrong);
    return static_cast<int>(exit_code::unusable);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    return app.exit(problem) == 0 ? 0 : static_cast<int>(exit_code::unusable);
  }
  return static_cast<int>(run(chosen));
}
