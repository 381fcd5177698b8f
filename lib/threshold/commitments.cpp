#include "sandoq/threshold/commitments.hpp"

#include <utility>

#include "sandoq/core/canonical.hpp"
#include "sandoq/proofs/quorum.hpp"

namespace sandoq {
namespace {

constexpr std::size_t max_coefficients = 64;

void write(byte_writer& out, const dkg_origin& origin) {
  out.u32(origin.attempt);
  out.u32(origin.board.value());
  out.u32(origin.trustee.value());
}

result<dkg_origin> read_origin(byte_reader& in) {
  const auto attempt = in.u32("attempt");
  if (!attempt) {
    return tl::unexpected(attempt.error());
  }
  const auto board = in.u32("board");
  if (!board) {
    return tl::unexpected(board.error());
  }
  const auto trustee = in.u32("trustee");
  if (!trustee) {
    return tl::unexpected(trustee.error());
  }
  return dkg_origin{*attempt, board_index(*board), trustee_index(*trustee)};
}

void write_body(byte_writer& out, const dkg_commit& item) {
  write(out, item.origin);
  out.fixed(item.commitment.view());
}

void write_body(byte_writer& out, const dkg_reveal& item) {
  write(out, item.origin);
  out.count(item.coefficients.size());
  for (const auto& coefficient : item.coefficients) {
    write(out, coefficient);
  }
  out.fixed(item.salt);
  out.count(item.proofs.size());
  for (const auto& proof : item.proofs) {
    out.fixed(proof.view());
  }
}

void write_body(byte_writer& out, const dkg_deal& item) {
  write(out, item.origin);
  out.count(item.shares.size());
  for (const auto& share : item.shares) {
    write(out, share.ephemeral);
    out.fixed(share.box);
  }
}

void write_body(byte_writer& out, const dkg_confirm& item) {
  write(out, item.origin);
  out.fixed(item.transcript_hash.view());
}

void write_body(byte_writer& out, const dkg_complaint& item) {
  write(out, item.origin);
  out.u32(item.dealer.value());
  write(out, item.shared);
  out.fixed(item.proof.view());
}

void write_body(byte_writer& out, const dkg_absence& item) {
  write(out, item.origin);
  out.text(item.remark);
}

template <class Item>
bytes encode_signed(const Item& item) {
  byte_writer out;
  write_body(out, item);
  write(out, item.signature);
  return std::move(out).take();
}

template <class Item>
digest32 digest_of(literal purpose, const Item& item) {
  byte_writer out;
  write_body(out, item);
  return framed_hash::of(purpose, out.view());
}

// The signature, and the end of the item.
template <class Item>
result<Item> finish(Item item, byte_reader& in) {
  auto signature = read_signature(in, "signature");
  if (!signature) {
    return tl::unexpected(std::move(signature.error()));
  }
  item.signature = *signature;
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return item;
}

result<std::uint32_t> read_count(byte_reader& in, std::size_t max_items, std::size_t item_bytes,
                                 std::string_view field) {
  auto count = in.count(max_items, item_bytes, field);
  if (count && *count == 0) {
    return in.failure(errc::out_of_range, field, "the list is empty; it needs at least one item");
  }
  return count;
}

result<std::vector<wire_element>> read_elements(byte_reader& in, std::size_t max_items,
                                                std::string_view field) {
  const auto count = read_count(in, max_items, 32, field);
  if (!count) {
    return tl::unexpected(count.error());
  }
  std::vector<wire_element> out;
  out.reserve(*count);
  for (std::uint32_t i = 0; i < *count; ++i) {
    auto e = read_element(in, field);
    if (!e) {
      return tl::unexpected(std::move(e.error()));
    }
    out.push_back(*e);
  }
  return out;
}

result<digest32> read_digest(byte_reader& in, std::string_view field) {
  const auto octets = in.fixed<32>(field);
  if (!octets) {
    return tl::unexpected(octets.error());
  }
  return digest32{*octets};
}

}  // namespace

result<dkg_commit> dkg_commit::decode(byte_view data) {
  byte_reader in(data);
  auto origin = read_origin(in);
  if (!origin) {
    return tl::unexpected(std::move(origin.error()));
  }
  auto commitment = read_digest(in, "h");
  if (!commitment) {
    return tl::unexpected(std::move(commitment.error()));
  }
  return finish(dkg_commit{*origin, *commitment, {}}, in);
}

bytes dkg_commit::encode() const {
  return encode_signed(*this);
}

digest32 dkg_commit::signed_digest() const {
  return digest_of("dkg/commit", *this);
}

result<dkg_reveal> dkg_reveal::decode(byte_view data) {
  byte_reader in(data);
  dkg_reveal out;
  auto origin = read_origin(in);
  if (!origin) {
    return tl::unexpected(std::move(origin.error()));
  }
  out.origin = *origin;
  auto coefficients = read_elements(in, max_coefficients, "coefficients");
  if (!coefficients) {
    return tl::unexpected(std::move(coefficients.error()));
  }
  out.coefficients = std::move(*coefficients);
  if (auto done = in.fixed_into(out.salt, "salt"); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  const auto proofs = read_count(in, max_coefficients, 64, "proofs");
  if (!proofs) {
    return tl::unexpected(proofs.error());
  }
  out.proofs.resize(*proofs);
  for (auto& proof : out.proofs) {
    if (auto done = in.fixed_into(proof.octets, "proofs"); !done) {
      return tl::unexpected(std::move(done.error()));
    }
  }
  return finish(std::move(out), in);
}

bytes dkg_reveal::encode() const {
  return encode_signed(*this);
}

digest32 dkg_reveal::signed_digest() const {
  return digest_of("dkg/reveal", *this);
}

digest32 dkg_reveal::opened_commitment(const digest32& manifest_hash) const {
  byte_writer out;
  out.fixed(manifest_hash.view());
  write(out, origin);
  out.u32(static_cast<std::uint32_t>(coefficients.size()));
  for (const auto& coefficient : coefficients) {
    sandoq::write(out, coefficient);
  }
  out.fixed(salt);
  return framed_hash::of("dkg/commit", out.view());
}

result<dkg_deal> dkg_deal::decode(byte_view data) {
  byte_reader in(data);
  dkg_deal out;
  auto origin = read_origin(in);
  if (!origin) {
    return tl::unexpected(std::move(origin.error()));
  }
  out.origin = *origin;
  const auto shares = read_count(in, quorum::max_trustees, 32 + 48, "shares");
  if (!shares) {
    return tl::unexpected(shares.error());
  }
  out.shares.resize(*shares);
  for (auto& share : out.shares) {
    auto ephemeral = read_element(in, "ephemeral");
    if (!ephemeral) {
      return tl::unexpected(std::move(ephemeral.error()));
    }
    share.ephemeral = *ephemeral;
    if (auto done = in.fixed_into(share.box, "box"); !done) {
      return tl::unexpected(std::move(done.error()));
    }
  }
  return finish(std::move(out), in);
}

bytes dkg_deal::encode() const {
  return encode_signed(*this);
}

digest32 dkg_deal::signed_digest() const {
  return digest_of("dkg/deal", *this);
}

result<dkg_confirm> dkg_confirm::decode(byte_view data) {
  byte_reader in(data);
  auto origin = read_origin(in);
  if (!origin) {
    return tl::unexpected(std::move(origin.error()));
  }
  auto hash = read_digest(in, "transcript hash");
  if (!hash) {
    return tl::unexpected(std::move(hash.error()));
  }
  return finish(dkg_confirm{*origin, *hash, {}}, in);
}

bytes dkg_confirm::encode() const {
  return encode_signed(*this);
}

digest32 dkg_confirm::signed_digest() const {
  return digest_of("dkg/confirm", *this);
}

result<dkg_complaint> dkg_complaint::decode(byte_view data) {
  byte_reader in(data);
  dkg_complaint out;
  auto origin = read_origin(in);
  if (!origin) {
    return tl::unexpected(std::move(origin.error()));
  }
  out.origin = *origin;
  const auto dealer = in.u32("dealer");
  if (!dealer) {
    return tl::unexpected(dealer.error());
  }
  out.dealer = trustee_index(*dealer);
  auto shared = read_element(in, "Kdh");
  if (!shared) {
    return tl::unexpected(std::move(shared.error()));
  }
  out.shared = *shared;
  if (auto done = in.fixed_into(out.proof.octets, "proof"); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return finish(std::move(out), in);
}

bytes dkg_complaint::encode() const {
  return encode_signed(*this);
}

digest32 dkg_complaint::signed_digest() const {
  return digest_of("dkg/complaint", *this);
}

result<dkg_absence> dkg_absence::decode(byte_view data) {
  byte_reader in(data);
  dkg_absence out;
  auto origin = read_origin(in);
  if (!origin) {
    return tl::unexpected(std::move(origin.error()));
  }
  out.origin = *origin;
  auto remark = in.text(max_remark_bytes, "remark");
  if (!remark) {
    return tl::unexpected(std::move(remark.error()));
  }
  out.remark = std::move(*remark);
  auto signatures = quorum::read(in, "quorum");
  if (!signatures) {
    return tl::unexpected(std::move(signatures.error()));
  }
  out.signatures = std::move(*signatures);
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes dkg_absence::encode() const {
  byte_writer out;
  write_body(out, *this);
  signatures.write(out);
  return std::move(out).take();
}

digest32 dkg_absence::signed_digest() const {
  return digest_of("dkg/absence", *this);
}

result<election_key> election_key::decode(byte_view data) {
  byte_reader in(data);
  election_key out;
  const auto boards = read_count(in, quorum::max_boards, 32 + 4 + 32, "boards");
  if (!boards) {
    return tl::unexpected(boards.error());
  }
  for (std::uint32_t b = 0; b < *boards; ++b) {
    auto key = read_element(in, "board key");
    if (!key) {
      return tl::unexpected(std::move(key.error()));
    }
    auto share_keys = read_elements(in, quorum::max_trustees, "share keys");
    if (!share_keys) {
      return tl::unexpected(std::move(share_keys.error()));
    }
    out.boards.push_back({*key, std::move(*share_keys)});
  }
  auto joint = read_element(in, "joint key");
  if (!joint) {
    return tl::unexpected(std::move(joint.error()));
  }
  out.joint_key = *joint;
  auto hash = read_digest(in, "election hash");
  if (!hash) {
    return tl::unexpected(std::move(hash.error()));
  }
  out.election_hash = *hash;
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes election_key::encode() const {
  byte_writer out;
  out.count(boards.size());
  for (const auto& part : boards) {
    write(out, part.key);
    out.count(part.share_keys.size());
    for (const auto& share_key : part.share_keys) {
      write(out, share_key);
    }
  }
  write(out, joint_key);
  out.fixed(election_hash.view());
  return std::move(out).take();
}

transcript possession_transcript(const digest32& manifest_hash, const digest32& commitments_hash,
                                 const dkg_origin& origin, std::uint32_t coefficient,
                                 byte_view coefficients) {
  transcript tr("sandoq-1/dkg/pop");
  tr.absorb_bytes("e0", manifest_hash.view());
  tr.absorb_bytes("commitments", commitments_hash.view());
  tr.absorb_integer("attempt", origin.attempt);
  tr.absorb_integer("board", origin.board.value());
  tr.absorb_integer("trustee", origin.trustee.value());
  tr.absorb_integer("coefficient", coefficient);
  tr.absorb_encoded_elements<ristretto255>("coefficients", coefficients);
  return tr;
}

transcript complaint_transcript(const digest32& manifest_hash, const digest32& commitments_hash,
                                const dkg_origin& accuser, trustee_index dealer) {
  transcript tr("sandoq-1/dkg/complaint");
  tr.absorb_bytes("e0", manifest_hash.view());
  tr.absorb_bytes("commitments", commitments_hash.view());
  tr.absorb_integer("attempt", accuser.attempt);
  tr.absorb_integer("board", accuser.board.value());
  tr.absorb_integer("dealer", dealer.value());
  tr.absorb_integer("receiver", accuser.trustee.value());
  return tr;
}

}  // namespace sandoq
