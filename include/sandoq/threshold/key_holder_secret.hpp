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
#include "sandoq/threshold/partial_decryption_secret.hpp"

namespace sandoq {

/// A trustee after the ceremony: holds a share of its board's key, signs for the board, and answers
/// opening requests, each set once, by the log that it keeps itself.          SPEC(55.6) SPEC(55.7)
class key_holder {
 public:
  /// \pre share and keys belong to the trustee and to `published`; the ceremony makes holders
  key_holder(const opening_context& context, std::vector<board_keys> boards, election_key published,
             decryption_share share, signing_key<ristretto255> signing);

  [[nodiscard]] board_index board() const noexcept { return share_.board; }
  [[nodiscard]] trustee_index trustee() const noexcept { return share_.trustee; }
  [[nodiscard]] const opening_context& context() const noexcept { return context_; }
  /// The item that publishes the keys, as this trustee confirmed them.
  [[nodiscard]] const election_key& published_keys() const noexcept { return published_; }

  /// Signs a digest of the election for this board: "opening", "close", "head".        SPEC(40.8)
  /// \pre purpose is not "open": requests are signed by approve()
  [[nodiscard]] result<wire_signature> sign(literal purpose, const digest32& digest,
                                            random_source& source) const;

  /// Signs a request whose quorum is still to be collected.                            SPEC(55.6)
  /// \param own  what the trustee's own program found for the contest in the record that it has
  ///             verified itself, every check up to tally.tree; never copied from the request
  /// Refuses: a request about anything else than `own`; another election or domain; a number or
  /// previous hash that does not follow the log; another request than the one approved under that
  /// number; a contest that was opened before or comes after its turn; a set without ballots;
  /// ciphertexts that are no elements. What was signed before may be signed again.
  [[nodiscard]] result<wire_signature> approve(const opening_request& request,
                                               const opening_subject& own, random_source& source);

  /// Answers a request that the boards have signed: the checks of approve(), every signature of the
  /// quorum, and that nothing else was approved under its number. Writes it into the log; the same
  /// request again gets the same bytes.                                       SPEC(55.6) SPEC(55.7)
  [[nodiscard]] result<partial_decryption> answer(const opening_request& request,
                                                  const opening_subject& own,
                                                  random_source& source);

  /// Requests answered so far.
  [[nodiscard]] std::size_t answered() const noexcept { return log_.size(); }

 private:
  struct log_entry {
    digest32 request_hash;
    contest_index contest;
    partial_decryption answer;
  };
  [[nodiscard]] result<decoded_request> admit(const opening_request& request,
                                              const opening_subject& own) const;

  opening_context context_;
  std::vector<board_keys> boards_;
  election_key published_;
  decryption_share share_;
  signing_key<ristretto255> signing_;
  std::vector<log_entry> log_;        // request number i at log_[i - 1]
  std::optional<digest32> approved_;  // of the number after the log
};

}  // namespace sandoq
