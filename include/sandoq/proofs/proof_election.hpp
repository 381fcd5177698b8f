#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sandoq/core/hash.hpp"
#include "sandoq/core/protocol.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"

namespace sandoq {

/// How many derived bases the proofs of an election need.
struct base_counts {
  std::size_t bits = 0;       ///< the largest N of any bit-vector proof (45)
  std::size_t slot_bits = 0;  ///< the largest N of any slot proof (46); 0 if there is none
};

/// What the proofs of all contests of all ballots of one election share: its name, its joint key
/// and the bases that are derived from the manifest hash (never read from a record). Make one, use
/// it for every ballot, from any number of threads.              SPEC(45.2) SPEC(45.3) SPEC(46.3)
template <prime_order_group G>
class proof_election {
 public:
  /// Derives H = base("blind", 1), G_i = base("vec/G", i) for both kinds of proof and, if there are
  /// slot proofs, U = base("vec/U", 1) and R_i = base("vec/R", i).
  /// \param e0  the manifest hash, from which the bases come
  /// \param e1  the election hash, to which every proof is bound
  /// \return identity_element if K is the identity. Cost: a hash to the group for each base.
  [[nodiscard]] static result<proof_election> make(const digest32& e0, const digest32& e1,
                                                   election_domain domain,
                                                   const encoded_element<G>& joint_key,
                                                   const base_counts& counts);

  [[nodiscard]] const digest32& e1() const noexcept { return e1_; }
  [[nodiscard]] election_domain domain() const noexcept { return domain_; }
  [[nodiscard]] const encoded_element<G>& joint_key() const noexcept { return joint_key_; }
  /// H.
  [[nodiscard]] const element_of<G>& blind() const noexcept {
    return bases_.elements()[blind_base.value()];
  }
  /// G_1, G_2, ..., as many as the larger of the two counts.
  [[nodiscard]] std::span<const element_of<G>> vector() const noexcept {
    return bases_.elements().subspan(vector_base.value(), vector_count_);
  }
  /// R_1, R_2, ..., counts().slot_bits of them.
  [[nodiscard]] std::span<const element_of<G>> right_vector() const noexcept {
    return bases_.elements().last(counts_.slot_bits);
  }
  /// U. \pre counts().slot_bits > 0
  [[nodiscard]] const element_of<G>& inner() const noexcept {
    return bases_.elements()[inner_base().value()];
  }
  [[nodiscard]] const base_counts& counts() const noexcept { return counts_; }

  /// G, K, H, G_1, G_2, ..., then U, R_1, R_2, ...: the table of every sink that these proofs are
  /// emitted into.
  [[nodiscard]] const shared_bases<G>& bases() const noexcept { return bases_; }
  static constexpr base_index joint_key_base{1};
  static constexpr base_index blind_base{2};
  static constexpr base_index vector_base{3};
  /// Where U stands. \pre counts().slot_bits > 0
  [[nodiscard]] base_index inner_base() const noexcept {
    return base_index(static_cast<std::uint32_t>(vector_base.value() + vector_count_));
  }
  /// Where R_1 stands. \pre counts().slot_bits > 0
  [[nodiscard]] base_index right_base() const noexcept {
    return base_index(inner_base().value() + 1);
  }

 private:
  proof_election() = default;

  digest32 e1_;
  election_domain domain_ = election_domain::drill;
  encoded_element<G> joint_key_;
  base_counts counts_;
  std::size_t vector_count_ = 0;
  shared_bases<G> bases_;
};

extern template class proof_election<ristretto255>;

}  // namespace sandoq
