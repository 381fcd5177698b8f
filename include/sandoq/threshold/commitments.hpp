#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/proofs/chaum_pedersen.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/schnorr.hpp"
#include "sandoq/proofs/signature.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// What trustees publish while they make the election key, as it stands in the record. All decoders
/// check structure only: lengths, bounds and trailing bytes. Elements, scalars, proofs and
/// signatures are checked by ceremony_check.hpp.                                         SPEC(55)

/// Who speaks, and in which attempt (from 1).
struct dkg_origin {
  std::uint32_t attempt = 0;
  board_index board;
  trustee_index trustee;
  friend bool operator==(const dkg_origin&, const dkg_origin&) = default;
};

/// Round 1: the hash of what will be revealed.                                         SPEC(55.1)
struct dkg_commit {
  dkg_origin origin;
  digest32 commitment;  ///< h
  wire_signature signature;

  [[nodiscard]] static result<dkg_commit> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  /// H("dkg/commit"; bytes before the signature): what the trustee signs.              SPEC(55.4)
  [[nodiscard]] digest32 signed_digest() const;
  friend bool operator==(const dkg_commit&, const dkg_commit&) = default;
};

/// Round 2: the coefficient commitments A_l = a_l*G, each with a proof of knowledge.   SPEC(55.2)
struct dkg_reveal {
  dkg_origin origin;
  std::vector<wire_element> coefficients;  ///< t_b
  byte_array<32> salt{};
  std::vector<schnorr_proof<ristretto255>> proofs;  ///< t_b of them (40.5)
  wire_signature signature;

  [[nodiscard]] static result<dkg_reveal> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  [[nodiscard]] digest32 signed_digest() const;
  /// h as this reveal opens it, for the manifest e0.                                   SPEC(55.1)
  /// H("dkg/commit"; e0 || attempt || board || trustee || t_b || A_0 || ... || salt)
  [[nodiscard]] digest32 opened_commitment(const digest32& manifest_hash) const;
  friend bool operator==(const dkg_reveal&, const dkg_reveal&) = default;
};

/// A share on its way to one receiver.                                                 SPEC(55.3)
struct sealed_share {
  wire_element ephemeral;  ///< c1
  byte_array<48> box{};    ///< ChaCha20-Poly1305 of the share
  friend bool operator==(const sealed_share&, const sealed_share&) = default;
};

/// Round 3: one sealed share for every participant of the own board, in order.         SPEC(55.3)
struct dkg_deal {
  dkg_origin origin;
  std::vector<sealed_share> shares;  ///< one a receiver
  wire_signature signature;

  [[nodiscard]] static result<dkg_deal> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  [[nodiscard]] digest32 signed_digest() const;
  friend bool operator==(const dkg_deal&, const dkg_deal&) = default;
};

/// Round 4: the trustee computed the same keys and holds its share of them.            SPEC(55.4)
struct dkg_confirm {
  dkg_origin origin;
  digest32 transcript_hash;
  wire_signature signature;

  [[nodiscard]] static result<dkg_confirm> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  [[nodiscard]] digest32 signed_digest() const;
  friend bool operator==(const dkg_confirm&, const dkg_confirm&) = default;
};

/// A receiver opens one box to everyone, because its share is missing or wrong: either the dealer
/// or the accuser is guilty. SPEC(55.5)
struct dkg_complaint {
  dkg_origin origin;  ///< the accuser
  trustee_index dealer;
  wire_element shared;  ///< Kdh = x*c1, the box's key before hashing
  chaum_pedersen_proof<ristretto255> proof;
  wire_signature signature;

  [[nodiscard]] static result<dkg_complaint> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  [[nodiscard]] digest32 signed_digest() const;
  friend bool operator==(const dkg_complaint&, const dkg_complaint&) = default;
};

/// All boards state that a trustee stays away; the ceremony goes on without it.        SPEC(55.5)
struct dkg_absence {
  static constexpr std::size_t max_remark_bytes = 1024;
  dkg_origin origin;  ///< the absent trustee, in the first attempt without it
  std::string remark;
  quorum signatures;

  [[nodiscard]] static result<dkg_absence> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  /// H("dkg/absence"; bytes before the quorum): what the boards sign.                  SPEC(55.5)
  [[nodiscard]] digest32 signed_digest() const;
  friend bool operator==(const dkg_absence&, const dkg_absence&) = default;
};

/// The keys that a ceremony made: K_b and Y_{b,j} of every board, K and e1.            SPEC(55.6)
struct election_key {
  /// The keys of one board.
  struct board_part {
    wire_element key;                      ///< K_b
    std::vector<wire_element> share_keys;  ///< Y_{b,j}, j = 1..n_b; the identity if shut out
    friend bool operator==(const board_part&, const board_part&) = default;
  };
  std::vector<board_part> boards;
  wire_element joint_key;  ///< K
  digest32 election_hash;  ///< e1

  [[nodiscard]] static result<election_key> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const election_key&, const election_key&) = default;
};

/// All that one attempt puts into the record, each list in trustee order (board 0 first, ascending;
/// complaints by accuser, then dealer). The lists stand in this order.       SPEC(55.4) SPEC(55.5)
struct ceremony_items {
  static constexpr std::size_t max_attempts = 16;  ///< in a record
  std::vector<dkg_absence> absences{};
  std::vector<dkg_commit> commits{};
  std::vector<dkg_reveal> reveals{};
  std::vector<dkg_deal> deals{};
  std::vector<dkg_complaint> complaints{};
  std::vector<dkg_confirm> confirms{};
};

/// The transcript before the proof of knowledge of coefficient l: knows all commitments and all
/// coefficients of the trustee, so no proof can be copied or made before them.         SPEC(55.2)
/// \param coefficients  A_0 ... A_{t-1}, 32 bytes each
[[nodiscard]] transcript possession_transcript(const digest32& manifest_hash,
                                               const digest32& commitments_hash,
                                               const dkg_origin& origin, std::uint32_t coefficient,
                                               byte_view coefficients);

/// The transcript before the proof of a complaint, log_G P = log_c1 Kdh.               SPEC(55.5)
[[nodiscard]] transcript complaint_transcript(const digest32& manifest_hash,
                                              const digest32& commitments_hash,
                                              const dkg_origin& accuser, trustee_index dealer);

}  // namespace sandoq
