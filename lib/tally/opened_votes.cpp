#include "sandoq/tally/opened_votes.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "sandoq/ballot/ballot_codes.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

bool is_ranking(const contest_entry& contest) {
  return contest.encoding == contest_encoding::packed_ranking;
}

bool counts_blank(const contest_entry& contest) {
  return contest.blank == blank_option::counted;
}

// Whether the rule asks for them.                                                      SPEC(76.9)
bool lists_have_votes(const contest_entry& contest) {
  const auto* const part =
      contest.law ? std::get_if<proportional_rule>(&contest.law->method) : nullptr;
  return part != nullptr && part->base == proportional_rule::base_code::list_ballots;
}

void add_ranking(const contest_entry& contest, const packed_choice& choice, opened_votes& into) {
  std::vector<option_index> ranking;
  for (const std::uint32_t code : choice.codes) {
    SANDOQ_EXPECTS(code >= 1 && code <= contest.options.size(), "codes are those of options");
    ranking.emplace_back(code - 1);
  }
  ++into.rankings[std::move(ranking)];
}

void add_choice(const contest_entry& contest, const packed_choice& choice, opened_votes& into) {
  if (!choice.text.empty()) {
    ++into.write_ins[choice.text];
  }
  if (choice.codes.empty() && choice.text.empty()) {
    ++into.blank;
    return;
  }
  if (is_ranking(contest)) {
    add_ranking(contest, choice, into);
    return;
  }
  for (const std::uint32_t code : choice.codes) {
    ++into.codes[code - 1];
  }
}

}  // namespace

opened_votes& opened_votes::operator+=(const opened_votes& more) {
  SANDOQ_EXPECTS(codes.size() == more.codes.size(), "votes of one contest");
  ballots += more.ballots;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    codes[i] += more.codes[i];
  }
  blank += more.blank;
  invalid += more.invalid;
  for (const auto& [ranking, count] : more.rankings) {
    rankings[ranking] += count;
  }
  for (const auto& [text, count] : more.write_ins) {
    write_ins[text] += count;
  }
  return *this;
}

opened_votes no_votes(const contest_entry& contest) {
  opened_votes out;
  out.codes.assign(is_ranking(contest) ? 0 : limits_of(contest).options, 0);
  return out;
}

opened_votes votes_of(const contest_entry& contest, std::uint64_t ballots,
                      std::span<const std::uint64_t> codes) {
  const choice_limits limits = limits_of(contest);
  SANDOQ_EXPECTS(contest.encoding == contest_encoding::slots &&
                     codes.size() == std::size_t{limits.options} + limits.max_choices,
                 "a number for every code and every unused slot");
  opened_votes out;
  out.ballots = ballots;
  const auto chosen = codes.first(limits.options);
  out.codes.assign(chosen.begin(), chosen.end());
  return out;
}

opened_votes votes_of(const contest_entry& contest, const opened_choices& opened) {
  SANDOQ_EXPECTS(is_packed(contest.encoding), "choices of packed ballots");
  const ballot_codes codes(contest);
  opened_votes out = no_votes(contest);
  out.ballots = opened.valid.size() + opened.invalid.size();
  out.invalid = opened.invalid.size();
  for (const packed_choice& choice : opened.valid) {
    if (is_ranking(contest) || codes.check(choice.codes)) {
      add_choice(contest, choice, out);
    } else {
      ++out.invalid;
    }
  }
  return out;
}

std::vector<std::uint64_t> counts_of(const contest_entry& contest, const opened_votes& votes,
                                     std::uint64_t blank) {
  SANDOQ_EXPECTS(is_mixed(contest.encoding), "counts of opened lists");
  const bool packed = is_packed(contest.encoding);
  std::vector<std::uint64_t> out = votes.codes;
  if (counts_blank(contest)) {
    out.push_back(packed ? votes.blank : blank);
  }
  if (packed) {
    out.push_back(votes.invalid);
  }
  return out;
}

verification check_list_counts(const contest_entry& contest, const opened_votes* votes,
                               std::span<const ristretto255::element> sum,
                               const contest_result& published) {
  const std::span counts(published.counts);
  if (votes == nullptr) {
    const bool none = std::all_of(counts.begin(), counts.end(), [](auto c) { return c == 0; });
    return none ? verification::ok()
                : verification::rejected(
                      "the contest has no group, so it is not opened and every count must be 0");
  }
  const auto blank = counts.last(sum_ciphertexts(contest));
  const auto opened = counts_of(contest, *votes, blank.empty() ? 0 : blank.front());
  SANDOQ_EXPECTS(counts.size() == opened.size(), "counts of this contest");
  const auto [found, expected] = std::mismatch(counts.begin(), counts.end(), opened.begin());
  if (found != counts.end()) {
    return verification::rejected("count " + std::to_string(found - counts.begin()) + " is " +
                                  std::to_string(*found) + ", the opened lists have " +
                                  std::to_string(*expected));
  }
  return blank.empty() ? verification::ok() : check_opened_counts(sum, blank);
}

counted_contest counted_by_rule(const contest_entry& contest, const contest_result& published,
                                const opened_votes& opened) {
  SANDOQ_EXPECTS(published.counts.size() == count_places(contest), "counts of this contest");
  counted_contest out;
  out.ballots = published.ballots;
  out.valid = published.ballots;
  const std::size_t codes = is_ranking(contest) ? 0 : limits_of(contest).options;
  for (std::size_t i = codes; i < published.counts.size(); ++i) {
    SANDOQ_EXPECTS(published.counts[i] <= out.valid, "no more blank and invalid ones than ballots");
    out.valid -= published.counts[i];
  }
  if (!is_ranking(contest)) {
    counted_codes read = ballot_codes(contest).read(std::span(published.counts).first(codes));
    out.votes = std::move(read.votes);
    if (lists_have_votes(contest)) {
      out.list_ballots = std::move(read.list_ballots);
    }
    return out;
  }
  out.votes.assign(contest.options.size(), 0);
  for (const auto& [ranking, count] : opened.rankings) {
    ranked_ballots& equal = out.rankings.emplace_back();
    equal.count = count;
    for (const option_index option : ranking) {
      equal.ranks.push_back({option});
    }
  }
  return out;
}

}  // namespace sandoq
