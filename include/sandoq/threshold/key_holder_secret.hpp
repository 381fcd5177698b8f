#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "sandoq/core/literal.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "sandoq/threshold/opening.hpp"
#include "sandoq/threshold/opening_policy.hpp"
#include "sandoq/threshold/partial_decryption_secret.hpp"

namespace sandoq {

/// A request that a trustee has answered, as its log keeps it: plain data, nothing secret.
struct answered_request {
  digest32 hash;
  contest_index contest;
  std::vector<node_index> nodes;
  digest32 closings;
  partial_decryption answer;
  friend bool operator==(const answered_request&, const answered_request&) = default;
};

/// What a trustee approved and answered. Whoever stores it must not lose any of it: the policy is
/// as good as the log.                                                                 SPEC(55.7)
struct opening_log {
  std::vector<answered_request> answered;  ///< request number i at answered[i - 1]
  std::optional<digest32> approved;        ///< the request approved under the number after them
  friend bool operator==(const opening_log&, const opening_log&) = default;
};

/// A trustee after the ceremony: holds a share of its board's key, signs for the board, and answers
/// opening requests, each set once, by the log that it keeps itself. SPEC(55.7) SPEC(55.8)
/// SPEC(55.10)
class key_holder {
 public:
  /// \param log  what this trustee did before, empty for a new election
  /// \pre share and keys belong to the trustee and to `published`; the ceremony makes holders
  key_holder(const opening_context& context, std::vector<board_keys> boards, election_key published,
             decryption_share share, signing_key<ristretto255> signing, opening_log log = {});

  [[nodiscard]] board_index board() const noexcept { return share_.board; }
  [[nodiscard]] trustee_index trustee() const noexcept { return share_.trustee; }
  [[nodiscard]] const opening_context& context() const noexcept { return context_; }
  /// The item that publishes the keys, as this trustee confirmed them.
  [[nodiscard]] const election_key& published_keys() const noexcept { return published_; }

  /// Signs a digest of the election for this board: "opening", "close", "head", "lot/commit", ...
  /// SPEC(40.8) \pre purpose is not "open": requests are signed by approve()
  [[nodiscard]] result<wire_signature> sign(literal purpose, const digest32& digest,
                                            random_source& source) const;

  /// What the trustee's own program found in the record that it has verified itself, every check up
  /// to tally.tree; nothing of it is copied from a request.
  struct own_record {
    const opening_grounds& grounds;  ///< tree, ballots by branch, floors
    const opening_subject& subject;  ///< what a request for these places must be about
  };

  /// Signs a request whose quorum is still to be collected.                            SPEC(55.7)
  /// Refuses, with the numbers in words: a request about anything else than `own`; another election
  /// or domain; a number or previous hash that does not follow the log; other journals than those
  /// of the requests before; another request than the one approved under that number; a total out
  /// of turn; places that make no set; a set that the opening policy forbids after those of the
  /// log; ciphertexts that are no elements. What was signed before may be signed again.
  [[nodiscard]] result<wire_signature> approve(const opening_request& request,
                                               const own_record& own, random_source& source);

  /// Answers a request that the boards have signed: the checks of approve(), every signature of the
  /// quorum, and that nothing else was approved under its number. Writes it into the log; the same
  /// request again gets the same bytes.                                       SPEC(55.7) SPEC(55.8)
  [[nodiscard]] result<partial_decryption> answer(const opening_request& request,
                                                  const own_record& own, random_source& source);

  /// Requests answered so far.
  [[nodiscard]] std::size_t answered() const noexcept { return log_.answered.size(); }
  [[nodiscard]] const opening_log& log() const noexcept { return log_; }

 private:
  [[nodiscard]] result<decoded_request> admit(const opening_request& request,
                                              const own_record& own) const;
  [[nodiscard]] result<void> check_order(const opening_request& request) const;
  [[nodiscard]] result<void> check_set(const opening_request& request,
                                       const opening_grounds& grounds) const;

  opening_context context_;
  std::vector<board_keys> boards_;
  election_key published_;
  decryption_share share_;
  signing_key<ristretto255> signing_;
  opening_log log_;
};

}  // namespace sandoq
