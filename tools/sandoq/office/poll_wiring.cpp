#include "poll_wiring.hpp"

#include <memory>
#include <string>
#include <vector>

#include "../manifest_words.hpp"
#include "../option_checks.hpp"
#include "booth_commands.hpp"
#include "poll_commands.hpp"

namespace sandoq::tool {
namespace {

constexpr std::uint64_t most_devices = 4'294'967'295;
constexpr std::uint64_t most_serials = 1'048'576;

template <class Options>
void on_call(CLI::App& command, action& chosen, const std::shared_ptr<Options>& options,
             exit_code (*run)(const Options&)) {
  command.callback([&chosen, options, run] { chosen = [options, run] { return run(*options); }; });
}

void add_bulletin(CLI::App& command, std::string& directory) {
  command.add_option("bulletin", directory, "the directory of what is published")
      ->required()
      ->check(not_empty());
}

void add_device(CLI::App& command, std::string& folder) {
  command.add_option("device", folder, "the device's own folder")->required()->check(not_empty());
}

void add_enrol(CLI::App& booth, action& chosen) {
  auto options = std::make_shared<booth_enrol_options>();
  auto* command = booth.add_subcommand("enrol", "make a device's key and seeds, and announce it");
  add_bulletin(*command, options->bulletin);
  add_device(*command, options->device);
  command->add_option("--branch", options->branch, "id of its branch")
      ->required()
      ->check(not_empty());
  command->add_option("--device", options->number, "its number in the branch, from 1")
      ->required()
      ->check(whole_number(most_devices));
  command
      ->add_option("--capacity", options->capacity,
                   "ballots it can take; one that is challenged or void is one too")
      ->check(whole_number(most_serials))
      ->capture_default_str();
  on_call(*command, chosen, options, run_booth_enrol);
}

void add_prepare(CLI::App& booth, action& chosen) {
  auto options = std::make_shared<booth_prepare_options>();
  auto* command = booth.add_subcommand("prepare", "take the boards' seeds and state the opening");
  add_bulletin(*command, options->bulletin);
  add_device(*command, options->device);
  command->add_option("seeds", options->seeds, "the seed files, one of each board")->required();
  on_call(*command, chosen, options, run_booth_prepare);
}

void add_step(CLI::App& booth, const std::string& name, const std::string& what, action& chosen,
              exit_code (*run)(const booth_options&)) {
  auto options = std::make_shared<booth_options>();
  auto* command = booth.add_subcommand(name, what);
  if (name == "open" || name == "close") {
    add_bulletin(*command, options->bulletin);
  }
  add_device(*command, options->device);
  on_call(*command, chosen, options, run);
}

void add_booth(CLI::App& app, action& chosen) {
  auto* booth = app.add_subcommand("booth", "one device of a polling place");
  booth->require_subcommand(1);
  add_enrol(*booth, chosen);
  add_prepare(*booth, chosen);
  add_step(*booth, "open", "begin the journal, once the boards have signed the opening", chosen,
           run_booth_open);
  add_step(*booth, "ballot", "encrypt the choices of the standard input and show the code", chosen,
           run_booth_ballot);
  add_step(*booth, "cast", "cast the ballot that waits; a token comes on the standard input",
           chosen, run_booth_cast);
  add_step(*booth, "challenge", "open the ballot that waits to everyone", chosen,
           run_booth_challenge);
  add_step(*booth, "void", "drop the ballot that waits", chosen, run_booth_void);
  add_step(*booth, "close", "sign and publish the journal, and erase the keys", chosen,
           run_booth_close);
  add_step(*booth, "show", "say how far the device is", chosen, run_booth_show);
}

void add_journal(CLI::App& app, action& chosen) {
  auto* journal =
      app.add_subcommand("journal", "what the boards do about a device that did not close");
  journal->require_subcommand(1);
  auto recover = std::make_shared<journal_recover_options>();
  auto* recovering =
      journal->add_subcommand("recover", "state the end of a journal in its device's place");
  add_bulletin(*recovering, recover->bulletin);
  recovering->add_option("journal", recover->journal, "its file in the bulletin")->required();
  recovering->add_option("--remark", recover->remark, "what happened, for people");
  on_call(*recovering, chosen, recover, run_journal_recover);

  auto exclude = std::make_shared<journal_exclude_options>();
  auto* excluding =
      journal->add_subcommand("exclude", "state that the ballots of a journal do not count");
  add_bulletin(*excluding, exclude->bulletin);
  auto* file = excluding->add_option("journal", exclude->journal, "its file in the bulletin");
  excluding
      ->add_option("--device", exclude->device,
                   "BRANCH-ID:NUMBER of a device of which no journal is left")
      ->excludes(file);
  excluding->add_option("--reason", exclude->reason, "why")
      ->required()
      ->check(
          CLI::IsMember({"lost", "invalid-ballot", "failed-challenge", "broken-journal", "other"}));
  excluding->add_option("--remark", exclude->remark, "what happened, for people");
  on_call(*excluding, chosen, exclude, run_journal_exclude);
}

void add_close(CLI::App& app, action& chosen) {
  auto options = std::make_shared<close_options>();
  auto* command = app.add_subcommand("close",
                                     "count the journals and state what is to be opened; says what "
                                     "is missing");
  add_bulletin(*command, options->bulletin);
  command
      ->add_option("--subtotals", options->subtotals,
                   "open results down to this level of the tree, as far as the floor permits")
      ->check(CLI::IsMember(std::vector<std::string>(manifest_words::level_names.begin(),
                                                     manifest_words::level_names.end())));
  on_call(*command, chosen, options, run_close);
}

void add_trustee_mix(CLI::App& app, action& chosen) {
  auto options = std::make_shared<trustee_mix_options>();
  auto* command = app.get_subcommand("trustee")->add_subcommand(
      "mix", "mix the lists of ballots whose turn it is for this board, before they are opened");
  add_trustee_options(*command, options->trustee);
  on_call(*command, chosen, options, run_trustee_mix);
}

void add_trustee_open(CLI::App& app, action& chosen) {
  auto options = std::make_shared<trustee_open_options>();
  auto* command = app.get_subcommand("trustee")->add_subcommand(
      "open",
      "approve what is to be opened and, on a second visit, answer what enough have approved");
  add_trustee_options(*command, options->trustee);
  command->add_flag("--yes", options->yes,
                    "do not ask before approving; what is opened can never be closed again");
  on_call(*command, chosen, options, run_trustee_open);
}

void add_combine(CLI::App& app, action& chosen) {
  auto options = std::make_shared<combine_options>();
  auto* command = app.add_subcommand(
      "combine", "take the answers together and make the record; says what is missing");
  add_bulletin(*command, options->bulletin);
  command->add_option("--out", options->out, "new directory for the record")
      ->required()
      ->check(not_empty());
  command
      ->add_option("--beacon", options->beacon,
                   "the public value that comes into a lot, if one is needed")
      ->check(not_empty());
  command->add_flag("--leave-ties", options->leave_ties, "ties stay open in this record");
  command
      ->add_option_function<std::string>(
          "--lang",
          [options](const std::string& tag) {
            options->in = tag == "fa" ? language::persian : language::english;
          },
          "language in which the report beside the record opens: en or fa")
      ->check(CLI::IsMember({"en", "fa"}));
  on_call(*command, chosen, options, run_combine);
}

}  // namespace

void add_polls(CLI::App& app, action& chosen) {
  add_booth(app, chosen);
  add_journal(app, chosen);
  add_close(app, chosen);
  add_trustee_mix(app, chosen);
  add_trustee_open(app, chosen);
  add_combine(app, chosen);
}

}  // namespace sandoq::tool
