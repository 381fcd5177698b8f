#include "office_wiring.hpp"

#include <memory>
#include <string>

#include "../option_checks.hpp"
#include "office_commands.hpp"

namespace sandoq::tool {
namespace {

/// Options that live as long as the action that was chosen with them.
template <class Options>
void on(CLI::App* command, action& chosen, const std::shared_ptr<Options>& options,
        exit_code (*run)(const Options&)) {
  command->callback([&chosen, options, run] { chosen = [options, run] { return run(*options); }; });
}

void add_home(CLI::App& command, std::string& home) {
  command.add_option("--home", home, "the folder of the own keys")->required()->check(not_empty());
}

void add_passphrase(CLI::App& command, passphrase_origin& origin) {
  command
      .add_option("--passphrase-file", origin.file,
                  "take the passphrase from the first line of this file, which only its owner can "
                  "read; otherwise it is asked for on the terminal")
      ->check(not_empty());
}

void add_bulletin(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("bulletin", "what has been published of an election so far");
  command->require_subcommand(1);
  struct new_options {
    std::string directory;
    std::string file;
  };
  const auto fresh = std::make_shared<new_options>();
  auto* making = command->add_subcommand("new", "begin a bulletin with a manifest");
  making->add_option("directory", fresh->directory, "new or empty directory")->required();
  making->add_option("manifest", fresh->file, "the manifest: JSON, canonical or manifest.pb")
      ->required();
  making->callback([&chosen, fresh] {
    chosen = [fresh] { return run_bulletin_new(fresh->directory, fresh->file); };
  });
  const auto directory = std::make_shared<std::string>();
  auto* showing = command->add_subcommand("show", "say what is there and what is waited for next");
  showing->add_option("directory", *directory, "the bulletin")->required();
  showing->callback(
      [&chosen, directory] { chosen = [directory] { return run_bulletin_show(*directory); }; });
  struct carry_options {
    std::string from;
    std::string to;
  };
  const auto carry = std::make_shared<carry_options>();
  auto* carrying = command->add_subcommand(
      "carry", "copy into a bulletin what it does not have; never writes over anything");
  carrying->add_option("from", carry->from, "a bulletin, or a stick with files of one")->required();
  carrying->add_option("to", carry->to, "the bulletin, or the stick")->required();
  carrying->callback([&chosen, carry] {
    chosen = [carry] { return run_bulletin_carry(carry->from, carry->to); };
  });
}

void add_new_keys(CLI::App& command, enrol_options& options) {
  command.add_option("draft", options.draft, "the manifest in JSON, without these keys")
      ->required();
  add_home(command, options.home);
  add_passphrase(command, options.passphrase);
  command.add_option("--out", options.out, "file for the public entry")->check(not_empty());
  command.add_option("--cost", options.cost, "what one try of the passphrase is to cost")
      ->check(CLI::IsMember({"interactive", "moderate", "sensitive"}))
      ->capture_default_str();
}

void add_rounds(CLI::App& trustee, action& chosen) {
  const auto commit = std::make_shared<commit_options>();
  auto* committing = trustee.add_subcommand("commit", "key ceremony, round 1: commit to a part");
  add_trustee_options(*committing, commit->trustee);
  committing
      ->add_option_function<std::string>(
          "--attempt",
          [commit](const std::string& text) {
            commit->attempt = static_cast<std::uint32_t>(std::stoul(text));
          },
          "begin the attempt of this number and give up the present one, which proves nobody "
          "guilty")
      ->check(CLI::Range(1U, 99'999U));
  on(committing, chosen, commit, run_trustee_commit);
  struct round {
    const char* name;
    const char* what;
    exit_code (*run)(const trustee_options&);
  };
  for (const round& each :
       {round{"reveal", "key ceremony, round 2: reveal the part", run_trustee_reveal},
        round{"deal", "key ceremony, round 3: send everybody of the board a share",
              run_trustee_deal},
        round{"confirm", "key ceremony, round 4: confirm the key", run_trustee_confirm},
        round{"complain", "key ceremony, round 4: prove that a share is wrong",
              run_trustee_complain},
        round{"finish", "keep the own share of the key", run_trustee_finish}}) {
    const auto options = std::make_shared<trustee_options>();
    auto* command = trustee.add_subcommand(each.name, each.what);
    add_trustee_options(*command, *options);
    on(command, chosen, options, each.run);
  }
}

void add_board_secrets(CLI::App& trustee, action& chosen) {
  const auto seed = std::make_shared<seed_options>();
  auto* seeding = trustee.add_subcommand("seed", "draw the board's seed for a device");
  add_trustee_options(*seeding, seed->trustee);
  seeding->add_option("--device", seed->device, "BRANCH-ID:NUMBER")->required();
  seeding->add_option("--out", seed->out, "new file for the secret seed")
      ->required()
      ->check(not_empty());
  on(seeding, chosen, seed, run_trustee_seed);
  const auto lot = std::make_shared<lot_options>();
  auto* drawing = trustee.add_subcommand("lot", "fix the board's value for a lot, or reveal it");
  add_trustee_options(*drawing, lot->trustee);
  drawing->add_flag("--reveal", lot->reveal, "publish the value");
  drawing->add_flag("--yes", lot->yes, "do not ask");
  on(drawing, chosen, lot, run_trustee_lot);
}

void add_key_care(CLI::App& trustee, action& chosen) {
  const auto changed = std::make_shared<key_care_options>();
  auto* changing = trustee.add_subcommand("passphrase", "put another passphrase on the keys");
  add_home(*changing, changed->home);
  add_passphrase(*changing, changed->passphrase);
  changing->add_option("--new-passphrase-file", changed->new_passphrase_file,
                       "take the new passphrase from this file");
  on(changing, chosen, changed, run_trustee_passphrase);
  const auto copied = std::make_shared<key_care_options>();
  auto* copying =
      trustee.add_subcommand("backup", "copy the folder and open every key in the copy");
  add_home(*copying, copied->home);
  add_passphrase(*copying, copied->passphrase);
  copying->add_option("--to", copied->to, "new folder")->required()->check(not_empty());
  on(copying, chosen, copied, run_trustee_backup);
  const auto gone = std::make_shared<key_care_options>();
  auto* destroying = trustee.add_subcommand("destroy", "overwrite and remove keys");
  add_home(*destroying, gone->home);
  destroying
      ->add_option(
          "--only", gone->only,
          "share, attempt, lot, or all: then the identity too, and nothing can be signed or "
          "opened with this folder ever again")
      ->required()
      ->check(CLI::IsMember({"share", "attempt", "lot", "all"}));
  destroying->add_flag("--yes", gone->yes, "do not ask");
  on(destroying, chosen, gone, run_trustee_destroy);
}

void add_trustee(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("trustee", "what a trustee of a board does");
  command->require_subcommand(1);
  const auto fresh = std::make_shared<enrol_options>();
  auto* making = command->add_subcommand("new", "make the keys of a trustee");
  add_new_keys(*making, *fresh);
  making->add_option("--trustee", fresh->trustee, "id of the trustee in the draft")->required();
  on(making, chosen, fresh, run_trustee_new);
  add_rounds(*command, chosen);
  const auto sign = std::make_shared<sign_options>();
  auto* signing = command->add_subcommand("sign", "sign what the boards are asked to state");
  add_trustee_options(*signing, sign->trustee);
  signing->add_flag("--yes", sign->yes,
                    "do not ask where the program's own check decides; a signature cannot be "
                    "taken back");
  signing->add_option(
      "--agree", sign->agree,
      "do not ask about this statement, by the whole name that was printed with it; may "
      "be repeated; needed for absences, exclusions, recoveries and the value of a "
      "lot");
  on(signing, chosen, sign, run_trustee_sign);
  add_board_secrets(*command, chosen);
  add_key_care(*command, chosen);
}

void add_authority(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("authority", "what the authority that breaks ties does");
  command->require_subcommand(1);
  const auto fresh = std::make_shared<enrol_options>();
  auto* making = command->add_subcommand("new", "make the key of the authority");
  add_new_keys(*making, *fresh);
  on(making, chosen, fresh, run_authority_new);
  const auto values = std::make_shared<attribute_options>();
  auto* stating = command->add_subcommand("attributes", "state what breaks a tie");
  stating->add_option("directory", values->bulletin, "the bulletin")->required();
  stating
      ->add_option("values", values->values,
                   "CONTEST/OPTION=VALUE[,VALUE...] of every option in the ties of the contest")
      ->required();
  add_home(*stating, values->home);
  add_passphrase(*stating, values->passphrase);
  on(stating, chosen, values, run_authority_attributes);
}

void add_ceremony(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("ceremony", "the key ceremony as a whole");
  command->require_subcommand(1);
  const auto absence = std::make_shared<absence_options>();
  auto* stating = command->add_subcommand("absent", "state that a trustee stays away");
  stating->add_option("directory", absence->bulletin, "the bulletin")->required();
  stating->add_option("--trustee", absence->trustee, "its id")->required();
  stating->add_option("--remark", absence->remark, "for people: what happened");
  on(stating, chosen, absence, run_ceremony_absent);
  const auto check = std::make_shared<ceremony_check_options>();
  auto* checking = command->add_subcommand(
      "check",
      "check the ceremony and print its transcript; exit code 1 unless it is complete and valid");
  checking->add_option("directory", check->bulletin, "the bulletin")->required();
  checking
      ->add_option_function<std::string>(
          "--lang",
          [check](const std::string& tag) {
            check->in = tag == "fa" ? language::persian : language::english;
          },
          "language of the transcript: en or fa")
      ->check(CLI::IsMember({"en", "fa"}));
  checking->add_option("--html", check->html, "also write it as one HTML file")->check(not_empty());
  on(checking, chosen, check, run_ceremony_check);
}

}  // namespace

void add_trustee_options(CLI::App& command, trustee_options& options) {
  command.add_option("directory", options.bulletin, "the bulletin")->required();
  add_home(command, options.home);
  add_passphrase(command, options.passphrase);
}

void add_office(CLI::App& app, action& chosen) {
  add_bulletin(app, chosen);
  add_trustee(app, chosen);
  add_authority(app, chosen);
  add_ceremony(app, chosen);
}

void add_enrolment(CLI::App& app, action& chosen) {
  const auto options = std::make_shared<manifest_enrol_options>();
  auto* command =
      app.get_subcommand("manifest")
          ->add_subcommand("enrol", "put the keys of trustees and authority into a draft");
  command->add_option("draft", options->draft, "the manifest in JSON, keys missing")->required();
  command->add_option("entries", options->entries, "what trustee new and authority new wrote")
      ->required();
  command->add_option("--write", options->write, "new file for the manifest with keys")
      ->required()
      ->check(not_empty());
  on(command, chosen, options, run_manifest_enrol);
}

}  // namespace sandoq::tool
