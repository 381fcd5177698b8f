#include "sandoq/ballot/device_memory_secret.hpp"

#include <string>
#include <utility>

#include "lib/ballot/journal_fields.hpp"
#include "sandoq/core/canonical_secret.hpp"

namespace sandoq {
namespace {

using ops = secret_ops<ristretto255>;

constexpr std::size_t max_quorum_bytes =
    4 + quorum::max_boards * (4 + quorum::max_trustees * (4 + 64));
// 64 contests of 1,025 ciphertexts and 2,100 responses stay below it.
constexpr std::size_t max_ballot_bytes = 16 << 20;
// Marks of 8,192 options and blank, or 64 ranks, and room for a write-in.
constexpr std::size_t max_choice_bytes = 8'193 + 240;

void write_list(secret_writer& out, const std::vector<secret<byte_array<32>>>& list) {
  out.count(list.size());
  for (const auto& octets : list) {
    out.fixed(octets);
  }
}

std::vector<secret<byte_array<32>>> read_list(secret_reader& in, std::string_view field) {
  const std::size_t count = in.count(1, device_trees::max_roles, 32, field);
  std::vector<secret<byte_array<32>>> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(in.secret_fixed<32>(field));
  }
  return out;
}

void write_opening(secret_writer& out, const opening_item& opening) {
  out.u32(opening.place.branch.value());
  out.u32(opening.place.device.value());
  out.fixed(opening.device_key.view());
  out.fixed(opening.key_proof.view());
  out.u64(opening.time.value);
  out.u32(opening.capacity);
  out.fixed(opening.device_root.view());
  out.fixed(opening.device_signature.view());
  out.count(opening.board_roots.size());
  for (const digest32& root : opening.board_roots) {
    out.fixed(root.view());
  }
  out.var(opening.signatures.boards.empty() ? bytes() : opening.signatures.encode());
}

opening_item read_opening(secret_reader& in) {
  opening_item out;
  out.place.branch = branch_index(in.u32("branch"));
  out.place.device = device_index(in.u32("device"));
  out.device_key.octets = in.fixed<32>("device key");
  out.key_proof.octets = in.fixed<64>("key proof");
  out.time.value = in.u64("time");
  out.capacity = in.u32("capacity");
  out.device_root.octets = in.fixed<32>("device root");
  out.device_signature.octets = in.fixed<64>("device signature");
  const std::size_t roots = in.count(0, opening_item::max_board_roots, 32, "board roots");
  for (std::size_t i = 0; i < roots; ++i) {
    out.board_roots.push_back({in.fixed<32>("board roots")});
  }
  if (const bytes signatures = in.var(max_quorum_bytes, "quorum"); !signatures.empty()) {
    out.signatures = in.take(quorum::decode(signatures), "quorum");
  }
  return out;
}

void write_counters(secret_writer& out, const journal_counters& counters) {
  out.u32(counters.committed);
  out.u32(counters.cast);
  out.u32(counters.challenged);
  out.u32(counters.voided);
}

journal_counters read_counters(secret_reader& in) {
  journal_counters out;
  out.committed = in.u32("committed");
  out.cast = in.u32("cast");
  out.challenged = in.u32("challenged");
  out.voided = in.u32("voided");
  return out;
}

// Whether a part follows.
bool read_flag(secret_reader& in, std::string_view field) {
  const std::uint8_t flag = in.u8(field);
  if (flag > 1) {
    in.refuse(errc::bad_encoding, field, "must be 0 or 1");
  }
  return in.good() && flag == 1;
}

void write_pending(secret_writer& out, const pending_ballot& pending) {
  out.var(pending.item.encode());
  out.count(pending.selection.selections().size());
  for (const contest_selection& contest : pending.selection.selections()) {
    out.var(contest.choices());
  }
  write_list(out, pending.seeds);
}

// A pending ballot as it was read, before its choices are known to be a vote.
struct stored_ballot {
  ballot_item item;
  std::vector<secret_bytes> choices;
  std::vector<ballot_seed> seeds;
};

stored_ballot read_pending(secret_reader& in) {
  stored_ballot out;
  const bytes canonical = in.var(max_ballot_bytes, "ballot");
  if (in.good()) {
    out.item = in.take(ballot_item::decode(canonical), "ballot");
  }
  const std::size_t contests = in.count(1, ballot_item::max_contests, 4, "choices");
  for (std::size_t i = 0; i < contests; ++i) {
    out.choices.push_back(in.secret_var(max_choice_bytes, "choices"));
  }
  out.seeds = read_list(in, "seeds");
  return out;
}

result<pending_ballot> complete(const election_context& election, stored_ballot stored) {
  const manifest_index& index = election.index();
  const style_index style = stored.item.style;
  if (style.value() >= index.styles() || index.contests_of(style).size() != stored.choices.size()) {
    return fail(errc::mismatch, "choices", "are not those of a style of this election");
  }
  std::vector<contest_selection> selections;
  for (std::size_t i = 0; i < stored.choices.size(); ++i) {
    auto selection = contest_selection::of_choices(election.terms(index.contests_of(style)[i]),
                                                   std::move(stored.choices[i]));
    if (!selection) {
      return fail_within("choices", std::move(selection.error()));
    }
    selections.push_back(std::move(*selection));
  }
  auto selection =
      ballot_selection::make(election, stored.item.place.branch, style, std::move(selections));
  if (!selection) {
    return tl::unexpected(std::move(selection.error()));
  }
  return pending_ballot{std::move(stored.item), std::move(*selection), std::move(stored.seeds)};
}

void write_closing(secret_writer& out, const close_item& close) {
  out.u64(close.time.value);
  write_counters(out, close.counters);
  out.fixed(close.last_link.view());
  out.fixed(close.device_signature.view());
}

close_item read_closing(secret_reader& in, const device_place& place) {
  close_item out;
  out.place = place;
  out.time.value = in.u64("time of close");
  out.counters = read_counters(in);
  out.last_link.octets = in.fixed<32>("last link");
  out.device_signature.octets = in.fixed<64>("device signature of close");
  return out;
}

}  // namespace

secret_bytes encode(const device_memory& memory) {
  secret_writer out;
  out.fixed(ops::encode_scalar(memory.key));
  write_opening(out, memory.opening);
  write_list(out, memory.kappas);
  out.u32(memory.used);
  out.fixed(memory.link.view());
  write_counters(out, memory.counters);
  out.u8(memory.pending ? 1 : 0);
  if (memory.pending) {
    write_pending(out, *memory.pending);
  }
  out.u8(memory.closing ? 1 : 0);
  if (memory.closing) {
    write_closing(out, *memory.closing);
  }
  return std::move(out).take();
}

result<device_memory> decode_device_memory(const secret_bytes& stored,
                                           const election_context& election) {
  secret_reader in(stored, "device memory");
  device_memory out;
  out.key = in.take(ops::decode_scalar(in.secret_fixed<32>("key")), "key");
  out.opening = read_opening(in);
  out.kappas = read_list(in, "kappas");
  out.used = in.u32("used");
  out.link.octets = in.fixed<32>("link");
  out.counters = read_counters(in);
  std::optional<stored_ballot> pending;
  if (read_flag(in, "pending")) {
    pending = read_pending(in);
  }
  if (read_flag(in, "closing")) {
    out.closing = read_closing(in, out.opening.place);
  }
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  if (pending) {
    auto ballot = complete(election, std::move(*pending));
    if (!ballot) {
      return fail_within("device memory/pending ballot", std::move(ballot.error()));
    }
    out.pending = std::move(*ballot);
  }
  return out;
}

result<device_trees> device_trees::decode(byte_view in) {
  detail::structure_reader reader(in, "device trees");
  device_trees out;
  const std::size_t roles = reader.count(max_roles, 4 + 32, "roles");
  for (std::size_t r = 0; r < roles && reader.good(); ++r) {
    const detail::structure_reader::scope inside(reader, "role", r);
    const std::size_t count = reader.count(seed_ratchet::max_capacity, 32, "leaves");
    auto& leaves = out.leaves.emplace_back();
    leaves.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      leaves.push_back(reader.digest("leaves"));
    }
  }
  return detail::finished(reader, std::move(out));
}

bytes device_trees::encode() const {
  byte_writer out;
  out.count(leaves.size());
  for (const auto& role : leaves) {
    out.count(role.size());
    for (const digest32& leaf : role) {
      out.fixed(leaf.view());
    }
  }
  return std::move(out).take();
}

}  // namespace sandoq
