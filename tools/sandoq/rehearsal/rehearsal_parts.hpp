#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "../drill.hpp"
#include "../language.hpp"
#include "errands.hpp"
#include "people.hpp"

/// \file
/// The parts of a rehearsal, in their order. What goes wrong is in the errands.
namespace sandoq::tool {

/// What all parts share.
struct rehearsal {
  const scenario& election;
  const counting_wishes& wishes;
  language first;
  town_people people;
  errands does;
  std::set<std::string> repeated{};  ///< folders of devices that have used their randomness twice
};

/// Options with which somebody's keys are opened.
[[nodiscard]] command_words with_keys(const std::string& passphrase_file);

/// A trustee's command at the own bulletin: what came since goes in before, what is new goes out.
/// \param answers  lines that the trustee types when asked
void visit(rehearsal& r, const trustee_person& who, const std::string& command,
           const command_words& options = {}, const std::string& answers = {});

enum class which { first, last };
/// As many of every board as its threshold says.
[[nodiscard]] std::vector<const trustee_person*> quorum_of(const rehearsal& r, which members);

/// A quorum signs what is stated.
/// \param judgements  statements of which only a person can say whether they are true, so that each
/// of the quorum is asked about them: here they always say yes
void sign(rehearsal& r, std::size_t judgements = 0);

/// Everybody's folder, keys and entries; the manifest; the bulletin.
void make_keys(rehearsal& r);
/// The five rounds, and then the care of what they gave. Where a trustee stays away, a first
/// attempt waits in vain, the boards sign that, and the next one goes on without.
void hold_ceremony(rehearsal& r);
/// Devices from their enrolment to the open journal.
void open_booths(rehearsal& r);
/// All voters, in the order in which they come.
void serve_voters(rehearsal& r);
/// Journals published; what is lost is recovered, what is wrong excluded.
void close_booths(rehearsal& r);
/// Whether ballots are mixed before they are opened.
[[nodiscard]] bool has_mix(const rehearsal& r);
/// The count, stated and signed.
void count_ballots(rehearsal& r);
/// Mixed lists, one behind the other. \pre has_mix()
void mix_ballots(rehearsal& r);
/// Approvals, answers.
void open_totals(rehearsal& r);
/// Ties, the head, the record and its report.
void make_record(rehearsal& r);
/// What is left of secrets where a rehearsal has been broken off: keys, seeds, passphrases and the
/// states of devices are overwritten and removed, by this program itself.
struct broken_off {
  std::size_t destroyed = 0;
  std::vector<std::string> left;  ///< files that could not be destroyed, and why
};
[[nodiscard]] broken_off destroy_after_a_stop(const rehearsal& r);

/// Keys, backups, seeds and passphrases are destroyed. \return how many files; an error in the
/// errands if any is left
std::size_t destroy_secrets(rehearsal& r);

}  // namespace sandoq::tool
