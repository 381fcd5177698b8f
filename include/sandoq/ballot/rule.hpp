#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// Numerator and denominator, in lowest terms. SPEC(76.1)
struct rule_fraction {
  std::uint32_t numerator = 0;
  std::uint32_t denominator = 1;
  friend bool operator==(const rule_fraction&, const rule_fraction&) = default;
};

/// What one ballot may hold. SPEC(76.2)
struct ballot_rule {
  /// What becomes of votes beyond the limits: the device takes no such ballot; they are not read;
  /// or the ballot is void.
  enum class overvote_policy : std::uint8_t { reject = 1, truncate, cancel };
  /// Whether a list can be entered, and whom its vote goes to.
  enum class list_code : std::uint8_t { none = 1, members, separate };
  /// List codes only; options of one list only; or any options.
  enum class list_form : std::uint8_t { closed = 1, open, free };
  std::uint32_t min_votes = 0;
  std::uint32_t max_votes = 1;
  std::uint32_t max_each = 1;  ///< votes that one ballot may heap on one option
  overvote_policy overvote = overvote_policy::truncate;
  list_code code = list_code::none;
  list_form form = list_form::free;
  std::uint8_t exclusive = 0;  ///< 1: a list code or single options, not both
  std::uint8_t strike = 0;     ///< 1: members of the list can be struck out
  friend bool operator==(const ballot_rule&, const ballot_rule&) = default;
};

/// The share of votes that must be reached. SPEC(76.3)
struct threshold_rule {
  /// Of what the share is.
  enum class base_code : std::uint8_t { valid_ballots = 1, all_ballots, votes, votes_per_seat };
  /// Whom it holds for; independents may be free of it.
  enum class scope_code : std::uint8_t { all = 1, lists };
  rule_fraction share;
  base_code base = base_code::votes;
  std::uint8_t strict = 0;  ///< 1: more than the share
  scope_code applies = scope_code::all;
  friend bool operator==(const threshold_rule&, const threshold_rule&) = default;
};

/// The most votes win. SPEC(76.8)
struct plurality_rule {
  std::optional<threshold_rule> threshold;
  std::uint32_t runoff = 0;  ///< options of the run-off for each open seat; 0: none
  friend bool operator==(const plurality_rule&, const plurality_rule&) = default;
};

/// Seats to lists by their votes, then to members. A code is 0 where it has no meaning.
/// SPEC(76.9) SPEC(76.10) SPEC(76.11) SPEC(76.12) SPEC(76.13)
struct proportional_rule {
  /// What the votes of a list are.
  enum class base_code : std::uint8_t { member_votes = 1, list_ballots };
  /// Quotas, then divisors.
  enum class method_code : std::uint8_t {
    hare = 1,
    droop,
    hagenbach_bischoff,
    imperiali,
    d_hondt,
    sainte_lague,
    sainte_lague_modified,
    custom
  };
  /// How a claim becomes seats.
  enum class rounding_code : std::uint8_t { floor = 1, half_up, half_even, ceiling };
  /// Who gets the seats that are left.
  enum class remainder_code : std::uint8_t {
    largest_remainder = 1,
    highest_share,
    highest_average
  };
  /// Who gives seats back when rounding gave too many.
  enum class repair_code : std::uint8_t { smallest_claim = 1, smallest_share, keep };
  /// Whose votes make the quota.
  enum class quota_code : std::uint8_t { all = 1, passing };
  /// One party, a party each, or none.
  enum class independents_code : std::uint8_t { pooled = 1, own, excluded };
  /// Who gets the seats that a party has no members for.
  enum class overflow_code : std::uint8_t { all = 1, lists, independents, nobody };
  /// Which members go first.
  enum class order_code : std::uint8_t { votes = 1, fixed, quota_jump };
  /// Of what a member must reach a share to go first.
  enum class jump_code : std::uint8_t { votes_per_seat = 1, party_votes };
  /// How many alternates a party has.
  enum class alternates_code : std::uint8_t { none = 0, number, share };
  /// Who takes a seat that falls vacant.
  enum class vacancy_code : std::uint8_t { same_party = 1, same_party_then_votes, votes };
  /// What decides between equal parties.
  enum class tie_code : std::uint8_t { lot = 1, votes_then_lot };

  base_code base = base_code::member_votes;
  method_code method = method_code::hare;
  std::vector<rule_fraction> divisors;  ///< of the custom method
  rounding_code rounding = rounding_code::floor;
  remainder_code remainder = remainder_code::largest_remainder;
  std::uint8_t one_extra = 0;  ///< 1: at most one seat a party beyond the first distribution
  repair_code repair = repair_code::keep;
  std::optional<threshold_rule> threshold;
  quota_code quota_votes = quota_code::all;
  independents_code independents = independents_code::pooled;
  overflow_code list_overflow = overflow_code::all;
  overflow_code pool_overflow = overflow_code::all;
  order_code order = order_code::votes;
  rule_fraction jump;
  jump_code jump_base{};
  alternates_code alternates = alternates_code::none;
  rule_fraction alternates_share;
  rounding_code alternates_rounding{};
  vacancy_code vacancy = vacancy_code::same_party;
  tie_code list_tie = tie_code::lot;

  /// Is the method one of quotas, not of divisors?
  [[nodiscard]] bool by_quota() const noexcept { return method <= method_code::imperiali; }
  friend bool operator==(const proportional_rule&, const proportional_rule&) = default;
};

/// Seats from rankings. A code is 0 where it has no meaning.
/// SPEC(76.14) SPEC(76.15) SPEC(76.16) SPEC(76.17)
struct ranking_rule {
  /// How rankings become seats.
  enum class method_code : std::uint8_t { irv = 1, stv, schulze, borda };
  /// The votes that elect under STV.
  enum class quota_code : std::uint8_t { hare = 1, droop };
  /// What a rank of several options is: equals, passed over, or the end.
  enum class overvote_code : std::uint8_t { equal = 1, skip, end };
  /// What an empty rank is: passed over, or the end.
  enum class skipped_code : std::uint8_t { close_up = 1, end };
  /// How strong a link is under Schulze.
  enum class strength_code : std::uint8_t { winning_votes = 1, margins };
  /// What a place is worth under Borda.
  enum class points_code : std::uint8_t { averaged = 1, ranked_only, from_the_top };
  method_code method = method_code::irv;
  quota_code quota{};
  overvote_code overvote = overvote_code::skip;
  skipped_code skipped = skipped_code::close_up;
  std::uint8_t batch = 0;  ///< 1: hopeless options are eliminated together
  strength_code strength{};
  points_code points{};

  /// Does the method pass papers on, round by round, and rank nobody behind the elected?
  [[nodiscard]] bool by_papers() const noexcept { return method <= method_code::stv; }
  friend bool operator==(const ranking_rule&, const ranking_rule&) = default;
};

/// The law that turns counts into seats, as data.                                      SPEC(76.1)
struct rule {
  static constexpr std::uint32_t format = 1;
  static constexpr std::uint32_t max_options = 8'192;
  static constexpr std::uint32_t max_seats = 1'024;
  ballot_rule ballot;
  std::variant<plurality_rule, proportional_rule, ranking_rule> method;

  /// The rule of canonical bytes, all its conditions checked; the place of an error is "rule/..."
  /// if the bytes have no such structure, otherwise the name of the check, e.g. "rule.threshold".
  [[nodiscard]] static result<rule> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  /// The conditions of 76.1 to 76.14 on a rule that was not decoded.
  [[nodiscard]] result<void> check() const;
  friend bool operator==(const rule&, const rule&) = default;
};

}  // namespace sandoq
