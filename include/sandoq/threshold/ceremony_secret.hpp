#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "sandoq/threshold/attempt.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/ceremony_check.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "sandoq/threshold/key_holder_secret.hpp"
#include "sandoq/threshold/polynomial_secret.hpp"

namespace sandoq {

/// The key ceremony as one trustee's program goes through it:
///
///   commit_to_key -> committed_trustee -> revealed_trustee -> dealt_trustee -> confirmed_trustee
///                 -> key_holder
///
/// Each step takes what all participants of all boards published in the round before, in trustee
/// order, checks all of it, and gives the own message of the next round. A step uses its trustee
/// up, so no round can be played twice. A failure names the culprit in its place ("dkg_reveal of
/// board 0/trustee 2"); it means that all boards start again with a higher attempt number and fresh
/// polynomials (55.1), without those whom find_guilty() names.
///
/// A program that ends between two rounds keeps its ceremony_memory, and comes back to the same
/// state by going through the rounds again with the messages that it had published then
/// (resume_commit, and go_on in the place of each step).

/// What is public before the first round.
struct ceremony_plan {
  attempt_context attempt;  ///< of first_attempt() or next_attempt()
  std::vector<board> boards;
  std::vector<ceremony_items> earlier{};  ///< the attempts that stand in the record before this one
  std::vector<dkg_absence> absences{};    ///< that this attempt begins with
};

/// What a trustee must keep until the ceremony is over, and destroy then: without it its message of
/// round 1 can never be opened, and whoever has it knows the trustee's part of the key.
struct ceremony_memory {
  secret_polynomial<ristretto255> polynomial;
  byte_array<32> salt{};  ///< not to be shown before round 2
};

/// One trustee's place and long-term keys, which the roster of the manifest names.
struct trustee_identity {
  board_index board;
  trustee_index trustee;
  signing_key<ristretto255> signing;
  secret_scalar<ristretto255> decryption;  ///< of encryption key P = x*G
};

/// The next state and the message of its round.
template <class State, class Message>
struct ceremony_step {
  State state;
  Message message;
};

namespace detail {
struct trustee_session;  // plan, identity, polynomial and everything received so far
}

/// Has dealt and received; waits for everyone's confirmation.
class confirmed_trustee {
 public:
  /// For the step before; a session can be made by the ceremony only.
  explicit confirmed_trustee(std::unique_ptr<detail::trustee_session> session) noexcept;
  confirmed_trustee(confirmed_trustee&&) noexcept;
  confirmed_trustee& operator=(confirmed_trustee&&) noexcept;
  ~confirmed_trustee();

  /// Checks every confirm: signature, transcript hash. \return the holder of a share of the key.
  [[nodiscard]] result<key_holder> finish(std::span<const dkg_confirm> confirms,
                                          executor& workers) &&;

 private:
  std::unique_ptr<detail::trustee_session> session_;
};

/// Has revealed and sent out its shares; waits for everyone's.
class dealt_trustee {
 public:
  /// For the step before; a session can be made by the ceremony only.
  explicit dealt_trustee(std::unique_ptr<detail::trustee_session> session) noexcept;
  dealt_trustee(dealt_trustee&&) noexcept;
  dealt_trustee& operator=(dealt_trustee&&) noexcept;
  ~dealt_trustee();

  /// Checks every deal: signature, number of boxes; opens the boxes of the own board that are for
  /// this trustee; sG = sum of j^l A_l for each; the sum against Y_{b,j}; no key the identity.
  /// Round 4.                                                                          SPEC(55.4)
  [[nodiscard]] result<ceremony_step<confirmed_trustee, dkg_confirm>> confirm(
      std::span<const dkg_deal> deals, executor& workers, random_source& source) &&;
  /// The same step with the message that it had published before the program ended.
  [[nodiscard]] result<confirmed_trustee> go_on(std::span<const dkg_deal> deals,
                                                const dkg_confirm& published, executor& workers) &&;

  /// The complaints against dealers of the own board whose box does not open or holds a wrong
  /// share, by dealer; empty if there is nothing to complain of, and confirm() may follow. A
  /// complaint releases Kdh of that one box; the attempt ends with it. SPEC(55.5)
  [[nodiscard]] result<std::vector<dkg_complaint>> complain(std::span<const dkg_deal> deals,
                                                            executor& workers,
                                                            random_source& source) const;

 private:
  std::unique_ptr<detail::trustee_session> session_;
};

/// Has revealed; waits for everyone's reveal.
class revealed_trustee {
 public:
  /// For the step before; a session can be made by the ceremony only.
  explicit revealed_trustee(std::unique_ptr<detail::trustee_session> session) noexcept;
  revealed_trustee(revealed_trustee&&) noexcept;
  revealed_trustee& operator=(revealed_trustee&&) noexcept;
  ~revealed_trustee();

  /// Checks every reveal: signature, exactly t_b coefficients, opens its h, proofs, no coefficient
  /// the identity, A_0 distinct. Round 3.                                   SPEC(55.2) SPEC(55.3)
  [[nodiscard]] result<ceremony_step<dealt_trustee, dkg_deal>> deal(
      std::span<const dkg_reveal> reveals, executor& workers, random_source& source) &&;
  /// The same step with the message that it had published before the program ended.
  [[nodiscard]] result<dealt_trustee> go_on(std::span<const dkg_reveal> reveals,
                                            const dkg_deal& published, executor& workers) &&;

 private:
  std::unique_ptr<detail::trustee_session> session_;
};

/// Has committed; waits for everyone's commitment.
class committed_trustee {
 public:
  /// For commit_to_key(); a session can be made by the ceremony only.
  explicit committed_trustee(std::unique_ptr<detail::trustee_session> session) noexcept;
  committed_trustee(committed_trustee&&) noexcept;
  committed_trustee& operator=(committed_trustee&&) noexcept;
  ~committed_trustee();

  /// What to keep if the program ends before the ceremony does.
  [[nodiscard]] ceremony_memory memory() const;

  /// Checks every commit: one of each participant of every board, attempt, signature, the own one
  /// unchanged. Round 2.                                                               SPEC(55.2)
  [[nodiscard]] result<ceremony_step<revealed_trustee, dkg_reveal>> reveal(
      std::span<const dkg_commit> commits, executor& workers, random_source& source) &&;
  /// The same step with the message that it had published before the program ended.
  [[nodiscard]] result<revealed_trustee> go_on(std::span<const dkg_commit> commits,
                                               const dkg_reveal& published, executor& workers) &&;

 private:
  std::unique_ptr<detail::trustee_session> session_;
};

/// Round 1: draws polynomial and salt and commits to them.                             SPEC(55.1)
/// \return out_of_range if the plan's thresholds are impossible or it has no such trustee; mismatch
/// if the identity's keys are not those of the roster.
[[nodiscard]] result<ceremony_step<committed_trustee, dkg_commit>> commit_to_key(
    std::shared_ptr<const ceremony_plan> plan, trustee_identity identity, random_source& source);

/// The trustee as it was after round 1. \param published  its message of that round
/// \return as commit_to_key; mismatch if the memory does not open the commitment.
[[nodiscard]] result<committed_trustee> resume_commit(std::shared_ptr<const ceremony_plan> plan,
                                                      trustee_identity identity,
                                                      ceremony_memory memory,
                                                      const dkg_commit& published);

}  // namespace sandoq
