#include "sandoq/tally/totals.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

constexpr std::size_t max_contests = contest_set::max_contests;
constexpr std::size_t max_ciphertexts = 1025;
constexpr std::size_t ciphertext_bytes = 64;

result<wire_contest_total> read_contest(byte_reader& in) {
  wire_contest_total out;
  const auto contest = in.u32("contest");
  if (!contest) {
    return tl::unexpected(contest.error());
  }
  out.contest = contest_index(*contest);
  const auto ballots = in.u64("ballots");
  if (!ballots) {
    return tl::unexpected(ballots.error());
  }
  out.ballots = *ballots;
  const auto count = in.count(max_ciphertexts, ciphertext_bytes, "sums");
  if (!count) {
    return tl::unexpected(count.error());
  }
  out.sums.reserve(*count);
  for (std::uint32_t i = 0; i < *count; ++i) {
    auto c = read_ciphertext(in, "sums");
    if (!c) {
      return tl::unexpected(std::move(c.error()));
    }
    out.sums.push_back(*c);
  }
  return out;
}

// Works for both forms of totals.
template <class Contests>
verification check_set(const tally_shape& shape, const contest_set& wanted, const Contests& found) {
  const auto contests = wanted.contests();
  if (found.size() != contests.size()) {
    return verification::rejected("has totals of " + std::to_string(found.size()) +
                                  " contests, must have " + std::to_string(contests.size()));
  }
  for (std::size_t i = 0; i < contests.size(); ++i) {
    if (found[i].contest != contests[i]) {
      return verification::rejected("total " + std::to_string(i) + " is of contest " +
                                    std::to_string(found[i].contest.value()) + ", must be of " +
                                    std::to_string(contests[i].value()));
    }
    if (found[i].sums.size() != shape.width(contests[i])) {
      return verification::rejected("contest " + std::to_string(contests[i].value()) + " has " +
                                    std::to_string(found[i].sums.size()) +
                                    " ciphertexts, must have " +
                                    std::to_string(shape.width(contests[i])));
    }
  }
  return verification::ok();
}

contest_total sum_of(const contest_total& a, const contest_total& b) {
  SANDOQ_EXPECTS(a.sums.size() == b.sums.size(), "a contest is equally wide everywhere");
  contest_total out = a;
  out.ballots += b.ballots;
  for (std::size_t i = 0; i < out.sums.size(); ++i) {
    out.sums[i] += b.sums[i];
  }
  return out;
}

}  // namespace

result<wire_totals> wire_totals::read(byte_reader& in) {
  // A contest, its ballots and a count at least.
  const auto count = in.count(max_contests, 4 + 8 + 4, "totals");
  if (!count) {
    return tl::unexpected(count.error());
  }
  wire_totals out;
  out.contests.reserve(*count);
  for (std::uint32_t i = 0; i < *count; ++i) {
    auto contest = read_contest(in);
    if (!contest) {
      return fail_within("total " + std::to_string(i), std::move(contest.error()));
    }
    out.contests.push_back(std::move(*contest));
  }
  return out;
}

void wire_totals::write(byte_writer& out) const {
  out.count(contests.size());
  for (const auto& total : contests) {
    out.u32(total.contest.value());
    out.u64(total.ballots);
    out.count(total.sums.size());
    out.fixed(std::as_bytes(std::span(total.sums)));
  }
}

totals totals::zero(const contest_set& contests, const tally_shape& shape) {
  totals out;
  for (const contest_index contest : contests.contests()) {
    out.contests.push_back({contest, 0, std::vector<ciphertext<group>>(shape.width(contest))});
  }
  return out;
}

contest_set totals::set() const {
  contest_set out;
  for (const auto& total : contests) {
    out.insert(total.contest);
  }
  return out;
}

const contest_total* totals::find(contest_index contest) const noexcept {
  const auto at = std::lower_bound(
      contests.begin(), contests.end(), contest,
      [](const contest_total& total, contest_index wanted) { return total.contest < wanted; });
  return at != contests.end() && at->contest == contest ? &*at : nullptr;
}

bool totals::is_zero() const noexcept {
  return std::all_of(contests.begin(), contests.end(), [](const contest_total& total) {
    return total.ballots == 0 &&
           std::all_of(total.sums.begin(), total.sums.end(), [](const ciphertext<group>& c) {
             return group::is_identity(c.alpha) && group::is_identity(c.beta);
           });
  });
}

totals operator+(const totals& a, const totals& b) {
  totals out;
  out.contests.reserve(std::max(a.contests.size(), b.contests.size()));
  auto left = a.contests.begin();
  auto right = b.contests.begin();
  while (left != a.contests.end() || right != b.contests.end()) {
    if (right == b.contests.end() || (left != a.contests.end() && left->contest < right->contest)) {
      out.contests.push_back(*left++);
    } else if (left == a.contests.end() || right->contest < left->contest) {
      out.contests.push_back(*right++);
    } else {
      out.contests.push_back(sum_of(*left++, *right++));
    }
  }
  return out;
}

verification check_contest_set(const tally_shape& shape, node_index node,
                               const wire_totals& found) {
  return check_set(shape, shape.at(node).contests, found.contests);
}

verification check_contest_set(const tally_shape& shape, const contest_set& wanted,
                               const totals& found) {
  return check_set(shape, wanted, found.contests);
}

wire_totals encode(const totals& in) {
  wire_totals out;
  out.contests.reserve(in.contests.size());
  for (const auto& total : in.contests) {
    auto& wire = out.contests.emplace_back();
    wire.contest = total.contest;
    wire.ballots = total.ballots;
    wire.sums.reserve(total.sums.size());
    for (const auto& c : total.sums) {
      wire.sums.push_back(encode(c));
    }
  }
  return out;
}

result<totals> decode(const wire_totals& in) {
  totals out;
  out.contests.reserve(in.contests.size());
  for (const auto& wire : in.contests) {
    auto& total = out.contests.emplace_back();
    total.contest = wire.contest;
    total.ballots = wire.ballots;
    total.sums.resize(wire.sums.size());
    if (auto done = decode_batch(total.sums, wire.sums); !done) {
      return fail_within("contest " + std::to_string(wire.contest.value()),
                         std::move(done.error()));
    }
  }
  return out;
}

}  // namespace sandoq
