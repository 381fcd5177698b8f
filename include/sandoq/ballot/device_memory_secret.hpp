#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/seed_secret.hpp"
#include "sandoq/ballot/selection_secret.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/group/ristretto255_secret.hpp"

/// \file
/// What a device keeps if its program ends between two steps and comes back. Every state of
/// device_secret.hpp gives its memory(), and resume() gives the same state back.
///
/// The memory says what the device may still do, the journal what it has done, so the program keeps
/// this order, and looks at the end of the journal before it resumes:
/// - A ballot: encrypted_ballot::memory() is stored before commit() writes the journal. After that
///   the memory is level with the journal, or the ballot is missing there: resume encrypted_ballot
///   and commit once more.
/// - A resolution: commit() writes it, then ready_device::memory() is stored. If the journal
/// already
///   has the resolution of `pending`, the program must resume committed_ballot and take that same
///   step with that same time again, which gives the same item and link; any other step would cast
///   a challenged ballot or open one that was cast.
/// - Everything else: a memory whose `link` is not that of the journal's last item, or whose
///   counters are behind, is an old copy and must not be used: it would give one serial, one seed,
///   to two ballots.
namespace sandoq {

/// The leaf hashes of every role's seeds, the device's first, then each board's: public, large (32
/// bytes a serial and role), and the same from prepare() to the end.
struct device_trees {
  static constexpr std::size_t max_roles = 1 + opening_item::max_board_roots;

  std::vector<std::vector<digest32>> leaves;

  /// list (1..9) of list (1..1,048,576) of b32.
  [[nodiscard]] static result<device_trees> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const device_trees&, const device_trees&) = default;
};

/// A ballot that waits for its resolution. Move-only.
struct pending_ballot {
  ballot_item item;
  ballot_selection selection;
  std::vector<ballot_seed> seeds;  ///< of its serial, one a role
};

/// How far a device is.
enum class device_stage { enrolled, prepared, ready, pending, closing };

/// What must stay with the device, rewritten at each step: small. Move-only, wiped.
/// All of it is plain data that anyone with the memory can look at; resume() checks it.
struct device_memory {
  secret_scalar<ristretto255> key;
  opening_item opening;  ///< as far as it goes: without board roots, without quorum
  std::vector<secret<byte_array<32>>> kappas;  ///< of the next serial, one a role
  std::uint32_t used = 0;                      ///< serials
  digest32 link;                               ///< of the last item; zeros before the opening
  journal_counters counters;
  std::optional<pending_ballot> pending;
  std::optional<close_item> closing;  ///< without the quorum

  [[nodiscard]] device_stage stage() const noexcept;
};

/// The form in which a memory is stored. Seal it (sandoq/core/passphrase_secret.hpp), or keep it
/// where only the device reads. Its length shows stage and style, not what was chosen. Constant
/// time in everything secret.
///   b32 key || u32 branch || u32 device || element device key || b64 key proof || u64 time ||
///   u32 capacity || b32 device root || b64 device signature || list (0..8) of b32 board root ||
///   var quorum (empty: none) || list (1..9) of b32 kappa || u32 used || b32 link || u32 committed
///   || u32 cast || u32 challenged || u32 voided || u8 pending (0 or 1), if 1: var ballot || list
///   (1..64) of var choices || list (1..9) of b32 seed
///   || u8 closing (0 or 1), if 1: u64 time || u32 committed || u32 cast || u32 challenged ||
///   u32 voided || b32 last link || b64 device signature
[[nodiscard]] secret_bytes encode(const device_memory& memory);
/// What encode() wrote. \param election  whose styles the choices of a pending ballot are for
/// \return an error for another structure, for a scalar that is none, for choices that are no vote.
[[nodiscard]] result<device_memory> decode_device_memory(const secret_bytes& stored,
                                                         const election_context& election);

}  // namespace sandoq
