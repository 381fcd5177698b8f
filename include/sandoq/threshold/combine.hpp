#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/elgamal/small_dlog.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/ceremony_check.hpp"
#include "sandoq/threshold/opening.hpp"
#include "sandoq/threshold/partial_decryption.hpp"

namespace sandoq {

/// An answer that was thrown away, and whose it was.
struct rejected_answer {
  board_index board;
  trustee_index trustee;
  std::string reason;
};

/// Answers to one request after their proofs and signatures were checked; made by verify_answers
/// only, so nothing unchecked can be combined.
class verified_answers {
 public:
  /// Valid answers, one a trustee, ascending by board and trustee: what the record holds.
  [[nodiscard]] std::span<const partial_decryption> answers() const noexcept { return answers_; }
  /// Everything that was dropped, by trustee, with the reason.
  [[nodiscard]] std::span<const rejected_answer> rejected() const noexcept { return rejected_; }
  [[nodiscard]] const digest32& request_hash() const noexcept { return request_hash_; }

 private:
  friend verified_answers verify_answers(const decoded_request&, std::span<const board_keys>,
                                         const election_keys&, std::span<const partial_decryption>,
                                         executor&);
  friend result<std::vector<ristretto255::element>> combine(const decoded_request&,
                                                            std::span<const board_size>,
                                                            const verified_answers&);
  verified_answers() = default;

  digest32 request_hash_;
  std::vector<partial_decryption> answers_;
  std::vector<std::vector<ristretto255::element>> factors_;  // of answers_, in order
  std::vector<rejected_answer> rejected_;
};

/// Checks answers in any order and number, drops invalid ones with their trustees named, and keeps
/// the first valid one of each trustee.                                                SPEC(55.9)
/// Cost: one batch (three equations an answer).
[[nodiscard]] verified_answers verify_answers(const decoded_request& request,
                                              std::span<const board_keys> boards,
                                              const election_keys& keys,
                                              std::span<const partial_decryption> answers,
                                              executor& workers);

/// Takes the shares together: with I_b the t_b lowest-numbered trustees of board b that answered,
///   M_i = beta_i - sum over b, j in I_b of lambda_{b,j} D_{b,j,i}                     SPEC(55.9)
/// Every board must reach its own threshold; what another board has too much never counts.
/// \return missing, naming the board and how many answers it lacks; mismatch if the answers belong
/// to another request. Cost: as combine() of list_combine.hpp.
[[nodiscard]] result<std::vector<ristretto255::element>> combine(const decoded_request& request,
                                                                 std::span<const board_size> boards,
                                                                 const verified_answers& answers);

/// The counts m_i with m_i*G = M_i, 0 <= m_i <= ballots.                    SPEC(20.3) SPEC(75.1)
/// \return not_found, naming the ciphertext: the sum holds no count of so few ballots.
/// \pre search.bound() >= ballots
[[nodiscard]] result<std::vector<std::uint64_t>> decode_counts(
    std::span<const ristretto255::element> opened, std::uint64_t ballots,
    const small_dlog<ristretto255>& search);

}  // namespace sandoq
