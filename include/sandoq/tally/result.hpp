#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/tally/seats.hpp"

namespace sandoq {

/// The published outcome of one contest.                                               SPEC(75.1)
/// Decoding checks structure only.
struct contest_result {
  contest_index contest;
  std::uint64_t ballots = 0;
  std::vector<std::uint64_t> counts;  ///< in ciphertext order: options, then blank
  seat_allocation seats;

  [[nodiscard]] static result<contest_result> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const contest_result&, const contest_result&) = default;
};

/// 75.1 without the opened values: the number of counts, each at most `ballots`, and
///   Lmin*ballots <= sum of u_i*count_i <= L*ballots   over options (u = 1) and blank (u = L).
/// \param ballots  as the tally says: ballots that carry the contest
verification check_counts(const contest_entry& contest, std::uint64_t ballots,
                          std::span<const std::uint64_t> counts);
/// The same for a published result, which says `ballots` too.
verification check_counts(const contest_entry& contest, std::uint64_t ballots,
                          const contest_result& published);

/// count_i*G = the opened value, for every i. Cost: n' short fixed-base multiplications.
/// \pre equal sizes
verification check_opened_counts(std::span<const ristretto255::element> opened,
                                 std::span<const std::uint64_t> counts);

/// Elected, alternates and ties are those that follow from the counts.                 SPEC(75.2)
verification check_seats(const contest_entry& contest, const contest_result& published);

/// The result of opened counts. \pre counts has one entry an option, then blank if there is one
[[nodiscard]] contest_result make_result(contest_index index, const contest_entry& contest,
                                         std::uint64_t ballots, std::vector<std::uint64_t> counts);

}  // namespace sandoq
