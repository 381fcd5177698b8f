#pragma once

#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/domain.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// The election and device that a chain of codes belongs to.
struct chain_context {
  digest32 e1;
  election_domain domain = election_domain::drill;
};

/// link_0 = H("code/opening"; e1 || u8 domain || the opening's bytes)                    SPEC(52.3)
[[nodiscard]] digest32 opening_link(const chain_context& context, byte_view opening);

/// code_s = H("code"; e1 || u8 domain || u32 branch || u32 device || u32 s || u64 time || previous
/// || ballot hash): fixed before the device learns whether the ballot will be challenged. The
/// ballot's own `code` field is not read. SPEC(52.3)
[[nodiscard]] digest32 confirmation_code(const chain_context& context, const ballot_item& ballot);
/// The same from a ballot hash that is already at hand.
[[nodiscard]] digest32 confirmation_code(const chain_context& context, const ballot_item& ballot,
                                         const digest32& ballot_hash);

/// link_s = H("code/resolution"; e1 || u8 domain || u32 item kind || the resolution's bytes ||
/// code_s) SPEC(52.3)
[[nodiscard]] digest32 resolution_link(const chain_context& context, journal_kind kind,
                                       byte_view resolution, const digest32& code);

}  // namespace sandoq
