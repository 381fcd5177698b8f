#include "sandoq/threshold/ceremony_elements.hpp"

#include <utility>

#include "sandoq/threshold/board.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

result<encoded_elements<group>> decode_item(std::string_view name, const dkg_origin& origin,
                                            byte_view octets) {
  auto decoded = encoded_elements<group>::decode(octets);
  if (!decoded) {
    return fail_within(std::string(name) + " of " + name_trustee(origin.board, origin.trustee),
                       std::move(decoded.error()));
  }
  return decoded;
}

}  // namespace

result<std::vector<encoded_elements<group>>> decode_coefficients(
    std::span<const dkg_reveal> reveals) {
  std::vector<encoded_elements<group>> out;
  out.reserve(reveals.size());
  for (const auto& reveal : reveals) {
    auto decoded =
        decode_item("dkg_reveal", reveal.origin, std::as_bytes(std::span(reveal.coefficients)));
    if (!decoded) {
      return tl::unexpected(std::move(decoded.error()));
    }
    out.push_back(std::move(*decoded));
  }
  return out;
}

result<std::vector<encoded_elements<group>>> decode_ephemerals(std::span<const dkg_deal> deals) {
  std::vector<encoded_elements<group>> out;
  out.reserve(deals.size());
  for (const auto& deal : deals) {
    bytes octets;
    for (const auto& share : deal.shares) {
      octets.insert(octets.end(), share.ephemeral.octets.begin(), share.ephemeral.octets.end());
    }
    auto decoded = decode_item("dkg_deal", deal.origin, octets);
    if (!decoded) {
      return tl::unexpected(std::move(decoded.error()));
    }
    out.push_back(std::move(*decoded));
  }
  return out;
}

result<ceremony_elements> decode_elements(const ceremony_items& items) {
  auto coefficients = decode_coefficients(items.reveals);
  if (!coefficients) {
    return tl::unexpected(std::move(coefficients.error()));
  }
  auto ephemerals = decode_ephemerals(items.deals);
  if (!ephemerals) {
    return tl::unexpected(std::move(ephemerals.error()));
  }
  return ceremony_elements{std::move(*coefficients), std::move(*ephemerals)};
}

}  // namespace sandoq
