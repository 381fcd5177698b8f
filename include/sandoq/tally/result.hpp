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
  std::vector<std::uint64_t> counts;  ///< of codes, then blank, then invalid votes
  seat_allocation seats;

  [[nodiscard]] static result<contest_result> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const contest_result&, const contest_result&) = default;
};

/// 75.1 as far as the contest alone says it: how many counts there are, and of encoding 1 that each
/// is at most `ballots` and
///   Lmin*ballots <= sum of u_i*count_i <= L*ballots   over codes (u of 45.1) and blank (u = L);
/// of encoding 2 that blanks are at most `ballots`. Whatever else counts of mixed contests must be
/// follows from their opened lists.
/// \param ballots  as the tally says: ballots that carry the contest
verification check_counts(const contest_entry& contest, std::uint64_t ballots,
                          std::span<const std::uint64_t> counts);
/// The same for a published result, which says `ballots` too.
verification check_counts(const contest_entry& contest, std::uint64_t ballots,
                          const contest_result& published);
/// The same for what the opened sum of some places says: of encoding 2 that is the blank ballots
/// alone. \pre the contest has sums                                          SPEC(70.2) SPEC(75.3)
verification check_sum_counts(const contest_entry& contest, std::uint64_t ballots,
                              std::span<const std::uint64_t> counts);

/// count_i*G = the opened value, for every i. Cost: n' short fixed-base multiplications.
/// \pre equal sizes
verification check_opened_counts(std::span<const ristretto255::element> opened,
                                 std::span<const std::uint64_t> counts);

/// Elected, alternates and ties are those that follow from the counts; of rule 2 there are none.
///                                                                           SPEC(75.1) SPEC(75.2)
verification check_seats(const contest_entry& contest, const contest_result& published);

/// The result of these counts. \pre as many as count_places() says
[[nodiscard]] contest_result make_result(contest_index index, const contest_entry& contest,
                                         std::uint64_t ballots, std::vector<std::uint64_t> counts);

}  // namespace sandoq
