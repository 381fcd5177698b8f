#include <utility>

#include "../say.hpp"
#include "office_commands.hpp"
#include "office_names.hpp"
#include "running_election.hpp"
#include "trustee_share.hpp"

namespace sandoq::tool {
namespace {

void report(const own_message& message, std::string_view next) {
  if (message.was_published) {
    say("{} is published already and was left as it is; {}\n", message.file, next);
  } else if (message.was_made) {
    say("wrote {} again, the same bytes as before: carry it to the others; {}\n", message.file,
        next);
  } else {
    say("wrote {}: carry it to the others; {}\n", message.file, next);
  }
}

/// One round of the ceremony, whose step gives one message.
template <class Step>
exit_code play(std::string_view command, const trustee_options& options, std::string_view next,
               const Step& step) {
  auto desk = trustee_desk::open(options);
  if (!desk) {
    return refuse(command, desk.error());
  }
  const result<own_message> done = step(desk->work());
  if (!done) {
    return refuse(command, with_names(desk->board().plan(), done.error()));
  }
  report(*done, next);
  return exit_code::accepted;
}

/// What the others' complaints mean for one who has just confirmed.
void warn_of_complaints(const trustee_at_work& work, const ceremony_state& before) {
  for (const dkg_complaint& each : before.items().complaints) {
    say("{} complains of {}: when everybody has answered, this attempt fails and the next "
        "one begins (sandoq ceremony check)\n",
        name_trustee(work.board.plan(), {each.origin.board, each.origin.trustee}),
        name_trustee(work.board.plan(), {each.origin.board, each.dealer}));
  }
}

}  // namespace

exit_code run_trustee_commit(const commit_options& options) {
  return play("trustee commit", options.trustee,
              "when all commitments are there: sandoq trustee reveal",
              [&](const trustee_at_work& work) { return commit_in(work, options.attempt); });
}

exit_code run_trustee_reveal(const trustee_options& options) {
  return play("trustee reveal", options, "when all reveals are there: sandoq trustee deal",
              [](const trustee_at_work& work) { return reveal_in(work); });
}

exit_code run_trustee_deal(const trustee_options& options) {
  return play("trustee deal", options, "when all deals are there: sandoq trustee confirm",
              [](const trustee_at_work& work) { return deal_in(work); });
}

exit_code run_trustee_confirm(const trustee_options& options) {
  return play("trustee confirm", options, "when everybody has confirmed: sandoq trustee finish",
              [](const trustee_at_work& work) {
                const auto before = ceremony_of(work.board);
                auto done = confirm_in(work);
                if (done && before) {
                  warn_of_complaints(work, *before);
                }
                return done;
              });
}

exit_code run_trustee_complain(const trustee_options& options) {
  constexpr std::string_view command = "trustee complain";
  auto desk = trustee_desk::open(options);
  if (!desk) {
    return refuse(command, desk.error());
  }
  const auto done = complain_in(desk->work());
  if (!done) {
    return refuse(command, with_names(desk->board().plan(), done.error()));
  }
  for (const own_message& message : *done) {
    report(message, "when everybody has answered, the next attempt begins: sandoq trustee commit");
  }
  return exit_code::accepted;
}

exit_code run_trustee_finish(const trustee_options& options) {
  constexpr std::string_view command = "trustee finish";
  auto desk = trustee_desk::open(options);
  if (!desk) {
    return refuse(command, desk.error());
  }
  const trustee_at_work work = desk->work();
  const auto state = ceremony_of(work.board);
  if (!state) {
    return refuse(command, state.error());
  }
  const auto election = election_of(work.board, *state, work.workers);
  if (!election) {
    return refuse(command, election.error());
  }
  const auto share = share_of(work, *state);
  if (!share) {
    return refuse(command, with_names(work.board.plan(), share.error()));
  }
  say("{} holds its share of the key: wrote share.key in {}, destroyed what the rounds had "
      "needed\nelection hash  {}\ncompare it with the others; make a backup (sandoq trustee "
      "backup)\n",
      desk->home().name(), options.home, to_hex(election->published.election_hash.view()));
  return exit_code::accepted;
}

}  // namespace sandoq::tool
