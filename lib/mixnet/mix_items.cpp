#include "sandoq/mixnet/mix_items.hpp"

#include <utility>

#include "lib/core/field_reader.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

result<mixed_place> read_place(byte_reader& in, std::string_view field) {
  const auto node = in.u32(field);
  if (!node) {
    return tl::unexpected(node.error());
  }
  const auto hash = in.fixed<32>(field);
  if (!hash) {
    return tl::unexpected(hash.error());
  }
  return mixed_place{node_index(*node), {*hash}};
}

void write_body(byte_writer& out, const mix_stage& stage) {
  out.u32(stage.group);
  out.u32(stage.stage);
  out.u32(stage.board.value());
  out.u32(stage.trustee.value());
  out.fixed(stage.previous.view());
  out.fixed(stage.list.view());
  out.var(stage.proof);
}

}  // namespace

result<mix_group> mix_group::decode(byte_view data) {
  constexpr std::size_t place_bytes = 36;
  detail::field_reader in(data);
  mix_group out;
  in.u32(out.group, "group");
  in.id(out.contest, "contest");
  in.list(out.places, {max_places, place_bytes}, "nodes", read_place);
  in.u64(out.ballots, "ballots");
  in.u32(out.ciphertexts, "N");
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes mix_group::encode() const {
  byte_writer out;
  out.u32(group);
  out.u32(contest.value());
  out.count(places.size());
  for (const mixed_place& place : places) {
    out.u32(place.node.value());
    out.fixed(place.hash.view());
  }
  out.u64(ballots);
  out.u32(ciphertexts);
  return std::move(out).take();
}

result<mix_stage> mix_stage::decode(byte_view data) {
  detail::field_reader in(data);
  mix_stage out;
  in.u32(out.group, "group");
  in.u32(out.stage, "stage");
  in.id(out.board, "board");
  in.id(out.trustee, "trustee");
  in.digest(out.previous, "previous");
  in.digest(out.list, "list");
  in.with(out.proof, [](byte_reader& r) {
    return r.var(max_proof_bytes, "proof").map([](byte_view octets) {
      return bytes(octets.begin(), octets.end());
    });
  });
  in.with(out.signature, [](byte_reader& r) { return read_signature(r, "signature"); });
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes mix_stage::encode() const {
  byte_writer out;
  write_body(out, *this);
  write(out, signature);
  return std::move(out).take();
}

digest32 mix_stage::signed_digest() const {
  byte_writer out;
  write_body(out, *this);
  return framed_hash::of("mix/stage", out.view());
}

result<mix_elements> mix_elements::decode(byte_view data) {
  byte_reader in(data);
  const auto count = in.count(max_elements, element_bytes, "elements");
  if (!count) {
    return tl::unexpected(count.error());
  }
  if (*count == 0) {
    return in.failure(errc::out_of_range, "elements", "the list is empty");
  }
  const auto octets = in.fixed(*count * element_bytes, "elements");
  if (!octets) {
    return tl::unexpected(octets.error());
  }
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return mix_elements{{octets->begin(), octets->end()}};
}

bytes mix_elements::encode() const {
  SANDOQ_EXPECTS(octets.size() % element_bytes == 0, "whole elements");
  byte_writer out;
  out.reserve(4 + octets.size());
  out.count(octets.size() / element_bytes);
  out.fixed(octets);
  return std::move(out).take();
}

result<mix_factors> mix_factors::decode(byte_view data) {
  detail::field_reader in(data);
  mix_factors out;
  in.u32(out.group, "group");
  in.id(out.board, "board");
  in.id(out.trustee, "trustee");
  in.u32(out.count, "count");
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes mix_factors::encode() const {
  byte_writer out;
  out.u32(group);
  out.u32(board.value());
  out.u32(trustee.value());
  out.u32(count);
  return std::move(out).take();
}

}  // namespace sandoq
