#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/domain.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/signature.hpp"

namespace sandoq {

/// The lot that breaks ties: every board commits to a value before anything is opened, reveals it
/// when the results stand, and a public value that nobody knew comes in. Nobody can foresee or
/// steer it as long as one board's value and the public value are not both known. All decoders
/// check structure only. SPEC(75.5)

/// Which election a lot belongs to: what its hashes start with.
struct lot_context {
  digest32 election_hash;  ///< e1
  election_domain domain = election_domain::drill;
};

/// One board's commitment, signed by its threshold of trustees.
struct lot_commit {
  board_index board;
  digest32 commitment;
  std::vector<quorum_signature> signatures;

  [[nodiscard]] static result<lot_commit> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  /// H("lot/commit/signed"; bytes before the list)
  [[nodiscard]] digest32 signed_digest() const;
  friend bool operator==(const lot_commit&, const lot_commit&) = default;
};

/// What one board had committed to.
struct lot_reveal {
  board_index board;
  byte_array<32> value{};

  [[nodiscard]] static result<lot_reveal> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  /// H("lot/commit"; e1 || domain || board || value)
  [[nodiscard]] digest32 commitment(const lot_context& context) const;
  friend bool operator==(const lot_reveal&, const lot_reveal&) = default;
};

/// The public value, written as the manifest's beacon says, signed by the boards.
struct lot_beacon {
  static constexpr std::size_t max_value_bytes = 1024;
  bytes value;
  quorum signatures;

  [[nodiscard]] static result<lot_beacon> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  /// H("lot/beacon"; bytes before the quorum)
  [[nodiscard]] digest32 signed_digest() const;
  friend bool operator==(const lot_beacon&, const lot_beacon&) = default;
};

/// H("results"; var(item) of every result in order).
class results_hash {
 public:
  results_hash() noexcept : state_("results") {}
  /// The canonical bytes of the next contest's result.
  void add(byte_view result_item) noexcept;
  [[nodiscard]] digest32 digest() const noexcept { return state_.digest(); }

 private:
  framed_hash state_;
};

/// seed = H("lot"; e1 || domain || results || every board's value || var value of the beacon).
/// \param reveals  one a board, in order
[[nodiscard]] digest32 lot_seed(const lot_context& context, const digest32& results,
                                std::span<const lot_reveal> reveals, const lot_beacon& beacon);

/// ticket = H("lot/ticket"; seed || contest || tie || subject): the lowest goes first.
/// \param tie      index in the result, or the number of 76.7
/// \param subject  the option; in an allocation a subject of 76.6
[[nodiscard]] digest32 lot_ticket(const digest32& seed, contest_index contest, std::uint32_t tie,
                                  std::uint32_t subject);

/// Whether the manifest names a beacon, i.e. whether there may be a lot.
enum class beacon_presence { absent, present };

/// "lot.commitments": one a board, in order, each signed by exactly its threshold of trustees; none
/// at all if the manifest has no beacon.                                     SPEC(75.5) SPEC(90.2)
verification check_lot_commits(const lot_context& context, std::span<const board_keys> boards,
                               beacon_presence beacon, std::span<const lot_commit> commits);

/// Every board reveals what it committed to, in order, and the boards have signed the beacon.
verification check_lot(const lot_context& context, std::span<const board_keys> boards,
                       std::span<const lot_commit> commits, std::span<const lot_reveal> reveals,
                       const lot_beacon& beacon);

}  // namespace sandoq
