#include "sandoq/ballot/chain.hpp"

#include "sandoq/core/canonical.hpp"

namespace sandoq {
namespace {

void write_election(byte_writer& out, const chain_context& context) {
  out.fixed(context.e1.view());
  out.u8(static_cast<std::uint8_t>(context.domain));
}

}  // namespace

digest32 opening_link(const chain_context& context, byte_view opening) {
  byte_writer head;
  write_election(head, context);
  return framed_hash::of("code/opening", head.view(), opening);
}

digest32 confirmation_code(const chain_context& context, const ballot_item& ballot) {
  return confirmation_code(context, ballot, ballot.ballot_hash());
}

digest32 confirmation_code(const chain_context& context, const ballot_item& ballot,
                           const digest32& ballot_hash) {
  byte_writer out;
  write_election(out, context);
  out.u32(ballot.place.branch.value());
  out.u32(ballot.place.device.value());
  out.u32(ballot.number.value());
  out.u64(ballot.time.value);
  out.fixed(ballot.previous.view());
  out.fixed(ballot_hash.view());
  return framed_hash::of("code", out.view());
}

digest32 resolution_link(const chain_context& context, journal_kind kind, byte_view resolution,
                         const digest32& code) {
  byte_writer head;
  write_election(head, context);
  head.u32(static_cast<std::uint32_t>(kind));
  return framed_hash::of("code/resolution", head.view(), resolution, code.view());
}

}  // namespace sandoq
