#include "sandoq/tally/accumulate.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

std::string place_of(const verified_ballot& ballot) {
  return "branch " + std::to_string(ballot.place().branch.value()) + "/device " +
         std::to_string(ballot.place().device.value()) + "/serial " +
         std::to_string(ballot.number().value());
}

// The total of a contest, or nullptr.
contest_total* total_for(totals& sums, contest_index contest) {
  for (auto& total : sums.contests) {
    if (total.contest == contest) {
      return &total;
    }
  }
  return nullptr;
}

// sums[i] += addends[i], both parts of many at once.
void add_all(std::span<ciphertext<ristretto255>> sums,
             std::span<const ciphertext<ristretto255>> addends) {
  constexpr std::size_t at_once = 32;
  std::array<ristretto255::element, 2 * at_once> totals;
  std::array<ristretto255::element, 2 * at_once> more;
  for (std::size_t begin = 0; begin < sums.size(); begin += at_once) {
    const std::size_t n = std::min(at_once, sums.size() - begin);
    for (std::size_t i = 0; i < n; ++i) {
      totals[2 * i] = sums[begin + i].alpha;
      totals[2 * i + 1] = sums[begin + i].beta;
      more[2 * i] = addends[begin + i].alpha;
      more[2 * i + 1] = addends[begin + i].beta;
    }
    ristretto255::add_many(std::span(totals).first(2 * n), std::span(more).first(2 * n));
    for (std::size_t i = 0; i < n; ++i) {
      sums[begin + i] = {totals[2 * i], totals[2 * i + 1]};
    }
  }
}

}  // namespace

digest32 ballot_leaf(const tally_context& context, const counted_ballot& ballot) {
  byte_writer out;
  out.fixed(context.election_hash.view());
  out.u8(static_cast<std::uint8_t>(context.domain));
  out.u32(ballot.branch.value());
  out.u64(ballot.index);
  out.fixed(ballot.code.view());
  return framed_hash::of("ballot/leaf", out.view());
}

branch_tally::branch_tally(const tally_context& context, const tally_shape& shape,
                           node_index branch)
    : context_(context), branch_(branch), mixed_(shape.mixed()), leaves_("ballot/node") {
  SANDOQ_EXPECTS(branch.value() < shape.nodes() && shape.at(branch).is_branch,
                 "ballots are cast in branches");
  totals_ = totals::zero(shape.at(branch).contests, shape);
}

result<void> branch_tally::add(const verified_ballot& ballot) {
  if (ballot.place().branch.value() != branch_.value()) {
    return fail(errc::mismatch, place_of(ballot),
                "belongs to another branch than " + std::to_string(branch_.value()));
  }
  const std::pair at(ballot.place().device, ballot.number());
  if (last_ && at <= *last_) {
    return fail(errc::duplicate, place_of(ballot),
                "comes again or out of order; ballots are added by device and serial");
  }
  for (const auto& contest : ballot.contests()) {
    if (!fits(contest)) {
      return fail(errc::mismatch,
                  place_of(ballot) + "/contest " + std::to_string(contest.index.value()),
                  "is not voted on in this branch, or has another number of ciphertexts");
    }
  }
  for (const auto& contest : ballot.contests()) {
    contest_total& total = *total_for(totals_, contest.index);
    ++total.ballots;
    add_all(total.sums, std::span(contest.ciphertexts).last(total.sums.size()));
  }
  leaves_.add(ballot_leaf(context_, {branch_, leaves_.leaves(), ballot.code()}));
  last_ = at;
  return {};
}

// Is the contest voted on here, with as many ciphertexts as are added up, and others in front of
// them only where these are mixed?
bool branch_tally::fits(const verified_ballot::contest& contest) {
  const contest_total* total = total_for(totals_, contest.index);
  if (total == nullptr) {
    return false;
  }
  const std::size_t added = total->sums.size();
  return mixed_.contains(contest.index) ? contest.ciphertexts.size() > added
                                        : contest.ciphertexts.size() == added;
}

sum_record branch_tally::finish(std::uint64_t lo) && {
  auto record = make_branch_record(
      context_, branch_,
      {lo, lo + ballots(), std::move(totals_), ballots() == 0 ? digest32{} : merkle_root(), {}});
  SANDOQ_EXPECTS(record.has_value(), "sums of ballots make a record");
  return std::move(*record);
}

}  // namespace sandoq
