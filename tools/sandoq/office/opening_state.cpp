#include "opening_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "../shown_text.hpp"
#include "office_names.hpp"
#include "opening_ties.hpp"
#include "sandoq/tally/opening_sums.hpp"

namespace sandoq::tool {
namespace {

std::string name_request(const manifest& plan, const opening_request& request) {
  return fmt::format("request {} ({})", request.number,
                     request.contest.value() < plan.contests.size()
                         ? shown(plan.contests[request.contest.value()].id)
                         : "no contest");
}

/// What everyone's own tally says that this request is about.
result<void> check_subject(const counted_election& counted, const opening_request& request) {
  const auto subject =
      subject_of(counted.nodes, request.contest, request.nodes(), counted.closings);
  const std::string name = name_request(counted.plan, request);
  if (!subject) {
    return fail_within(name, subject.error());
  }
  if (subject->closings != request.closings) {
    return fail(errc::mismatch, name,
                "was stated when the journals, or the signatures under their ends, were others");
  }
  if (!(*subject == request.subject())) {
    return fail(errc::mismatch, name, "is not what the journals of this bulletin come to");
  }
  return {};
}

/// Counts one request after another.
class opening_reader {
 public:
  opening_reader(const bulletin& board, const counted_election& counted, sum_counter counter)
      : board_(board), counted_(counted), counter_(std::move(counter)) {}

  result<void> read(std::vector<stated_request> requests, opening_state& out) {
    const auto answers =
        board_.all<partial_decryption>(static_cast<std::uint32_t>(item_kind::partial));
    if (!answers) {
      return tl::unexpected(answers.error());
    }
    for (stated_request& each : requests) {
      if (auto good = check_subject(counted_, each.request); !good) {
        return good;
      }
      count(std::move(each), *answers, out);
    }
    if (requests.size() < counted_.grounds.totals().size()) {
      out.missing.push_back("requests to open the totals (sandoq close)");
    }
    if (out.missing.empty()) {
      out.opened = results_of(counted_, std::move(opened_), counts_);
    }
    return {};
  }

 private:
  void count(stated_request each, const std::vector<partial_decryption>& answers,
             opening_state& out) {
    const std::string name = name_request(counted_.plan, each.request);
    if (!each.is_signed) {
      out.missing.push_back(
          fmt::format("{}: signatures ({})", name, fmt::join(each.waiting_for, ", ")));
      return;
    }
    std::vector<partial_decryption> own;
    std::copy_if(answers.begin(), answers.end(), std::back_inserter(own),
                 [&](const auto& answer) { return answer.number == each.request.number; });
    std::vector<rejected_answer> rejected;
    auto counted = counter_.count(each.request, own, &rejected);
    for (const rejected_answer& bad : rejected) {
      out.rejected.push_back(fmt::format("{}: the answer of {} does not hold: {}", name,
                                         name_trustee(counted_.plan, {bad.board, bad.trustee}),
                                         bad.reason));
    }
    if (!counted) {
      out.missing.push_back(
          fmt::format("{}: answers ({} {})", name, counted.error().place, counted.error().reason));
      return;
    }
    opened_.push_back({std::move(each.request), std::move(counted->answers)});
    counts_.push_back(std::move(counted->counts));
  }

  const bulletin& board_;
  const counted_election& counted_;
  sum_counter counter_;
  std::vector<opened_sum> opened_;
  std::vector<std::vector<std::uint64_t>> counts_;
};

}  // namespace

result<opening_state> opening_of(const bulletin& board, const running_election& election,
                                 const counted_election& counted, executor& workers) {
  auto requests =
      requests_of(board, election, fits_tally(counted.grounds, counted.nodes, counted.closings));
  if (!requests) {
    return tl::unexpected(std::move(requests.error()));
  }
  auto counter = sum_counter::make(counted, election.published, workers);
  if (!counter) {
    return tl::unexpected(std::move(counter.error()));
  }
  opening_state out;
  auto done = opening_reader(board, counted, std::move(*counter)).read(std::move(*requests), out);
  if (done && out.missing.empty()) {
    done = decide_ties(board, election, out);
  }
  if (!done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

result<void> agree_on_openings(bulletin& board, const running_election& election) {
  for (const item_kind kind : {item_kind::request, item_kind::lot_beacon}) {
    const auto stated = board.statements(kind);
    if (!stated) {
      return tl::unexpected(stated.error());
    }
    for (const statement& what : *stated) {
      const auto so_far = collect(board, what, election.hashes, election.context.keys().boards());
      if (!so_far) {
        return tl::unexpected(so_far.error());
      }
      if (!so_far->complete()) {
        continue;
      }
      if (auto done = agree(board, what, so_far->valid, election.hashes); !done) {
        return tl::unexpected(std::move(done.error()));
      }
    }
  }
  return {};
}

}  // namespace sandoq::tool
