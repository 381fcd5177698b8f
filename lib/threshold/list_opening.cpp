#include "sandoq/threshold/list_opening.hpp"

#include <utility>

#include "lib/core/field_reader.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

void write_body(byte_writer& out, const list_request& request) {
  out.fixed(request.election_hash.view());
  out.u8(static_cast<std::uint8_t>(request.domain));
  out.u32(request.number);
  out.fixed(request.previous.view());
  out.u32(request.group);
  out.u32(request.contest.value());
  out.u32(request.stages);
  out.u32(request.ciphertexts);
  out.fixed(request.list.view());
  out.fixed(request.closings.view());
}

void write_body(byte_writer& out, const list_partial& answer) {
  out.u32(answer.number);
  out.u32(answer.board.value());
  out.u32(answer.trustee.value());
  out.fixed(answer.factors.view());
  out.fixed(answer.proof.view());
}

}  // namespace

result<list_request> list_request::decode(byte_view data) {
  detail::field_reader in(data);
  list_request out;
  in.digest(out.election_hash, "e1");
  in.domain(out.domain);
  in.u32(out.number, "number");
  in.digest(out.previous, "previous");
  in.u32(out.group, "group");
  in.id(out.contest, "contest");
  in.u32(out.stages, "stages");
  in.u32(out.ciphertexts, "ciphertexts");
  in.digest(out.list, "list");
  in.digest(out.closings, "closings");
  in.with(out.signatures, [](byte_reader& r) { return quorum::read(r, "quorum"); });
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes list_request::encode() const {
  byte_writer out;
  write_body(out, *this);
  signatures.write(out);
  return std::move(out).take();
}

digest32 list_request::hash() const {
  byte_writer out;
  write_body(out, *this);
  return framed_hash::of("request/list", out.view());
}

result<list_partial> list_partial::decode(byte_view data) {
  detail::field_reader in(data);
  list_partial out;
  in.u32(out.number, "number");
  in.id(out.board, "board");
  in.id(out.trustee, "trustee");
  in.digest(out.factors, "factors");
  in.octets(out.proof.octets, "proof");
  in.with(out.signature, [](byte_reader& r) { return read_signature(r, "signature"); });
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes list_partial::encode() const {
  byte_writer out;
  write_body(out, *this);
  write(out, signature);
  return std::move(out).take();
}

digest32 list_partial::signed_digest(const digest32& request_hash) const {
  byte_writer out;
  write_body(out, *this);
  return framed_hash::of("partial/list", request_hash.view(), out.view());
}

digest32 factors_hash(byte_view octets) {
  SANDOQ_EXPECTS(octets.size() % ristretto255::element_bytes == 0, "whole elements");
  byte_writer count;
  count.count(octets.size() / ristretto255::element_bytes);
  return framed_hash::of("partial/factors", count.view(), octets);
}

}  // namespace sandoq
