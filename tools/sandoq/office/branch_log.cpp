#include "branch_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "../journal_count.hpp"
#include "office_names.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

/// Counts what was cast, and gathers the tokens of one branch.
class token_log {
 public:
  token_log(const bulletin& board, const running_election& election)
      : board_(board), election_(election) {}

  result<void> add(const polled_device& device, std::span<const device_tokens> published) {
    // Its tokens count as little as its ballots: one of them may have been taken elsewhere too.
    if (device.is_excluded()) {
      journals_ = branch_journals::some_excluded;
      return {};
    }
    const auto own =
        std::find_if(published.begin(), published.end(),
                     [&](const device_tokens& each) { return each.place == device.place; });
    if (own != published.end()) {
      tokens_.insert(tokens_.end(), own->tokens.begin(), own->tokens.end());
    }
    if (!device.journal) {
      return fail(errc::missing, name_device(board_.plan(), device.place), "has no journal");
    }
    const auto items = board_.read_journal(*device.journal);
    const auto cast = items ? cast_ballots_of(*items) : tl::unexpected(items.error());
    if (!cast) {
      return fail_within(device.journal->file, cast.error());
    }
    // A device that broke down before anybody had voted has no tokens to publish.
    if (own == published.end() && !cast->empty()) {
      return fail(errc::missing, name_device(board_.plan(), device.place),
                  "its tokens are not published");
    }
    for (const ballot_item& ballot : *cast) {
      ++cast_[ballot.style];
    }
    return {};
  }

  result<eligibility_item> finish(branch_index branch) && {
    std::sort(tokens_.begin(), tokens_.end());
    eligibility_item out{branch, std::move(tokens_), {}};
    if (auto good = check_tokens(election_.context.index(), out, cast_, journals_); !good) {
      return fail_within(name_branch(board_.plan(), branch), std::move(good.error()));
    }
    return out;
  }

 private:
  const bulletin& board_;
  const running_election& election_;
  std::vector<used_token> tokens_;
  style_counts cast_;
  branch_journals journals_ = branch_journals::all_count;
};

/// The logs that are signed, the tokens that were taken twice, and what is missing.
class log_reader {
 public:
  log_reader(const bulletin& board, const running_election& election,
             const std::set<branch_index>& incomplete, polling_state& out)
      : board_(board), election_(election), incomplete_(incomplete), out_(out) {}

  result<void> read() {
    if (board_.plan().eligibility == eligibility_log::none) {
      return {};
    }
    const auto stated = stated_logs();
    if (!stated) {
      return tl::unexpected(stated.error());
    }
    for (const auto& [branch, all] : *stated) {
      auto one = signed_log(all, branch);
      if (!one) {
        return tl::unexpected(std::move(one.error()));
      }
      if (*one) {
        out_.eligibility.emplace(branch, signed_statement{(*one)->what, (*one)->so_far.valid});
      }
    }
    if (auto done = compare_branches(); !done) {
      return done;
    }
    for (const auto& [branch, all] : *stated) {
      if (!out_.eligibility.contains(branch)) {
        miss_log(branch, all);
      }
    }
    return {};
  }

 private:
  void miss(std::string what) { out_.missing.push_back(std::move(what)); }

  std::string branch_name(branch_index branch) const { return name_branch(board_.plan(), branch); }

  bool has_exclusion(branch_index branch) const {
    return std::any_of(out_.devices.begin(), out_.devices.end(), [&](const polled_device& each) {
      return each.place.branch == branch && each.is_excluded();
    });
  }

  /// The log that journals and tokens of this bulletin give.
  std::vector<candidate>::const_iterator own_log(const std::vector<candidate>& all,
                                                 branch_index branch) const {
    auto own =
        all.empty() ? tl::unexpected(error{}) : eligibility_of(board_, election_, out_, branch);
    if (!own) {
      return all.end();
    }
    const statement what = state(item_kind::eligibility, std::move(*own));
    return std::find_if(all.begin(), all.end(),
                        [&](const candidate& each) { return each.what == what; });
  }

  /// The one that is signed. An exclusion may have made a second one necessary: then it is the one
  /// that is without the excluded device's tokens.                                     SPEC(85.3)
  result<std::optional<candidate>> signed_log(const std::vector<candidate>& all,
                                              branch_index branch) const {
    if (all.size() > 1 && has_exclusion(branch)) {
      if (const auto own = own_log(all, branch); own != all.end() && own->so_far.complete()) {
        return std::optional(*own);
      }
    }
    return signed_one_of(all, branch_name(branch));
  }

  /// Statements of logs, and the branches of all devices, also of those without any.
  result<std::map<branch_index, std::vector<candidate>>> stated_logs() const {
    auto found = candidates_of(board_, item_kind::eligibility, election_.hashes,
                               election_.context.keys().boards());
    if (!found) {
      return tl::unexpected(std::move(found.error()));
    }
    std::map<branch_index, std::vector<candidate>> out;
    for (const polled_device& device : out_.devices) {
      out[device.place.branch];
    }
    for (candidate& each : *found) {
      const auto item = decode_body<eligibility_item>(each.what);
      if (const auto at = item ? out.find(item->branch) : out.end(); at != out.end()) {
        at->second.push_back(std::move(each));
      }
    }
    return out;
  }

  /// Signed logs, and the lists of the devices that count.
  result<std::map<branch_index, branch_tokens>> tokens_by_branch() const {
    auto published = board_.all<device_tokens>(number(exchange_kind::tokens));
    if (!published) {
      return tl::unexpected(std::move(published.error()));
    }
    std::map<device_place, const polled_device*> counting;
    for (const polled_device& device : out_.devices) {
      if (!device.is_excluded()) {
        counting.emplace(device.place, &device);
      }
    }
    std::map<branch_index, branch_tokens> out;
    for (device_tokens& each : *published) {
      if (counting.contains(each.place)) {
        out[each.place.branch].lists.push_back(std::move(each));
      }
    }
    for (const auto& [branch, log] : out_.eligibility) {
      auto item = decode_body<eligibility_item>(log.what);
      if (!item) {
        return fail_within(branch_name(branch), std::move(item.error()));
      }
      out[branch].log = std::move(*item);
    }
    return out;
  }

  /// A signed log gives way if it clashes by a token that only an excluded device has taken: the
  /// boards sign one without it. Who has not all lists of the branch cannot tell.      SPEC(85.3)
  bool gives_way(const token_use& use, const branch_tokens& tokens) const {
    return tokens.log && !use.device && has_exclusion(use.branch) &&
           eligibility_of(board_, election_, out_, use.branch);
  }

  result<void> compare_branches() {
    auto tokens = tokens_by_branch();
    if (!tokens) {
      return tl::unexpected(std::move(tokens.error()));
    }
    std::vector<token_clash> clashes;
    bool changed = true;
    while (changed) {
      changed = false;
      clashes = find_clashes(*tokens);
      for (const token_clash& clash : clashes) {
        for (const token_use& use : {clash.first, clash.second}) {
          if (gives_way(use, tokens->at(use.branch))) {
            tokens->at(use.branch).log.reset();
            out_.eligibility.erase(use.branch);
            changed = true;
          }
        }
      }
    }
    out_.clashes = std::move(clashes);
    for (const token_clash& clash : out_.clashes) {
      miss(in_words(board_.plan(), clash));
    }
    return {};
  }

  void miss_log(branch_index branch, const std::vector<candidate>& all) {
    if (out_.clash_of(branch) != nullptr) {
      return;  // is told already
    }
    if (const auto own = own_log(all, branch); own != all.end()) {
      miss(fmt::format("{}: signatures under the log of its tokens ({})", branch_name(branch),
                       fmt::join(own->so_far.waiting_for, ", ")));
      return;
    }
    miss(branch_name(branch) + ": the log of its tokens (sandoq close)");
    if (!incomplete_.contains(branch)) {
      out_.unlogged.push_back(branch);
    }
  }

  const bulletin& board_;
  const running_election& election_;
  const std::set<branch_index>& incomplete_;
  polling_state& out_;
};

}  // namespace

std::string in_words(const manifest& plan, const token_clash& clash) {
  const auto name = [&](const token_use& use) {
    return use.device ? name_device(plan, {use.branch, *use.device})
                      : "a device of " + name_branch(plan, use.branch) + ", whose log is signed";
  };
  return fmt::format(
      "token {}...{} was taken at {} and at {}: find out why; sandoq journal exclude of one of the "
      "two, which both boards sign, costs all ballots of that device",
      to_hex(clash.token.view()).substr(0, 16),
      clash.tokens > 1 ? fmt::format(" (and {} more)", clash.tokens - 1) : "", name(clash.first),
      name(clash.second));
}

result<eligibility_item> eligibility_of(const bulletin& board, const running_election& election,
                                        const polling_state& polls, branch_index branch) {
  if (const token_clash* clash = polls.clash_of(branch)) {
    return fail(errc::duplicate, name_branch(board.plan(), branch), in_words(board.plan(), *clash));
  }
  const auto published = board.all<device_tokens>(number(exchange_kind::tokens));
  if (!published) {
    return tl::unexpected(published.error());
  }
  token_log log(board, election);
  for (const polled_device& device : polls.devices) {
    if (device.place.branch != branch) {
      continue;
    }
    if (auto done = log.add(device, *published); !done) {
      return tl::unexpected(std::move(done.error()));
    }
  }
  return std::move(log).finish(branch);
}

result<void> find_logs(const bulletin& board, const running_election& election,
                       const std::set<branch_index>& incomplete, polling_state& polls) {
  return log_reader(board, election, incomplete, polls).read();
}

}  // namespace sandoq::tool
