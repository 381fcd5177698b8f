#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <map>

#include "tests/unit/rules/rules_fixture.hpp"

namespace sandoq::testing {

using exact_number = boost::multiprecision::cpp_rational;
using numbers_of_subjects = std::vector<std::uint32_t>;

struct party_again {
  std::uint32_t subject = 0;
  bool independent = false;
  exact_number votes = 0;
  numbers_of_subjects members{};  ///< who can be seated
  exact_number rest = 0;          ///< claim less the seats of the first distribution
  std::int64_t seats = 0;
  std::int64_t changed = 0;  ///< seats got or given back in the phase that runs
};

/// What happened in a count, for tests that must have seen it.
struct seats_seen {
  std::int64_t lists_over = 0;
  std::int64_t pool_over = 0;
  std::int64_t given_of_lists = 0;  ///< of what lists could not hold
  std::int64_t given_of_pool = 0;
  int failed = 0;
  int free_of_threshold = 0;  ///< took part without votes enough for a list
};

/// The parties of a contest, a second time, and who of them takes part.
class parties_again {
 public:
  using p = proportional_rule;
  parties_again(const p& part, std::span<const party_list> lists, const counted_contest& counted,
                std::uint32_t seats)
      : part_(part), counted_(counted), house_(seats) {
    gather(lists);
  }

  const std::vector<party_again>& taking_part() const { return taking_; }
  const seats_seen& seen() const { return seen_; }
  const exact_number& all_votes() const { return total_; }

 private:
  void gather(std::span<const party_list> lists);
  void add(party_again party, bool without_votes, const numbers_of_subjects& options);
  bool passes(const party_again& party) const;

  const p& part_;
  const counted_contest& counted_;
  std::uint32_t house_;
  exact_number total_ = 0;
  std::vector<party_again> taking_;
  seats_seen seen_;
};

inline void parties_again::add(party_again party, bool without_votes,
                               const numbers_of_subjects& options) {
  for (const std::uint32_t option : options) {
    party.votes += without_votes ? 0 : counted_.votes[option];
    if (without_votes || counted_.votes[option] > 0) {
      party.members.push_back(option);
    }
  }
  taking_.push_back(std::move(party));
}

inline void parties_again::gather(std::span<const party_list> lists) {
  const auto n = static_cast<std::uint32_t>(counted_.votes.size());
  const bool own = part_.base == p::base_code::list_ballots;
  std::map<std::uint32_t, bool> listed;
  for (std::uint32_t j = 0; j < lists.size(); ++j) {
    numbers_of_subjects options;
    for (const option_index option : lists[j].options) {
      options.push_back(option.value());
      listed[option.value()] = true;
    }
    add({n + j, false, own ? counted_.list_ballots[j] : 0}, own, options);
  }
  numbers_of_subjects alone;
  for (std::uint32_t option = 0; option < n; ++option) {
    if (!listed[option]) {
      alone.push_back(option);
    }
  }
  if (part_.independents == p::independents_code::pooled && !alone.empty()) {
    add({n + static_cast<std::uint32_t>(lists.size()), true}, false, alone);
  } else if (part_.independents == p::independents_code::own) {
    for (const std::uint32_t option : alone) {
      add({option, true}, false, {option});
    }
  }
  for (const party_again& party : taking_) {
    total_ += party.votes;
  }
  std::erase_if(taking_, [&](const party_again& party) {
    const bool in = party.independent && part_.threshold &&
                    part_.threshold->applies == threshold_rule::scope_code::lists;
    seen_.failed += party.votes > 0 && !in && !passes(party) ? 1 : 0;
    seen_.free_of_threshold += party.votes > 0 && in && !passes(party) ? 1 : 0;
    return party.votes == 0 || !(in || passes(party));
  });
}

inline bool parties_again::passes(const party_again& party) const {
  if (!part_.threshold) {
    return true;
  }
  const threshold_rule& limit = *part_.threshold;
  exact_number needed(limit.share.numerator, limit.share.denominator);
  switch (limit.base) {
    case threshold_rule::base_code::valid_ballots:
      needed *= counted_.valid;
      break;
    case threshold_rule::base_code::all_ballots:
      needed *= counted_.ballots;
      break;
    case threshold_rule::base_code::votes:
      needed *= total_;
      break;
    case threshold_rule::base_code::votes_per_seat:
      needed *= total_ / house_;
  }
  return limit.strict != 0 ? party.votes > needed : party.votes >= needed;
}

}  // namespace sandoq::testing
