#pragma once

#include <optional>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/ballot/roster_secret.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/literal.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/mixnet/mixer_secret.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/tally/lot_secret.hpp"
#include "sandoq/threshold/ceremony_secret.hpp"
#include "sandoq/threshold/key_holder_secret.hpp"
#include "sandoq/threshold/opening.hpp"

namespace sandoq::tool {

/// All trustees of all boards of a drill in one program. In a real election they are as many
/// people, each with a machine of their own; here only their messages meet.
class drill_trustees {
 public:
  /// Draws everyone's keys and writes them into the roster of the plan.
  [[nodiscard]] static result<drill_trustees> enrol(manifest& plan, random_source& random);

  /// Plays the four rounds of the key ceremony.
  [[nodiscard]] result<void> hold_ceremony(const manifest& plan, executor& workers,
                                           random_source& random);

  /// What the ceremony published. \pre hold_ceremony() succeeded, here and below
  [[nodiscard]] const ceremony_items& items() const noexcept { return items_; }
  [[nodiscard]] const election_key& keys() const {
    return holders_.front().front().published_keys();
  }

  /// As many trustees of every board as its threshold asks for sign.
  [[nodiscard]] result<quorum> sign(literal purpose, const digest32& digest,
                                    random_source& random) const;

  /// The last trustees of every board sign and answer; the first ones are taken to be away, so that
  /// every drill opens with trustees missing.
  /// \param own  the drill's own count of verified ballots. In a real election each trustee's
  /// program counts for itself.
  [[nodiscard]] result<quorum> approve(const opening_request& request,
                                       const key_holder::own_record& own, random_source& random);
  [[nodiscard]] result<std::vector<partial_decryption>> answer(const opening_request& request,
                                                               const key_holder::own_record& own,
                                                               random_source& random);

  /// The same of a mixed list.
  [[nodiscard]] result<quorum> approve(const list_request& request, const key_holder::own_list& own,
                                       random_source& random);
  [[nodiscard]] result<std::vector<list_answer>> answer(const list_request& request,
                                                        const key_holder::own_list& own,
                                                        executor& workers, random_source& random);

  /// The first trustee of a board, who mixes. It refers to this object.
  [[nodiscard]] mixer_identity mixer(board_index board) const;

  /// The authority of the drill signs, after the election's keys exist.
  [[nodiscard]] result<wire_signature> sign_as_authority(literal purpose,
                                                         const lot_context& context,
                                                         const digest32& digest,
                                                         random_source& random) const;

  /// Every board draws its value for a lot and signs its commitment.                   SPEC(75.5)
  [[nodiscard]] result<std::vector<lot_commit>> commit_to_lot(const lot_context& context,
                                                              random_source& random);
  /// Gives the values away. \pre commit_to_lot() succeeded
  [[nodiscard]] std::vector<lot_reveal> reveal_lot();

 private:
  struct keys_of_trustee {
    board_index board;
    trustee_index trustee;
    trustee_secrets secrets;
  };
  template <class Request, class Own>
  [[nodiscard]] result<quorum> collect_approvals(const Request& request, const Own& own,
                                                 random_source& random);
  /// The position in its board of the first trustee who is not away.
  [[nodiscard]] std::size_t first_present(std::size_t board) const;

  std::vector<keys_of_trustee> enrolled_;               // in trustee order, until the ceremony
  std::optional<signing_key<ristretto255>> authority_;  // if the plan has one
  std::vector<std::size_t> thresholds_;
  ceremony_items items_;
  std::vector<std::vector<key_holder>> holders_;   // [board][trustee - 1]
  std::vector<signing_key<ristretto255>> mixers_;  // of the first trustee of each board
  std::vector<lot_value> lot_values_;              // by board, until they are revealed
};

}  // namespace sandoq::tool
