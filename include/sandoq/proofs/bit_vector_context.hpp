#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/protocol.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/bit_vector_shape.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// What the proofs of all contests of all ballots of one election share: its name, its joint key
/// and the bases that are derived from the manifest hash (never read from a record). Make one, use
/// it for every ballot, from any number of threads.                          SPEC(45.2) SPEC(45.3)
template <prime_order_group G>
class bit_vector_election {
 public:
  /// Derives H = base("blind", 1) and G_i = base("vec/G", i), i = 1..max_bits.
  /// \param e0  the manifest hash, from which the bases come
  /// \param e1  the election hash, to which every proof is bound
  /// \param max_bits  the largest N of any contest
  /// \return identity_element if K is the identity. Cost: max_bits + 1 hashes to the group.
  [[nodiscard]] static result<bit_vector_election> make(const digest32& e0, const digest32& e1,
                                                        election_domain domain,
                                                        const encoded_element<G>& joint_key,
                                                        std::size_t max_bits);

  [[nodiscard]] const digest32& e1() const noexcept { return e1_; }
  [[nodiscard]] election_domain domain() const noexcept { return domain_; }
  [[nodiscard]] const encoded_element<G>& joint_key() const noexcept { return joint_key_; }
  /// H.
  [[nodiscard]] const element_of<G>& blind() const noexcept {
    return bases_.elements()[blind_base.value()];
  }
  /// G_1 ... G_max_bits.
  [[nodiscard]] std::span<const element_of<G>> vector() const noexcept {
    return bases_.elements().subspan(vector_base.value());
  }
  [[nodiscard]] std::size_t max_bits() const noexcept { return vector().size(); }

  /// G, K, H, G_1, G_2, ...: the table of every sink that these proofs are emitted into.
  [[nodiscard]] const shared_bases<G>& bases() const noexcept { return bases_; }
  static constexpr base_index joint_key_base{1};
  static constexpr base_index blind_base{2};
  static constexpr base_index vector_base{3};

 private:
  bit_vector_election() = default;

  digest32 e1_;
  election_domain domain_ = election_domain::drill;
  encoded_element<G> joint_key_;
  shared_bases<G> bases_;
};

/// Where a proof belongs: election, contest and ballot, the twelve records of the ballot context.
/// Refers to its parts, so it lives as long as the call it is made for.                SPEC(45.3)
template <prime_order_group G>
struct bit_vector_context {
  const bit_vector_election<G>& election;
  const bit_vector_shape& shape;  ///< of the contest; N at most election.max_bits()
  std::string_view contest_id;
  digest32 descriptor;  ///< the contest's descriptor hash
  branch_index branch;
  device_index device;
  serial number;
  style_index style;
  std::uint16_t digits = 0;  ///< the voter's four digits, or 10,000
};

/// Absorbs the twelve records of the ballot context.                        SPEC(45.3) SPEC(52.4)
template <prime_order_group G>
void absorb_context(transcript& tr, const bit_vector_context<G>& context);

extern template class bit_vector_election<ristretto255>;
extern template void absorb_context(transcript&, const bit_vector_context<ristretto255>&);

}  // namespace sandoq
