#include <fmt/format.h>

#include "../manifest_words.hpp"
#include "../oracle.hpp"
#include "../scenario.hpp"
#include "rehearsal_parts.hpp"
#include "tie_needs.hpp"

namespace sandoq::tool {
namespace {

/// Whether anything of a contest is opened that the test accepts.
template <class Test>
bool some_opened(const scenario& s, const Test& accepts) {
  for (std::uint32_t c = 0; c < s.plan.contests.size(); ++c) {
    const contest_entry& contest = s.plan.contests[c];
    const std::uint64_t ballots = count_contest_in_the_clear(s, contest_index{c}).ballots;
    if (ballots > 0 && is_opened_with(contest, ballots) && accepts(contest)) {
      return true;
    }
  }
  return false;
}

bool somebody_voted(const scenario& s) {
  return some_opened(s, [](const contest_entry&) { return true; });
}

/// The clerk's command at the own bulletin, with what is new on both sides.
void count_with(rehearsal& r, command_words words, ending expected) {
  r.does.fetch(r.people.clerk);
  r.does.run(r.people.clerk, std::move(words), expected);
  r.does.bring(r.people.clerk);
}

command_words closing(const rehearsal& r) {
  command_words out{"close", errands::bulletin};
  if (r.wishes.subtotals) {
    out.insert(
        out.end(),
        {"--subtotals",
         std::string(manifest_words::level_names[static_cast<std::size_t>(*r.wishes.subtotals)])});
  }
  return out;
}

command_words combining(const rehearsal& r, const command_words& more = {}) {
  const command_words in =
      r.first == language::persian ? command_words{"--lang", "fa"} : command_words{};
  return joined({{"combine", errands::bulletin, "--out", "../record"}, in, more});
}

void state_attributes(rehearsal& r, const std::vector<std::string>& values) {
  if (!r.people.authority) {
    r.does.note(fail(errc::missing, "authority", "the ties need one, and the manifest names none"));
    return;
  }
  const person& authority = *r.people.authority;
  r.does.fetch(authority);
  r.does.run(
      authority,
      joined({{"authority", "attributes", errands::bulletin}, values, with_keys("passphrase")}));
  r.does.bring(authority);
}

void draw_lot(rehearsal& r) {
  count_with(r, combining(r, {"--beacon", r.wishes.ties.beacon}), ending::waits);
  for (std::size_t b = 0; b < r.people.boards.size(); ++b) {
    visit(r, *r.people.present(b).front(), "lot", {"--reveal", "--yes"});
  }
  sign(r, 1);
}

}  // namespace

void sign(rehearsal& r, std::size_t judgements) {
  std::string answers;
  for (std::size_t i = 0; i < judgements; ++i) {
    answers += "yes\n";
  }
  for (const trustee_person* const each : quorum_of(r, which::first)) {
    visit(r, *each, "sign", {"--yes"}, answers);
  }
}

bool has_mix(const rehearsal& r) {
  return some_opened(r.election,
                     [](const contest_entry& contest) { return is_mixed(contest.encoding); });
}

void count_ballots(rehearsal& r) {
  r.does.begin_stage("the count: the clerk counts, the boards sign");
  if (r.election.plan.eligibility != eligibility_log::none) {
    count_with(r, closing(r), ending::waits);  // for the boards under the logs of tokens
    sign(r);
  }
  count_with(r, closing(r), has_mix(r) ? ending::waits : ending::done);
}

void mix_ballots(rehearsal& r) {
  r.does.begin_stage("the mix: one trustee of each board, one board after another");
  for (std::size_t b = 0; b < r.people.boards.size(); ++b) {
    visit(r, *r.people.present(b).front(), "mix");
  }
  count_with(r, closing(r), ending::done);
}

void open_totals(rehearsal& r) {
  if (!somebody_voted(r.election)) {
    return;
  }
  for (const char* const what : {"approve", "answer"}) {
    r.does.begin_stage(fmt::format("the opening: trustees count for themselves and {}", what));
    for (const trustee_person* const each : quorum_of(r, which::last)) {
      visit(r, *each, "open", {"--yes"});
    }
  }
}

void make_record(rehearsal& r) {
  r.does.begin_stage("the result: ties, the boards' signatures, the record");
  const auto expected = tie_needs_of(r.election, r.wishes.ties);
  if (!expected) {
    r.does.note(tl::unexpected(expected.error()));
    return;
  }
  const tie_needs& needs = *expected;
  const command_words as_it_is = needs.stay_open ? command_words{"--leave-ties"} : command_words{};
  count_with(r, combining(r, as_it_is), ending::waits);
  if (!needs.attributes.empty()) {
    state_attributes(r, needs.attributes);
  }
  if (needs.lot) {
    draw_lot(r);
  }
  if (needs.lot || !needs.attributes.empty()) {
    count_with(r, combining(r), ending::waits);  // for the boards under the head
  }
  sign(r);
  count_with(r, combining(r, as_it_is), ending::done);
  r.does.run(r.people.clerk,
             {"verify", "../record", "--manifest", "manifest.json", "--domain", "drill"});
}

}  // namespace sandoq::tool
