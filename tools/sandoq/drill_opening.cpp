#include "drill_opening.hpp"

#include <utility>
#include <vector>

namespace sandoq::tool {
namespace {

/// One request from the boards' signatures to their answers.
result<std::vector<partial_decryption>> play(opening_request& request,
                                             const opening_grounds& grounds,
                                             drill_trustees& trustees, random_source& random) {
  // The drill has one count of its own, which all its trustees look at.
  const opening_subject subject = request.subject();
  const key_holder::own_record own{grounds, subject};
  auto signatures = trustees.approve(request, own, random);
  if (!signatures) {
    return tl::unexpected(std::move(signatures.error()));
  }
  request.signatures = std::move(*signatures);
  return trustees.answer(request, own, random);
}

}  // namespace

result<opened_election> open_sums(const counted_election& counted, std::optional<node_level> lowest,
                                  drill_trustees& trustees, executor& workers,
                                  random_source& random) {
  auto requests = plan_requests(counted, lowest);
  if (!requests) {
    return tl::unexpected(std::move(requests.error()));
  }
  const auto counter = sum_counter::make(counted, trustees.keys(), workers);
  if (!counter) {
    return tl::unexpected(counter.error());
  }
  std::vector<opened_sum> opened;
  std::vector<std::vector<std::uint64_t>> counts;
  for (opening_request& request : *requests) {
    const auto answers = play(request, counted.grounds, trustees, random);
    if (!answers) {
      return tl::unexpected(answers.error());
    }
    auto sum = counter->count(request, *answers);
    if (!sum) {
      return tl::unexpected(std::move(sum.error()));
    }
    opened.push_back({std::move(request), std::move(sum->answers)});
    counts.push_back(std::move(sum->counts));
  }
  return results_of(counted, std::move(opened), counts);
}

}  // namespace sandoq::tool
