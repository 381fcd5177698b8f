#include "exchange_items.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "lib/ballot/journal_fields.hpp"

namespace sandoq::tool {
namespace {

using detail::finished;
using detail::structure_reader;

constexpr std::size_t token_bytes = 36;

// The bytes of an opening before its list of board roots have one length.
constexpr std::size_t announcement_bytes = 4 + 4 + 32 + 64 + 8 + 4 + 32 + 64;

template <std::size_t N, class Proof>
void read_octets(structure_reader& in, Proof& out, std::string_view field) {
  out.octets = in.fixed<N>(field);
}

item_kind read_kind(structure_reader& in) {
  const std::uint32_t number = in.u32("kind");
  if (in.good() && !is_item_kind(number)) {
    in.refuse(errc::out_of_range, "kind", "is no kind of an item of a record");
  }
  return static_cast<item_kind>(number);
}

void write_unsigned(byte_writer& out, const seed_root& item) {
  detail::write_place(out, item.place);
  out.u32(item.capacity);
  out.u32(item.board.value());
  out.u32(item.trustee.value());
  out.fixed(item.root.view());
}

void write_unsigned(byte_writer& out, const device_tokens& item) {
  detail::write_place(out, item.place);
  out.count(item.tokens.size());
  for (const used_token& token : item.tokens) {
    out.fixed(token.hash.view());
    out.u32(token.style.value());
  }
}

}  // namespace

std::optional<std::string_view> name_of_exchange(std::uint32_t kind) noexcept {
  switch (static_cast<exchange_kind>(kind)) {
    case exchange_kind::statement:
      return "statement";
    case exchange_kind::signature:
      return "signature";
    case exchange_kind::announcement:
      return "announcement";
    case exchange_kind::seed_root:
      return "seed_root";
    case exchange_kind::tokens:
      return "tokens";
    case exchange_kind::trustee_entry:
      return "trustee_entry";
    case exchange_kind::authority_entry:
      return "authority_entry";
    case exchange_kind::agreed:
      return "agreed";
  }
  return std::nullopt;
}

result<statement> statement::decode(byte_view in) {
  structure_reader reader(in, "statement");
  statement out;
  out.of = read_kind(reader);
  const byte_view body = reader.var(max_item_bytes, "body");
  out.body.assign(body.begin(), body.end());
  return finished(reader, std::move(out));
}

bytes statement::encode() const {
  byte_writer out;
  out.u32(static_cast<std::uint32_t>(of));
  out.var(body);
  return std::move(out).take();
}

result<statement_signature> statement_signature::decode(byte_view in) {
  structure_reader reader(in, "signature");
  statement_signature out;
  out.of = read_kind(reader);
  out.digest = reader.digest("digest");
  out.board = board_index(reader.u32("board"));
  out.trustee = trustee_index(reader.u32("trustee"));
  read_octets<64>(reader, out.signature, "signature");
  return finished(reader, out);
}

bytes statement_signature::encode() const {
  byte_writer out;
  out.u32(static_cast<std::uint32_t>(of));
  out.fixed(digest.view());
  out.u32(board.value());
  out.u32(trustee.value());
  write(out, signature);
  return std::move(out).take();
}

result<agreed_quorum> agreed_quorum::decode(byte_view in) {
  structure_reader reader(in, "agreed");
  agreed_quorum out;
  out.of = read_kind(reader);
  out.digest = reader.digest("digest");
  out.signatures = detail::read_quorum(reader);
  return finished(reader, std::move(out));
}

bytes agreed_quorum::encode() const {
  byte_writer out;
  out.u32(static_cast<std::uint32_t>(of));
  out.fixed(digest.view());
  signatures.write(out);
  return std::move(out).take();
}

result<announcement> announcement::decode(byte_view in) {
  structure_reader reader(in, "announcement");
  announcement out;
  out.opening.place = detail::read_place(reader);
  out.opening.device_key = reader.element("device key");
  read_octets<64>(reader, out.opening.key_proof, "key proof");
  out.opening.time = {reader.u64("time")};
  out.opening.capacity = reader.u32("capacity");
  out.opening.device_root = reader.digest("device seed root");
  read_octets<64>(reader, out.opening.device_signature, "device signature");
  return finished(reader, std::move(out));
}

bytes announcement::encode() const {
  bytes out = opening.encode();
  out.resize(announcement_bytes);
  return out;
}

result<seed_root> seed_root::decode(byte_view in) {
  structure_reader reader(in, "seed_root");
  seed_root out;
  out.place = detail::read_place(reader);
  out.capacity = reader.u32("capacity");
  out.board = board_index(reader.u32("board"));
  out.trustee = trustee_index(reader.u32("trustee"));
  out.root = reader.digest("root");
  read_octets<64>(reader, out.signature, "signature");
  return finished(reader, out);
}

bytes seed_root::encode() const {
  byte_writer out;
  write_unsigned(out, *this);
  write(out, signature);
  return std::move(out).take();
}

digest32 seed_root::signed_digest() const {
  byte_writer out;
  write_unsigned(out, *this);
  return framed_hash::of("seed/root", out.view());
}

result<device_tokens> device_tokens::decode(byte_view in) {
  structure_reader reader(in, "tokens");
  device_tokens out;
  out.place = detail::read_place(reader);
  const std::size_t n = reader.count_or_none(eligibility_item::max_tokens, token_bytes, "tokens");
  out.tokens.reserve(n);
  for (std::size_t i = 0; i < n && reader.good(); ++i) {
    const structure_reader::scope here(reader, "token", i);
    used_token token;
    token.hash = reader.digest("hash");
    token.style = style_index(reader.u32("style"));
    if (reader.good() && i > 0 && token.hash <= out.tokens.back().hash) {
      reader.refuse(errc::bad_encoding, "hash", "must be above the one before");
    }
    out.tokens.push_back(token);
  }
  read_octets<64>(reader, out.signature, "signature");
  return finished(reader, std::move(out));
}

bytes device_tokens::encode() const {
  byte_writer out;
  write_unsigned(out, *this);
  write(out, signature);
  return std::move(out).take();
}

signed_message device_tokens::message(const chain_context& election) const {
  byte_writer out;
  write_unsigned(out, *this);
  return {"tokens/device", election.domain, election.e1,
          framed_hash::of("tokens/device", out.view())};
}

bool device_tokens::includes(const device_tokens& other) const {
  return std::includes(tokens.begin(), tokens.end(), other.tokens.begin(), other.tokens.end());
}

result<trustee_enrolment> trustee_enrolment::decode(byte_view in) {
  structure_reader reader(in, "trustee_entry");
  trustee_enrolment out;
  out.board = board_index(reader.u32("board"));
  out.trustee = trustee_index(reader.u32("trustee"));
  out.signing_key = reader.element("signing key");
  out.encryption_key = reader.element("encryption key");
  read_octets<64>(reader, out.signing_proof, "signing proof");
  read_octets<64>(reader, out.encryption_proof, "encryption proof");
  return finished(reader, out);
}

bytes trustee_enrolment::encode() const {
  byte_writer out;
  out.u32(board.value());
  out.u32(trustee.value());
  out.fixed(signing_key.octets);
  out.fixed(encryption_key.octets);
  out.fixed(signing_proof.view());
  out.fixed(encryption_proof.view());
  return std::move(out).take();
}

result<authority_enrolment> authority_enrolment::decode(byte_view in) {
  structure_reader reader(in, "authority_entry");
  authority_enrolment out;
  out.signing_key = reader.element("signing key");
  read_octets<64>(reader, out.signing_proof, "signing proof");
  return finished(reader, out);
}

bytes authority_enrolment::encode() const {
  byte_writer out;
  out.fixed(signing_key.octets);
  out.fixed(signing_proof.view());
  return std::move(out).take();
}

}  // namespace sandoq::tool
