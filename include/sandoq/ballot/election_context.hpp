#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/contest.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/ballot/manifest_index.hpp"
#include "sandoq/ballot/roster.hpp"
#include "sandoq/ballot/seed.hpp"
#include "sandoq/core/domain.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/contest_context.hpp"

namespace sandoq {

/// What every ballot of an election is bound to, derived once from manifest, election hash and
/// joint key: e0, e1, domain, K, the terms of every contest, the tree, the boards' keys. Immutable;
/// make one and share it between threads.
class election_context {
 public:
  /// \param source     a manifest; its rules are checked
  /// \param e1         the election hash of 55.6, made by the key ceremony
  /// \param joint_key  K; identity_element if it is the identity
  [[nodiscard]] static result<election_context> make(
      const manifest& source, const digest32& e1, const encoded_element<ristretto255>& joint_key);
  /// The same after a ceremony that has shut trustees out (55.5).
  /// \param boards  those of the manifest, with the trustees whose signatures count in no quorum
  [[nodiscard]] static result<election_context> make(const manifest& source, const digest32& e1,
                                                     const encoded_element<ristretto255>& joint_key,
                                                     std::vector<board_keys> boards);

  [[nodiscard]] const digest32& e0() const noexcept { return e0_; }
  [[nodiscard]] const digest32& e1() const noexcept { return proofs_.e1(); }
  [[nodiscard]] election_domain domain() const noexcept { return proofs_.domain(); }
  [[nodiscard]] const encoded_element<ristretto255>& joint_key() const noexcept {
    return proofs_.joint_key();
  }
  /// K, H, G_1 ... for every contest of the election.
  [[nodiscard]] const proof_election<ristretto255>& proofs() const noexcept { return proofs_; }
  [[nodiscard]] const manifest_index& index() const noexcept { return index_; }
  [[nodiscard]] const roster& keys() const noexcept { return keys_; }
  /// In order of the manifest; terms of contest c are contests()[c].
  [[nodiscard]] std::span<const contest_terms> contests() const noexcept { return contests_; }
  /// \pre contest.value() < contests().size()
  [[nodiscard]] const contest_terms& terms(contest_index contest) const;
  /// The context of the proof of one contest of a ballot. It refers to this object.     SPEC(45.3)
  /// \param shape  that of the contest's terms
  template <class Shape>
  [[nodiscard]] contest_context<ristretto255, Shape> proof_context(
      contest_index contest, const Shape& shape, const ballot_item& ballot) const {
    const contest_terms& mine = terms(contest);
    return {.election = proofs_,
            .shape = shape,
            .contest_id = mine.id,
            .descriptor = mine.descriptor,
            .branch = ballot.place.branch,
            .device = ballot.place.device,
            .number = ballot.number,
            .style = ballot.style,
            .digits = ballot.digits};
  }

  [[nodiscard]] chain_context chain() const noexcept { return {e1(), domain()}; }
  /// What the seeds of that device are bound to.
  [[nodiscard]] seed_context seeds(const device_place& place) const noexcept {
    return {e1(), domain(), place.branch, place.device};
  }

 private:
  election_context(const digest32& e0, proof_election<ristretto255> proofs, manifest_index index,
                   roster keys, std::vector<contest_terms> contests)
      : e0_(e0),
        proofs_(std::move(proofs)),
        index_(std::move(index)),
        keys_(std::move(keys)),
        contests_(std::move(contests)) {}

  digest32 e0_;
  proof_election<ristretto255> proofs_;
  manifest_index index_;
  roster keys_;
  std::vector<contest_terms> contests_;
};

}  // namespace sandoq
