#include "sandoq/tally/opened_votes.hpp"

#include <algorithm>
#include <string>

#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

bool is_ranking(const contest_entry& contest) {
  return contest.encoding == contest_encoding::packed_ranking;
}

bool counts_blank(const contest_entry& contest) {
  return contest.blank == blank_option::counted;
}

void add_choice(const contest_entry& contest, const packed_choice& choice, opened_votes& into) {
  if (!choice.text.empty()) {
    ++into.write_ins[choice.text];
  }
  if (choice.codes.empty() && choice.text.empty()) {
    ++into.blank;
    return;
  }
  std::vector<option_index> chosen;
  for (const std::uint32_t code : choice.codes) {
    SANDOQ_EXPECTS(code >= 1 && code <= contest.options.size(), "codes are those of options");
    chosen.emplace_back(code - 1);
  }
  if (is_ranking(contest)) {
    ++into.rankings[std::move(chosen)];
    return;
  }
  for (const option_index option : chosen) {
    ++into.options[option.value()];
  }
}

}  // namespace

opened_votes& opened_votes::operator+=(const opened_votes& more) {
  SANDOQ_EXPECTS(options.size() == more.options.size(), "votes of one contest");
  ballots += more.ballots;
  for (std::size_t i = 0; i < options.size(); ++i) {
    options[i] += more.options[i];
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
  out.options.assign(is_ranking(contest) ? 0 : contest.options.size(), 0);
  return out;
}

opened_votes votes_of(const contest_entry& contest, std::uint64_t ballots,
                      std::span<const std::uint64_t> codes) {
  SANDOQ_EXPECTS(contest.encoding == contest_encoding::slots &&
                     codes.size() == contest.options.size() + contest.max_choices,
                 "a number for every option and every unused slot");
  opened_votes out;
  out.ballots = ballots;
  const auto options = codes.first(contest.options.size());
  out.options.assign(options.begin(), options.end());
  return out;
}

opened_votes votes_of(const contest_entry& contest, const opened_choices& opened) {
  SANDOQ_EXPECTS(is_packed(contest.encoding), "choices of packed ballots");
  opened_votes out = no_votes(contest);
  out.ballots = opened.valid.size() + opened.invalid.size();
  out.invalid = opened.invalid.size();
  for (const packed_choice& choice : opened.valid) {
    add_choice(contest, choice, out);
  }
  return out;
}

std::vector<std::uint64_t> counts_of(const contest_entry& contest, const opened_votes& votes,
                                     std::uint64_t blank) {
  SANDOQ_EXPECTS(is_mixed(contest.encoding), "counts of opened lists");
  const bool packed = is_packed(contest.encoding);
  std::vector<std::uint64_t> out = votes.options;
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
  const std::size_t options = is_ranking(contest) ? 0 : contest.options.size();
  for (std::size_t i = options; i < published.counts.size(); ++i) {
    SANDOQ_EXPECTS(published.counts[i] <= out.valid, "no more blank and invalid ones than ballots");
    out.valid -= published.counts[i];
  }
  const auto votes = std::span(published.counts).first(options);
  out.votes.assign(votes.begin(), votes.end());
  out.votes.resize(contest.options.size(), 0);
  if (is_ranking(contest)) {
    for (const auto& [ranking, count] : opened.rankings) {
      ranked_ballots& equal = out.rankings.emplace_back();
      equal.count = count;
      for (const option_index option : ranking) {
        equal.ranks.push_back({option});
      }
    }
  }
  return out;
}

}  // namespace sandoq
