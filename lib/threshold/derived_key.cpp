#include "sandoq/threshold/derived_key.hpp"

#include <cstddef>
#include <utility>

#include "lib/threshold/ceremony_items.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/threshold/lagrange.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

void write_keys(byte_writer& out, const derived_key& derived) {
  out.count(derived.boards.size());
  for (const auto& part : derived.boards) {
    out.fixed(part.key.view());
  }
  out.fixed(derived.joint_key.view());
}

digest32 hash_of_transcript(const attempt_context& context, const derived_key& derived,
                            const ceremony_items& items) {
  byte_writer out;
  out.fixed(context.election.manifest_hash.view());
  out.u32(context.attempt);
  out.fixed(hash_of_commitments(context, items.commits).view());
  detail::write_items<dkg_commit>(out, items.commits);
  detail::write_items<dkg_reveal>(out, items.reveals);
  detail::write_items<dkg_deal>(out, items.deals);
  write_keys(out, derived);
  return framed_hash::of("dkg/transcript", out.view());
}

digest32 hash_of_ceremony(std::span<const ceremony_items> attempts) {
  byte_writer out;
  for (const ceremony_items& attempt : attempts) {
    detail::write_attempt(out, attempt);
  }
  return framed_hash::of("ceremony", out.view());
}

// The keys of one board from the coefficients of its participants: those of the sum of all
// polynomials.
derived_key::board_part derive_board(board_size size, std::span<const trustee_index> who,
                                     std::span<const encoded_elements<group>> coefficients) {
  std::vector<group::element> sum(size.threshold);
  for (const auto& of_trustee : coefficients) {
    group::add_many(sum, of_trustee.elements());
  }
  derived_key::board_part out{encoded_element<group>(sum.front()), {}};
  out.share_keys.resize(size.trustees);
  for (const trustee_index j : who) {
    out.share_keys[j.value() - 1] =
        encoded_element<group>(evaluate_commitments<group>(sum, j.value()));
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
    for (const trustee_index j : who.of(board_index(static_cast<std::uint32_t>(b)))) {
      if (boards[b].share_keys[j.value() - 1].is_identity()) {
        return place + "/share key " + std::to_string(j.value());
      }
    }
  }
  return joint_key.is_identity() ? "joint key" : "";
}

derived_key derive_key(const attempt_context& context, std::span<const board_size> boards,
                       const ceremony_items& items,
                       std::span<const encoded_elements<group>> coefficients) {
  derived_key out;
  out.who = context.who;
  group::element joint;
  for (std::uint32_t b = 0; b < boards.size(); ++b) {
    const auto who = context.who.of(board_index(b));
    SANDOQ_EXPECTS(boards[b].threshold >= 1 && who.size() <= coefficients.size(),
                   "the items of a complete ceremony");
    out.boards.push_back(derive_board(boards[b], who, coefficients.first(who.size())));
    coefficients = coefficients.subspan(who.size());
    joint += out.boards.back().key.element();
  }
  out.joint_key = encoded_element<group>(joint);
  out.transcript_hash = hash_of_transcript(context, out, items);
  return out;
}

election_key make_election_key(const ceremony_context& context, const derived_key& derived,
                               std::span<const ceremony_items> attempts) {
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
  hashed.fixed(hash_of_ceremony(attempts).view());
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
