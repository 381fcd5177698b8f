#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/signature.hpp"

namespace sandoq {

/// Why the boards exclude a journal. On the wire a u8, so any other value may be read.
/// SPEC(52.10)
enum class exclusion_reason : std::uint8_t {
  lost = 1,              ///< the device or its journal was lost
  invalid_ballot = 2,    ///< an invalid or repeated ballot
  failed_challenge = 3,  ///< a challenge that the device did not pass
  broken_journal = 4,    ///< a broken chain or journal
  other = 5,             ///< told by the remark
};

/// "lost", "invalid ballot", ...; "unknown" for any other value.
[[nodiscard]] std::string_view name_of(exclusion_reason reason) noexcept;

/// What the boards write in front of a journal that does not count: none of its ballots is added,
/// and its items are kept as evidence.                                                  SPEC(52.10)
struct exclusion_item {
  static constexpr std::size_t max_remark_bytes = 1'024;

  device_place place;
  time_ms time;
  exclusion_reason reason = exclusion_reason::other;
  std::uint32_t items = 0;  ///< how many follow as evidence
  digest32 evidence;        ///< see evidence_hash
  std::string remark;       ///< for people; not empty where the reason is `other`
  quorum signatures;

  [[nodiscard]] static result<exclusion_item> decode(byte_view canonical);
  [[nodiscard]] bytes encode() const;
  /// What the boards sign: everything before the quorum.
  [[nodiscard]] digest32 board_digest() const;
  friend bool operator==(const exclusion_item&, const exclusion_item&) = default;
};

/// evidence = H("exclusion/evidence"; e1 || u8 domain || (u32 kind || var(item)) for every item),
/// fed item by item.                                                                    SPEC(52.10)
class evidence_hash {
 public:
  /// Begins with e1 and domain.
  explicit evidence_hash(const chain_context& election);
  /// The next item of the evidence.
  void add(journal_kind kind, byte_view canonical);
  [[nodiscard]] digest32 digest() const noexcept { return state_.digest(); }

 private:
  framed_hash state_;
};

/// What the boards sign.                                                               SPEC(52.10)
[[nodiscard]] signed_message board_message(const chain_context& election,
                                           const exclusion_item& item);

/// Reason, remark and evidence; the quorum is checked besides.                          SPEC(52.10)
/// \param evidence  the hash over the items that follow
[[nodiscard]] result<void> check_exclusion(const exclusion_item& item, const digest32& evidence);

/// The exclusion of a journal, for the boards to sign: one function for those who make it and those
/// who want to see before signing what it would be.
/// \param evidence  all that is left of the journal, in order; may be empty
/// \return mismatch if an item is of another journal or of a kind that is no evidence; what
/// check_exclusion says; too_large if the remark has more than 1,024 bytes. The quorum is empty.
[[nodiscard]] result<exclusion_item> exclude_journal(const chain_context& election,
                                                     const device_place& place, time_ms time,
                                                     exclusion_reason reason, std::string remark,
                                                     std::span<const journal_entry> evidence);

}  // namespace sandoq
