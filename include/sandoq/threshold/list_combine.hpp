#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/combine.hpp"
#include "sandoq/threshold/derived_key.hpp"
#include "sandoq/threshold/factors.hpp"
#include "sandoq/threshold/list_opening.hpp"

namespace sandoq {

/// An answer for a list, and the factors that stand beside the list.
struct list_answer {
  list_partial item;
  bytes factors;  ///< D_1 || D_2 || ...
};

/// Answers for one list after their proofs and signatures were checked; made by verify_list_answers
/// only, so nothing unchecked can be combined.
class verified_list_answers {
 public:
  /// Valid answers, one a trustee, ascending by board and trustee: what the record holds.
  [[nodiscard]] std::span<const list_answer> answers() const noexcept { return answers_; }
  /// Everything that was dropped, by trustee, with the reason.
  [[nodiscard]] std::span<const rejected_answer> rejected() const noexcept { return rejected_; }
  [[nodiscard]] const digest32& request_hash() const noexcept { return request_hash_; }

 private:
  friend verified_list_answers verify_list_answers(const decoded_request&,
                                                   std::span<const board_keys>,
                                                   const election_keys&, std::vector<list_answer>,
                                                   executor&);
  verified_list_answers() = default;

  digest32 request_hash_;
  std::vector<list_answer> answers_;
  std::vector<rejected_answer> rejected_;
};

/// Checks answers in any order and number, drops invalid ones with their trustees named, and keeps
/// the first valid one of each trustee.                                    SPEC(55.9) SPEC(55.11)
/// Cost: verify() of each, one after another, all workers on each. Memory beside the answers: the
/// decoded factors of one.
[[nodiscard]] verified_list_answers verify_list_answers(const decoded_request& request,
                                                        std::span<const board_keys> boards,
                                                        const election_keys& keys,
                                                        std::vector<list_answer> answers,
                                                        executor& workers);

/// Takes the shares together as combine() of combine.hpp does, for every pair of the list:
///   M_i = beta_i - sum over b, j in I_b of lambda_{b,j} D_{b,j,i},    i in the list's order
/// SPEC(55.9) SPEC(55.11)
/// \return missing, naming the board and how many answers it lacks; mismatch if the answers belong
/// to another request. Cost a pair: (sum of t_b) decodings, an encoding, and some additions and
/// at most one multiplication for small boards, otherwise (sum of t_b) of them; by all workers.
[[nodiscard]] result<encoded_elements<ristretto255>> combine(const decoded_request& request,
                                                             std::span<const board_size> boards,
                                                             const verified_list_answers& answers,
                                                             executor& workers);

}  // namespace sandoq
