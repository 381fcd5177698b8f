#include "polling_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "../journal_count.hpp"
#include "../shown_text.hpp"
#include "ending_check.hpp"
#include "office_names.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal_recovery.hpp"
#include "sandoq/tally/lot.hpp"

namespace sandoq::tool {
namespace {

device_place place_of(const statement& what) {
  // The bulletin has taken it, so the place is there.
  const auto place = place_of_item(what.body);
  return place ? *place : device_place{};
}

bool ends_journal(journal_kind kind) {
  return kind == journal_kind::close || kind == journal_kind::recovery;
}

/// Gathers devices, then what ends their journals.
class polls_reader {
 public:
  polls_reader(const bulletin& board, const running_election& election)
      : board_(board), election_(election) {}

  result<polling_state> read() && {
    auto done = find_devices();
    done = done ? find_endings() : std::move(done);
    done = done ? find_eligibility() : std::move(done);
    done = done ? find_lots() : std::move(done);
    if (!done) {
      return tl::unexpected(std::move(done.error()));
    }
    return std::move(out_);
  }

 private:
  using devices = std::map<device_place, polled_device>;

  polled_device& at(const device_place& place) {
    polled_device& device = devices_[place];
    device.place = place;
    return device;
  }

  result<std::vector<candidate>> all_of(item_kind kind) const {
    return candidates_of(board_, kind, election_.hashes, election_.context.keys().boards());
  }

  /// Closes, recoveries and exclusions by device; one that is signed makes the device known.
  result<void> find_stated_endings() {
    for (const item_kind kind : {item_kind::close, item_kind::recovery, item_kind::exclusion}) {
      auto found = all_of(kind);
      if (!found) {
        return tl::unexpected(std::move(found.error()));
      }
      for (candidate& each : *found) {
        const device_place place = place_of(each.what);
        if (each.so_far.complete()) {
          at(place);
        }
        endings_[place].push_back(std::move(each));
      }
    }
    for (auto& [place, device] : devices_) {
      if (auto done = choose_ending(device); !done) {
        return done;
      }
    }
    return {};
  }

  /// What is signed; or else what this bulletin's own copy of the journal gives, an exclusion last.
  /// Whatever else is stated says nothing.                                             SPEC(85.3)
  result<void> choose_ending(polled_device& device) {
    std::vector<candidate>& all = endings_[device.place];
    const std::string name = name_device(board_.plan(), device.place);
    // An exclusion is heavier than what the device or others had said before.
    const auto heavier = std::stable_partition(all.begin(), all.end(), [](const candidate& each) {
      return each.what.of == item_kind::exclusion;
    });
    for (const auto& part : {std::span(all.begin(), heavier), std::span(heavier, all.end())}) {
      auto one = signed_one_of(part, name);
      if (!one) {
        return tl::unexpected(std::move(one.error()));
      }
      if (*one) {
        device.ending = std::move((*one)->what);
        device.signatures = std::move((*one)->so_far.valid);
        return {};
      }
    }
    std::rotate(all.begin(), heavier, all.end());  // closes and recoveries first
    for (const candidate& each : all) {
      if (check_ending(board_, election_, each.what)) {
        device.ending = each.what;
        device.waiting_for = each.so_far.waiting_for;
        return {};
      }
    }
    return {};
  }

  result<void> find_devices() {
    for (const published_journal& journal : board_.journals()) {
      at(journal.place).journal = journal;
    }
    // A device that the boards have opened is waited for, whoever else has announced one.
    const auto opened = all_of(item_kind::opening);
    if (!opened) {
      return tl::unexpected(opened.error());
    }
    for (const candidate& each : *opened) {
      if (each.so_far.complete()) {
        at(place_of(each.what));
      }
    }
    if (auto done = find_stated_endings(); !done) {
      return done;
    }
    const manifest_index& index = election_.context.index();
    for (auto& [place, device] : devices_) {
      if (!index.is_branch(place.branch)) {
        return fail(errc::mismatch, name_device(board_.plan(), place), "there is no such branch");
      }
      out_.devices.push_back(std::move(device));
    }
    return {};
  }

  void miss(std::string what) { out_.missing.push_back(std::move(what)); }

  result<void> find_endings() {
    std::set<branch_index> seen;
    for (polled_device& device : out_.devices) {
      seen.insert(device.place.branch);
      if (auto done = end(device); !done) {
        return done;
      }
    }
    for (std::uint32_t n = 0; n < board_.plan().nodes.size(); ++n) {
      const branch_index branch{n};
      if (election_.context.index().is_branch(branch) && !seen.contains(branch)) {
        miss(name_branch(board_.plan(), branch) + ": no device has announced itself");
      }
    }
    return {};
  }

  result<void> end(polled_device& device) {
    const std::string name = name_device(board_.plan(), device.place);
    if (!device.journal && !device.is_excluded()) {
      miss(name +
           ": its journal (sandoq booth close; sandoq journal exclude if nothing is left of it)");
      incomplete_.insert(device.place.branch);
    }
    if (device.ending) {
      if (!device.signatures) {
        miss(fmt::format("{}: signatures under its {} ({})", name, name_of(device.ending->of),
                         fmt::join(device.waiting_for, ", ")));
        if (device.ending->of == item_kind::exclusion) {  // until then it excludes nothing
          incomplete_.insert(device.place.branch);
        }
      }
      return {};
    }
    if (!device.journal) {
      return {};
    }
    const auto items = board_.read_journal(*device.journal);
    if (!items) {
      return tl::unexpected(items.error());
    }
    const bool whole = !items->empty() && (items->front().kind == journal_kind::exclusion ||
                                           ends_journal(items->back().kind));
    if (!whole) {
      miss(name + ": its close (sandoq booth close; sandoq journal recover if the device is lost)");
      incomplete_.insert(device.place.branch);
    }
    return {};
  }

  std::string branch_name(branch_index branch) const { return name_branch(board_.plan(), branch); }

  bool has_exclusion(branch_index branch) const {
    return std::any_of(out_.devices.begin(), out_.devices.end(), [&](const polled_device& each) {
      return each.place.branch == branch && each.is_excluded();
    });
  }

  /// The log that journals and tokens of this bulletin give.
  std::vector<candidate>::const_iterator own_log(const std::vector<candidate>& all,
                                                 branch_index branch) const {
    const auto own =
        all.empty() ? tl::unexpected(error{}) : eligibility_of(board_, election_, out_, branch);
    return own ? std::find_if(all.begin(), all.end(),
                              [&](const candidate& each) {
                                return each.what == state(item_kind::eligibility, *own);
                              })
               : all.end();
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
    auto found = all_of(item_kind::eligibility);
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
    auto published = board_.all<device_tokens>(static_cast<std::uint32_t>(exchange_kind::tokens));
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

  result<void> find_eligibility() {
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

  result<void> find_lots() {
    if (board_.plan().beacon.empty()) {
      return {};
    }
    const auto found = all_of(item_kind::lot_commit);
    if (!found) {
      return tl::unexpected(found.error());
    }
    for (std::uint32_t b = 0; b < board_.plan().boards.size(); ++b) {
      std::vector<candidate> all;
      std::copy_if(found->begin(), found->end(), std::back_inserter(all),
                   [b](const candidate& each) {
                     const auto item = decode_body<lot_commit>(each.what);
                     return item && item->board.value() == b;
                   });
      const auto one = signed_one_of(all, name_board(board_.plan(), board_index(b)));
      if (!one) {
        return tl::unexpected(one.error());
      }
      if (*one) {
        out_.lots.push_back({(*one)->what, (*one)->so_far.valid});
      } else if (all.empty()) {
        miss(name_board(board_.plan(), board_index(b)) +
             ": its commitment to a lot (sandoq trustee lot)");
      } else {
        miss(fmt::format("{}: signatures under its commitment to a lot ({})",
                         name_board(board_.plan(), board_index(b)),
                         fmt::join(all.front().so_far.waiting_for, ", ")));
      }
    }
    return {};
  }

  const bulletin& board_;
  const running_election& election_;
  devices devices_;
  std::map<device_place, std::vector<candidate>> endings_;  // that are stated
  std::set<branch_index> incomplete_;                       // a journal or its end is missing
  polling_state out_;
};

tl::unexpected<error> differs(const polled_device& device, const manifest& plan) {
  return fail(errc::mismatch, name_device(plan, device.place),
              fmt::format("the {} that is stated is not what the journal gives",
                          name_of(device.ending->of)));
}

result<std::vector<journal_entry>> with_recovery(const chain_context& chain, const manifest& plan,
                                                 const polled_device& device,
                                                 std::vector<journal_entry> items) {
  const auto stated = decode_body<recovery_item>(*device.ending);
  if (!stated) {
    return tl::unexpected(stated.error());
  }
  const auto made = recover_journal(chain, items, stated->time, stated->remark);
  if (!made) {
    return fail_within(name_device(plan, device.place), made.error());
  }
  if (!(made->recovery == *stated)) {
    return differs(device, plan);
  }
  if (made->resolution) {
    items.push_back({journal_kind::voided, made->resolution->encode()});
  }
  items.push_back({journal_kind::recovery, complete(*device.ending, *device.signatures)});
  return items;
}

result<std::vector<journal_entry>> with_exclusion(const chain_context& chain, const manifest& plan,
                                                  const polled_device& device,
                                                  std::vector<journal_entry> items) {
  const auto stated = decode_body<exclusion_item>(*device.ending);
  if (!stated) {
    return tl::unexpected(stated.error());
  }
  const auto made =
      exclude_journal(chain, device.place, stated->time, stated->reason, stated->remark, items);
  if (!made) {
    return fail_within(name_device(plan, device.place), made.error());
  }
  if (!(*made == *stated)) {
    return differs(device, plan);
  }
  items.insert(items.begin(),
               {journal_kind::exclusion, complete(*device.ending, *device.signatures)});
  return items;
}

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

}  // namespace

const token_clash* polling_state::clash_of(branch_index branch) const {
  const auto found = std::find_if(clashes.begin(), clashes.end(), [&](const token_clash& each) {
    return each.first.branch == branch || each.second.branch == branch;
  });
  return found == clashes.end() ? nullptr : &*found;
}

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

result<polling_state> polling_of(const bulletin& board, const running_election& election) {
  return polls_reader(board, election).read();
}

result<std::vector<journal_entry>> whole_journal(const bulletin& board,
                                                 const running_election& election,
                                                 const polled_device& device) {
  std::vector<journal_entry> items;
  if (device.journal) {
    auto read = board.read_journal(*device.journal);
    if (!read) {
      return read;
    }
    items = std::move(*read);
  }
  if (!device.ending) {
    return items;
  }
  if (!device.signatures) {
    return fail(errc::missing, name_device(board.plan(), device.place),
                "the end of its journal is not signed");
  }
  const chain_context chain = election.context.chain();
  switch (device.ending->of) {
    case item_kind::recovery:
      return with_recovery(chain, board.plan(), device, std::move(items));
    case item_kind::exclusion:
      return with_exclusion(chain, board.plan(), device, std::move(items));
    default:
      if (!items.empty() && items.back().kind == journal_kind::close) {
        items.pop_back();
      }
      items.push_back({journal_kind::close, complete(*device.ending, *device.signatures)});
      return items;
  }
}

result<eligibility_item> eligibility_of(const bulletin& board, const running_election& election,
                                        const polling_state& polls, branch_index branch) {
  if (const token_clash* clash = polls.clash_of(branch)) {
    return fail(errc::duplicate, name_branch(board.plan(), branch), in_words(board.plan(), *clash));
  }
  const auto published =
      board.all<device_tokens>(static_cast<std::uint32_t>(exchange_kind::tokens));
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

result<std::size_t> agree_on_all(bulletin& board, const running_election& election,
                                 const polling_state& polls) {
  std::vector<signed_statement> all = polls.lots;
  for (const polled_device& device : polls.devices) {
    if (device.ending && device.signatures) {
      all.push_back({*device.ending, *device.signatures});
    }
  }
  for (const auto& [branch, log] : polls.eligibility) {
    all.push_back(log);
  }
  const std::size_t before =
      board.messages(static_cast<std::uint32_t>(exchange_kind::agreed)).size();
  for (const signed_statement& each : all) {
    if (auto done = agree(board, each.what, each.signatures, election.hashes); !done) {
      return tl::unexpected(std::move(done.error()));
    }
  }
  return board.messages(static_cast<std::uint32_t>(exchange_kind::agreed)).size() - before;
}

}  // namespace sandoq::tool
