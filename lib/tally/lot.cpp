#include "sandoq/tally/lot.hpp"

#include <string>
#include <utility>

#include "lib/ballot/structure_reader.hpp"
#include "sandoq/core/canonical.hpp"

namespace sandoq {
namespace {

constexpr std::size_t signature_entry_bytes = 4 + wire_signature::size_bytes;

void write_context(byte_writer& out, const lot_context& context) {
  out.fixed(context.election_hash.view());
  out.u8(static_cast<std::uint8_t>(context.domain));
}

void write_body(byte_writer& out, const lot_commit& item) {
  out.u32(item.board.value());
  out.fixed(item.commitment.view());
}

std::string name_board(std::size_t board) {
  return "board " + std::to_string(board);
}

// One item a board, in order.
template <class Item>
std::string wrong_boards(std::size_t boards, std::span<const Item> items, std::string_view what) {
  for (std::size_t b = 0; b < items.size(); ++b) {
    if (b >= boards || items[b].board.value() != b) {
      return "a " + std::string(what) + " of " + name_board(items[b].board.value()) +
             " stands where " + (b < boards ? "that of " + name_board(b) + " must" : "none may") +
             " stand";
    }
  }
  if (items.size() < boards) {
    return name_board(items.size()) + " has no " + std::string(what);
  }
  return {};
}

}  // namespace

result<lot_commit> lot_commit::decode(byte_view data) {
  detail::structure_reader in(data, "lot_commit");
  lot_commit out;
  out.board = board_index(in.u32("board"));
  out.commitment = in.digest("commitment");
  const std::size_t count = in.count(quorum::max_trustees, signature_entry_bytes, "signatures");
  for (std::size_t i = 0; i < count && in.good(); ++i) {
    const detail::structure_reader::scope scope(in, "signature", i);
    quorum_signature& entry = out.signatures.emplace_back();
    entry.trustee = in.u32("trustee");
    entry.signature.octets = in.fixed<wire_signature::size_bytes>("signature");
  }
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes lot_commit::encode() const {
  byte_writer out;
  write_body(out, *this);
  out.count(signatures.size());
  for (const quorum_signature& entry : signatures) {
    out.u32(entry.trustee);
    write(out, entry.signature);
  }
  return std::move(out).take();
}

digest32 lot_commit::signed_digest() const {
  byte_writer out;
  write_body(out, *this);
  return framed_hash::of("lot/commit/signed", out.view());
}

result<lot_reveal> lot_reveal::decode(byte_view data) {
  detail::structure_reader in(data, "lot_reveal");
  lot_reveal out;
  out.board = board_index(in.u32("board"));
  out.value = in.fixed<32>("value");
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes lot_reveal::encode() const {
  byte_writer out;
  out.u32(board.value());
  out.fixed(value);
  return std::move(out).take();
}

digest32 lot_reveal::commitment(const lot_context& context) const {
  byte_writer out;
  write_context(out, context);
  out.u32(board.value());
  out.fixed(value);
  return framed_hash::of("lot/commit", out.view());
}

result<lot_beacon> lot_beacon::decode(byte_view data) {
  detail::structure_reader in(data, "lot_beacon");
  lot_beacon out;
  const byte_view value = in.var(max_value_bytes, "value");
  out.value.assign(value.begin(), value.end());
  if (in.good() && out.value.empty()) {
    in.refuse(errc::out_of_range, "value", "the public value is empty");
  }
  if (in.good()) {
    out.signatures = in.take(quorum::read(in.input(), "quorum"));
  }
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes lot_beacon::encode() const {
  byte_writer out;
  out.var(value);
  signatures.write(out);
  return std::move(out).take();
}

digest32 lot_beacon::signed_digest() const {
  byte_writer out;
  out.var(value);
  return framed_hash::of("lot/beacon", out.view());
}

void results_hash::add(byte_view result_item) noexcept {
  byte_writer framed;
  framed.var(result_item);
  state_.update(framed.view());
}

digest32 lot_seed(const lot_context& context, const digest32& results,
                  std::span<const lot_reveal> reveals, const lot_beacon& beacon) {
  byte_writer out;
  write_context(out, context);
  out.fixed(results.view());
  for (const lot_reveal& reveal : reveals) {
    out.fixed(reveal.value);
  }
  out.var(beacon.value);
  return framed_hash::of("lot", out.view());
}

digest32 lot_ticket(const digest32& seed, contest_index contest, std::uint32_t tie,
                    std::uint32_t subject) {
  byte_writer out;
  out.fixed(seed.view());
  out.u32(contest.value());
  out.u32(tie);
  out.u32(subject);
  return framed_hash::of("lot/ticket", out.view());
}

verification check_lot_commits(const lot_context& context, std::span<const board_keys> boards,
                               beacon_presence beacon, std::span<const lot_commit> commits) {
  if (beacon == beacon_presence::absent) {
    return commits.empty() ? verification::ok()
                           : verification::rejected(
                                 "the manifest names no beacon, so there is no lot to commit to");
  }
  if (const std::string wrong = wrong_boards(boards.size(), commits, "commitment");
      !wrong.empty()) {
    return verification::rejected(wrong);
  }
  for (std::size_t b = 0; b < boards.size(); ++b) {
    const signed_message message{"lot/commit", context.domain, context.election_hash,
                                 commits[b].signed_digest()};
    if (auto ok = verify_board(boards, b, message, commits[b].signatures); !ok) {
      return verification::rejected("commitment: " + ok.reason());
    }
  }
  return verification::ok();
}

verification check_lot(const lot_context& context, std::span<const board_keys> boards,
                       std::span<const lot_commit> commits, std::span<const lot_reveal> reveals,
                       const lot_beacon& beacon) {
  if (const std::string wrong = wrong_boards(boards.size(), reveals, "reveal"); !wrong.empty()) {
    return verification::rejected(wrong);
  }
  for (std::size_t b = 0; b < boards.size(); ++b) {
    if (b >= commits.size() || reveals[b].commitment(context) != commits[b].commitment) {
      return verification::rejected(name_board(b) + " does not reveal what it had committed to");
    }
  }
  const signed_message message{"lot/beacon", context.domain, context.election_hash,
                               beacon.signed_digest()};
  if (auto ok = verify(boards, message, beacon.signatures); !ok) {
    return verification::rejected("beacon: " + ok.reason());
  }
  return verification::ok();
}

}  // namespace sandoq
