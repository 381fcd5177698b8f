#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/elgamal/ciphertext.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/tally/contest_set.hpp"
#include "sandoq/tally/tally_shape.hpp"

namespace sandoq {

/// The encrypted total of one contest as it stands in the record.
struct wire_contest_total {
  contest_index contest;
  std::uint64_t ballots = 0;  ///< ballots that carry the contest
  std::vector<wire_ciphertext> sums;
  friend bool operator==(const wire_contest_total&, const wire_contest_total&) = default;
};

/// totals := list (0..1,024) of (u32 contest || u64 ballots || list (0..1,025) of ciphertext)
/// SPEC(70.2)
struct wire_totals {
  std::vector<wire_contest_total> contests;

  [[nodiscard]] static result<wire_totals> read(byte_reader& in);
  void write(byte_writer& out) const;
  friend bool operator==(const wire_totals&, const wire_totals&) = default;
};

/// The encrypted total of one contest to calculate with: sums stay in extended coordinates.
struct contest_total {
  contest_index contest;
  std::uint64_t ballots = 0;
  std::vector<ciphertext<ristretto255>> sums;  ///< as many as tally_shape::width() says
  friend bool operator==(const contest_total&, const contest_total&) = default;
};

/// Totals of several contests, ascending by contest.                                   SPEC(70.2)
struct totals {
  std::vector<contest_total> contests;

  /// Nothing counted yet: no ballots, every sum (identity, identity).
  [[nodiscard]] static totals zero(const contest_set& contests, const tally_shape& shape);
  [[nodiscard]] contest_set set() const;
  /// nullptr if the contest is not in the set.
  [[nodiscard]] const contest_total* find(contest_index contest) const noexcept;
  /// True iff no ballot is counted and every sum is (identity, identity).
  [[nodiscard]] bool is_zero() const noexcept;

  /// Sums and ballots add; contest sets unite.
  friend totals operator+(const totals& a, const totals& b);
  friend bool operator==(const totals&, const totals&) = default;
};

/// "tally.nodes" for one node: exactly the contest set of the node, ascending, with the ciphertexts
/// of its sums each. Says what is wrong.                                                 SPEC(70.4)
/// SPEC(90.2)
verification check_contest_set(const tally_shape& shape, node_index node, const wire_totals& found);
/// The same for totals that are decoded, against a given set.
verification check_contest_set(const tally_shape& shape, const contest_set& wanted,
                               const totals& found);

/// Cost: two encodings a ciphertext.
[[nodiscard]] wire_totals encode(const totals& in);
/// \return not_in_group or bad_encoding with contest and ciphertext. Membership only.
[[nodiscard]] result<totals> decode(const wire_totals& in);

}  // namespace sandoq
