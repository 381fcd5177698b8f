// The key ceremony of the small election, attempts that trustees spoil included.

#include <utility>

#include "sandoq/proofs/chaum_pedersen_prove.hpp"
#include "sandoq/proofs/schnorr_prove.hpp"
#include "sandoq/threshold/blame.hpp"
#include "sandoq/threshold/ceremony_check.hpp"
#include "sandoq/threshold/share_box_secret.hpp"
#include "tests/support/must.hpp"
#include "tests/support/small_election.hpp"

namespace sandoq::testing {

namespace {

using G = ristretto255;

// The context of a proof of possession by the text of 55.2, not by possession_transcript().
transcript possession(const digest32& e0, const digest32& hcom, const dkg_reveal& reveal,
                      std::uint32_t coefficient) {
  transcript tr("sandoq-1/dkg/pop");
  tr.absorb_bytes("e0", e0.view());
  tr.absorb_bytes("commitments", hcom.view());
  tr.absorb_integer("attempt", reveal.origin.attempt);
  tr.absorb_integer("board", reveal.origin.board.value());
  tr.absorb_integer("trustee", reveal.origin.trustee.value());
  tr.absorb_integer("coefficient", coefficient);
  tr.absorb_encoded_elements<G>("coefficients", std::as_bytes(std::span(reveal.coefficients)));
  return tr;
}

// Another participant of the same board.
trustee_index other_than(std::span<const trustee_index> board, trustee_index one) {
  return board.front() == one ? board[1] : board.front();
}

}  // namespace

std::vector<ceremony_items> election_draft::attempts() const {
  std::vector<ceremony_items> out = earlier;
  out.push_back(ceremony);
  return out;
}

attempt_context small_election::attempt() const {
  return {{draft.e0, draft.election.domain},
          attempt_number_,
          who_,
          hash_of_earlier(draft.earlier, draft.ceremony.absences)};
}

// Round 1 and the reveals, without signatures and proofs.
void small_election::begin_attempt(ceremony_items& items) {
  polynomials_.clear();
  for (std::uint32_t b = 0; b < plan_.boards.size(); ++b) {
    for (const trustee_index i : who_.of(board_index(b))) {
      auto polynomial = secret_polynomial<G>::random(plan_.boards[b].threshold, random_);
      dkg_reveal reveal;
      reveal.origin = {attempt_number_, board_index(b), i};
      for (const G::element& commitment : polynomial.commitments()) {
        reveal.coefficients.push_back({G::encode(commitment)});
      }
      reveal.salt = random_.octets<32>();
      items.commits.push_back({reveal.origin, reveal.opened_commitment(draft.e0), {}});
      items.reveals.push_back(std::move(reveal));
      polynomials_.emplace(std::pair<std::size_t, std::size_t>{b, i.value()},
                           std::move(polynomial));
    }
  }
}

void small_election::prove_reveals(ceremony_items& items) {
  const digest32 hcom = hash_of_commitments(attempt(), items.commits);
  for (dkg_reveal& reveal : items.reveals) {
    const auto& polynomial =
        polynomials_.at({reveal.origin.board.value(), reveal.origin.trustee.value()});
    for (std::uint32_t l = 0; l < reveal.coefficients.size(); ++l) {
      auto tr = possession(draft.e0, hcom, reveal, l);
      const schnorr_statement<G> statement{
          encoded_element<G>(G::generator()),
          must(encoded_element<G>::decode(reveal.coefficients[l].view()))};
      reveal.proofs.push_back(must(prove(statement, polynomial.coefficients()[l], tr, random_)));
    }
  }
}

void small_election::deal(ceremony_items& items) {
  const digest32 hcom = hash_of_commitments(attempt(), items.commits);
  for (std::uint32_t b = 0; b < plan_.boards.size(); ++b) {
    for (const trustee_index i : who_.of(board_index(b))) {
      dkg_deal deal;
      deal.origin = {attempt_number_, board_index(b), i};
      for (const trustee_index j : who_.of(board_index(b))) {
        deal.shares.push_back(seal_share(
            {draft.e0, hcom, board_index(b), i, j}, secrets(b, j.value()).public_keys().encryption,
            polynomials_.at({b, i.value()}).evaluate(j.value()), random_));
      }
      items.deals.push_back(std::move(deal));
    }
  }
}

// A false dealer, and the complaint of its victim; or a complaint without ground.
void small_election::spoil_deal(const cheat& spoiler, ceremony_items& items) {
  const board_index board(spoiler.board);
  const trustee_index guilty(spoiler.trustee);
  const trustee_index victim = other_than(who_.of(board), guilty);
  const bool lied = spoiler.how == cheat::way::false_complaint;
  const trustee_index dealer = lied ? victim : guilty;
  const trustee_index accuser = lied ? guilty : victim;
  const digest32 hcom = hash_of_commitments(attempt(), items.commits);
  const auto& keys = secrets(board.value(), accuser.value());
  sealed_share& box = items.deals[who_.ordinal(board, dealer)].shares[who_.place(board, accuser)];
  if (!lied) {  // a share of another place of the polynomial
    box = seal_share({draft.e0, hcom, board, dealer, accuser}, keys.public_keys().encryption,
                     polynomials_.at({board.value(), dealer.value()}).evaluate(60), random_);
  }
  const auto ephemeral = must(encoded_element<G>::decode(box.ephemeral.view()));
  const encoded_element<G> shared(declassify<"a complaint of a test">(
      secret_ops<G>::mul(keys.encryption(), ephemeral.element())));
  dkg_complaint complaint;
  complaint.origin = {attempt_number_, board, accuser};
  complaint.dealer = dealer;
  complaint.shared = {shared.octets()};
  auto tr = complaint_transcript(draft.e0, hcom, complaint.origin, dealer);
  complaint.proof =
      must(prove(chaum_pedersen_statement<G>{encoded_element<G>(G::generator()), ephemeral,
                                             keys.public_keys().encryption, shared},
                 keys.encryption(), tr, random_));
  items.complaints = {complaint};
}

void small_election::spoil_attempt(const cheat& spoiler) {
  const board_index board(spoiler.board);
  const trustee_index guilty(spoiler.trustee);
  ceremony_items items;
  begin_attempt(items);
  if (spoiler.how == cheat::way::wrong_reveal) {
    items.commits[who_.ordinal(board, guilty)].commitment.octets[0] ^= std::byte{1};
  }
  sign_round(items.commits, "dkg/commit");
  prove_reveals(items);
  sign_round(items.reveals, "dkg/reveal");
  if (spoiler.how != cheat::way::wrong_reveal) {
    deal(items);
    spoil_deal(spoiler, items);
    sign_round(items.deals, "dkg/deal");
    sign_round(items.complaints, "dkg/complaint");
  }
  draft.earlier.push_back(std::move(items));
  at(stage::earlier_attempt);
  who_.shut_out(board, guilty);
  ++attempt_number_;
}

void small_election::run_ceremony() {
  for (const cheat& spoiler : plan_.cheats) {
    spoil_attempt(spoiler);
  }
  ceremony_items& items = draft.ceremony;
  for (const auto& [b, i] : plan_.absent) {
    who_.shut_out(board_index(b), trustee_index(i));
    items.absences.push_back(
        {{attempt_number_, board_index(b), trustee_index(i)}, "did not come", {}});
  }
  at(stage::absences);
  for (dkg_absence& absence : items.absences) {
    absence.signatures =
        sign_quorum({"dkg/absence", draft.election.domain, draft.e0, absence.signed_digest()});
  }
  at(stage::absences_signed);
  begin_attempt(items);
  at(stage::commits);
  sign_round(items.commits, "dkg/commit");
  at(stage::commits_signed);
  prove_reveals(items);
  at(stage::reveals);
  sign_round(items.reveals, "dkg/reveal");
  at(stage::reveals_signed);
  deal(items);
  at(stage::deals);
  sign_round(items.deals, "dkg/deal");
  at(stage::deals_signed);
  const auto coefficients = must(decode_coefficients(items.reveals));
  const derived_key derived = derive_key(attempt(), plan_.boards, items, coefficients);
  for (const dkg_deal& deal : items.deals) {
    items.confirms.push_back({deal.origin, derived.transcript_hash, {}});
  }
  at(stage::confirms);
  sign_round(items.confirms, "dkg/confirm");
  at(stage::confirms_signed);
  draft.key = make_election_key({draft.e0, draft.election.domain}, derived, draft.attempts());
  at(stage::key);
  context_ =
      must(election_context::make(draft.election, draft.key.election_hash,
                                  must(encoded_element<G>::decode(draft.key.joint_key.view()))));
  prover_ = std::make_unique<ballot_prover>(context_->proofs());
}

}  // namespace sandoq::testing
