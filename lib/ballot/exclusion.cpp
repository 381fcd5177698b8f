#include "sandoq/ballot/exclusion.hpp"

#include <array>
#include <cstddef>
#include <limits>
#include <utility>

#include "lib/ballot/journal_fields.hpp"

namespace sandoq {
namespace {

void write_unsigned(byte_writer& out, const exclusion_item& item) {
  detail::write_place(out, item.place);
  out.u64(item.time.value);
  out.u8(static_cast<std::uint8_t>(item.reason));
  out.u32(item.items);
  out.fixed(item.evidence.view());
  out.text(item.remark);
}

}  // namespace

std::string_view name_of(exclusion_reason reason) noexcept {
  switch (reason) {
    case exclusion_reason::lost:
      return "lost";
    case exclusion_reason::invalid_ballot:
      return "invalid ballot";
    case exclusion_reason::failed_challenge:
      return "failed challenge";
    case exclusion_reason::broken_journal:
      return "broken journal";
    case exclusion_reason::other:
      return "other";
  }
  return "unknown";
}

result<exclusion_item> exclusion_item::decode(byte_view canonical) {
  detail::structure_reader in(canonical, "exclusion");
  exclusion_item out;
  out.place = detail::read_place(in);
  out.time = time_ms{in.u64("time")};
  out.reason = static_cast<exclusion_reason>(in.u8("reason"));
  out.items = in.u32("items");
  out.evidence = in.digest("evidence");
  out.remark = in.text(max_remark_bytes, "remark");
  out.signatures = detail::read_quorum(in);
  return detail::finished(in, std::move(out));
}

bytes exclusion_item::encode() const {
  byte_writer out;
  write_unsigned(out, *this);
  signatures.write(out);
  return std::move(out).take();
}

digest32 exclusion_item::board_digest() const {
  byte_writer out;
  write_unsigned(out, *this);
  return framed_hash::of("exclusion", out.view());
}

evidence_hash::evidence_hash(const chain_context& election) : state_("exclusion/evidence") {
  const std::array domain{static_cast<std::byte>(election.domain)};
  state_.update(election.e1.view());
  state_.update(domain);
}

void evidence_hash::add(journal_kind kind, byte_view canonical) {
  byte_writer start;
  start.u32(static_cast<std::uint32_t>(kind));
  start.u32(static_cast<std::uint32_t>(canonical.size()));
  state_.update(start.view());
  state_.update(canonical);
}

signed_message board_message(const chain_context& election, const exclusion_item& item) {
  return {"exclusion", election.domain, election.e1, item.board_digest()};
}

result<void> check_exclusion(const exclusion_item& item, const digest32& evidence) {
  if (item.reason < exclusion_reason::lost || item.reason > exclusion_reason::other) {
    return fail(errc::out_of_range, "exclusion/reason", "the reason is 1 to 5");
  }
  if (item.reason == exclusion_reason::other && item.remark.empty()) {
    return fail(errc::missing, "exclusion/remark", "reason 5 is told by the remark");
  }
  if (item.evidence != evidence) {
    return fail(errc::mismatch, "exclusion/evidence",
                "it is not the hash of the items that follow");
  }
  return {};
}

result<exclusion_item> exclude_journal(const chain_context& election, const device_place& place,
                                       time_ms time, exclusion_reason reason, std::string remark,
                                       std::span<const journal_entry> evidence) {
  if (remark.size() > exclusion_item::max_remark_bytes) {
    return fail(errc::too_large, "exclusion/remark", "a remark has at most 1,024 bytes");
  }
  if (evidence.size() > std::numeric_limits<std::uint32_t>::max()) {
    return fail(errc::too_large, "exclusion/items", "there are too many");
  }
  evidence_hash hash(election);
  for (std::size_t i = 0; i < evidence.size(); ++i) {
    const journal_entry& entry = evidence[i];
    const std::string where = "evidence " + std::to_string(i);
    if (entry.kind == journal_kind::exclusion || entry.kind == journal_kind::eligibility) {
      return fail(errc::mismatch, where, "such an item is no part of a journal");
    }
    const auto there = place_of_item(entry.canonical);
    if (!there) {
      return fail_within(where, there.error());
    }
    if (*there != place) {
      return fail(errc::mismatch, where, "it is of another device's journal");
    }
    hash.add(entry.kind, entry.canonical);
  }
  exclusion_item out{.place = place,
                     .time = time,
                     .reason = reason,
                     .items = static_cast<std::uint32_t>(evidence.size()),
                     .evidence = hash.digest(),
                     .remark = std::move(remark),
                     .signatures = {}};
  if (auto ok = check_exclusion(out, out.evidence); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  return out;
}

}  // namespace sandoq
