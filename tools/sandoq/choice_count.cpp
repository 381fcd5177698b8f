#include "choice_count.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <vector>

#include "progress.hpp"
#include "sandoq/ballot/ballot_codes.hpp"

namespace sandoq::tool {
namespace {

using integer = boost::multiprecision::cpp_int;

/// Above this the number is one of many digits.
constexpr std::uint32_t readable_bits = 50;

/// n!/(n-s)! for every permitted s, added up.
integer rankings(const contest_entry& contest) {
  const auto n = static_cast<std::uint32_t>(contest.options.size());
  integer out = 0;
  integer of_size = 1;
  for (std::uint32_t s = 0; s <= contest.max_choices && s <= n; ++s) {
    out += s >= contest.min_choices ? of_size : 0;
    of_size *= n - s;
  }
  return out;
}

/// Ways to give `least` to `most` votes to n options, each at most e of them: the coefficients of
/// (1 - x^(e+1))^n / (1 - x)^n, by C(n, j) and C(n - 1 + r, r).
integer ways(std::uint32_t n, std::uint32_t e, std::uint32_t least, std::uint32_t most) {
  std::vector<integer> free(most + 1);  // any number of votes for one option
  free[0] = 1;
  for (std::uint32_t r = 1; r <= most; ++r) {
    free[r] = n == 0 ? integer(0) : integer(free[r - 1] * (n - 1 + r) / r);
  }
  integer out = 0;
  integer chosen = 1;
  for (std::uint32_t j = 0; j <= n && std::uint64_t{j} * (e + 1) <= most; ++j) {
    const std::uint32_t over = j * (e + 1);
    for (std::uint32_t s = std::max(least, over); s <= most; ++s) {
      out += j % 2 == 0 ? integer(chosen * free[s - over]) : integer(-chosen * free[s - over]);
    }
    chosen = chosen * (n - j) / (j + 1);
  }
  return out;
}

/// Sheets that the ballot rule permits, besides blank.                        SPEC(50.10)
integer sheets(const contest_entry& contest) {
  const ballot_codes codes(contest);
  const ballot_rule& rule = codes.entries();
  const code_numbers& numbers = codes.numbers();
  if (numbers.lists == code_numbers::list_place::alone) {
    return integer(numbers.parties) + (rule.min_votes == 0 ? 1 : 0);
  }
  const auto ways_of = [&](std::size_t n, std::uint32_t least) {
    return ways(static_cast<std::uint32_t>(n), numbers.each, least, rule.max_votes);
  };
  const bool behind = numbers.lists == code_numbers::list_place::behind;
  if (!codes.by_lists()) {
    const integer beside = rule.exclusive != 0 ? integer(1) : ways_of(codes.options(), 0);
    return ways_of(codes.options(), rule.min_votes) +
           (behind ? integer(numbers.parties) * beside : integer(0));
  }
  integer out = rule.min_votes == 0 ? 1 : 0;  // nothing at all, of no list
  const std::uint32_t some = std::max(rule.min_votes, 1U);
  std::size_t listed = 0;
  for (const auto& members : codes.lists()) {
    listed += members.size();
    out += ways_of(members.size(), some);
    if (behind) {
      out += rule.exclusive != 0 ? integer(1) : ways_of(members.size(), 0);
    }
  }
  const bool closed = rule.form == ballot_rule::list_form::closed;
  return out + (closed ? integer(0) : ways_of(codes.options() - listed, some));
}

}  // namespace

choice_count count_choices(const contest_entry& contest) {
  const integer blank = contest.blank == blank_option::counted ? 1 : 0;
  const integer all =
      blank +
      (contest.encoding == contest_encoding::packed_ranking ? rankings(contest) : sheets(contest));
  return {all.str(), all == 0 ? 0 : static_cast<std::uint32_t>(msb(all))};
}

std::string words_of(const choice_count& count) {
  return count.log2 < readable_bits ? with_separators(std::stoull(count.exact))
                                    : fmt::format("about 2^{}", count.log2);
}

}  // namespace sandoq::tool
