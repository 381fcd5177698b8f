#include "sandoq/threshold/derived_key.hpp"

#include <cstddef>
#include <utility>

#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/threshold/lagrange.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

template <class Item>
void write_items(byte_writer& out, std::span<const Item> items) {
  for (const auto& item : items) {
    out.var(item.encode());
  }
}

void write_keys(byte_writer& out, const derived_key& derived) {
  out.count(derived.boards.size());
  for (const auto& part : derived.boards) {
    out.fixed(part.key.view());
  }
  out.fixed(derived.joint_key.view());
}

digest32 hash_of_transcript(const ceremony_context& context, const derived_key& derived,
                            const ceremony_items& items) {
  byte_writer out;
  out.fixed(context.manifest_hash.view());
  out.u32(items.commits.front().origin.attempt);
  write_items<dkg_commit>(out, items.commits);
  write_items<dkg_reveal>(out, items.reveals);
  write_items<dkg_deal>(out, items.deals);
  write_keys(out, derived);
  return framed_hash::of("dkg/transcript", out.view());
}

digest32 hash_of_ceremony(const ceremony_items& items) {
  byte_writer out;
  write_items<dkg_commit>(out, items.commits);
  write_items<dkg_reveal>(out, items.reveals);
  write_items<dkg_deal>(out, items.deals);
  write_items<dkg_confirm>(out, items.confirms);
  return framed_hash::of("ceremony", out.view());
}

// The keys of one board from the coefficients of its trustees: those of the sum of all polynomials.
derived_key::board_part derive_board(board_size size,
                                     std::span<const encoded_elements<group>> coefficients) {
  std::vector<group::element> sum(size.threshold);
  for (const auto& of_trustee : coefficients) {
    group::add_many(sum, of_trustee.elements());
  }
  derived_key::board_part out{encoded_element<group>(sum.front()), {}};
  out.share_keys.reserve(size.trustees);
  for (std::uint32_t j = 1; j <= size.trustees; ++j) {
    out.share_keys.emplace_back(evaluate_commitments<group>(sum, j));
  }
  return out;
}

wire_element wire(const encoded_element<group>& e) {
  return {e.octets()};
}

result<encoded_element<group>> decode_key(const wire_element& octets, std::string_view place) {
  auto key = encoded_element<group>::decode(octets.view());
  if (!key) {
    return fail_within(place, std::move(key.error()));
  }
  return key;
}

}  // namespace

std::string derived_key::first_identity() const {
  for (std::size_t b = 0; b < boards.size(); ++b) {
    const auto place = "board " + std::to_string(b);
    if (boards[b].key.is_identity()) {
      return place + "/key";
    }
    for (std::size_t j = 0; j < boards[b].share_keys.size(); ++j) {
      if (boards[b].share_keys[j].is_identity()) {
        return place + "/share key " + std::to_string(j + 1);
      }
    }
  }
  return joint_key.is_identity() ? "joint key" : "";
}

derived_key derive_key(const ceremony_context& context, std::span<const board_size> boards,
                       const ceremony_items& items,
                       std::span<const encoded_elements<group>> coefficients) {
  derived_key out;
  group::element joint;
  for (const auto& size : boards) {
    SANDOQ_EXPECTS(size.threshold >= 1 && size.trustees <= coefficients.size(),
                   "the items of a complete ceremony");
    out.boards.push_back(derive_board(size, coefficients.first(size.trustees)));
    coefficients = coefficients.subspan(size.trustees);
    joint += out.boards.back().key.element();
  }
  out.joint_key = encoded_element<group>(joint);
  out.transcript_hash = hash_of_transcript(context, out, items);
  return out;
}

election_key make_election_key(const ceremony_context& context, const derived_key& derived,
                               const ceremony_items& items) {
  election_key out;
  for (const auto& part : derived.boards) {
    election_key::board_part published{wire(part.key), {}};
    for (const auto& share_key : part.share_keys) {
      published.share_keys.push_back(wire(share_key));
    }
    out.boards.push_back(std::move(published));
  }
  out.joint_key = wire(derived.joint_key);
  byte_writer hashed;
  hashed.fixed(context.manifest_hash.view());
  write_keys(hashed, derived);
  hashed.fixed(hash_of_ceremony(items).view());
  out.election_hash = framed_hash::of("election", hashed.view());
  return out;
}

result<election_keys> decode_keys(const election_key& published) {
  election_keys out;
  for (std::size_t b = 0; b < published.boards.size(); ++b) {
    const auto place = "election_key/board " + std::to_string(b);
    if (auto key = decode_key(published.boards[b].key, place + "/key"); !key) {
      return tl::unexpected(std::move(key.error()));
    }
    auto& share_keys = out.share_keys.emplace_back();
    for (std::size_t j = 0; j < published.boards[b].share_keys.size(); ++j) {
      auto key = decode_key(published.boards[b].share_keys[j],
                            place + "/share key " + std::to_string(j + 1));
      if (!key) {
        return tl::unexpected(std::move(key.error()));
      }
      share_keys.push_back(*key);
    }
  }
  auto joint = decode_key(published.joint_key, "election_key/joint key");
  if (!joint) {
    return tl::unexpected(std::move(joint.error()));
  }
  out.joint_key = *joint;
  out.election_hash = published.election_hash;
  return out;
}

}  // namespace sandoq
