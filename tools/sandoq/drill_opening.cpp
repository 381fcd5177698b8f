#include "drill_opening.hpp"

#include <utility>
#include <variant>
#include <vector>

#include "progress.hpp"
#include "sandoq/tally/mix_inputs.hpp"

namespace sandoq::tool {
namespace {

/// Requests one after another, from the boards' signatures to what the answers come to.
class opening {
 public:
  opening(const counted_election& counted, std::span<const mixed_ballots> mixed,
          const sum_counter& counter, drill_trustees& trustees, executor& workers,
          random_source& random)
      : counted_(counted),
        mixed_(mixed),
        counter_(counter),
        trustees_(trustees),
        workers_(workers),
        random_(random) {}

  result<void> play(opening_request request) {
    // The drill has one count of its own, which all its trustees look at.
    const opening_subject subject = request.subject();
    const key_holder::own_record own{counted_.grounds, subject, groups()};
    auto signatures = trustees_.approve(request, own, random_);
    if (!signatures) {
      return tl::unexpected(std::move(signatures.error()));
    }
    request.signatures = std::move(*signatures);
    const auto answers = trustees_.answer(request, own, random_);
    if (!answers) {
      return tl::unexpected(answers.error());
    }
    auto sum = counter_.count(request, *answers);
    if (!sum) {
      return tl::unexpected(std::move(sum.error()));
    }
    sums_.push_back({std::move(request), std::move(sum->answers)});
    counts_.push_back(std::move(sum->counts));
    return {};
  }

  result<void> play(list_request request) {
    const mixed_ballots& mixed = mixed_[request.group - 1];
    const list_subject subject = request.subject();
    const std::vector<node_index> nodes = mixed.nodes();
    const key_holder::own_list own{counted_.grounds,
                                   subject,
                                   groups(),
                                   nodes,
                                   mixed_width(counted_.election.terms(request.contest)),
                                   mixed.list.ciphertexts};
    auto signatures = trustees_.approve(request, own, random_);
    if (!signatures) {
      return tl::unexpected(std::move(signatures.error()));
    }
    request.signatures = std::move(*signatures);
    auto answers = trustees_.answer(request, own, workers_, random_);
    if (!answers) {
      return tl::unexpected(std::move(answers.error()));
    }
    auto list = counter_.count(request, mixed, std::move(*answers));
    if (!list) {
      return tl::unexpected(std::move(list.error()));
    }
    lists_.push_back({std::move(request), std::move(list->answers), std::move(list->votes)});
    return {};
  }

  [[nodiscard]] opened_election results() && {
    return results_of(counted_, std::move(sums_), counts_, std::move(lists_));
  }

 private:
  [[nodiscard]] std::uint32_t groups() const { return static_cast<std::uint32_t>(mixed_.size()); }

  const counted_election& counted_;
  std::span<const mixed_ballots> mixed_;
  const sum_counter& counter_;
  drill_trustees& trustees_;
  executor& workers_;
  random_source& random_;
  std::vector<opened_sum> sums_;
  std::vector<std::vector<std::uint64_t>> counts_;
  std::vector<opened_list> lists_;
};

}  // namespace

result<opened_election> open_all(const counted_election& counted,
                                 std::span<const mixed_ballots> mixed,
                                 std::optional<node_level> lowest, drill_trustees& trustees,
                                 executor& workers, random_source& random) {
  auto requests = plan_requests(counted, lowest, mixed);
  if (!requests) {
    return tl::unexpected(std::move(requests.error()));
  }
  const auto counter = sum_counter::make(counted, trustees.keys(), workers);
  if (!counter) {
    return tl::unexpected(counter.error());
  }
  progress_line line("opening", requests->size());
  opening night(counted, mixed, *counter, trustees, workers, random);
  for (sum_or_list_request& request : *requests) {
    auto done = std::visit([&](auto& each) { return night.play(std::move(each)); }, request);
    if (!done) {
      return tl::unexpected(std::move(done.error()));
    }
    line.add(1);
  }
  return std::move(night).results();
}

}  // namespace sandoq::tool
