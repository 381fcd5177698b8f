#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/signature.hpp"
#include "sandoq/record/items.hpp"

/// \file
/// What travels between machines and never stands in a record: plain values, decoded in structure
/// and bounds only.                                                                    SPEC(85.2)
namespace sandoq::tool {

/// The numbers are those on the wire; none of them is an item_kind.                    SPEC(85.2)
enum class exchange_kind : std::uint32_t {
  statement = 100,
  signature = 101,
  announcement = 102,
  seed_root = 103,
  tokens = 104,
  trustee_entry = 105,
  authority_entry = 106,
  agreed = 107,
};

/// A kind as it stands in front of an item, of this list or of section 80.3.
[[nodiscard]] constexpr std::uint32_t number(exchange_kind kind) noexcept {
  return static_cast<std::uint32_t>(kind);
}
[[nodiscard]] constexpr std::uint32_t number(item_kind kind) noexcept {
  return static_cast<std::uint32_t>(kind);
}

/// The name of section 85.2, or nothing for any other number.
[[nodiscard]] std::optional<std::string_view> name_of_exchange(std::uint32_t kind) noexcept;

/// An item whose quorum is still to be collected.                                      SPEC(85.3)
struct statement {
  static constexpr auto kind = exchange_kind::statement;
  item_kind of = item_kind::head;
  bytes body;  ///< the item's bytes before the quorum

  [[nodiscard]] static result<statement> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const statement&, const statement&) = default;
};

/// One trustee's signature under a statement.                                          SPEC(85.3)
struct statement_signature {
  static constexpr auto kind = exchange_kind::signature;
  item_kind of = item_kind::head;
  digest32 digest;  ///< what is signed
  board_index board;
  trustee_index trustee;
  wire_signature signature;

  [[nodiscard]] static result<statement_signature> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const statement_signature&, const statement_signature&) = default;
};

/// The quorum that was chosen for a statement, so that everybody makes the same item of it, whoever
/// signs afterwards.                                                                   SPEC(85.3)
struct agreed_quorum {
  static constexpr auto kind = exchange_kind::agreed;
  item_kind of = item_kind::head;
  digest32 digest;    ///< what is signed
  quorum signatures;  ///< of a lot_commit only its own board's

  [[nodiscard]] static result<agreed_quorum> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const agreed_quorum&, const agreed_quorum&) = default;
};

/// What a device publishes before any board hands over its seed: an opening without board roots and
/// quorum.                                                                  SPEC(85.2) SPEC(52.2)
struct announcement {
  static constexpr auto kind = exchange_kind::announcement;
  opening_item opening;  ///< board_roots and signatures are empty

  [[nodiscard]] static result<announcement> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const announcement&, const announcement&) = default;
};

/// A trustee says which seeds its board has given to a device.                         SPEC(85.2)
struct seed_root {
  static constexpr auto kind = exchange_kind::seed_root;
  device_place place;
  std::uint32_t capacity = 0;
  board_index board;
  trustee_index trustee;
  digest32 root;
  wire_signature signature;

  [[nodiscard]] static result<seed_root> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  /// H("seed/root"; bytes before the signature).
  [[nodiscard]] digest32 signed_digest() const;
  friend bool operator==(const seed_root&, const seed_root&) = default;
};

/// The tokens that a device has accepted, ascending by hash, signed by the device.     SPEC(85.2)
struct device_tokens {
  static constexpr auto kind = exchange_kind::tokens;
  device_place place;
  std::vector<used_token> tokens;
  wire_signature signature;

  /// Also bad_encoding if the hashes do not ascend strictly.
  [[nodiscard]] static result<device_tokens> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  /// Purpose "tokens/device", election e1, H("tokens/device"; bytes before the signature).
  [[nodiscard]] signed_message message(const chain_context& election) const;
  /// Another list of the same device that this one has grown out of.
  [[nodiscard]] bool includes(const device_tokens& other) const;
  friend bool operator==(const device_tokens&, const device_tokens&) = default;
};

/// A trustee's keys on their way into the manifest.                         SPEC(85.2) SPEC(50.3)
struct trustee_enrolment {
  static constexpr auto kind = exchange_kind::trustee_entry;
  board_index board;
  trustee_index trustee;
  wire_element signing_key;
  wire_element encryption_key;
  schnorr_proof<ristretto255> signing_proof;
  schnorr_proof<ristretto255> encryption_proof;

  [[nodiscard]] static result<trustee_enrolment> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const trustee_enrolment&, const trustee_enrolment&) = default;
};

/// The authority's key on its way into the manifest.                        SPEC(85.2) SPEC(50.3)
struct authority_enrolment {
  static constexpr auto kind = exchange_kind::authority_entry;
  wire_element signing_key;
  schnorr_proof<ristretto255> signing_proof;

  [[nodiscard]] static result<authority_enrolment> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const authority_enrolment&, const authority_enrolment&) = default;
};

}  // namespace sandoq::tool
