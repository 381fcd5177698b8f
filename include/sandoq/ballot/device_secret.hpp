#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "sandoq/ballot/confirmation_code.hpp"
#include "sandoq/ballot/device_memory_secret.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/encrypt_secret.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/journal_writer.hpp"
#include "sandoq/ballot/seed_secret.hpp"
#include "sandoq/ballot/selection_secret.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/signature.hpp"

/// \file
/// A voting device as a chain of types, one a state; each step consumes the state before it:
///
///   enrolled_device > prepared_device > ready_device > encrypted_ballot > committed_ballot
///                                        ^   |                                |
///                                        |   > closing_device                 >
///                                        resolved_ballot<...>
///                                        +------------------------------------------+
///
/// So a challenged ballot cannot be cast, a cast one not challenged, no serial used twice, no code
/// shown before the ballot is written, and no ballot opened before its challenge is: a step that
/// the next state does not have does not compile, and a second use of a moved-from state aborts. A
/// step that fails leaves its state as it was, so that it can be tried again. SPEC(52.1)
///
/// A program may end between two steps: memory() is what it keeps then, and resume() gives the
/// state back (device_memory_secret.hpp says in which order memory and journal are written). Every
/// resume() returns mismatch, bad_signature or out_of_range, with the place, unless key, opening,
/// roots, seeds, counters, pending ballot and close belong to each other, to the site, and to that
/// state. What the journal holds it cannot know: compare link() and counters() with it.
namespace sandoq {

namespace detail {
struct device_core;  // key, seeds, chain and counters
struct device_core_deleter {
  void operator()(device_core* core) const noexcept;
};
using device_core_ptr = std::unique_ptr<device_core, device_core_deleter>;
struct ballot_secrets;  // choices and seeds of one ballot, until it is resolved
struct ballot_secrets_deleter {
  void operator()(ballot_secrets* secrets) const noexcept;
};
using ballot_secrets_ptr = std::unique_ptr<ballot_secrets, ballot_secrets_deleter>;
struct device_steps;  // builds the states: lib/ballot/device_secret.cpp
}  // namespace detail

/// Where a device works. All three outlive it.
struct device_site {
  const election_context& election;
  const ballot_prover& prover;  ///< made for election.proofs()
  device_place place;
};

class prepared_device;
class ready_device;
class encrypted_ballot;
class committed_ballot;
template <class Resolution>
class resolved_ballot;
class closing_device;

/// Has its key and has committed to its own seeds; the boards' seeds come after that. SPEC(52.2)
class enrolled_device {
 public:
  /// Draws key and seeds, proves the key and signs.
  /// \param capacity  the largest serial, 1 to seed_ratchet::max_capacity
  /// \return out_of_range for a place that is no branch, device 0 or a bad capacity.
  [[nodiscard]] static result<enrolled_device> enrol(const device_site& site,
                                                     std::uint32_t capacity, time_ms time,
                                                     random_source& random);

  /// The opening as far as it goes: all fields up to the device signature. Publish it before any
  /// board hands over its seed.
  [[nodiscard]] const opening_item& announcement() const;

  /// Takes the boards' seeds, in order of boards, drawn for this device and capacity.
  /// \return mismatch if one is for another role or capacity, or was used already.
  [[nodiscard]] result<prepared_device> prepare(std::vector<seed_ratchet>&& board_seeds) &&;

  /// What to keep if the program ends here.
  [[nodiscard]] device_memory memory() const;
  /// This state again, from memory() and trees().
  [[nodiscard]] static result<enrolled_device> resume(const device_site& site, device_memory memory,
                                                      device_trees trees);
  /// The public half of what to keep: the device's own leaves; prepared_device has all.
  [[nodiscard]] device_trees trees() const;

 private:
  friend struct detail::device_steps;
  explicit enrolled_device(detail::device_core_ptr core) : core_(std::move(core)) {}
  detail::device_core_ptr core_;
};

/// Waits for the boards to sign the opening.
class prepared_device {
 public:
  /// The opening without the quorum.
  [[nodiscard]] const opening_item& opening() const;
  /// What the trustees of the boards sign.
  [[nodiscard]] signed_message message() const;

  /// Opens the device with the boards' signatures and writes the opening.
  /// \return bad_signature if the quorum is not complete and valid; or what the writer reports.
  [[nodiscard]] result<ready_device> open(const quorum& signatures, journal_writer& journal) &&;

  /// What to keep if the program ends here.
  [[nodiscard]] device_memory memory() const;
  /// This state again, from memory() and trees().
  [[nodiscard]] static result<prepared_device> resume(const device_site& site, device_memory memory,
                                                      device_trees trees);
  /// The public half of what to keep, the same in every later state.
  [[nodiscard]] device_trees trees() const;

 private:
  friend struct detail::device_steps;
  explicit prepared_device(detail::device_core_ptr core) : core_(std::move(core)) {}
  detail::device_core_ptr core_;
};

/// Open, with every ballot so far resolved.
class ready_device {
 public:
  [[nodiscard]] serial next_serial() const;
  [[nodiscard]] std::uint32_t capacity() const;
  [[nodiscard]] const journal_counters& counters() const;

  /// Encrypts and proves a ballot for the next serial and fixes its code. Constant time in the
  /// selection. Takes all randomness from the seeds committed at the opening.
  /// \param digits  0..9999 as the voter added them, or ballot_item::no_digits
  /// \return mismatch if the selection is for another branch; out_of_range for other digits or if
  /// the
  ///         capacity is used up; the device is then as before.
  [[nodiscard]] result<encrypted_ballot> encrypt(ballot_selection&& selection, std::uint16_t digits,
                                                 time_ms time) &&;

  /// Ends the journal: the device signs the close.
  [[nodiscard]] result<closing_device> close(time_ms time, random_source& random) &&;

  /// What to keep if the program ends here.
  [[nodiscard]] device_memory memory() const;
  /// This state again, from memory() and trees().
  [[nodiscard]] static result<ready_device> resume(const device_site& site, device_memory memory,
                                                   device_trees trees);
  /// The public half of what to keep, the same in every later state.
  [[nodiscard]] device_trees trees() const;
  /// Of the last item of the journal, its opening or the last resolution. SPEC(52.3)
  [[nodiscard]] const digest32& link() const;

 private:
  friend struct detail::device_steps;
  explicit ready_device(detail::device_core_ptr core) : core_(std::move(core)) {}
  detail::device_core_ptr core_;
};

/// Complete with proofs, but not yet written: nothing of it may be shown.
class encrypted_ballot {
 public:
  /// Writes the ballot; then its code may be shown.
  /// \return what the writer reports.
  [[nodiscard]] result<committed_ballot> commit(journal_writer& journal) &&;

  /// What to keep if the program ends here.
  [[nodiscard]] device_memory memory() const;
  /// This state again, from memory() and trees().
  [[nodiscard]] static result<encrypted_ballot> resume(const device_site& site,
                                                       device_memory memory, device_trees trees);

 private:
  friend struct detail::device_steps;
  encrypted_ballot(detail::device_core_ptr core, detail::ballot_secrets_ptr secrets)
      : core_(std::move(core)), secrets_(std::move(secrets)) {}
  detail::device_core_ptr core_;
  detail::ballot_secrets_ptr secrets_;
};

/// Written: the code is shown, and only now the voter is asked what to do with the ballot.
class committed_ballot {
 public:
  [[nodiscard]] const ballot_item& item() const;
  /// All 32 bytes, for a scanner.
  [[nodiscard]] const digest32& code() const { return item().code; }
  /// For people.
  [[nodiscard]] readable_code readable() const;

  /// It will be counted. Choices and seeds are erased.
  [[nodiscard]] resolved_ballot<cast_item> cast(time_ms time) &&;
  /// It is opened to everyone and never counted: tell the voter that the choices become public.
  [[nodiscard]] resolved_ballot<challenge_item> challenge(time_ms time) &&;
  /// It is never counted and never opened. Choices and seeds are erased.
  [[nodiscard]] resolved_ballot<void_item> discard(time_ms time) &&;

  /// What to keep if the program ends here.
  [[nodiscard]] device_memory memory() const;
  /// This state again, from memory() and trees().
  [[nodiscard]] static result<committed_ballot> resume(const device_site& site,
                                                       device_memory memory, device_trees trees);

 private:
  friend struct detail::device_steps;
  committed_ballot(detail::device_core_ptr core, detail::ballot_secrets_ptr secrets)
      : core_(std::move(core)), secrets_(std::move(secrets)) {}
  detail::device_core_ptr core_;
  detail::ballot_secrets_ptr secrets_;
};

/// What was written, and the device, ready for the next voter.
template <class Resolution>
struct written_resolution {
  Resolution item;
  ready_device device;
};

/// Resolved, not yet written. The item of a challenge holds choices and seeds: nobody gets it
/// before it is written, since the ballot could otherwise be opened and counted after all.
template <class Resolution>
class resolved_ballot {
 public:
  [[nodiscard]] const Resolution& item() const noexcept
      requires(!std::same_as<Resolution, challenge_item>) {
    return item_;
  }

  /// Writes the resolution; then the next voter may come.
  /// \return what the writer reports.
  [[nodiscard]] result<ready_device> commit(journal_writer& journal) &&;
  /// The same; hands out what was written. The only way to the item of a challenge.
  [[nodiscard]] result<written_resolution<Resolution>> commit_and_show(journal_writer& journal) &&;

 private:
  friend struct detail::device_steps;
  resolved_ballot(detail::device_core_ptr core, Resolution item)
      : core_(std::move(core)), item_(std::move(item)) {}
  detail::device_core_ptr core_;
  Resolution item_;
};

extern template class resolved_ballot<cast_item>;
extern template class resolved_ballot<challenge_item>;
extern template class resolved_ballot<void_item>;

/// Signed by the device; waits for the boards to sign the close. Takes no more ballots.
class closing_device {
 public:
  /// The close without the quorum.
  [[nodiscard]] const close_item& item() const noexcept { return item_; }
  /// What the trustees of the boards sign.
  [[nodiscard]] signed_message message() const;

  /// Writes the close; the device's key and its unused seeds are erased.
  /// \return bad_signature if the quorum is not complete and valid; or what the writer reports.
  [[nodiscard]] result<close_item> finish(const quorum& signatures, journal_writer& journal) &&;

  /// What to keep if the program ends here.
  [[nodiscard]] device_memory memory() const;
  /// This state again, from memory() and trees().
  [[nodiscard]] static result<closing_device> resume(const device_site& site, device_memory memory,
                                                     device_trees trees);

 private:
  friend struct detail::device_steps;
  closing_device(detail::device_core_ptr core, close_item item)
      : core_(std::move(core)), item_(std::move(item)) {}
  detail::device_core_ptr core_;
  close_item item_;
};

}  // namespace sandoq
