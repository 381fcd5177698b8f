#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/commitments.hpp"

namespace sandoq {

/// The trustees of every board who take part in an attempt of the key ceremony. They keep the
/// numbers of the manifest; "record order" is board 0 first, ascending numbers.          SPEC(55)
class participants {
 public:
  participants() = default;
  /// Every trustee of the manifest.
  [[nodiscard]] static participants all(std::span<const board_size> boards);
  /// \pre boards[b] is strictly ascending
  explicit participants(std::vector<std::vector<trustee_index>> boards);

  [[nodiscard]] std::size_t boards() const noexcept { return boards_.size(); }
  /// \pre b is below boards()
  [[nodiscard]] std::span<const trustee_index> of(board_index b) const {
    return boards_[b.value()];
  }
  /// False also for a board or trustee that does not exist.
  [[nodiscard]] bool contains(board_index b, trustee_index j) const;
  [[nodiscard]] std::size_t total() const noexcept;
  /// The place of a participant in record order, from 0. \pre contains(b, j)
  [[nodiscard]] std::size_t ordinal(board_index b, trustee_index j) const;
  /// Its place within its own board, from 0. \pre contains(b, j)
  [[nodiscard]] std::size_t place(board_index b, trustee_index j) const;
  /// Everyone of `other` is here too.
  [[nodiscard]] bool includes(const participants& other) const;
  /// No effect on who is not here.
  void shut_out(board_index b, trustee_index j);

  friend bool operator==(const participants&, const participants&) = default;

 private:
  std::vector<std::vector<trustee_index>> boards_;
};

/// What everything in one attempt of the ceremony is bound to.                  SPEC(55.1)
/// SPEC(55.2)
struct attempt_context {
  ceremony_context election;
  std::uint32_t attempt = 1;
  participants who;
  digest32 earlier;  ///< hash_of_earlier() of all that stands before the attempt's first commit
};

/// H("dkg/earlier"; every item of `earlier` and then every absence of the attempt).     SPEC(55.2)
[[nodiscard]] digest32 hash_of_earlier(std::span<const ceremony_items> earlier,
                                       std::span<const dkg_absence> absences);

/// The first attempt of a ceremony in which nobody is absent.
[[nodiscard]] attempt_context first_attempt(const ceremony_context& election,
                                            std::span<const board_size> boards);

/// Who takes part in an attempt: those whose commits it has. \param boards  of the manifest
/// \pre in record order, every board below `boards`                                    SPEC(55.5)
[[nodiscard]] participants participants_of(std::span<const dkg_commit> commits, std::size_t boards);

/// The context of the attempt at that place, as its commits say who takes part.
/// \pre place < attempts.size(), and attempts[place] is complete (ceremony.complete)
[[nodiscard]] attempt_context context_of(const ceremony_context& election,
                                         std::span<const board_size> boards,
                                         std::span<const ceremony_items> attempts,
                                         std::size_t place);

/// Hcom = H("dkg/commitments"; e0 || attempt || earlier || list of (board || trustee || h)): what
/// every proof and every box of the attempt is bound to.                               SPEC(55.2)
[[nodiscard]] digest32 hash_of_commitments(const attempt_context& context,
                                           std::span<const dkg_commit> commits);

/// The keys of the boards with everyone shut out who is not among the participants.     SPEC(55.5)
[[nodiscard]] std::vector<board_keys> without_shut_out(std::span<const board_keys> boards,
                                                       const participants& who);

}  // namespace sandoq
