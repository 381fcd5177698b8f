#include "journal_count.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "sandoq/record/temporary_store.hpp"

namespace sandoq::tool {
namespace {

bool is_excluded(std::span<const journal_entry> journal) {
  return !journal.empty() && journal.front().kind == journal_kind::exclusion;
}

std::string name_ballot(const ballot_item& ballot) {
  return "branch " + std::to_string(ballot.place.branch.value()) + "/device " +
         std::to_string(ballot.place.device.value()) + "/ballot " +
         std::to_string(ballot.number.value());
}

/// The counters that the end of a journal states.
template <class Item>
result<journal_counters> counters_of(const journal_entry& entry) {
  auto item = Item::decode(entry.canonical);
  if (!item) {
    return tl::unexpected(std::move(item.error()));
  }
  return item->counters;
}

}  // namespace

result<std::vector<ballot_item>> cast_ballots_of(std::span<const journal_entry> journal) {
  std::vector<ballot_item> out;
  if (is_excluded(journal)) {
    return out;
  }
  for (std::size_t i = 1; i < journal.size(); ++i) {
    if (journal[i].kind != journal_kind::cast || journal[i - 1].kind != journal_kind::ballot) {
      continue;
    }
    auto ballot = ballot_item::decode(journal[i - 1].canonical);
    if (!ballot) {
      return fail_within("item " + std::to_string(i), std::move(ballot.error()));
    }
    out.push_back(std::move(*ballot));
  }
  return out;
}

journal_count::journal_count(const election_context& election, const manifest& plan,
                             record_writer& writer, executor& workers,
                             eligibility_source eligibility)
    : writer_(writer),
      workers_(workers),
      eligibility_(std::move(eligibility)),
      logs_tokens_(plan.eligibility != eligibility_log::none),
      shape_(tally_shape::of(plan)),
      election_(election),
      inputs_(election.contests(), std::make_unique<temporary_store>()),
      verifier_(election),
      context_{election.e1(), election.domain()},
      tree_(context_, shape_),
      closings_(election.e1()) {}

result<void> journal_count::add(const device_place& place, std::span<const journal_entry> journal) {
  if (place.branch != counting_) {
    if (auto done = end_branch(); !done) {
      return done;
    }
    branch_.emplace(context_, shape_, node_index{place.branch.value()});
    counting_ = place.branch;
  }
  for (const journal_entry& entry : journal) {
    if (auto done = writer_.put(static_cast<item_kind>(entry.kind), entry.canonical); !done) {
      return done;
    }
  }
  return count(place, journal);
}

result<void> journal_count::count(const device_place& place,
                                  std::span<const journal_entry> journal) {
  const std::string name = "branch " + std::to_string(place.branch.value()) + "/device " +
                           std::to_string(place.device.value());
  if (journal.empty()) {
    return fail(errc::missing, name, "the journal has no item");
  }
  const journal_entry& end = is_excluded(journal) ? journal.front() : journal.back();
  closings_.add(static_cast<std::uint32_t>(end.kind), end.canonical);
  if (is_excluded(journal)) {
    return {};
  }
  const auto counters = end.kind == journal_kind::close ? counters_of<close_item>(end)
                                                        : counters_of<recovery_item>(end);
  if (!counters) {
    return fail_within(name, counters.error());
  }
  counters_.cast += counters->cast;
  counters_.challenged += counters->challenged;
  counters_.voided += counters->voided;
  const auto cast = cast_ballots_of(journal);
  if (!cast) {
    return fail_within(name, cast.error());
  }
  const auto outcomes = verifier_.verify(*cast, workers_);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (!outcomes[i]) {
      return fail_within(name_ballot((*cast)[i]), outcomes[i].error().why);
    }
    if (auto added = branch_->add(*outcomes[i]); !added) {
      return fail_within(name_ballot((*cast)[i]), std::move(added.error()));
    }
    if (inputs_.any_mixed()) {
      inputs_.add((*cast)[i], election_.index().contests_of((*cast)[i].style));
    }
  }
  return {};
}

result<void> journal_count::end_branch() {
  if (!branch_) {
    return {};
  }
  if (logs_tokens_) {
    const auto log = eligibility_(*counting_);
    if (!log) {
      return tl::unexpected(log.error());
    }
    if (auto done = writer_.put(item_kind::eligibility, *log); !done) {
      return done;
    }
  }
  auto finished = tree_.add_branch(std::move(*branch_).finish(tree_.position()));
  branch_.reset();
  if (!finished) {
    return tl::unexpected(std::move(finished.error()));
  }
  std::move(finished->begin(), finished->end(), std::back_inserter(nodes_));
  return {};
}

result<void> journal_count::finish() {
  return end_branch();
}

std::vector<tally_node> journal_count::nodes() && {
  std::sort(nodes_.begin(), nodes_.end(),
            [](const auto& a, const auto& b) { return a.node < b.node; });
  return std::move(nodes_);
}

}  // namespace sandoq::tool
