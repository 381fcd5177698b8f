#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "sandoq/ballot/manifest.hpp"

namespace sandoq::tool {

/// Uniform numbers that are the same with every standard library, which std:: distributions are
/// not.
class dice {
 public:
  explicit dice(std::uint64_t seed) : engine_(seed) {}

  /// 0..n-1; the bias below 2^-40 does not matter for made-up voters.
  std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>((engine_() >> 32U) * n >> 32U);
  }

 private:
  std::mt19937_64 engine_;
};

/// Voters that a device of a made-up election serves at most, about: an election of more voters
/// than its description has needs more devices.
inline constexpr std::uint64_t voters_a_device = 1000;

/// Devices for so many voters, and at least `least`.
[[nodiscard]] constexpr std::uint32_t devices_for(std::uint64_t voters, std::uint32_t least) {
  return std::max(least,
                  static_cast<std::uint32_t>((voters + voters_a_device - 1) / voters_a_device));
}

[[nodiscard]] std::string persian_digits(std::uint32_t n);

/// Labels in English and Persian.
[[nodiscard]] label_list both(std::string en, std::string fa);

/// A contest whose candidates have numeric codes from `first` on, as terminals ask for them.
[[nodiscard]] contest_entry coded_contest(std::string id, label_list labels, std::uint32_t scope,
                                          std::uint32_t first, std::uint32_t candidates);

/// A method with what is usual of it (STV: Droop; Schulze: winning votes; Borda: averaged), for
/// ballots as a device takes them: nobody twice, no rank left out.
[[nodiscard]] rule ranked_law(std::uint32_t ranks, ranking_rule::method_code method);

/// Some candidates are liked more than others, so that counts are not all alike; one voter in eight
/// leaves the contest blank.
[[nodiscard]] std::vector<std::uint32_t> choose(dice& d, const contest_entry& contest);

/// What a voter entered in a contest.
struct listed_choice {
  /// Ascending; of a ranking best first, where over-votes are cut off in the order of entry.
  std::vector<std::uint32_t> options;
  std::optional<std::uint32_t> list{};  ///< whose code was entered
  std::vector<std::uint32_t> struck{};  ///< members of it that were struck out
};

/// As choose(), but where lists have codes nearly half of the voters enter one and many of the
/// others mix members of lists with independents, and a ranking has an order. Where the ballot rule
/// says so, options get several votes, members are struck out, single options stand beside a list,
/// and some voters mark too much.                                                     SPEC(76.2)
[[nodiscard]] listed_choice choose_by_law(dice& d, const contest_entry& contest);

}  // namespace sandoq::tool
