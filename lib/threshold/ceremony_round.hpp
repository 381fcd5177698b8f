#pragma once

// The rules of single rounds, which a trustee checks one after another and a verifier all at once.
// Errors name the culprit in their place: "dkg_reveal of board 0/trustee 2".

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/core/literal.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/signature.hpp"
#include "sandoq/threshold/attempt.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/commitments.hpp"

namespace sandoq::detail {

[[nodiscard]] std::string place_of(std::string_view item, const dkg_origin& origin);

/// One item of each participant, in order, all of one attempt.                         SPEC(55.4)
[[nodiscard]] result<void> check_origins(std::string_view name, std::span<const dkg_origin> origins,
                                         const participants& who, std::uint32_t attempt);

template <class Item>
[[nodiscard]] result<void> check_origins(std::string_view name, std::span<const Item> items,
                                         const participants& who, std::uint32_t attempt) {
  std::vector<dkg_origin> origins;
  origins.reserve(items.size());
  for (const auto& item : items) {
    origins.push_back(item.origin);
  }
  return check_origins(name, std::span<const dkg_origin>(origins), who, attempt);
}

/// t_b coefficients and proofs. \pre check_origins                                     SPEC(55.2)
[[nodiscard]] result<void> check_lengths(std::span<const dkg_reveal> reveals,
                                         std::span<const board_size> boards);
/// One share a receiver. \pre check_origins                                            SPEC(55.3)
[[nodiscard]] result<void> check_lengths(std::span<const dkg_deal> deals, const participants& who);

/// The equations of all proofs of one reveal.                                          SPEC(55.2)
/// \pre as many proofs as coefficients
verification emit_possession(equation_sink<ristretto255>& sink, const ceremony_context& context,
                             const digest32& commitments_hash, const dkg_reveal& reveal,
                             const encoded_elements<ristretto255>& coefficients);

/// A signature with everything that it is checked against.
struct signed_item {
  std::string place;
  encoded_element<ristretto255> key;
  signed_message message;
  wire_signature signature;
};

/// \pre check_origins
template <class Item>
void collect_signed(std::vector<signed_item>& out, std::string_view name, literal purpose,
                    const ceremony_context& context, std::span<const board_keys> boards,
                    std::span<const Item> items) {
  for (const auto& item : items) {
    const auto& keys = boards[item.origin.board.value()].signing_keys;
    out.push_back(
        {place_of(name, item.origin), keys[item.origin.trustee.value() - 1].element,
         signed_message{purpose, context.domain, context.manifest_hash, item.signed_digest()},
         item.signature});
  }
}

/// One batch.                                                               SPEC(55.4) SPEC(40.10)
[[nodiscard]] result<void> check_signatures(const ceremony_context& context,
                                            std::span<const signed_item> items, executor& workers);

/// Every reveal opens the h at its place. \pre equal sizes                             SPEC(55.1)
[[nodiscard]] result<void> check_openings(const ceremony_context& context,
                                          std::span<const dkg_commit> commits,
                                          std::span<const dkg_reveal> reveals);

/// No coefficient is the identity, no two A_0 are equal, and every proof holds; one batch.
/// SPEC(55.2)
[[nodiscard]] result<void> check_possession(
    const ceremony_context& context, const digest32& commitments_hash,
    std::span<const dkg_reveal> reveals,
    std::span<const encoded_elements<ristretto255>> coefficients, executor& workers);

/// No c1 is the identity.                                                              SPEC(55.3)
[[nodiscard]] result<void> check_ephemerals(
    std::span<const dkg_deal> deals, std::span<const encoded_elements<ristretto255>> ephemerals);

/// Every confirm carries that hash.                                                    SPEC(55.4)
[[nodiscard]] result<void> check_transcript_hashes(std::span<const dkg_confirm> confirms,
                                                   const digest32& expected);

}  // namespace sandoq::detail
