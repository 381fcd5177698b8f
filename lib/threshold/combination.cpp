#include "lib/threshold/combination.hpp"

#include <algorithm>
#include <string>

#include "sandoq/core/contract.hpp"
#include "sandoq/group/ristretto255_batch.hpp"
#include "sandoq/threshold/lagrange.hpp"

namespace sandoq::detail {

using group = ristretto255;

std::optional<answering_trustee> find_trustee(std::span<const board_keys> boards,
                                              const election_keys& keys, answer_origin origin) {
  const std::size_t b = origin.board.value();
  const std::size_t j = origin.trustee.value();
  if (b >= boards.size() || j < 1 || j > boards[b].signing_keys.size() ||
      j > keys.share_keys[b].size()) {
    return std::nullopt;
  }
  return answering_trustee{{boards[b].signing_keys[j - 1].element, not_shared},
                           keys.share_keys[b][j - 1]};
}

std::vector<std::size_t> one_each(std::span<const answer_origin> origins,
                                  std::vector<std::size_t> valid) {
  std::stable_sort(valid.begin(), valid.end(),
                   [&](std::size_t a, std::size_t b) { return origins[a] < origins[b]; });
  valid.erase(std::unique(valid.begin(), valid.end(),
                          [&](std::size_t a, std::size_t b) { return origins[a] == origins[b]; }),
              valid.end());
  return valid;
}

result<combination> choose(std::span<const board_size> boards,
                           std::span<const answer_origin> origins) {
  combination out;
  for (std::uint32_t b = 0; b < boards.size(); ++b) {
    std::vector<std::uint32_t> points;
    for (std::size_t i = 0; i < origins.size(); ++i) {
      // Ascending, so these are the lowest-numbered ones.
      if (origins[i].board == board_index(b) && points.size() < boards[b].threshold) {
        points.push_back(origins[i].trustee.value());
        out.used.push_back(i);
      }
    }
    if (points.size() < boards[b].threshold) {
      return fail(errc::missing, "board " + std::to_string(b),
                  "has " + std::to_string(points.size()) + " valid answers and needs " +
                      std::to_string(boards[b].threshold) + "; collect " +
                      std::to_string(boards[b].threshold - points.size()) + " more");
    }
    for (const auto& weight : lagrange_at_zero<group>(points)) {
      out.weights.push_back(weight);
    }
  }
  return out;
}

void take_away(std::span<group::element> opened, std::span<const group::scalar> weights,
               std::span<const std::span<const group::element>> factors) {
  SANDOQ_EXPECTS(weights.size() == factors.size(), "a weight for each list of factors");
  std::vector<group::element> multiples(opened.size());
  for (std::size_t k = 0; k < weights.size(); ++k) {
    mul_each_vartime(multiples, -weights[k], factors[k]);
    group::add_many(opened, multiples);
  }
}

}  // namespace sandoq::detail
