#include "opening_state.hpp"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "../shown_text.hpp"
#include "office_names.hpp"
#include "opening_ties.hpp"
#include "sandoq/tally/opening_sums.hpp"

namespace sandoq::tool {
namespace {

std::string name_request(const manifest& plan, const stated_request& each) {
  return fmt::format("request {} ({})", each.number(),
                     each.contest().value() < plan.contests.size()
                         ? shown(plan.contests[each.contest().value()].id)
                         : "no contest");
}

tl::unexpected<error> other_count(const std::string& name) {
  return fail(errc::mismatch, name, "is not what the journals of this bulletin come to");
}

tl::unexpected<error> other_closings(const std::string& name) {
  return fail(errc::mismatch, name,
              "was stated when the journals, or the signatures under their ends, were others");
}

/// Counts one request after another.
class opening_reader {
 public:
  opening_reader(const bulletin& board, const counted_election& counted,
                 std::span<const mixed_ballots> mixed, sum_counter counter, opening_state& out)
      : board_(board), counted_(counted), mixed_(mixed), counter_(std::move(counter)), out_(out) {}

  result<void> read(std::vector<stated_request> requests) {
    const std::size_t all = requests.size();
    for (stated_request& each : requests) {
      const std::string name = name_request(counted_.plan, each);
      auto good =
          std::visit([&](const auto& one) { return check_subject(one, name); }, each.request);
      if (!good) {
        return good;
      }
      if (!each.is_signed) {
        out_.missing.push_back(
            fmt::format("{}: signatures ({})", name, fmt::join(each.waiting_for, ", ")));
        continue;
      }
      good = std::visit([&](auto& one) { return count(std::move(one), name); }, each.request);
      if (!good) {
        return good;
      }
    }
    if (all < counted_.grounds.totals().size() + mixed_.size()) {
      out_.missing.push_back("requests to open the totals (sandoq close)");
    }
    if (out_.missing.empty()) {
      out_.opened = results_of(counted_, std::move(opened_), counts_, std::move(lists_));
    }
    return {};
  }

 private:
  /// What everyone's own tally says that this request is about.
  [[nodiscard]] result<void> check_subject(const opening_request& request,
                                           const std::string& name) const {
    const auto subject =
        subject_of(counted_.nodes, request.contest, request.nodes(), counted_.closings);
    if (!subject) {
      return fail_within(name, subject.error());
    }
    if (subject->closings != request.closings) {
      return other_closings(name);
    }
    return *subject == request.subject() ? result<void>{} : other_count(name);
  }
  /// The same of the mix.
  [[nodiscard]] result<void> check_subject(const list_request& request,
                                           const std::string& name) const {
    if (request.closings != counted_.closings) {
      return other_closings(name);
    }
    const bool is_own =
        request.group >= 1 && request.group <= mixed_.size() &&
        subject_of(mixed_[request.group - 1], counted_.closings) == request.subject();
    return is_own ? result<void>{} : other_count(name);
  }

  /// What one request comes to, if enough answers hold.
  template <class Counted>
  [[nodiscard]] bool is_counted(const result<Counted>& counted,
                                const std::vector<rejected_answer>& rejected,
                                const std::string& name) {
    for (const rejected_answer& bad : rejected) {
      out_.rejected.push_back(fmt::format("{}: the answer of {} does not hold: {}", name,
                                          name_trustee(counted_.plan, {bad.board, bad.trustee}),
                                          bad.reason));
    }
    if (!counted) {
      out_.missing.push_back(
          fmt::format("{}: answers ({} {})", name, counted.error().place, counted.error().reason));
    }
    return counted.has_value();
  }

  result<void> count(opening_request request, const std::string& name) {
    auto own = board_.all_at<partial_decryption>(
        {static_cast<std::uint32_t>(item_kind::partial), request.number});
    if (!own) {
      return tl::unexpected(std::move(own.error()));
    }
    std::vector<rejected_answer> rejected;
    auto counted = counter_.count(request, *own, &rejected);
    if (is_counted(counted, rejected, name)) {
      opened_.push_back({std::move(request), std::move(counted->answers)});
      counts_.push_back(std::move(counted->counts));
    }
    return {};
  }

  result<void> count(list_request request, const std::string& name) {
    auto own = list_answers_to(request.number);
    if (!own) {
      return tl::unexpected(std::move(own.error()));
    }
    std::vector<rejected_answer> rejected;
    auto counted = counter_.count(request, mixed_[request.group - 1], std::move(*own), &rejected);
    if (is_counted(counted, rejected, name)) {
      lists_.push_back(
          {std::move(request), std::move(counted->answers), std::move(counted->votes)});
    }
    return {};
  }

  [[nodiscard]] result<std::vector<list_answer>> list_answers_to(std::uint32_t number) const {
    std::vector<list_answer> out;
    for (const published* each :
         board_.messages_at({static_cast<std::uint32_t>(item_kind::list_partial), number})) {
      auto item = list_partial::decode(each->canonical);
      auto factors = board_.read_list(*each);
      if (!item || !factors) {
        return fail_within(each->file, item ? std::move(factors.error()) : std::move(item.error()));
      }
      out.push_back({std::move(*item), std::move(*factors)});
    }
    return out;
  }

  const bulletin& board_;
  const counted_election& counted_;
  std::span<const mixed_ballots> mixed_;
  sum_counter counter_;
  opening_state& out_;
  std::vector<opened_sum> opened_;
  std::vector<std::vector<std::uint64_t>> counts_;
  std::vector<opened_list> lists_;
};

}  // namespace

result<opening_state> opening_of(const bulletin& board, const running_election& election,
                                 const counted_election& counted, const mix_state& mixed,
                                 std::span<const lot_commit> commits, executor& workers) {
  opening_state out;
  out.missing = mixed.missing;
  out.rejected = mixed.rejected;
  if (!out.missing.empty()) {
    return out;
  }
  auto requests = requests_of(
      board, election, fits_count(counted.grounds, counted.nodes, counted.closings, mixed.groups));
  if (!requests) {
    return tl::unexpected(std::move(requests.error()));
  }
  auto counter = sum_counter::make(counted, election.published, workers);
  if (!counter) {
    return tl::unexpected(std::move(counter.error()));
  }
  auto done = opening_reader(board, counted, mixed.groups, std::move(*counter), out)
                  .read(std::move(*requests));
  if (done && out.missing.empty()) {
    done = decide_ties(board, election, commits, out);
  }
  if (!done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

result<void> agree_on_openings(bulletin& board, const running_election& election) {
  for (const item_kind kind :
       {item_kind::request, item_kind::list_request, item_kind::lot_beacon}) {
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
