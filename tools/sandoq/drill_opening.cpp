#include "drill_opening.hpp"

#include <algorithm>
#include <utility>

#include "sandoq/elgamal/small_dlog.hpp"
#include "sandoq/threshold/combine.hpp"

namespace sandoq::tool {
namespace {

/// Opens one contest after another; each request refers to the one before.
class opening_night {
 public:
  opening_night(const election_context& election, const digest32& closings,
                drill_trustees& trustees, executor& workers, random_source& random)
      : election_(election),
        closings_(closings),
        trustees_(trustees),
        workers_(workers),
        random_(random) {}

  result<opened_contest> order(const tally_node& node, const wire_contest_total& total) {
    opened_contest out;
    const opening_subject counted{total.contest, node.node,     node.lo,    node.hi,
                                  node.hash,     total.ballots, total.sums, closings_};
    opening_request& request = out.request;
    static_cast<opening_subject&>(request) = counted;
    request.election_hash = election_.e1();
    request.domain = election_.domain();
    request.number = ++number_;
    request.previous = previous_;
    auto signatures = trustees_.approve(request, counted, random_);
    if (!signatures) {
      return tl::unexpected(std::move(signatures.error()));
    }
    request.signatures = std::move(*signatures);
    auto answers = trustees_.answer(request, counted, random_);
    if (!answers) {
      return tl::unexpected(std::move(answers.error()));
    }
    out.answers = std::move(*answers);
    previous_ = request.hash();
    return out;
  }

  /// Checks the answers, keeps the good ones, and takes them together.
  result<std::vector<std::uint64_t>> count(opened_contest& contest, const election_keys& keys,
                                           std::span<const board_size> sizes) {
    auto decoded = decode_elements(contest.request);
    if (!decoded) {
      return tl::unexpected(std::move(decoded.error()));
    }
    const verified_answers good =
        verify_answers(*decoded, election_.keys().boards(), keys, contest.answers, workers_);
    auto opened = combine(*decoded, sizes, good);
    if (!opened) {
      return tl::unexpected(std::move(opened.error()));
    }
    contest.answers.assign(good.answers().begin(), good.answers().end());
    const small_dlog<ristretto255> search(contest.request.ballots, opened->size());
    return decode_counts(*opened, contest.request.ballots, search);
  }

 private:
  const election_context& election_;
  const digest32& closings_;
  drill_trustees& trustees_;
  executor& workers_;
  random_source& random_;
  std::uint32_t number_ = 0;
  digest32 previous_{};
};

std::vector<board_size> sizes_of(const manifest& plan) {
  std::vector<board_size> sizes;
  for (const board_entry& board : plan.boards) {
    sizes.push_back({static_cast<std::uint32_t>(board.trustees.size()), board.threshold});
  }
  return sizes;
}

}  // namespace

result<opened_election> open_totals(const manifest& plan, const election_context& election,
                                    std::span<const tally_node> nodes, const digest32& closings,
                                    drill_trustees& trustees, executor& workers,
                                    random_source& random) {
  auto keys = decode_keys(trustees.keys());
  if (!keys) {
    return tl::unexpected(std::move(keys.error()));
  }
  const std::vector<board_size> sizes = sizes_of(plan);
  opening_night night(election, closings, trustees, workers, random);
  opened_election out;
  for (std::size_t c = 0; c < plan.contests.size(); ++c) {
    const contest_entry& contest = plan.contests[c];
    const contest_index index{static_cast<std::uint32_t>(c)};
    const tally_node& node = nodes[contest.scope.value()];
    const auto& totals = node.subtotals.contests;
    const auto total = std::find_if(totals.begin(), totals.end(),
                                    [index](const auto& t) { return t.contest == index; });
    std::uint64_t ballots = 0;
    std::vector<std::uint64_t> counts(election.terms(index).shape.ciphertexts(), 0);
    if (total != totals.end() && total->ballots > 0) {
      auto opened = night.order(node, *total);
      if (!opened) {
        return tl::unexpected(std::move(opened.error()));
      }
      auto counted = night.count(*opened, *keys, sizes);
      if (!counted) {
        return tl::unexpected(std::move(counted.error()));
      }
      ballots = total->ballots;
      counts = std::move(*counted);
      out.opened.push_back(std::move(*opened));
    }
    out.results.push_back(make_result(index, contest, ballots, std::move(counts)));
  }
  return out;
}

}  // namespace sandoq::tool
