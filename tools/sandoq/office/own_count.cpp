#include "own_count.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "branch_log.hpp"
#include "office_names.hpp"
#include "sandoq/tally/lot.hpp"
#include "statements.hpp"

namespace sandoq::tool {

void own_count::forget() {
  record_.reset();
  polls_.reset();
  logs_.clear();
}

const result<draft_record>& own_count::record() {
  if (!record_) {
    record_.emplace(look_at_draft(board_, election_, draft_extent::whole, workers_));
  }
  return *record_;
}

const result<polling_state>& own_count::polls() {
  if (!polls_) {
    polls_.emplace(polling_of(board_, election_));
  }
  return *polls_;
}

const result<eligibility_item>& own_count::log_of(const polling_state& polls, branch_index branch) {
  auto at = logs_.find(branch);
  if (at == logs_.end()) {
    at = logs_.emplace(branch, eligibility_of(board_, election_, polls, branch)).first;
  }
  return at->second;
}

result<void> own_count::check_head(const statement& head) {
  const result<draft_record>& own = record();
  if (!own) {
    return tl::unexpected(own.error());
  }
  if (!own->head) {
    return fail(errc::missing, "head",
                fmt::format("this bulletin has no whole record yet; missing: {}",
                            fmt::join(own->opening.missing, "; ")));
  }
  if (!(state_head(*own->head) == head)) {
    return fail(errc::mismatch, "head",
                "the record of this bulletin has another head; whoever combined had other files");
  }
  return {};
}

result<void> own_count::check_log(const statement& log) {
  const auto stated = decode_body<eligibility_item>(log);
  if (!stated) {
    return fail_within("eligibility", stated.error());
  }
  const result<polling_state>& now = polls();
  if (!now) {
    return tl::unexpected(now.error());
  }
  const result<eligibility_item>& own = log_of(*now, stated->branch);
  if (!own) {
    return tl::unexpected(own.error());
  }
  if (!(*own == *stated)) {
    return fail(errc::mismatch, "eligibility",
                "is not what journals and tokens of this bulletin give");
  }
  const auto before = now->eligibility.find(stated->branch);
  if (before != now->eligibility.end() && !(before->second.what == log)) {
    return fail(errc::duplicate, "eligibility",
                "another log of this branch is signed and stays as it is");
  }
  return {};
}

result<void> own_count::check_lots_fixed() const {
  if (board_.plan().beacon.empty()) {
    return fail(errc::mismatch, "lot", "the manifest names no public value, so there is no lot");
  }
  const auto boards = election_.context.keys().boards();
  const auto all = candidates_of(board_, item_kind::lot_commit, election_.hashes, boards);
  if (!all) {
    return tl::unexpected(all.error());
  }
  for (std::uint32_t b = 0; b < boards.size(); ++b) {
    std::vector<candidate> own;
    std::copy_if(all->begin(), all->end(), std::back_inserter(own), [b](const candidate& each) {
      const auto item = decode_body<lot_commit>(each.what);
      return item && item->board.value() == b;
    });
    if (own.empty()) {
      return fail(errc::missing, "lot",
                  fmt::format("{} has not fixed its value (sandoq trustee lot)",
                              name_board(board_.plan(), board_index(b))));
    }
    const auto one = signed_one_of(own, "the lot of " + name_board(board_.plan(), board_index(b)));
    if (!one) {
      return tl::unexpected(one.error());
    }
    if (!*one) {
      return fail(errc::missing, "lot",
                  fmt::format("the value that {} has fixed is not signed yet: {}",
                              name_board(board_.plan(), board_index(b)),
                              own.front().so_far.waiting_for.front()));
    }
  }
  return {};
}

result<void> own_count::check_lot_is_due() {
  if (auto fixed = check_lots_fixed(); !fixed) {
    return fixed;
  }
  const result<draft_record>& own = record();
  if (!own) {
    return tl::unexpected(own.error());
  }
  if (!own->opening.missing.empty()) {
    return fail(errc::missing, "lot",
                fmt::format("there are no results yet; missing: {}",
                            fmt::join(own->opening.missing, "; ")));
  }
  if (!own->opening.lot_results) {
    return fail(errc::mismatch, "lot", "the results hold no tie that a lot has to break");
  }
  return {};
}

}  // namespace sandoq::tool
