#include <fmt/format.h>

#include <string_view>

#include "../file_bytes.hpp"
#include "../manifest_json.hpp"
#include "rehearsal_parts.hpp"
#include "sandoq/core/bytes.hpp"

namespace sandoq::tool {
namespace {

/// Fast, and for keys that live for minutes. A real trustee leaves the option out.
constexpr const char* passphrase_cost = "interactive";

/// The draft goes to whoever makes a key, and what comes of it goes back.
void enrol(rehearsal& r, const person& who, const command_words& command,
           const std::string& passphrase_file, const std::string& entry) {
  r.does.make_room(who);
  r.does.make_passphrase(who, passphrase_file);
  r.does.by_hand(who, {"cp", "../clerk/draft.json", "draft.json"});
  r.does.run(who, joined({command, with_keys(passphrase_file), {"--cost", passphrase_cost}}));
  r.does.by_hand(who, {"cp", entry, "../clerk/"});
}

void write_draft(rehearsal& r) {
  const std::filesystem::path file = r.does.folder_of(r.people.clerk) / "draft.json";
  r.does.remark("the clerk writes clerk/draft.json: the manifest without keys");
  r.does.stands_for("cp draft.json clerk/draft.json");
  if (!r.does.failed()) {
    r.does.note(write_new_file(file.string(), bytes_of(manifest_to_json(r.election.plan))));
  }
}

/// One puts another passphrase on the keys; one of each board makes a copy that is known to open.
void take_care(rehearsal& r) {
  r.does.begin_stage("care of the keys: another passphrase, backups; the minutes are read");
  trustee_person& last = *r.people.present(r.people.boards.size() - 1).back();
  const std::string fresh = "new-" + last.passphrase_file;
  r.does.make_passphrase(last, fresh);
  r.does.run(last, joined({{"trustee", "passphrase"},
                           with_keys(last.passphrase_file),
                           {"--new-passphrase-file", fresh}}));
  r.does.by_hand(last, {"shred", "-u", last.passphrase_file});
  last.passphrase_file = fresh;
  // In an election everybody makes a copy; here one of each board has to show it.
  for (std::size_t b = 0; b < r.people.boards.size(); ++b) {
    trustee_person& each = *r.people.present(b).back();
    r.does.run(
        each, joined({{"trustee", "backup"}, with_keys(each.passphrase_file), {"--to", "backup"}}));
    each.homes.emplace_back("backup");
  }
}

/// Everybody who takes part runs the same command.
void play_round(rehearsal& r, const char* round) {
  r.does.begin_stage(fmt::format("key ceremony: every trustee runs trustee {}", round));
  for (std::size_t b = 0; b < r.people.boards.size(); ++b) {
    for (const trustee_person* const each : r.people.present(b)) {
      visit(r, *each, round);
    }
  }
}

/// An attempt in which one does not come: it is stated, signed by both boards, and published.
void shut_out(rehearsal& r, const trustee_person& absent) {
  play_round(r, "commit");
  r.does.begin_stage(fmt::format("key ceremony: {} does not come, and is shut out", absent.id));
  const command_words words{"ceremony", "absent",   errands::bulletin,           "--trustee",
                            absent.id,  "--remark", "did not come, for practice"};
  const auto state = [&] {
    r.does.fetch(r.people.clerk);
    r.does.run(r.people.clerk, words);
    r.does.bring(r.people.clerk);
  };
  state();
  sign(r, 1);
  state();  // now with the signatures
}

/// One who suspects a dealer for nothing is told so: a complaint opens a share to everybody.
void suspect(rehearsal& r) {
  const trustee_person& who = *r.people.present(0).front();
  r.does.begin_stage(fmt::format("key ceremony: {} suspects a dealer, without cause", who.id));
  r.does.fetch(who);
  r.does.run(who,
             joined({{"trustee", "complain", errands::bulletin}, with_keys(who.passphrase_file)}),
             ending::waits);
}

}  // namespace

command_words with_keys(const std::string& passphrase_file) {
  return {"--home", "home", "--passphrase-file", passphrase_file};
}

void visit(rehearsal& r, const trustee_person& who, const std::string& command,
           const command_words& options, const std::string& answers) {
  r.does.fetch(who);
  r.does.run(
      who,
      joined({{"trustee", command, errands::bulletin}, with_keys(who.passphrase_file), options}),
      ending::done, answers);
  r.does.bring(who);
}

std::vector<const trustee_person*> quorum_of(const rehearsal& r, which members) {
  std::vector<const trustee_person*> out;
  for (std::size_t b = 0; b < r.people.boards.size(); ++b) {
    const auto all = r.people.present(b);
    const std::size_t enough = r.election.plan.boards[b].threshold;
    const std::size_t begin = members == which::first ? 0 : all.size() - enough;
    for (std::size_t t = begin; t < begin + enough; ++t) {
      out.push_back(all[t]);
    }
  }
  return out;
}

void make_keys(rehearsal& r) {
  r.does.begin_stage("keys: every trustee makes the own ones, the clerk the manifest");
  r.does.make_stick();
  const person& clerk = r.people.clerk;
  r.does.make_room(clerk);
  write_draft(r);
  command_words entries;
  for (std::size_t b = 0; b < r.people.boards.size(); ++b) {
    for (std::size_t t = 0; t < r.people.boards[b].size(); ++t) {
      const trustee_person& each = r.people.boards[b][t];
      entries.push_back(fmt::format("trustee_entry-{}-{}.pb", b, t + 1));
      enrol(r, each, {"trustee", "new", "draft.json", "--trustee", each.id}, each.passphrase_file,
            entries.back());
    }
  }
  if (r.people.authority) {
    entries.emplace_back("authority_entry.pb");
    enrol(r, *r.people.authority, {"authority", "new", "draft.json"}, "passphrase", entries.back());
  }
  r.does.run(clerk,
             joined({{"manifest", "enrol", "draft.json"}, entries, {"--write", "manifest.json"}}));
  r.does.run(clerk, {"manifest", "check", "manifest.json"});
  r.does.run(clerk, {"bulletin", "new", errands::bulletin, "manifest.json"});
  r.does.bring(clerk);
}

void hold_ceremony(rehearsal& r) {
  if (const trustee_person* const absent = r.people.absent(); absent != nullptr) {
    shut_out(r, *absent);
  }
  for (const char* const round : {"commit", "reveal", "deal", "confirm", "finish"}) {
    if (round == std::string_view("confirm")) {
      suspect(r);
    }
    play_round(r, round);
  }
  take_care(r);
  r.does.fetch(r.people.clerk);
  r.does.run(r.people.clerk, {"ceremony", "check", errands::bulletin});
}

}  // namespace sandoq::tool
