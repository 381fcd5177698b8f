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

namespace sandoq {

inline constexpr std::size_t max_contest_ciphertexts = 1025;

/// What a request opens: one contest's total as the tally tree has it, and the closing of all
/// journals.                                                                           SPEC(55.6)
struct opening_subject {
  contest_index contest;
  node_index node;  ///< the contest's scope
  std::uint64_t lo = 0;
  std::uint64_t hi = 0;
  digest32 node_hash;
  std::uint64_t ballots = 0;
  std::vector<wire_ciphertext> ciphertexts;
  digest32 closings;
  friend bool operator==(const opening_subject&, const opening_subject&) = default;
};

/// The order of all boards to open one contest's total.                                SPEC(55.6)
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

/// One trustee's answer: D_i = s*alpha_i with one proof for the whole list.            SPEC(55.7)
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

/// closings = H("closings"; e1 || H("close/record"; close bytes) of every journal, in record
/// order). SPEC(55.6)
class closings_hash {
 public:
  /// Begins with e1.
  explicit closings_hash(const digest32& election_hash) noexcept;
  /// \param close  the canonical bytes of the next journal's close item
  void add(byte_view close) noexcept;
  [[nodiscard]] digest32 digest() const noexcept;

 private:
  framed_hash state_;
};

}  // namespace sandoq
