#include "sandoq/threshold/ceremony_secret.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "lib/threshold/ceremony_round.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/proofs/schnorr_prove.hpp"
#include "sandoq/threshold/lagrange.hpp"
#include "sandoq/threshold/share_box_secret.hpp"

namespace sandoq {

using group = ristretto255;
using ops = secret_ops<group>;

namespace detail {

struct trustee_session {
  std::shared_ptr<const ceremony_plan> plan;
  trustee_identity identity;
  secret_polynomial<group> polynomial;
  byte_array<32> salt{};
  std::vector<board_size> sizes;
  std::vector<board_keys> keys;

  ceremony_items items;  // of all trustees, as far as the rounds have come
  std::vector<encoded_elements<group>> coefficients;
  digest32 commitments_hash;
  std::optional<derived_key> derived;
  secret_scalar<group> key_share;

  [[nodiscard]] dkg_origin origin() const {
    return {plan->attempt, identity.board, identity.trustee};
  }
  [[nodiscard]] const board& own_board() const { return plan->boards[identity.board.value()]; }
  /// Own place in record order.
  [[nodiscard]] std::size_t ordinal() const {
    return ordinal_of(sizes, identity.board, identity.trustee);
  }
};

}  // namespace detail

namespace {

using session = detail::trustee_session;

result<void> check_plan(const ceremony_plan& plan, const trustee_identity& identity) {
  if (plan.attempt == 0) {
    return fail(errc::out_of_range, "attempt", "attempts are numbered from 1");
  }
  if (plan.boards.empty() || plan.boards.size() > quorum::max_boards) {
    return fail(errc::out_of_range, "boards", "there are 1 to 8 boards");
  }
  for (std::size_t b = 0; b < plan.boards.size(); ++b) {
    const auto [n, t] = plan.boards[b].size();
    const bool possible =
        n >= 1 && n <= quorum::max_trustees && t <= n && (t >= 2 || n == 1) && t >= 1;
    if (!possible) {
      return fail(errc::out_of_range, "board " + std::to_string(b),
                  "a threshold of " + std::to_string(t) + " does not fit " + std::to_string(n) +
                      " trustees");
    }
  }
  const std::size_t b = identity.board.value();
  const std::size_t j = identity.trustee.value();
  if (b >= plan.boards.size() || j < 1 || j > plan.boards[b].trustees.size()) {
    return fail(errc::out_of_range, name_trustee(identity.board, identity.trustee),
                "there is no such trustee");
  }
  return {};
}

// x*G = the key in the roster. Only whether it is becomes public.
bool fits(const secret_scalar<group>& x, const encoded_element<group>& key) {
  const auto octets = ops::encode(ops::mul_base(x));
  return declassify<"whether a trustee's value fits a public key is reported">(
      ct_equal(expose_for_secret_ops(octets), key.view()));
}

result<void> check_identity(const ceremony_plan& plan, const trustee_identity& identity) {
  const auto& roster = plan.boards[identity.board.value()].trustees[identity.trustee.value() - 1];
  const auto place = name_trustee(identity.board, identity.trustee);
  if (identity.signing.public_key() != roster.signing) {
    return fail(errc::mismatch, place + "/signing key", "is not the one in the roster");
  }
  if (!fits(identity.decryption, roster.encryption)) {
    return fail(errc::mismatch, place + "/encryption key", "is not the one in the roster");
  }
  return {};
}

// Signs an item of the ceremony: purpose as the kind, election e0.                      SPEC(55.4)
template <class Item>
result<Item> signed_by(const session& s, literal purpose, Item item, random_source& source) {
  const signed_message message{purpose, s.plan->context.domain, s.plan->context.manifest_hash,
                               item.signed_digest()};
  auto signature = sign(s.identity.signing, message, source);
  if (!signature) {
    return fail_within("signature", std::move(signature.error()));
  }
  item.signature = *signature;
  return item;
}

// What every round needs: one item of each trustee, in order, of this attempt; the own one as it
// was sent; all signatures.
template <class Item>
result<void> check_round(const session& s, std::string_view name, literal purpose,
                         std::span<const Item> items, const Item& own, executor& workers) {
  if (auto done = detail::check_origins<Item>(name, items, s.sizes, s.plan->attempt); !done) {
    return done;
  }
  if (!(items[s.ordinal()] == own)) {
    return fail(errc::mismatch, detail::place_of(name, s.origin()),
                "is not what this trustee has sent; somebody else speaks in its name");
  }
  std::vector<detail::signed_item> all;
  detail::collect_signed<Item>(all, name, purpose, s.plan->context, s.keys, items);
  return detail::check_signatures(s.plan->context, all, workers);
}

std::vector<wire_element> to_wire(std::span<const group::element> elements) {
  std::vector<wire_element> out;
  out.reserve(elements.size());
  for (const auto& e : elements) {
    out.push_back({group::encode(e)});
  }
  return out;
}

// The message of round 2, without its signature.
result<dkg_reveal> make_reveal(const session& s, std::vector<wire_element> coefficients,
                               random_source& source) {
  dkg_reveal out;
  out.origin = s.origin();
  out.coefficients = std::move(coefficients);
  out.salt = s.salt;
  const encoded_element<group> generator(group::generator());
  const auto octets = std::as_bytes(std::span(out.coefficients));
  const auto elements = encoded_elements<group>::decode(octets);
  SANDOQ_EXPECTS(elements.has_value(), "what was encoded decodes");
  for (std::uint32_t l = 0; l < elements->size(); ++l) {
    auto tr = possession_transcript(s.plan->context.manifest_hash, s.commitments_hash, out.origin,
                                    l, octets);
    auto proof = prove(
        schnorr_statement<group>{generator, encoded_element<group>((*elements)[l]), not_shared},
        s.polynomial.coefficients()[l], tr, source);
    if (!proof) {
      return fail_within("proof of coefficient " + std::to_string(l), std::move(proof.error()));
    }
    out.proofs.push_back(*proof);
  }
  return out;
}

share_route route_of(const session& s, trustee_index dealer, trustee_index receiver) {
  return {s.plan->context.manifest_hash, s.commitments_hash, s.identity.board, dealer, receiver};
}

// The share that one dealer of the own board has sent: opened, and checked against what the dealer
// revealed: s*G = sum of j^l A_l.                                                       SPEC(55.3)
result<secret_scalar<group>> receive_share(const session& s, const dkg_deal& deal) {
  const auto place = detail::place_of("dkg_deal", deal.origin);
  const auto j = s.identity.trustee;
  const auto& own_keys = s.own_board().trustees[j.value() - 1];
  auto share = open_share(route_of(s, deal.origin.trustee, j), s.identity.decryption,
                          own_keys.encryption, deal.shares[j.value() - 1]);
  if (!share) {
    return fail_within(place, std::move(share.error()));
  }
  const auto dealer = detail::ordinal_of(s.sizes, deal.origin.board, deal.origin.trustee);
  const encoded_element<group> expected(
      evaluate_commitments<group>(s.coefficients[dealer].elements(), j.value()));
  if (!fits(*share, expected)) {
    return fail(errc::bad_proof, place,
                "the share for " + name_trustee(s.identity.board, j) +
                    " does not lie on the polynomial that the dealer revealed");
  }
  return share;
}

result<void> check_deals(const session& s, std::span<const dkg_deal> deals, executor& workers) {
  if (auto done = check_round(s, "dkg_deal", "dkg/deal", deals, s.items.deals.front(), workers);
      !done) {
    return done;
  }
  if (auto done = detail::check_lengths(deals, s.sizes); !done) {
    return done;
  }
  auto ephemerals = decode_ephemerals(deals);
  if (!ephemerals) {
    return tl::unexpected(std::move(ephemerals.error()));
  }
  return detail::check_ephemerals(deals, *ephemerals);
}

result<void> check_reveals(session& s, std::span<const dkg_reveal> reveals, executor& workers) {
  if (auto done =
          check_round(s, "dkg_reveal", "dkg/reveal", reveals, s.items.reveals.front(), workers);
      !done) {
    return done;
  }
  if (auto done = detail::check_lengths(reveals, s.sizes); !done) {
    return done;
  }
  if (auto done = detail::check_openings(s.plan->context, s.items.commits, reveals); !done) {
    return done;
  }
  auto coefficients = decode_coefficients(reveals);
  if (!coefficients) {
    return tl::unexpected(std::move(coefficients.error()));
  }
  s.coefficients = std::move(*coefficients);
  return detail::check_possession(s.plan->context, s.commitments_hash, reveals, s.coefficients,
                                  workers);
}

}  // namespace

committed_trustee::committed_trustee(std::unique_ptr<session> s) noexcept
    : session_(std::move(s)) {}
committed_trustee::committed_trustee(committed_trustee&&) noexcept = default;
committed_trustee& committed_trustee::operator=(committed_trustee&&) noexcept = default;
committed_trustee::~committed_trustee() = default;

revealed_trustee::revealed_trustee(std::unique_ptr<session> s) noexcept : session_(std::move(s)) {}
revealed_trustee::revealed_trustee(revealed_trustee&&) noexcept = default;
revealed_trustee& revealed_trustee::operator=(revealed_trustee&&) noexcept = default;
revealed_trustee::~revealed_trustee() = default;

dealt_trustee::dealt_trustee(std::unique_ptr<session> s) noexcept : session_(std::move(s)) {}
dealt_trustee::dealt_trustee(dealt_trustee&&) noexcept = default;
dealt_trustee& dealt_trustee::operator=(dealt_trustee&&) noexcept = default;
dealt_trustee::~dealt_trustee() = default;

confirmed_trustee::confirmed_trustee(std::unique_ptr<session> s) noexcept
    : session_(std::move(s)) {}
confirmed_trustee::confirmed_trustee(confirmed_trustee&&) noexcept = default;
confirmed_trustee& confirmed_trustee::operator=(confirmed_trustee&&) noexcept = default;
confirmed_trustee::~confirmed_trustee() = default;

// Between two rounds, the list of a round holds the own item alone; then it is replaced by all.

result<ceremony_step<committed_trustee, dkg_commit>> commit_to_key(
    std::shared_ptr<const ceremony_plan> plan, trustee_identity identity, random_source& source) {
  SANDOQ_EXPECTS(plan != nullptr, "a ceremony has a plan");
  if (auto done = check_plan(*plan, identity); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  if (auto done = check_identity(*plan, identity); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  const std::uint32_t threshold = plan->boards[identity.board.value()].threshold;
  auto sizes = sizes_of(plan->boards);
  auto keys = keys_of(plan->boards);
  auto s = std::make_unique<session>(session{std::move(plan),
                                             std::move(identity),
                                             secret_polynomial<group>::random(threshold, source),
                                             {},
                                             std::move(sizes),
                                             std::move(keys),
                                             {},
                                             {},
                                             {},
                                             std::nullopt,
                                             {}});
  // The salt stays in this process until the next round publishes it.
  source.fill(s->salt);
  dkg_reveal to_be;
  to_be.origin = s->origin();
  to_be.coefficients = to_wire(s->polynomial.commitments());
  to_be.salt = s->salt;
  dkg_commit commit{s->origin(), to_be.opened_commitment(s->plan->context.manifest_hash), {}};
  auto message = signed_by(*s, "dkg/commit", std::move(commit), source);
  if (!message) {
    return tl::unexpected(std::move(message.error()));
  }
  s->items.commits = {*message};
  return ceremony_step<committed_trustee, dkg_commit>{committed_trustee(std::move(s)), *message};
}

result<ceremony_step<revealed_trustee, dkg_reveal>> committed_trustee::reveal(
    std::span<const dkg_commit> commits, executor& workers, random_source& source) && {
  SANDOQ_EXPECTS(session_ != nullptr, "a trustee takes each step once");
  auto s = std::move(session_);
  if (auto done =
          check_round(*s, "dkg_commit", "dkg/commit", commits, s->items.commits.front(), workers);
      !done) {
    return tl::unexpected(std::move(done.error()));
  }
  s->items.commits.assign(commits.begin(), commits.end());
  s->commitments_hash =
      hash_of_commitments(s->plan->context.manifest_hash, s->plan->attempt, commits);
  auto reveal = make_reveal(*s, to_wire(s->polynomial.commitments()), source);
  if (!reveal) {
    return tl::unexpected(std::move(reveal.error()));
  }
  auto message = signed_by(*s, "dkg/reveal", std::move(*reveal), source);
  if (!message) {
    return tl::unexpected(std::move(message.error()));
  }
  s->items.reveals = {*message};
  return ceremony_step<revealed_trustee, dkg_reveal>{revealed_trustee(std::move(s)),
                                                     std::move(*message)};
}

result<ceremony_step<dealt_trustee, dkg_deal>> revealed_trustee::deal(
    std::span<const dkg_reveal> reveals, executor& workers, random_source& source) && {
  SANDOQ_EXPECTS(session_ != nullptr, "a trustee takes each step once");
  auto s = std::move(session_);
  if (auto done = check_reveals(*s, reveals, workers); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  s->items.reveals.assign(reveals.begin(), reveals.end());
  dkg_deal deal{s->origin(), {}, {}};
  const auto& receivers = s->own_board().trustees;
  for (std::uint32_t j = 1; j <= receivers.size(); ++j) {
    const auto share = s->polynomial.evaluate(j);
    deal.shares.push_back(seal_share(route_of(*s, s->identity.trustee, trustee_index(j)),
                                     receivers[j - 1].encryption, share, source));
  }
  auto message = signed_by(*s, "dkg/deal", std::move(deal), source);
  if (!message) {
    return tl::unexpected(std::move(message.error()));
  }
  s->items.deals = {*message};
  return ceremony_step<dealt_trustee, dkg_deal>{dealt_trustee(std::move(s)), std::move(*message)};
}

result<ceremony_step<confirmed_trustee, dkg_confirm>> dealt_trustee::confirm(
    std::span<const dkg_deal> deals, executor& workers, random_source& source) && {
  SANDOQ_EXPECTS(session_ != nullptr, "a trustee takes each step once");
  auto s = std::move(session_);
  if (auto done = check_deals(*s, deals, workers); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  for (const auto& deal : deals) {
    if (deal.origin.board == s->identity.board) {
      auto share = receive_share(*s, deal);
      if (!share) {
        return tl::unexpected(std::move(share.error()));
      }
      s->key_share = ops::add(s->key_share, *share);
    }
  }
  s->items.deals.assign(deals.begin(), deals.end());
  s->derived = derive_key(s->plan->context, s->sizes, s->items, s->coefficients);
  if (auto identity = s->derived->first_identity(); !identity.empty()) {
    return fail(errc::identity_element, identity, "is the identity; begin a new attempt");
  }
  const auto& share_key =
      s->derived->boards[s->identity.board.value()].share_keys[s->identity.trustee.value() - 1];
  if (!fits(s->key_share, share_key)) {
    return fail(errc::mismatch, name_trustee(s->identity.board, s->identity.trustee),
                "the sum of the shares is not the logarithm of the share key");
  }
  auto message = signed_by(*s, "dkg/confirm",
                           dkg_confirm{s->origin(), s->derived->transcript_hash, {}}, source);
  if (!message) {
    return tl::unexpected(std::move(message.error()));
  }
  s->items.confirms = {*message};
  return ceremony_step<confirmed_trustee, dkg_confirm>{confirmed_trustee(std::move(s)), *message};
}

result<key_holder> confirmed_trustee::finish(std::span<const dkg_confirm> confirms,
                                             executor& workers) && {
  SANDOQ_EXPECTS(session_ != nullptr, "a trustee takes each step once");
  auto s = std::move(session_);
  if (auto done = check_round(*s, "dkg_confirm", "dkg/confirm", confirms, s->items.confirms.front(),
                              workers);
      !done) {
    return tl::unexpected(std::move(done.error()));
  }
  if (auto done = detail::check_transcript_hashes(confirms, s->derived->transcript_hash); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  s->items.confirms.assign(confirms.begin(), confirms.end());
  auto published = make_election_key(s->plan->context, *s->derived, s->items);
  const opening_context context{published.election_hash, s->plan->context.domain};
  const auto& share_key =
      s->derived->boards[s->identity.board.value()].share_keys[s->identity.trustee.value() - 1];
  decryption_share share{s->identity.board, s->identity.trustee, share_key,
                         std::move(s->key_share)};
  return key_holder(context, std::move(s->keys), std::move(published), std::move(share),
                    std::move(s->identity.signing));
}

}  // namespace sandoq
