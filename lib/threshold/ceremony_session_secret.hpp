#pragma once

// The state of one trustee's program in the key ceremony, and what it checks and makes in each
// round.

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/threshold/ceremony_round.hpp"
#include "sandoq/core/literal.hpp"
#include "sandoq/threshold/ceremony_secret.hpp"
#include "sandoq/threshold/share_box.hpp"

namespace sandoq::detail {

struct trustee_session {
  std::shared_ptr<const ceremony_plan> plan;
  trustee_identity identity;
  secret_polynomial<ristretto255> polynomial;
  byte_array<32> salt{};
  std::vector<board_size> sizes{};
  std::vector<board_keys> keys{};  // those shut out marked

  // Of all participants, as far as the rounds have come. Between two rounds, the list of a round
  // holds the own item alone; then it is replaced by all.
  ceremony_items items{};
  std::vector<encoded_elements<ristretto255>> coefficients{};
  digest32 commitments_hash{};
  std::optional<derived_key> derived{};
  secret_scalar<ristretto255> key_share{};

  [[nodiscard]] const attempt_context& attempt() const noexcept { return plan->attempt; }
  [[nodiscard]] const ceremony_context& election() const noexcept { return plan->attempt.election; }
  [[nodiscard]] const participants& who() const noexcept { return plan->attempt.who; }
  [[nodiscard]] dkg_origin origin() const {
    return {plan->attempt.attempt, identity.board, identity.trustee};
  }
  [[nodiscard]] const board& own_board() const { return plan->boards[identity.board.value()]; }
  /// Own place in record order.
  [[nodiscard]] std::size_t ordinal() const {
    return who().ordinal(identity.board, identity.trustee);
  }
};

/// Whether x*G is that key. Only this becomes public.
[[nodiscard]] bool fits(const secret_scalar<ristretto255>& x,
                        const encoded_element<ristretto255>& key);

/// A session before round 1. \return as commit_to_key
[[nodiscard]] result<std::unique_ptr<trustee_session>> open_session(
    std::shared_ptr<const ceremony_plan> plan, trustee_identity identity, ceremony_memory memory);

/// The message of round 1, without its signature.
[[nodiscard]] dkg_commit make_commit(const trustee_session& s);
/// The message of round 2, without its signature. \pre take_commits
[[nodiscard]] result<dkg_reveal> make_reveal(const trustee_session& s, random_source& source);
/// The message of round 3, without its signature. \pre take_reveals
[[nodiscard]] dkg_deal make_deal(const trustee_session& s, random_source& source);

/// Each takes the messages of all into the session after it has checked them; the own one must
/// be there as it was sent.
[[nodiscard]] result<void> take_commits(trustee_session& s, std::span<const dkg_commit> commits,
                                        executor& workers);
[[nodiscard]] result<void> take_reveals(trustee_session& s, std::span<const dkg_reveal> reveals,
                                        executor& workers);
[[nodiscard]] result<void> check_deals(const trustee_session& s, std::span<const dkg_deal> deals,
                                       executor& workers);
/// check_deals, every share for this trustee, and the keys that follow.
[[nodiscard]] result<void> take_deals(trustee_session& s, std::span<const dkg_deal> deals,
                                      executor& workers);
[[nodiscard]] result<void> take_confirms(trustee_session& s, std::span<const dkg_confirm> confirms,
                                         executor& workers);

/// The share that one dealer of the own board has sent: opened, and checked against what the dealer
/// revealed: s*G = sum of j^l A_l.                                                      SPEC(55.3)
[[nodiscard]] result<secret_scalar<ristretto255>> receive_share(const trustee_session& s,
                                                                const dkg_deal& deal);
/// The complaint about that share, without its signature.                               SPEC(55.5)
[[nodiscard]] result<dkg_complaint> make_complaint(const trustee_session& s, const dkg_deal& deal,
                                                   random_source& source);

/// Signs an item of the ceremony: purpose as the kind, election e0.                     SPEC(55.4)
template <class Item>
[[nodiscard]] result<Item> signed_by(const trustee_session& s, literal purpose, Item item,
                                     random_source& source) {
  const signed_message message{purpose, s.election().domain, s.election().manifest_hash,
                               item.signed_digest()};
  auto signature = sign(s.identity.signing, message, source);
  if (!signature) {
    return fail_within("signature", std::move(signature.error()));
  }
  item.signature = *signature;
  return item;
}

}  // namespace sandoq::detail
