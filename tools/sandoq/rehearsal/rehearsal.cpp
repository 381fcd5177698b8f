#include "rehearsal.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "../manifest_file.hpp"
#include "interruption.hpp"
#include "rehearsal_parts.hpp"
#include "sandoq/ballot/roster.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::array introduction{
    "A drill, held by commands: these lines ran in this order, each in the folder of whoever",
    "typed it. What went from machine to machine went by stick/. Lines that make a folder or",
    "draw a passphrase stand for what the drill did itself. Keys, choices and tokens are made",
    "up and valid in no real election. To hold it again, with new keys: copy clerk/draft.json",
    "into a new folder and run sh -e commands.txt there. || [ $? = 1 ] stands behind commands",
    "that end with 1, because they say what they still wait for."};

bool counts(const scenario& s, const voter& v) {
  const auto befell = s.mishaps.find({v.branch, v.device});
  return befell == s.mishaps.end() || befell->second != mishap::excluded;
}

/// What became of the ballots that are in journals that count.
election_counters counters_of(const scenario& s) {
  election_counters out;
  for (const voter& v : s.voters) {
    if (counts(s, v)) {
      ++out.cast;
      out.challenged += v.habit == voter_habit::challenges ? 1 : 0;
      out.voided += v.habit == voter_habit::spoils ? 1 : 0;
    }
  }
  return out;
}

/// Somebody has stopped the rehearsal: no secret stays on the disk, and it is said what does.
error after_a_stop(const rehearsal& r, error stopped, const fs::path& town) {
  const broken_off rest = destroy_after_a_stop(r);
  stopped.reason += fmt::format(
      "; {} files with keys, seeds, passphrases and the states of devices are destroyed",
      rest.destroyed);
  if (rest.left.empty()) {
    stopped.reason += fmt::format("; what is left in {} holds no secret", town.string());
  } else {
    stopped.reason += fmt::format("; destroy these by hand: {}", fmt::join(rest.left, "; "));
  }
  return stopped;
}

/// The manifest that the clerk has made, with everybody's keys.
result<drill_outcome> outcome_of(const rehearsal& r) {
  const fs::path file = r.does.folder_of(r.people.clerk) / "manifest.json";
  const auto plan = read_manifest_file(file.string());
  if (!plan) {
    return tl::unexpected(plan.error());
  }
  return drill_outcome{manifest_hash(plan->encode()), r.people.booths.size(),
                       counters_of(r.election)};
}

}  // namespace

fs::path record_of_town(const fs::path& town) {
  return town / "record";
}

result<rehearsal_outcome> hold_rehearsal(const scenario& s, const counting_wishes& wishes,
                                         const std::string& absent, const fs::path& town,
                                         language first, stopwatch& watch) {
  const interruption noticed;
  auto begun = errands::begin(town);
  if (!begun) {
    return tl::unexpected(std::move(begun.error()));
  }
  rehearsal r{s, wishes, first, people_of(s, absent), std::move(*begun)};
  for (const char* const line : introduction) {
    r.does.remark(line);
  }
  watch.begin("ceremony");
  make_keys(r);
  hold_ceremony(r);
  watch.begin("voting");
  open_booths(r);
  serve_voters(r);
  close_booths(r);
  watch.begin("tally");
  count_ballots(r);
  if (has_mix(r)) {
    watch.begin("mixing");
    mix_ballots(r);
  }
  watch.begin("opening");
  open_totals(r);
  make_record(r);
  const std::size_t destroyed = destroy_secrets(r);
  if (auto done = r.does.outcome(); !done) {
    return tl::unexpected(interruption::signal() != 0
                              ? after_a_stop(r, std::move(done.error()), town)
                              : std::move(done.error()));
  }
  auto held = outcome_of(r);
  if (!held) {
    return tl::unexpected(std::move(held.error()));
  }
  return rehearsal_outcome{std::move(*held), r.does.commands(), destroyed};
}

}  // namespace sandoq::tool
