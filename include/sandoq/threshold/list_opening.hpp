#pragma once

#include <cstdint>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/protocol.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/chaum_pedersen.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/signature.hpp"

namespace sandoq {

/// Which list a request opens: the last of a group's cascade, and the closing of all journals.
/// SPEC(55.11)
struct list_subject {
  std::uint32_t group = 0;  ///< from 1, over all contests
  contest_index contest;
  std::uint32_t stages = 0;       ///< of the group's cascade
  std::uint32_t ciphertexts = 0;  ///< mn of the last list
  digest32 list;                  ///< what the last mix_stage carries
  digest32 closings;
  friend bool operator==(const list_subject&, const list_subject&) = default;
};

/// The order of all boards to open one mixed list. It stands in one chain of numbers with the
/// requests of 55.7.                                                                   SPEC(55.11)
/// Decoding checks structure: the domain's range, bounds of the quorum, trailing bytes.
struct list_request : list_subject {
  digest32 election_hash;  ///< e1
  election_domain domain = election_domain::drill;
  std::uint32_t number = 0;  ///< from 1
  digest32 previous;         ///< hash of the request before, of either kind; zeros for number 1
  quorum signatures;

  [[nodiscard]] static result<list_request> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  /// What it is about, to be compared with what it should be about.
  [[nodiscard]] const list_subject& subject() const noexcept { return *this; }
  /// H("request/list"; bytes before the quorum): what the boards sign, and what answers refer to.
  [[nodiscard]] digest32 hash() const;
  friend bool operator==(const list_request&, const list_request&) = default;
};

/// One trustee's answer for a list. Its factors D_i stand beside the list (60.2).      SPEC(55.11)
struct list_partial {
  std::uint32_t number = 0;  ///< of the request
  board_index board;
  trustee_index trustee;
  digest32 factors;  ///< factors_hash of the D_i
  chaum_pedersen_proof<ristretto255> proof;
  wire_signature signature;

  [[nodiscard]] static result<list_partial> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  /// H("partial/list"; request hash || bytes before the signature).
  [[nodiscard]] digest32 signed_digest(const digest32& request_hash) const;
  friend bool operator==(const list_partial&, const list_partial&) = default;
};

/// H("partial/factors"; u32 count || D_1 || D_2 || ...).                               SPEC(55.11)
/// \param octets  of the factors. \pre octets.size() is a multiple of 32
[[nodiscard]] digest32 factors_hash(byte_view octets);

}  // namespace sandoq
