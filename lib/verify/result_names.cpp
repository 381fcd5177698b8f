#include "lib/verify/result_names.hpp"

#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

// What the counts of 75.1 are of, in their order.
std::vector<std::string> names_of(const contest_entry& contest) {
  std::vector<std::string> out;
  if (contest.encoding != contest_encoding::packed_ranking) {
    for (const option_entry& option : contest.options) {
      out.push_back(option.id);
    }
  }
  if (contest.blank == blank_option::counted) {
    out.emplace_back("blank");
  }
  if (is_packed(contest.encoding)) {
    out.emplace_back("invalid");
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

contest_counts named_counts(const contest_entry& contest, std::span<const std::uint64_t> counts,
                            std::size_t first) {
  const std::vector<std::string> names = names_of(contest);
  SANDOQ_EXPECTS(first + counts.size() <= names.size(), "counts of this contest");
  contest_counts out{contest.id, {}};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    out.options.push_back({names[first + i], counts[i]});
  }
  return out;
}

contest_counts named_group(const contest_entry& contest, const opened_votes& votes) {
  return named_counts(contest, contest.encoding == contest_encoding::slots
                                   ? votes.options
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
