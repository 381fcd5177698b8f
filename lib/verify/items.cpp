#include "lib/verify/items.hpp"

#include <utility>

#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/mixnet/mix_items.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/tally/contest_allocation.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/tally/subtotal.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/tally/ties.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/list_opening.hpp"
#include "sandoq/threshold/opening.hpp"

namespace sandoq {

namespace {

// Numbers of elements in front of the scalars of a proof.
constexpr std::size_t schnorr_elements = 1;
constexpr std::size_t chaum_pedersen_elements = 2;

// There is one of each board. More are kept, since others' hashes go over all of them, but not
// without bound.
constexpr std::size_t max_lot_items = quorum::max_boards * quorum::max_trustees + 1;
// A result has at most two ties.
constexpr std::size_t max_ties = 2 * manifest::max_contests;

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
  if (m.authority) {
    into.element(m.authority->signing_key);
    into.proof(m.authority->signing_proof.view(), schnorr_elements);
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

void take_elements(element_check& into, const dkg_complaint& item) {
  into.element(item.shared);
  into.proof(item.proof.view(), chaum_pedersen_elements);
  take(into, item.signature);
}

void take_elements(element_check& into, const dkg_absence& item) {
  take_elements(into, item.signatures);
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

void take_elements(element_check& /*into*/, const cast_item& /*item*/) {}
void take_elements(element_check& /*into*/, const void_item& /*item*/) {}
void take_elements(element_check& /*into*/, const challenge_item& /*item*/) {}
void take_elements(element_check& /*into*/, const contest_allocation& /*item*/) {}
void take_elements(element_check& /*into*/, const contest_result& /*item*/) {}
void take_elements(element_check& /*into*/, const subtotal& /*item*/) {}
void take_elements(element_check& /*into*/, const lot_reveal& /*item*/) {}
void take_elements(element_check& /*into*/, const mix_elements& /*item*/) {}
void take_elements(element_check& /*into*/, const mix_factors& /*item*/) {}
void take_elements(element_check& /*into*/, const mix_group& /*item*/) {}
void take_elements(element_check& /*into*/, const tie_resolution& /*item*/) {}

void take_elements(element_check& into, const close_item& item) {
  take(into, item.device_signature);
  take_elements(into, item.signatures);
}

void take_elements(element_check& into, const recovery_item& item) {
  take_elements(into, item.signatures);
}

void take_elements(element_check& into, const eligibility_item& item) {
  take_elements(into, item.signatures);
}

void take_elements(element_check& into, const exclusion_item& item) {
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

void take_elements(element_check& into, const list_request& item) {
  take_elements(into, item.signatures);
}

void take_elements(element_check& into, const list_partial& item) {
  into.proof(item.proof.view(), chaum_pedersen_elements);
  take(into, item.signature);
}

// Its proof, and the elements of lists and factors, are for later checks.  SPEC(90.2)
void take_elements(element_check& into, const mix_stage& item) {
  take(into, item.signature);
}

void take_elements(element_check& into, const tie_attributes& item) {
  take(into, item.signature);
}

void take_elements(element_check& into, const lot_commit& item) {
  for (const quorum_signature& s : item.signatures) {
    take(into, s.signature);
  }
}

void take_elements(element_check& into, const lot_beacon& item) {
  take_elements(into, item.signatures);
}

// A place can be in one group of each contest only: once there are more, two of those that were
// kept have one in common.
void keep_group(verify_state& v, mix_group&& group) {
  const std::uint64_t possible =
      std::uint64_t{v.election.contests.size()} * v.election.nodes.size();
  if (v.mixed_places > possible) {
    return;
  }
  v.mixed_places += group.places.size();
  v.sums.ask(group);
  v.mix_groups.push_back(std::move(group));
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
result<void> examine_into(std::vector<T>& kept, const segment_item& item, element_check* elements,
                          std::size_t max_items) {
  return examine<T>(item, elements, [&kept, max_items](T&& decoded) {
    if (kept.size() < max_items) {
      kept.push_back(std::move(decoded));
    }
  });
}

// Puts a message of the key ceremony into its attempt.
template <class T>
result<void> examine_dkg(verify_state& v, const segment_item& item, element_check* elements) {
  return examine<T>(item, elements, [&v](T&& decoded) { v.ceremony.put(std::move(decoded)); });
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
    case item_kind::dkg_absence:
      return examine_dkg<dkg_absence>(v, item, elements);
    case item_kind::dkg_commit:
      return examine_dkg<dkg_commit>(v, item, elements);
    case item_kind::dkg_reveal:
      return examine_dkg<dkg_reveal>(v, item, elements);
    case item_kind::dkg_deal:
      return examine_dkg<dkg_deal>(v, item, elements);
    case item_kind::dkg_complaint:
      return examine_dkg<dkg_complaint>(v, item, elements);
    case item_kind::dkg_confirm:
      return examine_dkg<dkg_confirm>(v, item, elements);
    case item_kind::election_key:
      return examine<election_key>(item, elements,
                                   [&v](election_key&& key) { v.published_key = std::move(key); });
    case item_kind::opening:
      return examine<opening_item>(item, elements);
    case item_kind::ballot:
      return fail(errc::mismatch, "kind", "a ballot is looked at with its block");
    case item_kind::cast:
      return examine<cast_item>(item, elements);
    case item_kind::challenge:
      return examine<challenge_item>(item, elements);
    case item_kind::voided:
      return examine<void_item>(item, elements);
    case item_kind::close:
      return examine<close_item>(item, elements);
    case item_kind::recovery:
      return examine<recovery_item>(item, elements);
    case item_kind::eligibility:
      return examine<eligibility_item>(item, elements, [&v](const eligibility_item& log) {
        v.eligibility_tokens += log.tokens.size();
      });
    case item_kind::exclusion:
      return examine<exclusion_item>(item, elements);
    case item_kind::tally_node:
      return examine<tally_node>(item, elements);
    case item_kind::request:
      return examine<opening_request>(
          item, elements, [&v](const opening_request& request) { v.sums.ask(request); });
    case item_kind::partial:
      return examine<partial_decryption>(item, elements);
    case item_kind::result:
      return examine<contest_result>(item, elements);
    case item_kind::subtotal:
      return examine<subtotal>(item, elements);
    case item_kind::attributes:
      return examine_into(v.ties.attributes, item, elements, manifest::max_contests + 1);
    case item_kind::lot_commit:
      return examine_into(v.lot_commits, item, elements, max_lot_items);
    case item_kind::lot_reveal:
      return examine_into(v.ties.reveals, item, elements, max_lot_items);
    case item_kind::lot_beacon:
      return examine<lot_beacon>(item, elements,
                                 [&v](lot_beacon&& beacon) { v.ties.beacon = std::move(beacon); });
    case item_kind::resolution:
      return examine_into(v.ties.resolutions, item, elements, max_ties + 1);
    case item_kind::list_request:
      return examine<list_request>(item, elements);
    case item_kind::list_partial:
      return examine<list_partial>(item, elements);
    case item_kind::allocation:
      return examine<contest_allocation>(item, elements);
    case item_kind::mix_group:
      return examine<mix_group>(item, elements,
                                [&v](mix_group&& group) { keep_group(v, std::move(group)); });
    case item_kind::mix_stage:
      return examine<mix_stage>(item, elements);
    case item_kind::mix_elements:
      return examine<mix_elements>(item, elements);
    case item_kind::mix_factors:
      return examine<mix_factors>(item, elements);
  }
  return fail(errc::unsupported, "kind", "is unknown");
}

result<void> check_evidence_structure(const segment_item& item) {
  switch (static_cast<item_kind>(item.kind)) {
    case item_kind::opening:
      return examine<opening_item>(item, nullptr);
    case item_kind::cast:
      return examine<cast_item>(item, nullptr);
    case item_kind::challenge:
      return examine<challenge_item>(item, nullptr);
    case item_kind::voided:
      return examine<void_item>(item, nullptr);
    case item_kind::close:
      return examine<close_item>(item, nullptr);
    case item_kind::recovery:
      return examine<recovery_item>(item, nullptr);
    default:
      return fail(errc::mismatch, "kind", "is no part of a journal");
  }
}

}  // namespace sandoq
