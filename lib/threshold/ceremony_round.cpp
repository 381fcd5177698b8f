#include "lib/threshold/ceremony_round.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/batch.hpp"
#include "sandoq/proofs/schnorr.hpp"

namespace sandoq::detail {
namespace {

using group = ristretto255;

result<void> check_length(std::string_view item, const dkg_origin& origin, std::string_view what,
                          std::size_t found, std::size_t wanted) {
  if (found == wanted) {
    return {};
  }
  return fail(errc::mismatch, place_of(item, origin),
              "has " + std::to_string(found) + " " + std::string(what) + ", must have exactly " +
                  std::to_string(wanted));
}

result<void> check_no_identity(std::string_view item, const dkg_origin& origin,
                               std::string_view what, std::span<const group::element> elements) {
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (group::is_identity(elements[i])) {
      return fail(errc::identity_element, place_of(item, origin),
                  std::string(what) + " " + std::to_string(i) + " is the identity");
    }
  }
  return {};
}

// Two equal A_0 mean that one trustee copied the other, or that both are one.
result<void> check_distinct(std::span<const dkg_reveal> reveals) {
  std::vector<std::size_t> order(reveals.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto constant_term = [&](std::size_t p) { return reveals[p].coefficients.front(); };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return constant_term(a) < constant_term(b);
  });
  for (std::size_t k = 1; k < order.size(); ++k) {
    if (constant_term(order[k - 1]) == constant_term(order[k])) {
      const auto& origin = reveals[order[k - 1]].origin;
      return fail(errc::duplicate, place_of("dkg_reveal", reveals[order[k]].origin),
                  "coefficient 0 is that of " + name_trustee(origin.board, origin.trustee));
    }
  }
  return {};
}

}  // namespace

std::string place_of(std::string_view item, const dkg_origin& origin) {
  return std::string(item) + " of " + name_trustee(origin.board, origin.trustee);
}

verification emit_possession(equation_sink<group>& sink, const ceremony_context& context,
                             const digest32& commitments_hash, const dkg_reveal& reveal,
                             const encoded_elements<group>& coefficients) {
  const encoded_element<group> generator(group::generator());
  for (std::uint32_t l = 0; l < reveal.coefficients.size(); ++l) {
    auto tr = possession_transcript(context.manifest_hash, commitments_hash, reveal.origin, l,
                                    coefficients.octets());
    const schnorr_statement<group> statement{generator, encoded_element<group>(coefficients[l]),
                                             not_shared};
    if (auto proved = emit(sink, statement, reveal.proofs[l], tr); !proved) {
      return verification::rejected("coefficient " + std::to_string(l) + ": " + proved.reason());
    }
  }
  return verification::ok();
}

result<void> check_origins(std::string_view name, std::span<const dkg_origin> origins,
                           const participants& who, std::uint32_t attempt) {
  if (origins.size() != who.total()) {
    return fail(errc::missing, name,
                "has " + std::to_string(origins.size()) + " items for " +
                    std::to_string(who.total()) + " trustees; each gives exactly one");
  }
  std::size_t p = 0;
  for (std::uint32_t b = 0; b < who.boards(); ++b) {
    for (const trustee_index i : who.of(board_index(b))) {
      const auto& origin = origins[p++];
      if (origin.board != board_index(b) || origin.trustee != i) {
        return fail(errc::mismatch, place_of(name, origin),
                    "stands where that of " + name_trustee(board_index(b), i) + " belongs");
      }
      if (origin.attempt != attempt) {
        return fail(errc::mismatch, place_of(name, origin),
                    "is of attempt " + std::to_string(origin.attempt) + ", not of attempt " +
                        std::to_string(attempt));
      }
    }
  }
  return {};
}

result<void> check_lengths(std::span<const dkg_reveal> reveals,
                           std::span<const board_size> boards) {
  for (const auto& reveal : reveals) {
    const std::size_t wanted = boards[reveal.origin.board.value()].threshold;
    if (auto done = check_length("dkg_reveal", reveal.origin, "coefficients",
                                 reveal.coefficients.size(), wanted);
        !done) {
      return done;
    }
    if (auto done =
            check_length("dkg_reveal", reveal.origin, "proofs", reveal.proofs.size(), wanted);
        !done) {
      return done;
    }
  }
  return {};
}

result<void> check_lengths(std::span<const dkg_deal> deals, const participants& who) {
  for (const auto& deal : deals) {
    if (auto done = check_length("dkg_deal", deal.origin, "shares", deal.shares.size(),
                                 who.of(deal.origin.board).size());
        !done) {
      return done;
    }
  }
  return {};
}

result<void> check_signatures(const ceremony_context& context, std::span<const signed_item> items,
                              executor& workers) {
  std::vector<digest32> hashes;
  hashes.reserve(items.size());
  for (const auto& item : items) {
    hashes.push_back(framed_hash::of("batch/signature", item.key.view(), item.message.digest.view(),
                                     item.signature.view()));
  }
  const shared_bases<group> bases;
  const auto failures = verify_batch<group>(
      context.manifest_hash, hashes, bases,
      [&](std::size_t i, equation_sink<group>& sink) {
        return emit(sink, verification_key<group>{items[i].key, not_shared}, items[i].message,
                    items[i].signature);
      },
      workers);
  if (!failures.empty()) {
    return fail(errc::bad_signature, items[failures.front().item].place,
                "is not signed by its trustee: " + failures.front().reason);
  }
  return {};
}

result<void> check_openings(const ceremony_context& context, std::span<const dkg_commit> commits,
                            std::span<const dkg_reveal> reveals) {
  SANDOQ_EXPECTS(commits.size() == reveals.size(), "one commitment a reveal");
  for (std::size_t p = 0; p < reveals.size(); ++p) {
    if (reveals[p].opened_commitment(context.manifest_hash) != commits[p].commitment) {
      return fail(errc::mismatch, place_of("dkg_reveal", reveals[p].origin),
                  "is not what the trustee had committed to");
    }
  }
  return {};
}

result<void> check_possession(const ceremony_context& context, const digest32& commitments_hash,
                              std::span<const dkg_reveal> reveals,
                              std::span<const encoded_elements<group>> coefficients,
                              executor& workers) {
  SANDOQ_EXPECTS(reveals.size() == coefficients.size(), "the decoded coefficients of each reveal");
  for (std::size_t p = 0; p < reveals.size(); ++p) {
    if (auto done = check_no_identity("dkg_reveal", reveals[p].origin, "coefficient",
                                      coefficients[p].elements());
        !done) {
      return done;
    }
  }
  if (auto done = check_distinct(reveals); !done) {
    return done;
  }
  std::vector<digest32> hashes;
  hashes.reserve(reveals.size());
  for (const auto& reveal : reveals) {
    hashes.push_back(framed_hash::of("batch/possession", commitments_hash.view(), reveal.encode()));
  }
  const shared_bases<group> bases;
  const auto failures = verify_batch<group>(
      context.manifest_hash, hashes, bases,
      [&](std::size_t p, equation_sink<group>& sink) {
        return emit_possession(sink, context, commitments_hash, reveals[p], coefficients[p]);
      },
      workers);
  if (!failures.empty()) {
    return fail(errc::bad_proof, place_of("dkg_reveal", reveals[failures.front().item].origin),
                "does not prove knowledge of its coefficients: " + failures.front().reason);
  }
  return {};
}

result<void> check_ephemerals(std::span<const dkg_deal> deals,
                              std::span<const encoded_elements<group>> ephemerals) {
  SANDOQ_EXPECTS(deals.size() == ephemerals.size(), "the decoded ephemeral keys of each deal");
  for (std::size_t p = 0; p < deals.size(); ++p) {
    if (auto done = check_no_identity("dkg_deal", deals[p].origin, "ephemeral key",
                                      ephemerals[p].elements());
        !done) {
      return done;
    }
  }
  return {};
}

result<void> check_transcript_hashes(std::span<const dkg_confirm> confirms,
                                     const digest32& expected) {
  for (const auto& confirm : confirms) {
    if (confirm.transcript_hash != expected) {
      return fail(errc::mismatch, place_of("dkg_confirm", confirm.origin),
                  "confirms another ceremony than the one at hand");
    }
  }
  return {};
}

}  // namespace sandoq::detail
