#include <numeric>
#include <string>
#include <string_view>

#include "sandoq/ballot/rule.hpp"

namespace sandoq {
namespace {

/// Keeps the first condition that does not hold.
class conditions {
 public:
  /// \param check  the name of the check that the condition belongs to
  void need(bool holds, std::string_view check, std::string_view reason) {
    if (!holds && good_) {
      good_ = fail(errc::out_of_range, check, reason);
    }
  }

  /// A code of lowest..highest where it has a meaning, and otherwise 0.
  template <class Code>
  void code(Code value, Code highest, bool used, std::string_view check, std::string_view field,
            unsigned lowest = 1) {
    const auto number = static_cast<unsigned>(value);
    if (used) {
      need(number >= lowest && number <= static_cast<unsigned>(highest), check,
           std::string(field) +
               (number == 0 ? " is missing" : ": unknown code " + std::to_string(number)));
    } else {
      need(number == 0, check, std::string(field) + " has no meaning here and must be 0");
    }
  }
  void flag(std::uint8_t value, bool used, std::string_view check, std::string_view field) {
    code<unsigned>(value, 1, used, check, field, 0);
  }

  void fraction(const rule_fraction& value, std::uint32_t lowest, std::string_view what) {
    need(value.denominator >= 1 && std::gcd(value.numerator, value.denominator) == 1,
         "rule.fraction", std::string(what) + ": the fraction must be in lowest terms");
    need(value.numerator >= lowest, "rule.fraction", std::string(what) + " must not be 0");
  }
  void unused(const rule_fraction& value, bool used, std::string_view what) {
    fraction(value, 0, what);
    need(used || value == rule_fraction{}, "rule.proportional",
         std::string(what) + " has no meaning here and must be 0/1");
  }

  [[nodiscard]] result<void> take() && { return std::move(good_); }

 private:
  result<void> good_;
};

void check_ballot(conditions& c, const ballot_rule& ballot) {
  constexpr std::string_view check = "rule.ballot";
  using b = ballot_rule;
  c.code(ballot.overvote, b::overvote_policy::cancel, true, check, "overvote");
  c.code(ballot.code, b::list_code::separate, true, check, "list_code");
  c.code(ballot.form, b::list_form::free, true, check, "form");
  c.flag(ballot.exclusive, true, check, "exclusive");
  c.flag(ballot.strike, true, check, "strike");
  c.need(ballot.max_votes >= 1 && ballot.max_votes <= rule::max_options &&
             ballot.min_votes <= ballot.max_votes && ballot.max_each >= 1 &&
             ballot.max_each <= ballot.max_votes,
         check, "needs min <= max, 1 <= each <= max <= 8192");
  const bool codes = ballot.code != b::list_code::none;
  c.need(ballot.strike == 0 || ballot.code == b::list_code::members, check,
         "only members whom a list code gave a vote are struck out");
  c.need(ballot.exclusive == 0 || codes, check, "exclusive, and no list codes");
  c.need(ballot.form != b::list_form::closed || codes, check, "closed lists, and no list codes");
}

void check_threshold(conditions& c, const std::optional<threshold_rule>& threshold) {
  if (!threshold) {
    return;
  }
  constexpr std::string_view check = "rule.threshold";
  using t = threshold_rule;
  c.code(threshold->base, t::base_code::votes_per_seat, true, check, "base");
  c.flag(threshold->strict, true, check, "strict");
  c.code(threshold->applies, t::scope_code::lists, true, check, "applies");
  c.fraction(threshold->share, 1, "threshold");
  c.need(threshold->base == t::base_code::votes_per_seat ||
             threshold->share.numerator <= threshold->share.denominator,
         check, "a share above 1");
}

void check_divisors(conditions& c, const proportional_rule& part) {
  c.need(part.divisors.empty() == (part.method != proportional_rule::method_code::custom),
         "rule.proportional", "divisors belong to the custom method alone");
  const rule_fraction* before = nullptr;
  for (const rule_fraction& divisor : part.divisors) {
    c.fraction(divisor, 1, "divisor");
    const auto product = [](std::uint32_t a, std::uint32_t b) { return std::uint64_t{a} * b; };
    c.need(before == nullptr || product(before->numerator, divisor.denominator) <
                                    product(divisor.numerator, before->denominator),
           "rule.proportional", "divisors are not strictly ascending");
    before = &divisor;
  }
}

void check_part(conditions& c, const ballot_rule&, const plurality_rule& part) {
  check_threshold(c, part.threshold);
  c.need(part.runoff <= 16, "rule.plurality", "a run-off of more than 16 options a seat");
}

void check_part(conditions& c, const ballot_rule& ballot, const proportional_rule& part) {
  constexpr std::string_view check = "rule.proportional";
  using p = proportional_rule;
  c.code(part.base, p::base_code::list_ballots, true, check, "base");
  c.code(part.method, p::method_code::custom, true, check, "method");
  const bool quota = part.by_quota();
  const bool jumps = part.order == p::order_code::quota_jump;
  const bool share = part.alternates == p::alternates_code::share;
  c.code(part.rounding, p::rounding_code::half_even, quota, check, "rounding");
  c.code(part.remainder, p::remainder_code::highest_average, quota, check, "remainder");
  c.flag(part.one_extra, quota, check, "one_extra");
  c.code(part.repair, p::repair_code::keep, quota, check, "repair");
  c.code(part.quota_votes, p::quota_code::passing, true, check, "quota_votes");
  c.code(part.independents, p::independents_code::excluded, true, check, "independents");
  c.code(part.list_overflow, p::overflow_code::nobody, true, check, "list_overflow");
  c.code(part.pool_overflow, p::overflow_code::nobody, true, check, "pool_overflow");
  c.code(part.order, p::order_code::quota_jump, true, check, "order");
  c.code(part.jump_base, p::jump_code::party_votes, jumps, check, "jump_base");
  c.code(part.alternates, p::alternates_code::share, true, check, "alternates", 0);
  c.code(part.alternates_rounding, p::rounding_code::ceiling, share, check, "alternates_rounding");
  c.code(part.vacancy, p::vacancy_code::votes, true, check, "vacancy");
  c.code(part.list_tie, p::tie_code::votes_then_lot, true, check, "list_tie");
  check_threshold(c, part.threshold);
  check_divisors(c, part);
  c.unused(part.jump, jumps, "jump");
  c.unused(part.alternates_share, share, "alternates_share");
  c.need(part.alternates_share.numerator <= std::uint64_t{16} * part.alternates_share.denominator,
         check, "more than 16 alternates a seat");
  c.need(part.base == p::base_code::member_votes || ballot.code == ballot_rule::list_code::separate,
         check, "list ballots are counted only if list codes are votes of their own");
}

void check_part(conditions& c, const ballot_rule& ballot, const ranking_rule& part) {
  constexpr std::string_view check = "rule.ranking";
  using r = ranking_rule;
  c.code(part.method, r::method_code::borda, true, check, "method");
  const bool transfers = part.method == r::method_code::stv;
  c.code(part.quota, r::quota_code::droop, transfers, check, "quota");
  c.code(part.overvote, r::overvote_code::end, true, check, "overvote");
  c.code(part.skipped, r::skipped_code::end, true, check, "skipped");
  c.flag(part.batch, part.by_papers(), check, "batch");
  c.code(part.strength, r::strength_code::margins, part.method == r::method_code::schulze, check,
         "strength");
  c.code(part.points, r::points_code::from_the_top, part.method == r::method_code::borda, check,
         "points");
  c.need(ballot.code == ballot_rule::list_code::none && ballot.max_each == 1 &&
             ballot.form == ballot_rule::list_form::free,
         check, "rankings have no lists, and no votes to heap up");
}

}  // namespace

result<void> rule::check() const {
  conditions c;
  check_ballot(c, ballot);
  std::visit([&](const auto& part) { check_part(c, ballot, part); }, method);
  return std::move(c).take();
}

}  // namespace sandoq
