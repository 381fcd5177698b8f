#include "lib/verify/result_names.hpp"

#include "sandoq/ballot/ballot_codes.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

// What the votes of a contest are of, blank and invalid ones left out.
contest_counts named_votes(const contest_entry& contest, const counted_codes& read) {
  contest_counts out{contest.id, {}};
  for (std::size_t i = 0; i < read.votes.size(); ++i) {
    out.options.push_back({contest.options[i].id, read.votes[i]});
  }
  for (std::size_t i = 0; i < read.list_ballots.size(); ++i) {
    out.options.push_back(
        {std::string(list_count_prefix) + contest.lists[i].id, read.list_ballots[i]});
  }
  return out;
}

std::vector<std::string> ids_of(const contest_entry& contest,
                                std::span<const option_index> options) {
  std::vector<std::string> out;
  for (const option_index option : options) {
    out.push_back(contest.options[option.value()].id);
  }
  return out;
}

}  // namespace

contest_counts named_counts(const contest_entry& contest, std::span<const std::uint64_t> counts) {
  const bool ranked = contest.encoding == contest_encoding::packed_ranking;
  const std::size_t codes = ranked ? 0 : limits_of(contest).options;
  SANDOQ_EXPECTS(counts.size() >= codes && counts.size() <= codes + 2, "counts of this contest");
  contest_counts out{contest.id, {}};
  if (!ranked) {
    out = named_votes(contest, ballot_codes(contest).read(counts.first(codes)));
  }
  const bool blank = contest.blank == blank_option::counted;
  for (std::size_t i = codes; i < counts.size(); ++i) {
    out.options.push_back({i == codes && blank ? "blank" : "invalid", counts[i]});
  }
  return out;
}

contest_counts named_sum(const contest_entry& contest, std::span<const std::uint64_t> counts) {
  if (!is_mixed(contest.encoding)) {
    return named_counts(contest, counts);
  }
  SANDOQ_EXPECTS(counts.size() == 1, "of a mixed contest blanks alone are added up");
  return {contest.id, {{"blank", counts.front()}}};
}

contest_counts named_group(const contest_entry& contest, const opened_votes& votes) {
  return named_counts(contest, contest.encoding == contest_encoding::slots
                                   ? votes.codes
                                   : counts_of(contest, votes, 0));
}

contest_write_ins named_texts(const contest_entry& contest, const opened_votes& votes) {
  contest_write_ins out{contest.id, {}};
  for (const auto& [text, count] : votes.write_ins) {
    out.texts.push_back({text, count});
  }
  return out;
}

contest_seats named_seats(const contest_entry& contest, const allocation& seats) {
  return {contest.id,
          seats.status,
          ids_of(contest, seats.elected),
          ids_of(contest, seats.alternates),
          ids_of(contest, seats.runoff),
          seats.transcript};
}

}  // namespace sandoq
