#include "drill_opening.hpp"

#include <utility>

#include "sandoq/elgamal/small_dlog.hpp"
#include "sandoq/tally/opening_sums.hpp"
#include "sandoq/tally/subtotal_plan.hpp"
#include "sandoq/threshold/combine.hpp"

namespace sandoq::tool {
namespace {

/// Opens one sum after another; each request refers to the one before.
class opening_night {
 public:
  opening_night(const counted_election& counted, drill_trustees& trustees, executor& workers,
                random_source& random)
      : counted_(counted),
        grounds_(grounds_of(counted.plan, counted.nodes)),
        trustees_(trustees),
        workers_(workers),
        random_(random) {}

  [[nodiscard]] const opening_grounds& grounds() const noexcept { return grounds_; }

  result<opened_sum> order(contest_index contest, std::span<const node_index> nodes) {
    const auto subject = subject_of(counted_.nodes, contest, nodes, counted_.closings);
    if (!subject) {
      return tl::unexpected(subject.error());
    }
    const key_holder::own_record own{grounds_, *subject};
    opened_sum out;
    opening_request& request = out.request;
    static_cast<opening_subject&>(request) = *subject;
    request.election_hash = counted_.election.e1();
    request.domain = counted_.election.domain();
    request.number = ++number_;
    request.previous = previous_;
    auto signatures = trustees_.approve(request, own, random_);
    if (!signatures) {
      return tl::unexpected(std::move(signatures.error()));
    }
    request.signatures = std::move(*signatures);
    auto answers = trustees_.answer(request, own, random_);
    if (!answers) {
      return tl::unexpected(std::move(answers.error()));
    }
    out.answers = std::move(*answers);
    previous_ = request.hash();
    return out;
  }

  /// Checks the answers, keeps the good ones, and takes them together.
  result<std::vector<std::uint64_t>> count(opened_sum& sum, const election_keys& keys,
                                           std::span<const board_size> sizes) {
    auto decoded = decode_elements(sum.request);
    if (!decoded) {
      return tl::unexpected(std::move(decoded.error()));
    }
    const verified_answers good =
        verify_answers(*decoded, counted_.election.keys().boards(), keys, sum.answers, workers_);
    auto opened = combine(*decoded, sizes, good);
    if (!opened) {
      return tl::unexpected(std::move(opened.error()));
    }
    sum.answers.assign(good.answers().begin(), good.answers().end());
    const small_dlog<ristretto255> search(sum.request.ballots, opened->size());
    return decode_counts(*opened, sum.request.ballots, search);
  }

 private:
  const counted_election& counted_;
  opening_grounds grounds_;
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

/// All sums of a night, with what their counting needs.
class night_of_the_count {
 public:
  night_of_the_count(const counted_election& counted, opening_night night, election_keys keys)
      : counted_(counted), night_(std::move(night)), keys_(std::move(keys)) {}

  /// Orders a sum and counts it; the sum goes on the list.
  result<std::vector<std::uint64_t>> open(contest_index contest,
                                          std::span<const node_index> nodes) {
    auto opened = night_.order(contest, nodes);
    if (!opened) {
      return tl::unexpected(std::move(opened.error()));
    }
    auto counts = night_.count(*opened, keys_, sizes_of(counted_.plan));
    if (counts) {
      out_.opened.push_back(std::move(*opened));
    }
    return counts;
  }

  result<void> open_totals() {
    for (std::uint32_t c = 0; c < counted_.plan.contests.size(); ++c) {
      const contest_index index{c};
      const node_index scope = counted_.plan.contests[c].scope;
      const std::uint64_t ballots = night_.grounds().ballots(index, scope);
      std::vector<std::uint64_t> counts(counted_.election.terms(index).shape.ciphertexts(), 0);
      if (ballots > 0) {
        auto counted = open(index, std::span(&scope, 1));
        if (!counted) {
          return tl::unexpected(std::move(counted.error()));
        }
        counts = std::move(*counted);
      }
      out_.results.push_back(
          make_result(index, counted_.plan.contests[c], ballots, std::move(counts)));
    }
    return {};
  }

  result<void> open_parts(node_level lowest) {
    for (std::uint32_t c = 0; c < counted_.plan.contests.size(); ++c) {
      for (const auto& nodes :
           plan_subtotals(counted_.plan, night_.grounds(), contest_index{c}, lowest)) {
        auto counts = open(contest_index{c}, nodes);
        if (!counts) {
          return tl::unexpected(std::move(counts.error()));
        }
        const opening_request& request = out_.opened.back().request;
        out_.subtotals.push_back({request.number, request.ballots, std::move(*counts)});
      }
    }
    return {};
  }

  [[nodiscard]] opened_election take() && { return std::move(out_); }

 private:
  const counted_election& counted_;
  opening_night night_;
  election_keys keys_;
  opened_election out_;
};

}  // namespace

result<opened_election> open_sums(const counted_election& counted, std::optional<node_level> lowest,
                                  drill_trustees& trustees, executor& workers,
                                  random_source& random) {
  auto keys = decode_keys(trustees.keys());
  if (!keys) {
    return tl::unexpected(std::move(keys.error()));
  }
  night_of_the_count night(counted, opening_night(counted, trustees, workers, random),
                           std::move(*keys));
  auto done = night.open_totals();
  if (done && lowest) {
    done = night.open_parts(*lowest);
  }
  if (!done) {
    return tl::unexpected(std::move(done.error()));
  }
  return std::move(night).take();
}

}  // namespace sandoq::tool
