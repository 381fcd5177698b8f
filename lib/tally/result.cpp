#include "sandoq/tally/result.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "lib/ballot/structure_reader.hpp"
#include "lib/tally/option_list.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

__extension__ using uint128 = unsigned __int128;

constexpr std::size_t max_counts = 8'194;
constexpr std::size_t max_ties = 2;

seat_allocation read_seats(detail::structure_reader& in) {
  seat_allocation out;
  out.elected = detail::read_options(in, manifest::max_options, "elected");
  out.alternates = detail::read_options(in, manifest::max_options, "alternates");
  const std::size_t ties = in.count_or_none(max_ties, 4 + 4 + 4, "ties");
  for (std::size_t i = 0; i < ties && in.good(); ++i) {
    const detail::structure_reader::scope scope(in, "tie", i);
    seat_tie& tie = out.ties.emplace_back();
    tie.seats = in.u32("seats");
    tie.alternates = in.u32("alternates");
    tie.options = detail::read_tied(in, manifest::max_options, "options");
  }
  return out;
}

seat_allocation seats_of(const contest_entry& contest, std::span<const std::uint64_t> counts) {
  if (contest.rule != seat_rule::plurality_at_large) {
    return {};  // its seats are those of an allocation
  }
  return plurality_at_large(counts.first(contest.options.size()),
                            {contest.seats, contest.alternates});
}

verification check_number(std::size_t there, std::size_t wanted) {
  return there == wanted ? verification::ok()
                         : verification::rejected("has " + std::to_string(there) +
                                                  " counts, must have " + std::to_string(wanted));
}

// \param first  the number of counts[0] in the list that people see
verification check_at_most(std::span<const std::uint64_t> counts, std::uint64_t ballots,
                           std::size_t first) {
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > ballots) {
      return verification::rejected("count " + std::to_string(first + i) +
                                    " is above the number of ballots");
    }
  }
  return verification::ok();
}

// Encoding 1: the number of votes is one that so many ballots can have.
verification check_weights(const contest_entry& contest, std::uint64_t ballots,
                           std::span<const std::uint64_t> counts) {
  const choice_limits limits = limits_of(contest);
  uint128 weighted = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::uint32_t weight = i < limits.options - limits.whole ? 1 : limits.max_choices;
    weighted += static_cast<uint128>(weight) * counts[i];
  }
  if (weighted < static_cast<uint128>(limits.min_choices) * ballots) {
    return verification::rejected("the counts add up to fewer choices than the ballots must have");
  }
  if (weighted > static_cast<uint128>(limits.max_choices) * ballots) {
    return verification::rejected("the counts add up to more choices than the ballots may have");
  }
  return verification::ok();
}

}  // namespace

result<contest_result> contest_result::decode(byte_view data) {
  detail::structure_reader in(data, "result");
  contest_result out;
  out.contest = contest_index(in.u32("contest"));
  out.ballots = in.u64("ballots");
  const std::size_t counts = in.count(max_counts, 8, "counts");
  for (std::size_t i = 0; i < counts && in.good(); ++i) {
    out.counts.push_back(in.u64("counts"));
  }
  out.seats = read_seats(in);
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes contest_result::encode() const {
  byte_writer out;
  out.u32(contest.value());
  out.u64(ballots);
  out.count(counts.size());
  for (const std::uint64_t count : counts) {
    out.u64(count);
  }
  detail::write_options(out, seats.elected);
  detail::write_options(out, seats.alternates);
  out.count(seats.ties.size());
  for (const auto& tie : seats.ties) {
    out.u32(tie.seats);
    out.u32(tie.alternates);
    detail::write_options(out, tie.options);
  }
  return std::move(out).take();
}

verification check_counts(const contest_entry& contest, std::uint64_t ballots,
                          std::span<const std::uint64_t> counts) {
  if (auto ok = check_number(counts.size(), count_places(contest)); !ok) {
    return ok;
  }
  if (!is_mixed(contest.encoding)) {
    return check_sum_counts(contest, ballots, counts);
  }
  const std::size_t added = sum_ciphertexts(contest);  // the last ones: blank, or none
  return check_at_most(counts.last(added), ballots, counts.size() - added);
}

verification check_sum_counts(const contest_entry& contest, std::uint64_t ballots,
                              std::span<const std::uint64_t> counts) {
  if (auto ok = check_number(counts.size(), sum_ciphertexts(contest)); !ok) {
    return ok;
  }
  if (auto ok = check_at_most(counts, ballots, 0); !ok) {
    return ok;
  }
  return is_mixed(contest.encoding) ? verification::ok() : check_weights(contest, ballots, counts);
}

verification check_counts(const contest_entry& contest, std::uint64_t ballots,
                          const contest_result& published) {
  if (published.ballots != ballots) {
    return verification::rejected("says " + std::to_string(published.ballots) +
                                  " ballots, the tally " + std::to_string(ballots));
  }
  return check_counts(contest, ballots, std::span(published.counts));
}

verification check_opened_counts(std::span<const ristretto255::element> opened,
                                 std::span<const std::uint64_t> counts) {
  SANDOQ_EXPECTS(opened.size() == counts.size(), "one count an opened value");
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto expected = ristretto255::mul_base_vartime(ristretto255::scalar_from_u64(counts[i]));
    if (!(expected == opened[i])) {
      return verification::rejected("count " + std::to_string(i) + " is not what the sum holds");
    }
  }
  return verification::ok();
}

verification check_seats(const contest_entry& contest, const contest_result& published) {
  if (published.counts.size() != count_places(contest)) {
    return verification::rejected("the counts do not fit the contest");
  }
  const auto expected = seats_of(contest, published.counts);
  if (published.seats.elected != expected.elected) {
    return verification::rejected("others are elected than the counts say");
  }
  if (published.seats.alternates != expected.alternates) {
    return verification::rejected("others are alternates than the counts say");
  }
  if (published.seats.ties != expected.ties) {
    return verification::rejected("the ties are not those of the counts");
  }
  return verification::ok();
}

contest_result make_result(contest_index index, const contest_entry& contest, std::uint64_t ballots,
                           std::vector<std::uint64_t> counts) {
  SANDOQ_EXPECTS(counts.size() == count_places(contest), "codes, then blank, then invalid");
  auto seats = seats_of(contest, counts);
  return {index, ballots, std::move(counts), std::move(seats)};
}

}  // namespace sandoq
