#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/literal.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "sandoq/threshold/list_answer_secret.hpp"
#include "sandoq/threshold/list_opening.hpp"
#include "sandoq/threshold/opening.hpp"
#include "sandoq/threshold/opening_log.hpp"
#include "sandoq/threshold/opening_policy.hpp"
#include "sandoq/threshold/partial_decryption_secret.hpp"

namespace sandoq {

namespace detail {
struct chain_link;
}  // namespace detail

/// What a trustee keeps from the end of the ceremony until everything is opened, beside its
/// long-term keys and its log. Whoever has it and those of a quorum of every board can open every
/// ballot. Move-only.
struct holder_memory {
  decryption_share share;
  election_key published;  ///< as this trustee confirmed it
};

/// A trustee after the ceremony: holds a share of its board's key, signs for the board, and answers
/// opening requests, for sums and for mixed lists, each once, by the log that it keeps itself.
/// SPEC(55.7) SPEC(55.8) SPEC(55.10) SPEC(55.11)
class key_holder {
 public:
  /// \param log  what this trustee did before, empty for a new election
  /// \pre share and keys belong to the trustee and to `published`; the ceremony makes holders
  key_holder(const opening_context& context, std::vector<board_keys> boards, election_key published,
             decryption_share share, signing_key<ristretto255> signing, opening_log log = {});

  /// The holder as it was when memory() was stored.
  /// \param boards   of the manifest; those who have no share key in memory.published are shut out
  /// \param log      all that this trustee approved and answered
  /// \return mismatch if the memory is another election's, trustee's or signing key's, if the share
  /// does not fit the published share key, or if the log is another trustee's. Constant time in
  /// share and key.
  [[nodiscard]] static result<key_holder> resume(const opening_context& context,
                                                 std::span<const sandoq::board> boards,
                                                 holder_memory memory,
                                                 signing_key<ristretto255> signing,
                                                 opening_log log);
  /// What to keep if the program ends before everything is opened; the log goes with it.
  [[nodiscard]] holder_memory memory() const;

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
    std::uint32_t groups = 0;        ///< that are mixed, over all contests: their lists come first
  };

  /// The same of a mixed list, every check up to mix.proofs.
  struct own_list {
    const opening_grounds& grounds;
    const list_subject& subject;  ///< what a request for this group must be about
    std::uint32_t groups = 0;
    std::span<const node_index> nodes;  ///< of the group
    std::size_t width = 1;              ///< w of the contest's ciphertexts
    /// The octets of the cascade's last list, as decode_elements of list_answer.hpp takes them.
    /// Read by answer() only.
    byte_view list;
  };

  /// Signs a request whose quorum is still to be collected, and writes it into the log. SPEC(55.7)
  /// A request may follow one that is approved and not answered yet: its hash is fixed before its
  /// quorum is, so a trustee signs a whole chain of them in one visit.
  /// Refuses, with the numbers in words: a request about anything else than `own`; another election
  /// or domain; a number or previous hash that does not follow the log; other journals than those
  /// of the requests before; another request than the one approved under that number; a request out
  /// of turn; places that make no set; a set that the opening policy forbids beside those of the
  /// log, approved and answered, of either kind; ciphertexts that are no elements. What was signed
  /// before may be signed again.
  [[nodiscard]] result<wire_signature> approve(const opening_request& request,
                                               const own_record& own, random_source& source);
  /// The same for a mixed list, in the same chain. Its elements are not looked at.     SPEC(55.11)
  [[nodiscard]] result<wire_signature> approve(const list_request& request, const own_list& own,
                                               random_source& source);

  /// Answers the request after the last answered one, which the boards have signed: the checks of
  /// approve(), every signature of the quorum, and that nothing else was approved under its number.
  /// Writes it into the log; the same request again gets the same bytes.      SPEC(55.7) SPEC(55.8)
  [[nodiscard]] result<partial_decryption> answer(const opening_request& request,
                                                  const own_record& own, random_source& source);
  /// The same for a mixed list. Refuses also a list of another hash or length, and elements that
  /// are none. A repeated answer has the item of the log, and its factors computed anew.
  /// SPEC(55.11) Cost: decode_elements and prove_list_answer; for a repeated one its factors only.
  [[nodiscard]] result<list_answer> answer(const list_request& request, const own_list& own,
                                           random_source& source, executor& workers);

  /// Requests answered so far.
  [[nodiscard]] std::size_t answered() const noexcept { return log_.answered.size(); }
  /// Requests in the log: answered, or approved and not answered yet.
  [[nodiscard]] std::size_t logged() const noexcept {
    return log_.answered.size() + log_.approved.size();
  }
  [[nodiscard]] const opening_log& log() const noexcept { return log_; }

 private:
  template <class Request, class Own>
  [[nodiscard]] result<void> check_subject(const Request& request, const Own& own) const;
  template <class Request>
  [[nodiscard]] result<void> check_signatures(const Request& request) const;
  [[nodiscard]] result<bool> may_approve(const detail::chain_link& link,
                                         const opening_grounds& grounds,
                                         std::uint32_t groups) const;
  [[nodiscard]] result<void> may_answer(const detail::chain_link& link,
                                        const opening_grounds& grounds, std::uint32_t groups) const;
  [[nodiscard]] result<wire_signature> sign_request(const digest32& hash,
                                                    random_source& source) const;
  [[nodiscard]] result<list_answer> repeat(const list_partial& item, const decoded_request& request,
                                           executor& workers) const;
  template <class Answer>
  void keep(const detail::chain_link& link, const Answer& answer);

  opening_context context_;
  std::vector<board_keys> boards_;
  election_key published_;
  decryption_share share_;
  signing_key<ristretto255> signing_;
  opening_log log_;
};

}  // namespace sandoq
