#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/ballot/seed.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/merkle.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq {

/// From which all randomness of one ballot comes.
using ballot_seed = secret<byte_array<32>>;

/// The seeds of one role for one device, committed before the first ballot:
///   seed(s) = H("seed"; e1 || domain || branch || device || role || s || kappa_{s-1}),
///   kappa_s = H("ratchet"; kappa_{s-1}),  s = 1..capacity
/// Only the present kappa is kept, so a seized device does not reveal earlier ballots. Move-only.
/// SPEC(52.4)
class seed_ratchet {
 public:
  static constexpr std::uint32_t max_capacity = 1'048'576;

  /// Draws kappa_0 and commits to all seeds. \pre 1 <= capacity <= max_capacity
  /// Cost: 4 hashes a serial; keeps 64 bytes a serial, all of them public.
  [[nodiscard]] static seed_ratchet draw(const seed_context& context, seed_role role,
                                         std::uint32_t capacity, random_source& random);
  /// The same from a kappa_0 that a board hands over.
  [[nodiscard]] static seed_ratchet from_start(const seed_context& context, seed_role role,
                                               std::uint32_t capacity,
                                               secret<byte_array<32>> kappa_0);

  /// The ratchet as it was after `used` serials.
  /// \param kappa   kappa_used, from memory() \param leaves  of all serials, from leaves(); public
  /// \return out_of_range if there are not 1 to max_capacity leaves or fewer than used; mismatch if
  /// the leaves do not lead to that root, or if kappa does not give the leaf of the next serial
  /// (which cannot be asked when none is left). Cost: a hash a serial.
  [[nodiscard]] static result<seed_ratchet> resume(const seed_context& context, seed_role role,
                                                   std::uint32_t used, secret<byte_array<32>> kappa,
                                                   std::vector<digest32> leaves,
                                                   const digest32& root);
  /// What to keep if the program ends: kappa of the next serial.
  [[nodiscard]] secret<byte_array<32>> memory() const noexcept { return kappa_.clone(); }
  /// The hashes of all seeds, in order of serials: public, and needed for every path.
  [[nodiscard]] const std::vector<digest32>& leaves() const noexcept { return tree_.all_leaves(); }

  /// The Merkle root over all leaves, which the opening publishes.
  [[nodiscard]] digest32 root() const noexcept { return tree_.root(); }
  [[nodiscard]] std::uint32_t capacity() const noexcept { return capacity_; }
  [[nodiscard]] seed_role role() const noexcept { return role_; }
  [[nodiscard]] const seed_context& context() const noexcept { return context_; }
  /// The serial whose seed comes next; capacity + 1 when there is none left.
  [[nodiscard]] serial next() const noexcept { return serial(used_ + 1); }

  /// The seed of serial next(). \return out_of_range if no serial is left.
  [[nodiscard]] result<ballot_seed> present() const;
  /// Goes on to the next serial and erases what the seeds so far came from. \pre one is left
  void advance() noexcept;
  /// The siblings of the leaf of a serial. \pre 1 <= number <= capacity
  [[nodiscard]] std::vector<digest32> path(serial number) const;

 private:
  seed_ratchet(const seed_context& context, seed_role role, std::uint32_t capacity,
               secret<byte_array<32>> kappa, merkle_tree tree);

  seed_context context_;
  seed_role role_;
  std::uint32_t capacity_;
  std::uint32_t used_ = 0;
  secret<byte_array<32>> kappa_;
  merkle_tree tree_;
};

/// The leaf of a seed that is still secret (52.4): what seed_leaf() of seed.hpp gives for a
/// revealed one. The hash is public.
[[nodiscard]] digest32 leaf_of_seed(const seed_context& context, seed_role role, serial number,
                                    const ballot_seed& seed);

/// H("ballot/seed"; ...), from seeds that are still secret. SPEC(52.4)
[[nodiscard]] ballot_seed combine_seeds(const seed_context& context, serial number,
                                        const ballot_seed& device_seed,
                                        std::span<const ballot_seed> board_seeds);

}  // namespace sandoq
