#include "booth_state.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "sandoq/core/canonical_secret.hpp"

namespace sandoq::tool {
namespace {

constexpr std::string_view magic = "sandoq-device-1\n";
constexpr std::size_t max_part_bytes = std::size_t{32} << 20;

/// An u8 that says whether something follows.
bool read_flag(secret_reader& in, std::string_view field) {
  const std::uint8_t flag = in.u8(field);
  if (flag > 1) {
    in.refuse(errc::bad_encoding, field, "must be 0 or 1");
  }
  return in.good() && flag == 1;
}

/// What a device writes into its journal itself; the end of it comes from the boards.
bool is_written_by_devices(journal_kind kind) {
  return kind == journal_kind::opening || kind == journal_kind::ballot ||
         kind == journal_kind::cast || kind == journal_kind::challenge ||
         kind == journal_kind::voided;
}

void read_next(secret_reader& in, booth_state& out) {
  if (read_flag(in, "next")) {
    const auto kind = static_cast<journal_kind>(in.u32("kind"));
    if (in.good() && !is_written_by_devices(kind)) {
      in.refuse(errc::bad_encoding, "kind", "is none that a device writes into its journal");
    }
    out.next = journal_entry{kind, in.var(max_part_bytes, "item")};
  }
}

/// The quorum is never empty in an item: one signature that is none holds its place.
quorum no_signatures() {
  return {{{{1, {}}}}};
}

void read_token(secret_reader& in, booth_state& out) {
  if (read_flag(in, "token")) {
    const digest32 hash{in.fixed<32>("token hash")};
    out.token = used_token{hash, style_index{in.u32("token style")}};
  }
}

void read_closed(secret_reader& in, booth_state& out) {
  if (read_flag(in, "closed")) {
    const bytes item = in.var(max_part_bytes, "close");
    if (in.good()) {
      out.closed = in.take(close_item::decode(item), "close");
      if (in.good() && out.closed->signatures != no_signatures()) {
        in.refuse(errc::bad_encoding, "close", "holds signatures of boards, which no device has");
      }
      out.closed->signatures = {};
    }
  }
}

}  // namespace

device_place booth_state::place() const {
  return closed ? closed->place : memory->opening.place;
}

secret_bytes encode(const booth_state& state) {
  secret_writer out;
  out.fixed(bytes_of(magic));
  out.u64(state.journal_bytes);
  out.u8(state.next ? 1 : 0);
  if (state.next) {
    out.u32(static_cast<std::uint32_t>(state.next->kind));
    out.var(state.next->canonical);
  }
  out.u8(state.token ? 1 : 0);
  if (state.token) {
    out.fixed(state.token->hash.view());
    out.u32(state.token->style.value());
  }
  out.u8(state.closed ? 1 : 0);
  if (state.closed) {
    close_item close = *state.closed;
    close.signatures = no_signatures();
    out.var(close.encode());
  }
  out.var(state.memory ? encode(*state.memory) : secret_bytes());
  return std::move(out).take();
}

result<booth_state> decode_booth_state(const secret_bytes& stored,
                                       const election_context& election) {
  secret_reader in(stored, "state");
  const auto begin = in.fixed<magic.size()>("magic");
  const byte_view expected = bytes_of(magic);
  if (in.good() && !std::equal(begin.begin(), begin.end(), expected.begin(), expected.end())) {
    in.refuse(errc::bad_encoding, "magic", "is no state of a device, or another version's");
  }
  booth_state out;
  out.journal_bytes = in.u64("journal bytes");
  read_next(in, out);
  read_token(in, out);
  read_closed(in, out);
  const secret_bytes memory = in.secret_var(max_part_bytes, "memory");
  if (in.good() && out.closed.has_value() != (memory.size() == 0)) {
    in.refuse(errc::bad_encoding, "memory", "must be there unless the device is closed");
  }
  if (auto end = in.finish(); !end) {
    return tl::unexpected(std::move(end.error()));
  }
  if (!out.closed) {
    auto decoded = decode_device_memory(memory, election);
    if (!decoded) {
      return tl::unexpected(std::move(decoded.error()));
    }
    out.memory = std::move(*decoded);
  }
  return out;
}

}  // namespace sandoq::tool
