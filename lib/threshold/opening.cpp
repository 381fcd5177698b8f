#include "sandoq/threshold/opening.hpp"

#include <utility>

#include "lib/core/field_reader.hpp"
#include "sandoq/core/canonical.hpp"

namespace sandoq {
namespace {

constexpr std::size_t ciphertext_bytes = 64;
constexpr std::size_t place_bytes = 4 + 32;

result<opened_place> read_place(byte_reader& in, std::string_view field) {
  const auto node = in.u32(field);
  if (!node) {
    return tl::unexpected(node.error());
  }
  opened_place out{node_index(*node), {}};
  if (auto done = in.fixed_into(out.hash.octets, field); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

void write_body(byte_writer& out, const opening_request& request) {
  out.fixed(request.election_hash.view());
  out.u8(static_cast<std::uint8_t>(request.domain));
  out.u32(request.number);
  out.fixed(request.previous.view());
  out.u32(request.contest.value());
  out.count(request.places.size());
  for (const opened_place& place : request.places) {
    out.u32(place.node.value());
    out.fixed(place.hash.view());
  }
  out.u64(request.ballots);
  out.count(request.ciphertexts.size());
  for (const auto& c : request.ciphertexts) {
    write(out, c);
  }
  out.fixed(request.closings.view());
}

void write_body(byte_writer& out, const partial_decryption& answer) {
  out.u32(answer.number);
  out.u32(answer.board.value());
  out.u32(answer.trustee.value());
  out.count(answer.factors.size());
  for (const auto& factor : answer.factors) {
    write(out, factor);
  }
  out.fixed(answer.proof.view());
}

}  // namespace

result<opening_request> opening_request::decode(byte_view data) {
  detail::field_reader in(data);
  opening_request out;
  in.digest(out.election_hash, "e1");
  in.domain(out.domain);
  in.u32(out.number, "number");
  in.digest(out.previous, "previous");
  in.id(out.contest, "contest");
  in.list(out.places, {max_request_places, place_bytes}, "places", read_place);
  in.u64(out.ballots, "ballots");
  in.list(out.ciphertexts, {max_contest_ciphertexts, ciphertext_bytes}, "ciphertexts",
          read_ciphertext);
  in.digest(out.closings, "closings");
  in.with(out.signatures, [](byte_reader& r) { return quorum::read(r, "quorum"); });
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes opening_request::encode() const {
  byte_writer out;
  write_body(out, *this);
  signatures.write(out);
  return std::move(out).take();
}

digest32 opening_request::hash() const {
  byte_writer out;
  write_body(out, *this);
  return framed_hash::of("request", out.view());
}

result<partial_decryption> partial_decryption::decode(byte_view data) {
  detail::field_reader in(data);
  partial_decryption out;
  in.u32(out.number, "number");
  in.id(out.board, "board");
  in.id(out.trustee, "trustee");
  in.list(out.factors, {max_contest_ciphertexts, ristretto255::element_bytes}, "factors",
          read_element);
  in.octets(out.proof.octets, "proof");
  in.with(out.signature, [](byte_reader& r) { return read_signature(r, "signature"); });
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes partial_decryption::encode() const {
  byte_writer out;
  write_body(out, *this);
  write(out, signature);
  return std::move(out).take();
}

digest32 partial_decryption::signed_digest(const digest32& request_hash) const {
  byte_writer out;
  write_body(out, *this);
  return framed_hash::of("partial", request_hash.view(), out.view());
}

std::vector<node_index> opening_subject::nodes() const {
  std::vector<node_index> out;
  out.reserve(places.size());
  for (const opened_place& place : places) {
    out.push_back(place.node);
  }
  return out;
}

void closings_hash::add(std::uint32_t kind, byte_view item) {
  byte_writer start;
  start.u32(kind);
  journals_.push_back(framed_hash::of("close/record", start.view(), item));
}

void closings_hash::add_lot(byte_view lot_commit) {
  lots_.push_back(framed_hash::of("lot/record", lot_commit));
}

digest32 closings_hash::digest() const {
  byte_writer out;
  out.fixed(election_hash_.view());
  for (const std::vector<digest32>* list : {&journals_, &lots_}) {
    out.count(list->size());
    for (const digest32& hash : *list) {
      out.fixed(hash.view());
    }
  }
  return framed_hash::of("closings", out.view());
}

}  // namespace sandoq
