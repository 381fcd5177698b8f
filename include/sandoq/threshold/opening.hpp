#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/protocol.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/proofs/chaum_pedersen.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/signature.hpp"
#include "sandoq/threshold/opening_policy.hpp"

namespace sandoq {

inline constexpr std::size_t max_contest_ciphertexts = 1025;

/// A place of the tally tree, by its node and that node's hash.
struct opened_place {
  node_index node;
  digest32 hash;
  friend bool operator==(const opened_place&, const opened_place&) = default;
};

/// What a request opens: one contest's sum over a set of places as the tally tree has it, and the
/// closing of all journals.                                                            SPEC(55.7)
struct opening_subject {
  contest_index contest;
  std::vector<opened_place> places;  ///< 1 to max_request_places
  std::uint64_t ballots = 0;
  std::vector<wire_ciphertext> ciphertexts;
  digest32 closings;

  [[nodiscard]] std::vector<node_index> nodes() const;
  friend bool operator==(const opening_subject&, const opening_subject&) = default;
};

/// The order of all boards to open one sum.                                            SPEC(55.7)
/// Decoding checks structure: bounds, the domain's range, trailing bytes.
struct opening_request : opening_subject {
  digest32 election_hash;  ///< e1
  election_domain domain = election_domain::drill;
  std::uint32_t number = 0;  ///< from 1
  digest32 previous;         ///< hash of the request before; zeros for number 1
  quorum signatures;

  [[nodiscard]] static result<opening_request> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  /// What it is about, to be compared with what it should be about.
  [[nodiscard]] const opening_subject& subject() const noexcept { return *this; }
  /// H("request"; bytes before the quorum): what the boards sign, and what answers refer to.
  [[nodiscard]] digest32 hash() const;
  friend bool operator==(const opening_request&, const opening_request&) = default;
};

/// One trustee's answer: D_i = s*alpha_i with one proof for the whole list.            SPEC(55.8)
struct partial_decryption {
  std::uint32_t number = 0;  ///< of the request
  board_index board;
  trustee_index trustee;
  std::vector<wire_element> factors;  ///< D_i, one a ciphertext
  chaum_pedersen_proof<ristretto255> proof;
  wire_signature signature;

  [[nodiscard]] static result<partial_decryption> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  /// H("partial"; request hash || bytes before the signature).
  [[nodiscard]] digest32 signed_digest(const digest32& request_hash) const;
  friend bool operator==(const partial_decryption&, const partial_decryption&) = default;
};

/// closings = H("closings"; e1 || list of H("close/record"; u32 kind || bytes) || list of
/// H("lot/record"; lot_commit bytes)), over what ends every journal (or excludes it) and every
/// commitment to a lot, in record order. Keeps 32 bytes of each. SPEC(55.7)
class closings_hash {
 public:
  /// Begins with e1.
  explicit closings_hash(const digest32& election_hash) noexcept : election_hash_(election_hash) {}
  /// \param kind  of the item in a record (80.3): a close, a recovery or an exclusion
  /// \param item  the canonical bytes of the next journal's
  void add(std::uint32_t kind, byte_view item);
  /// \param lot_commit  the canonical bytes of the next board's
  void add_lot(byte_view lot_commit);
  [[nodiscard]] digest32 digest() const;

 private:
  digest32 election_hash_;
  std::vector<digest32> journals_;
  std::vector<digest32> lots_;
};

}  // namespace sandoq
