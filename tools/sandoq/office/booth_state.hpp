#pragma once

#include <cstdint>
#include <optional>

#include "sandoq/ballot/device_memory_secret.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq::tool {

/// What a booth keeps between two commands. It is written before the journal, and names the
/// journal's next item, so that a crash between both is mended by the next command.    SPEC(85.6)
struct booth_state {
  std::uint64_t journal_bytes = 0;      ///< of the journal before `next`
  std::optional<journal_entry> next;    ///< the item that comes then; none before the opening
  std::optional<used_token> token;      ///< that the ballot of `next` has used up
  std::optional<close_item> closed;     ///< once all was published and the rest is erased
  std::optional<device_memory> memory;  ///< unless closed

  [[nodiscard]] device_place place() const;
};

/// "sandoq-device-1\n" || u64 journal bytes || u8 next, if 1: u32 kind || var item || u8 token, if
/// 1: b32 hash || u32 style || u8 closed, if 1: var close || var memory (empty if closed).
/// SPEC(85.6)
[[nodiscard]] secret_bytes encode(const booth_state& state);
/// \return bad_encoding if it is no such file, or another version's; what is wrong with a part.
[[nodiscard]] result<booth_state> decode_booth_state(const secret_bytes& stored,
                                                     const election_context& election);

}  // namespace sandoq::tool
