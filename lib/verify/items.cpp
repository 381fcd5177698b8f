#include "lib/verify/items.hpp"

#include <utility>

#include "sandoq/ballot/journal.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/opening.hpp"

namespace sandoq {

namespace {

// Numbers of elements in front of the scalars of a proof.
constexpr std::size_t schnorr_elements = 1;
constexpr std::size_t chaum_pedersen_elements = 2;

// A ceremony has one item of each kind from each trustee. One more than there can be is kept, so
// that ceremony.complete sees that there are too many; the rest need not stand in memory.
constexpr std::size_t max_kept = quorum::max_boards * quorum::max_trustees + 1;

void take(element_check& into, const wire_signature& signature) {
  into.proof(signature.view(), schnorr_elements);
}

void take_elements(element_check& into, const manifest& m) {
  for (const board_entry& board : m.boards) {
    for (const trustee_entry& trustee : board.trustees) {
      into.element(trustee.signing_key);
      into.element(trustee.encryption_key);
      into.proof(trustee.signing_proof.view(), schnorr_elements);
      into.proof(trustee.encryption_proof.view(), schnorr_elements);
    }
  }
}

void take_elements(element_check& into, const dkg_commit& item) {
  take(into, item.signature);
}

void take_elements(element_check& into, const dkg_reveal& item) {
  for (const wire_element& coefficient : item.coefficients) {
    into.element(coefficient);
  }
  for (const auto& proof : item.proofs) {
    into.proof(proof.view(), schnorr_elements);
  }
  take(into, item.signature);
}

void take_elements(element_check& into, const dkg_deal& item) {
  for (const sealed_share& share : item.shares) {
    into.element(share.ephemeral);
  }
  take(into, item.signature);
}

void take_elements(element_check& into, const dkg_confirm& item) {
  take(into, item.signature);
}

void take_elements(element_check& into, const election_key& item) {
  for (const election_key::board_part& board : item.boards) {
    into.element(board.key);
    for (const wire_element& share_key : board.share_keys) {
      into.element(share_key);
    }
  }
  into.element(item.joint_key);
}

void take_elements(element_check& into, const opening_item& item) {
  into.element(item.device_key);
  into.proof(item.key_proof.view(), schnorr_elements);
  take(into, item.device_signature);
  take_elements(into, item.signatures);
}

// The elements of contest ballots are those of ballot.elements.
void take_elements(element_check& /*into*/, const ballot_item& /*item*/) {}
void take_elements(element_check& /*into*/, const cast_item& /*item*/) {}
void take_elements(element_check& /*into*/, const void_item& /*item*/) {}
void take_elements(element_check& /*into*/, const challenge_item& /*item*/) {}
void take_elements(element_check& /*into*/, const contest_result& /*item*/) {}

void take_elements(element_check& into, const close_item& item) {
  take(into, item.device_signature);
  take_elements(into, item.signatures);
}

void take_elements(element_check& into, const tally_node& item) {
  for (const wire_contest_total& total : item.subtotals.contests) {
    for (const wire_ciphertext& sum : total.sums) {
      into.ciphertext(sum);
    }
  }
}

void take_elements(element_check& into, const opening_request& item) {
  for (const wire_ciphertext& ciphertext : item.ciphertexts) {
    into.ciphertext(ciphertext);
  }
  take_elements(into, item.signatures);
}

void take_elements(element_check& into, const partial_decryption& item) {
  for (const wire_element& factor : item.factors) {
    into.element(factor);
  }
  into.proof(item.proof.view(), chaum_pedersen_elements);
  take(into, item.signature);
}

// Decodes a T, hands its elements on and gives it to `keep`.
template <class T, class Keep>
result<void> examine(const segment_item& item, element_check* elements, Keep&& keep) {
  auto decoded = T::decode(item.canonical);
  if (!decoded) {
    return tl::unexpected<error>(std::move(decoded.error()));
  }
  if (elements != nullptr) {
    take_elements(*elements, *decoded);
  }
  keep(std::move(*decoded));
  return {};
}

template <class T>
result<void> examine(const segment_item& item, element_check* elements) {
  return examine<T>(item, elements, [](T&&) {});
}

template <class T>
result<void> examine_into(std::vector<T>& kept, const segment_item& item, element_check* elements) {
  return examine<T>(item, elements, [&kept](T&& decoded) {
    if (kept.size() < max_kept) {
      kept.push_back(std::move(decoded));
    }
  });
}

}  // namespace

void take_elements(element_check& into, const quorum& signatures) {
  for (const auto& board : signatures.boards) {
    for (const quorum_signature& s : board) {
      take(into, s.signature);
    }
  }
}

result<void> take_item(verify_state& v, const segment_item& item, element_check* elements) {
  switch (static_cast<item_kind>(item.kind)) {
    case item_kind::head:
      return fail(errc::mismatch, "kind", "a head stands in head.pb only");
    case item_kind::manifest:
      v.e0 = manifest_hash(item.canonical);
      return examine<manifest>(item, elements, [&v](manifest&& m) { v.election = std::move(m); });
    case item_kind::dkg_commit:
      return examine_into(v.ceremony.commits, item, elements);
    case item_kind::dkg_reveal:
      return examine_into(v.ceremony.reveals, item, elements);
    case item_kind::dkg_deal:
      return examine_into(v.ceremony.deals, item, elements);
    case item_kind::dkg_confirm:
      return examine_into(v.ceremony.confirms, item, elements);
    case item_kind::election_key:
      return examine<election_key>(item, elements,
                                   [&v](election_key&& key) { v.published_key = std::move(key); });
    case item_kind::opening:
      return examine<opening_item>(item, elements);
    case item_kind::ballot:
      return examine<ballot_item>(item, elements, [&v](const ballot_item& ballot) {
        for (const contest_ballot& contest : ballot.contests) {
          v.ballot_ciphertexts += contest.ciphertexts.size();
        }
      });
    case item_kind::cast:
      return examine<cast_item>(item, elements);
    case item_kind::challenge:
      return examine<challenge_item>(item, elements);
    case item_kind::voided:
      return examine<void_item>(item, elements);
    case item_kind::close:
      return examine<close_item>(item, elements);
    case item_kind::tally_node:
      return examine<tally_node>(item, elements);
    case item_kind::request:
      return examine<opening_request>(item, elements);
    case item_kind::partial:
      return examine<partial_decryption>(item, elements);
    case item_kind::result:
      return examine<contest_result>(item, elements);
  }
  return fail(errc::unsupported, "kind", "is unknown");
}

}  // namespace sandoq
