#include "sandoq/ballot/ballot_codes.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

using list_place = code_numbers::list_place;

constexpr std::uint32_t most = std::numeric_limits<std::uint32_t>::max();

std::uint32_t saturated(std::uint64_t value) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(value, most));
}

bool is_closed(const ballot_rule& ballot) {
  return ballot.form == ballot_rule::list_form::closed;
}

ballot_rule entries_of(const contest_entry& contest) {
  if (contest.law) {
    return contest.law->ballot;
  }
  ballot_rule out;
  out.min_votes = contest.min_choices;
  out.max_votes = contest.max_choices;
  out.overvote = ballot_rule::overvote_policy::reject;
  return out;
}

list_place place_of_lists(const ballot_rule& ballot) {
  if (is_closed(ballot) && ballot.strike == 0) {
    return list_place::alone;
  }
  return ballot.code == ballot_rule::list_code::separate ? list_place::behind : list_place::none;
}

tl::unexpected<error> refuse(const std::string& reason) {
  return fail(errc::bad_witness, "choices", reason);
}

}  // namespace

code_numbers code_numbers_of(const contest_entry& contest) noexcept {
  const auto n = static_cast<std::uint32_t>(contest.options.size());
  code_numbers out;
  out.options = n;
  out.limits = {.options = n,
                .max_choices = contest.max_choices,
                .min_choices = contest.min_choices,
                .blank = contest.blank};
  if (!contest.law || contest.encoding == contest_encoding::packed_ranking) {
    return out;
  }
  const ballot_rule& ballot = contest.law->ballot;
  out.lists = place_of_lists(ballot);
  if (out.lists != list_place::none) {
    out.parties = static_cast<std::uint32_t>(contest.lists.size());
  }
  out.each = out.lists == list_place::alone ? 0 : is_closed(ballot) ? 1 : ballot.max_each;
  out.options = saturated(std::uint64_t{n} * out.each);
  out.limits.options = saturated(std::uint64_t{out.options} + out.parties);
  if (out.lists == list_place::alone) {
    out.limits.max_choices = 1;
    out.limits.min_choices = std::min(contest.min_choices, 1U);
  } else if (out.lists == list_place::behind && contest.encoding == contest_encoding::bit_vector) {
    out.limits.whole = out.parties;
  } else if (out.lists == list_place::behind) {
    out.limits.max_choices =
        saturated(std::uint64_t{contest.max_choices} + (ballot.exclusive != 0 ? 0 : 1));
    out.limits.min_choices = std::min(contest.min_choices, 1U);
  }
  return out;
}

bool can_carry(contest_encoding encoding, const ballot_rule& ballot) noexcept {
  if (encoding == contest_encoding::packed_ranking) {
    return ballot.overvote == ballot_rule::overvote_policy::reject;
  }
  if (encoding == contest_encoding::packed_subset || place_of_lists(ballot) == list_place::alone) {
    return true;
  }
  if (ballot.form != ballot_rule::list_form::free) {
    return false;
  }
  return ballot.code != ballot_rule::list_code::separate ||
         (encoding == contest_encoding::bit_vector && ballot.exclusive != 0);
}

ballot_codes::ballot_codes(const contest_entry& contest)
    : numbers_(code_numbers_of(contest)), entries_(entries_of(contest)) {
  if (entries_.code != ballot_rule::list_code::none || by_lists()) {
    for (const party_list& list : contest.lists) {
      lists_.push_back(list.options);
    }
  }
  party_of_.assign(contest.options.size(), static_cast<std::uint32_t>(lists_.size()));
  for (std::uint32_t list = 0; list < lists_.size(); ++list) {
    for (const option_index member : lists_[list]) {
      SANDOQ_EXPECTS(member.value() < party_of_.size(), "lists of this contest's options");
      party_of_[member.value()] = list;
    }
  }
}

result<void> ballot_codes::check(std::span<const std::uint32_t> codes) const {
  const auto lists = std::upper_bound(codes.begin(), codes.end(), numbers_.options);
  const auto of_options = codes.first(static_cast<std::size_t>(lists - codes.begin()));
  const std::size_t of_lists = codes.size() - of_options.size();
  for (std::size_t i = 0; i < of_options.size(); ++i) {
    const std::uint32_t copy = (of_options[i] - 1) % numbers_.each;
    if (copy != 0 && (i == 0 || of_options[i - 1] + 1 != of_options[i])) {
      return refuse("a vote more for an option stands without the one before it");
    }
  }
  if (of_lists > 1 || (of_lists == 1 && entries_.exclusive != 0 && !of_options.empty())) {
    return refuse("a list's code stands beside another one, or beside options that it excludes");
  }
  if (of_options.size() > entries_.max_votes) {
    return refuse("there are " + std::to_string(of_options.size()) + " votes, at most " +
                  std::to_string(entries_.max_votes) + " are permitted");
  }
  const bool blank = codes.empty() && numbers_.limits.blank == blank_option::counted;
  if (of_lists == 0 && !blank && of_options.size() < entries_.min_votes) {
    return refuse("there are " + std::to_string(of_options.size()) + " votes, at least " +
                  std::to_string(entries_.min_votes) + " are needed");
  }
  return by_lists() ? check_parties(codes) : result<void>{};
}

// Form open: all of one list, the independents being one; closed: and of a list.
result<void> ballot_codes::check_parties(std::span<const std::uint32_t> codes) const {
  std::uint32_t first = most;
  for (const std::uint32_t code : codes) {
    const std::uint32_t party = code > numbers_.options ? code - numbers_.options - 1
                                                        : party_of((code - 1) / numbers_.each);
    if (first != most && party != first) {
      return refuse("options of one list only can be chosen");
    }
    first = party;
  }
  if (is_closed(entries_) && first == lists_.size()) {
    return refuse("independents cannot be chosen where lists are closed");
  }
  return {};
}

counted_codes ballot_codes::read(std::span<const std::uint64_t> counts) const {
  SANDOQ_EXPECTS(counts.size() == numbers_.limits.options, "a count for each code");
  counted_codes out;
  out.votes.assign(options(), 0);
  for (std::uint32_t i = 0; i < numbers_.options; ++i) {
    out.votes[i / numbers_.each] += counts[i];
  }
  out.list_ballots.assign(counts.begin() + numbers_.options, counts.end());
  if (numbers_.lists == list_place::alone && entries_.code == ballot_rule::list_code::members) {
    for (std::uint32_t list = 0; list < lists_.size(); ++list) {
      const std::size_t read = std::min<std::size_t>(lists_[list].size(), entries_.max_votes);
      for (const option_index member : std::span(lists_[list]).first(read)) {
        out.votes[member.value()] = counts[list];
      }
    }
  }
  return out;
}

}  // namespace sandoq
