#pragma once

// What the two kinds of answers have in common when they are sorted out and taken together.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sandoq/core/result.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/derived_key.hpp"
#include "sandoq/threshold/factors.hpp"

namespace sandoq::detail {

/// Who says that an answer is theirs.
struct answer_origin {
  board_index board;
  trustee_index trustee;
  friend auto operator<=>(const answer_origin&, const answer_origin&) = default;
};

/// The keys of that trustee, or nothing if there is no such trustee.
[[nodiscard]] std::optional<answering_trustee> find_trustee(std::span<const board_keys> boards,
                                                            const election_keys& keys,
                                                            answer_origin origin);

/// The places of the first answer of each trustee, ascending by board and trustee.
/// \param valid  places in `origins`
[[nodiscard]] std::vector<std::size_t> one_each(std::span<const answer_origin> origins,
                                                std::vector<std::size_t> valid);

/// lambda_{b,j} = numbers / denominator. Trustees have small numbers, so these are small, too.
struct whole_weights {
  std::vector<std::int64_t> numbers;
  std::int64_t denominator = 1;
};
/// The weights of lagrange_at_zero for each of several sets of points, one set after the other.
/// \return nothing if they do not fit into 62 bits. Cost: n^2 divisions.
[[nodiscard]] std::optional<whole_weights> whole_weights_of(
    std::span<const std::vector<std::uint32_t>> sets);

/// Which answers are taken, with what weights.
struct combination {
  std::vector<std::size_t> used;  ///< places in `origins`
  std::vector<ristretto255::scalar> weights;
  std::optional<whole_weights> whole;  ///< the same weights, if they fit
};
/// The lowest-numbered t_b of every board, with lambda_{b,j}.                          SPEC(55.9)
/// \param origins  ascending, each once. \return missing, naming the board and what it lacks
[[nodiscard]] result<combination> choose(std::span<const board_size> boards,
                                         std::span<const answer_origin> origins);

/// opened[i] -= sum over k of weights[k]*factors[k][i]. Cost an element: with whole weights as many
/// additions as they have bits and ones, and a multiplication where the denominator is not 1;
/// otherwise a multiplication for each weight.
/// \pre each of `factors` is as long as `opened`, as many as weights
void take_away(std::span<ristretto255::element> opened, const combination& chosen,
               std::span<const std::span<const ristretto255::element>> factors);

}  // namespace sandoq::detail
