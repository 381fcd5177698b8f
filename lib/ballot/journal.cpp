#include "sandoq/ballot/journal.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "lib/ballot/journal_fields.hpp"

namespace sandoq {
namespace {

using detail::finished;
using detail::read_place;
using detail::read_quorum;
using detail::structure_reader;
using detail::write_place;

constexpr std::size_t shortest_proof_bytes = 64;
constexpr std::size_t shortest_contest_bytes = 1 + 4 + 64 + shortest_proof_bytes;
constexpr std::size_t shortest_choices_bytes = 1 + 4;

// Opening: everything before the device's signature.
void write_statement(byte_writer& out, const opening_item& item) {
  write_place(out, item.place);
  out.fixed(item.device_key.view());
  out.fixed(item.key_proof.view());
  out.u64(item.time.value);
  out.u32(item.capacity);
  out.fixed(item.device_root.view());
}

// Opening: everything before the quorum.
void write_unsigned(byte_writer& out, const opening_item& item) {
  write_statement(out, item);
  out.fixed(item.device_signature.view());
  out.count(item.board_roots.size());
  for (const digest32& root : item.board_roots) {
    out.fixed(root.view());
  }
}

// How a close and a recovery begin.
template <class Closing>
void write_counts(byte_writer& out, const Closing& item) {
  write_place(out, item.place);
  out.u64(item.time.value);
  out.u32(item.counters.committed);
  out.u32(item.counters.cast);
  out.u32(item.counters.challenged);
  out.u32(item.counters.voided);
  out.fixed(item.last_link.view());
}

template <class Closing>
Closing read_counts(structure_reader& in) {
  Closing out;
  out.place = read_place(in);
  out.time = time_ms{in.u64("time")};
  out.counters.committed = in.u32("committed");
  out.counters.cast = in.u32("cast");
  out.counters.challenged = in.u32("challenged");
  out.counters.voided = in.u32("voided");
  out.last_link = in.digest("last link");
  return out;
}

void write_statement(byte_writer& out, const close_item& item) {
  write_counts(out, item);
}

void write_unsigned(byte_writer& out, const close_item& item) {
  write_statement(out, item);
  out.fixed(item.device_signature.view());
}

void write_unsigned(byte_writer& out, const recovery_item& item) {
  write_counts(out, item);
  out.text(item.remark);
}

// Ballot: everything before `time`.
void write_hashed(byte_writer& out, const ballot_item& item) {
  write_place(out, item.place);
  out.u32(item.number.value());
  out.u32(item.style.value());
  out.u16(item.digits);
  out.count(item.contests.size());
  for (const contest_ballot& contest : item.contests) {
    write(out, contest);
  }
}

template <class Resolution>
void write_resolution(byte_writer& out, const Resolution& item) {
  write_place(out, item.place);
  out.u32(item.number.value());
  out.u64(item.time.value);
}

template <class Resolution>
Resolution read_resolution(structure_reader& in) {
  Resolution out;
  out.place = read_place(in);
  out.number = serial(in.u32("serial"));
  out.time = time_ms{in.u64("time")};
  return out;
}

template <class Resolution>
result<Resolution> decode_resolution(byte_view canonical, std::string_view name) {
  structure_reader in(canonical, name);
  return finished(in, read_resolution<Resolution>(in));
}

seed_opening read_seed(structure_reader& in, std::string_view field) {
  return in.good() ? in.take(read_seed_opening(in.input(), field)) : seed_opening{};
}

}  // namespace

result<device_place> place_of_item(byte_view canonical) {
  structure_reader in(canonical.first(std::min<std::size_t>(canonical.size(), 8)), "item");
  return finished(in, read_place(in));
}

result<opening_item> opening_item::decode(byte_view canonical) {
  structure_reader in(canonical, "opening");
  opening_item out;
  out.place = read_place(in);
  out.device_key = in.element("device key");
  out.key_proof = {in.fixed<64>("key proof")};
  out.time = time_ms{in.u64("time")};
  out.capacity = in.u32("capacity");
  out.device_root = in.digest("device seed root");
  out.device_signature = {in.fixed<64>("device signature")};
  const std::size_t n = in.count(max_board_roots, 32, "board seed roots");
  for (std::size_t i = 0; i < n && in.good(); ++i) {
    out.board_roots.push_back(in.digest("board seed root"));
  }
  out.signatures = read_quorum(in);
  return finished(in, std::move(out));
}

bytes opening_item::encode() const {
  byte_writer out;
  write_unsigned(out, *this);
  signatures.write(out);
  return std::move(out).take();
}

digest32 opening_item::device_digest() const {
  byte_writer out;
  write_statement(out, *this);
  return framed_hash::of("opening/device", out.view());
}

digest32 opening_item::board_digest() const {
  byte_writer out;
  write_unsigned(out, *this);
  return framed_hash::of("opening", out.view());
}

result<ballot_item> ballot_item::decode(byte_view canonical) {
  structure_reader in(canonical, "ballot");
  ballot_item out;
  out.place = read_place(in);
  out.number = serial(in.u32("serial"));
  out.style = style_index(in.u32("style"));
  out.digits = in.u16("digits");
  const std::size_t n = in.count(max_contests, shortest_contest_bytes, "contests");
  for (std::size_t i = 0; i < n && in.good(); ++i) {
    const structure_reader::scope here(in, "contest", i);
    out.contests.push_back(in.take(read_contest_ballot(in.input())));
  }
  out.time = time_ms{in.u64("time")};
  out.previous = in.digest("previous");
  out.code = in.digest("code");
  return finished(in, std::move(out));
}

bytes ballot_item::encode() const {
  byte_writer out;
  write_hashed(out, *this);
  out.u64(time.value);
  out.fixed(previous.view());
  out.fixed(code.view());
  return std::move(out).take();
}

digest32 ballot_item::ballot_hash() const {
  byte_writer out;
  write_hashed(out, *this);
  return framed_hash::of("ballot", out.view());
}

result<cast_item> cast_item::decode(byte_view canonical) {
  return decode_resolution<cast_item>(canonical, "cast");
}

bytes cast_item::encode() const {
  byte_writer out;
  write_resolution(out, *this);
  return std::move(out).take();
}

result<void_item> void_item::decode(byte_view canonical) {
  return decode_resolution<void_item>(canonical, "void");
}

bytes void_item::encode() const {
  byte_writer out;
  write_resolution(out, *this);
  return std::move(out).take();
}

result<challenge_item> challenge_item::decode(byte_view canonical) {
  structure_reader in(canonical, "challenge");
  auto out = read_resolution<challenge_item>(in);
  const std::size_t contests =
      in.count(ballot_item::max_contests, shortest_choices_bytes, "contests");
  for (std::size_t i = 0; i < contests && in.good(); ++i) {
    const structure_reader::scope here(in, "contest", i);
    out.choices.push_back(in.take(read_revealed_choices(in.input())));
  }
  out.device_seed = read_seed(in, "device seed");
  const std::size_t boards = in.count(max_board_seeds, 36, "board seeds");
  for (std::size_t i = 0; i < boards && in.good(); ++i) {
    out.board_seeds.push_back(read_seed(in, "board seed"));
  }
  return finished(in, std::move(out));
}

bytes challenge_item::encode() const {
  byte_writer out;
  write_resolution(out, *this);
  out.count(choices.size());
  for (const revealed_choices& contest : choices) {
    write(out, contest);
  }
  write(out, device_seed);
  out.count(board_seeds.size());
  for (const seed_opening& seed : board_seeds) {
    write(out, seed);
  }
  return std::move(out).take();
}

result<close_item> close_item::decode(byte_view canonical) {
  structure_reader in(canonical, "close");
  auto out = read_counts<close_item>(in);
  out.device_signature = {in.fixed<64>("device signature")};
  out.signatures = read_quorum(in);
  return finished(in, std::move(out));
}

bytes close_item::encode() const {
  byte_writer out;
  write_unsigned(out, *this);
  signatures.write(out);
  return std::move(out).take();
}

digest32 close_item::device_digest() const {
  byte_writer out;
  write_statement(out, *this);
  return framed_hash::of("close/device", out.view());
}

digest32 close_item::board_digest() const {
  byte_writer out;
  write_unsigned(out, *this);
  return framed_hash::of("close", out.view());
}

result<recovery_item> recovery_item::decode(byte_view canonical) {
  structure_reader in(canonical, "recovery");
  auto out = read_counts<recovery_item>(in);
  out.remark = in.text(max_remark_bytes, "remark");
  out.signatures = read_quorum(in);
  return finished(in, std::move(out));
}

bytes recovery_item::encode() const {
  byte_writer out;
  write_unsigned(out, *this);
  signatures.write(out);
  return std::move(out).take();
}

digest32 recovery_item::board_digest() const {
  byte_writer out;
  write_unsigned(out, *this);
  return framed_hash::of("recovery", out.view());
}

}  // namespace sandoq
