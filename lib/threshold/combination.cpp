#include "lib/threshold/combination.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <string>
#include <utility>

#include "sandoq/core/contract.hpp"
#include "sandoq/group/ristretto255_batch.hpp"
#include "sandoq/threshold/lagrange.hpp"

namespace sandoq::detail {

using group = ristretto255;

namespace {

// Of numbers below 2^62, so that their sizes and signs can be changed freely.
constexpr std::int64_t whole_limit = std::int64_t{1} << 62U;

std::optional<std::int64_t> product(std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  if (__builtin_mul_overflow(a, b, &out) || out >= whole_limit || out <= -whole_limit) {
    return std::nullopt;
  }
  return out;
}

struct fraction {
  std::int64_t top = 1;
  std::int64_t bottom = 1;  // positive; no common factor
};

// Prod over i in points, i != j, of i / (i - j).
std::optional<fraction> fraction_of(std::span<const std::uint32_t> points, std::uint32_t j) {
  fraction out;
  for (const std::uint32_t i : points) {
    if (i == j) {
      continue;
    }
    const auto top = product(out.top, i);
    const auto bottom = product(out.bottom, std::int64_t{i} - std::int64_t{j});
    if (!top || !bottom) {
      return std::nullopt;
    }
    const std::int64_t common = std::gcd(*top, *bottom) * (*bottom < 0 ? -1 : 1);
    out = {*top / common, *bottom / common};
  }
  return out;
}

void take_away_whole(std::span<group::element> opened, const whole_weights& weights,
                     std::span<const std::span<const group::element>> factors) {
  // What is added is minus the number times the factor: a factor under a positive number is turned.
  std::vector<std::vector<group::element>> turned(factors.size());
  std::vector<std::uint64_t> sizes;
  std::uint64_t all_bits = 0;
  for (std::size_t k = 0; k < factors.size(); ++k) {
    const std::int64_t number = weights.numbers[k];
    sizes.push_back(static_cast<std::uint64_t>(number < 0 ? -number : number));
    all_bits |= sizes.back();
    turned[k].assign(factors[k].begin(), factors[k].end());
    if (number > 0) {
      std::transform(turned[k].begin(), turned[k].end(), turned[k].begin(),
                     [](const auto& e) { return -e; });
    }
  }
  std::vector<group::element> sum(opened.size());
  for (int bit = static_cast<int>(std::bit_width(all_bits)); bit-- > 0;) {
    group::add_many(sum, sum);
    for (std::size_t k = 0; k < factors.size(); ++k) {
      if (((sizes[k] >> static_cast<unsigned>(bit)) & 1U) != 0) {
        group::add_many(sum, turned[k]);
      }
    }
  }
  if (weights.denominator != 1) {
    const auto denominator =
        group::scalar_from_u64(static_cast<std::uint64_t>(weights.denominator));
    mul_each_vartime(sum, group::invert(denominator), sum);
  }
  group::add_many(opened, sum);
}

}  // namespace

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

std::optional<whole_weights> whole_weights_of(std::span<const std::vector<std::uint32_t>> sets) {
  std::vector<fraction> fractions;
  std::optional<std::int64_t> denominator = 1;
  for (const auto& points : sets) {
    for (const std::uint32_t j : points) {
      auto weight = fraction_of(points, j);
      if (weight && denominator) {
        denominator =
            product(*denominator, weight->bottom / std::gcd(*denominator, weight->bottom));
        fractions.push_back(*weight);
      } else {
        return std::nullopt;
      }
    }
  }
  if (!denominator) {
    return std::nullopt;
  }
  whole_weights out{{}, *denominator};
  for (const fraction& weight : fractions) {
    const auto number = product(weight.top, *denominator / weight.bottom);
    if (!number) {
      return std::nullopt;
    }
    out.numbers.push_back(*number);
  }
  return out;
}

result<combination> choose(std::span<const board_size> boards,
                           std::span<const answer_origin> origins) {
  combination out;
  std::vector<std::vector<std::uint32_t>> sets;
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
    sets.push_back(std::move(points));
  }
  out.whole = whole_weights_of(sets);
  return out;
}

void take_away(std::span<group::element> opened, const combination& chosen,
               std::span<const std::span<const group::element>> factors) {
  SANDOQ_EXPECTS(chosen.weights.size() == factors.size(), "a weight for each list of factors");
  if (chosen.whole) {
    take_away_whole(opened, *chosen.whole, factors);
    return;
  }
  std::vector<group::element> multiples(opened.size());
  for (std::size_t k = 0; k < factors.size(); ++k) {
    mul_each_vartime(multiples, -chosen.weights[k], factors[k]);
    group::add_many(opened, multiples);
  }
}

}  // namespace sandoq::detail
