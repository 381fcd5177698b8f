#include "lib/threshold/ceremony_session_secret.hpp"

#include <string>

#include "sandoq/core/contract.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/proofs/chaum_pedersen_prove.hpp"
#include "sandoq/proofs/schnorr_prove.hpp"
#include "sandoq/threshold/lagrange.hpp"
#include "sandoq/threshold/share_box_secret.hpp"

namespace sandoq::detail {
namespace {

using group = ristretto255;
using ops = secret_ops<group>;
using session = trustee_session;

result<void> check_plan(const ceremony_plan& plan, const trustee_identity& identity) {
  if (plan.attempt.attempt == 0) {
    return fail(errc::out_of_range, "attempt", "attempts are numbered from 1");
  }
  if (hash_of_earlier(plan.earlier, plan.absences) != plan.attempt.earlier) {
    return fail(errc::mismatch, "earlier attempts",
                "are not those that this attempt's context was made for");
  }
  if (plan.boards.empty() || plan.boards.size() > quorum::max_boards ||
      plan.attempt.who.boards() != plan.boards.size()) {
    return fail(errc::out_of_range, "boards", "there are 1 to 8 boards, with their participants");
  }
  for (std::uint32_t b = 0; b < plan.boards.size(); ++b) {
    const auto [n, t] = plan.boards[b].size();
    const std::size_t present = plan.attempt.who.of(board_index(b)).size();
    const bool possible =
        n >= 1 && n <= quorum::max_trustees && t <= present && (t >= 2 || n == 1) && t >= 1;
    if (!possible) {
      return fail(errc::out_of_range, "board " + std::to_string(b),
                  "a threshold of " + std::to_string(t) + " does not fit " +
                      std::to_string(present) + " trustees");
    }
  }
  if (!participants::all(sizes_of(plan.boards)).includes(plan.attempt.who) ||
      !plan.attempt.who.contains(identity.board, identity.trustee)) {
    return fail(errc::out_of_range, name_trustee(identity.board, identity.trustee),
                "there is no such trustee in this attempt");
  }
  return {};
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

// What every round needs: one item of each trustee, in order, of this attempt; the own one as it
// was sent; all signatures.
template <class Item>
result<void> check_round(const session& s, std::string_view name, literal purpose,
                         std::span<const Item> items, const Item& own, executor& workers) {
  if (auto done = check_origins<Item>(name, items, s.who(), s.attempt().attempt); !done) {
    return done;
  }
  if (!(items[s.ordinal()] == own)) {
    return fail(errc::mismatch, place_of(name, s.origin()),
                "is not what this trustee has sent; somebody else speaks in its name");
  }
  std::vector<signed_item> all;
  collect_signed<Item>(all, name, purpose, s.election(), s.keys, items);
  return check_signatures(s.election(), all, workers);
}

std::vector<wire_element> to_wire(std::span<const group::element> elements) {
  std::vector<wire_element> out;
  out.reserve(elements.size());
  for (const auto& e : elements) {
    out.push_back({group::encode(e)});
  }
  return out;
}

share_route route_of(const session& s, trustee_index dealer, trustee_index receiver) {
  return {s.election().manifest_hash, s.commitments_hash, s.identity.board, dealer, receiver};
}

// The box that a dealer of the own board made for this trustee. \pre check_lengths
const sealed_share& own_box(const session& s, const dkg_deal& deal) {
  return deal.shares[s.who().place(s.identity.board, s.identity.trustee)];
}

}  // namespace

bool fits(const secret_scalar<group>& x, const encoded_element<group>& key) {
  const auto octets = ops::encode(ops::mul_base(x));
  return declassify<"whether a trustee's value fits a public key is reported">(
      ct_equal(expose_for_secret_ops(octets), key.view()));
}

result<std::unique_ptr<session>> open_session(std::shared_ptr<const ceremony_plan> plan,
                                              trustee_identity identity, ceremony_memory memory) {
  SANDOQ_EXPECTS(plan != nullptr, "a ceremony has a plan");
  if (auto done = check_plan(*plan, identity); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  if (auto done = check_identity(*plan, identity); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  if (memory.polynomial.coefficients().size() != plan->boards[identity.board.value()].threshold) {
    return fail(errc::mismatch, "memory", "the polynomial is not one of this board's threshold");
  }
  auto out = std::make_unique<session>(
      session{std::move(plan), std::move(identity), std::move(memory.polynomial), memory.salt});
  out->items.absences = out->plan->absences;
  out->sizes = sizes_of(out->plan->boards);
  out->keys = without_shut_out(keys_of(out->plan->boards), out->who());
  return out;
}

dkg_commit make_commit(const session& s) {
  dkg_reveal to_be;
  to_be.origin = s.origin();
  to_be.coefficients = to_wire(s.polynomial.commitments());
  to_be.salt = s.salt;
  return {s.origin(), to_be.opened_commitment(s.election().manifest_hash), {}};
}

result<dkg_reveal> make_reveal(const session& s, random_source& source) {
  dkg_reveal out;
  out.origin = s.origin();
  out.coefficients = to_wire(s.polynomial.commitments());
  out.salt = s.salt;
  const encoded_element<group> generator(group::generator());
  const auto octets = std::as_bytes(std::span(out.coefficients));
  const auto elements = encoded_elements<group>::decode(octets);
  SANDOQ_EXPECTS(elements.has_value(), "what was encoded decodes");
  for (std::uint32_t l = 0; l < elements->size(); ++l) {
    auto tr = possession_transcript(s.election().manifest_hash, s.commitments_hash, out.origin, l,
                                    octets);
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

dkg_deal make_deal(const session& s, random_source& source) {
  dkg_deal out{s.origin(), {}, {}};
  for (const trustee_index j : s.who().of(s.identity.board)) {
    const auto share = s.polynomial.evaluate(j.value());
    out.shares.push_back(seal_share(route_of(s, s.identity.trustee, j),
                                    s.own_board().trustees[j.value() - 1].encryption, share,
                                    source));
  }
  return out;
}

result<void> take_commits(session& s, std::span<const dkg_commit> commits, executor& workers) {
  if (auto done =
          check_round(s, "dkg_commit", "dkg/commit", commits, s.items.commits.front(), workers);
      !done) {
    return done;
  }
  s.items.commits.assign(commits.begin(), commits.end());
  s.commitments_hash = hash_of_commitments(s.attempt(), commits);
  return {};
}

result<void> take_reveals(session& s, std::span<const dkg_reveal> reveals, executor& workers) {
  if (auto done =
          check_round(s, "dkg_reveal", "dkg/reveal", reveals, s.items.reveals.front(), workers);
      !done) {
    return done;
  }
  if (auto done = check_lengths(reveals, s.sizes); !done) {
    return done;
  }
  if (auto done = check_openings(s.election(), s.items.commits, reveals); !done) {
    return done;
  }
  auto coefficients = decode_coefficients(reveals);
  if (!coefficients) {
    return tl::unexpected(std::move(coefficients.error()));
  }
  if (auto done =
          check_possession(s.election(), s.commitments_hash, reveals, *coefficients, workers);
      !done) {
    return done;
  }
  s.coefficients = std::move(*coefficients);
  s.items.reveals.assign(reveals.begin(), reveals.end());
  return {};
}

result<void> check_deals(const session& s, std::span<const dkg_deal> deals, executor& workers) {
  if (auto done = check_round(s, "dkg_deal", "dkg/deal", deals, s.items.deals.front(), workers);
      !done) {
    return done;
  }
  if (auto done = check_lengths(deals, s.who()); !done) {
    return done;
  }
  auto ephemerals = decode_ephemerals(deals);
  if (!ephemerals) {
    return tl::unexpected(std::move(ephemerals.error()));
  }
  return check_ephemerals(deals, *ephemerals);
}

result<secret_scalar<group>> receive_share(const session& s, const dkg_deal& deal) {
  const auto place = place_of("dkg_deal", deal.origin);
  const auto j = s.identity.trustee;
  const auto& own_keys = s.own_board().trustees[j.value() - 1];
  auto share = open_share(route_of(s, deal.origin.trustee, j), s.identity.decryption,
                          own_keys.encryption, own_box(s, deal));
  if (!share) {
    return fail_within(place, std::move(share.error()));
  }
  const std::size_t dealer = s.who().ordinal(deal.origin.board, deal.origin.trustee);
  const encoded_element<group> expected(
      evaluate_commitments<group>(s.coefficients[dealer].elements(), j.value()));
  if (!fits(*share, expected)) {
    return fail(errc::bad_proof, place,
                "the share for " + name_trustee(s.identity.board, j) +
                    " does not lie on the polynomial that the dealer revealed");
  }
  return share;
}

result<void> take_deals(session& s, std::span<const dkg_deal> deals, executor& workers) {
  if (auto done = check_deals(s, deals, workers); !done) {
    return done;
  }
  for (const auto& deal : deals) {
    if (deal.origin.board == s.identity.board) {
      auto share = receive_share(s, deal);
      if (!share) {
        return tl::unexpected(std::move(share.error()));
      }
      s.key_share = ops::add(s.key_share, *share);
    }
  }
  s.items.deals.assign(deals.begin(), deals.end());
  s.derived = derive_key(s.attempt(), s.sizes, s.items, s.coefficients);
  if (auto identity = s.derived->first_identity(); !identity.empty()) {
    return fail(errc::identity_element, identity, "is the identity; begin a new attempt");
  }
  const auto& share_key =
      s.derived->boards[s.identity.board.value()].share_keys[s.identity.trustee.value() - 1];
  if (!fits(s.key_share, share_key)) {
    return fail(errc::mismatch, name_trustee(s.identity.board, s.identity.trustee),
                "the sum of the shares is not the logarithm of the share key");
  }
  return {};
}

result<void> take_confirms(session& s, std::span<const dkg_confirm> confirms, executor& workers) {
  if (auto done =
          check_round(s, "dkg_confirm", "dkg/confirm", confirms, s.items.confirms.front(), workers);
      !done) {
    return done;
  }
  if (auto done = check_transcript_hashes(confirms, s.derived->transcript_hash); !done) {
    return done;
  }
  s.items.confirms.assign(confirms.begin(), confirms.end());
  return {};
}

result<dkg_complaint> make_complaint(const session& s, const dkg_deal& deal,
                                     random_source& source) {
  const auto& box = own_box(s, deal);
  auto ephemeral = encoded_element<group>::decode(box.ephemeral.view());
  if (!ephemeral) {
    return fail_within(place_of("dkg_deal", deal.origin), std::move(ephemeral.error()));
  }
  const encoded_element<group> shared(
      declassify<"a complaint opens one box of an attempt that is thrown away">(
          ops::mul(s.identity.decryption, ephemeral->element())));
  dkg_complaint out;
  out.origin = s.origin();
  out.dealer = deal.origin.trustee;
  out.shared = {shared.octets()};
  auto tr =
      complaint_transcript(s.election().manifest_hash, s.commitments_hash, out.origin, out.dealer);
  const auto& own_keys = s.own_board().trustees[s.identity.trustee.value() - 1];
  auto proof = prove(chaum_pedersen_statement<group>{encoded_element<group>(group::generator()),
                                                     *ephemeral, own_keys.encryption, shared},
                     s.identity.decryption, tr, source);
  if (!proof) {
    return fail_within(place_of("dkg_complaint", out.origin), std::move(proof.error()));
  }
  out.proof = *proof;
  return out;
}

}  // namespace sandoq::detail
