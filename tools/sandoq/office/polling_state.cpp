#include "polling_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "../shown_text.hpp"
#include "branch_log.hpp"
#include "ending_check.hpp"
#include "office_names.hpp"
#include "sandoq/ballot/exclusion.hpp"
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

/// What a journal is excluded by, from a record where it stood in front, as a statement that a
/// quorum has signed.
std::optional<candidate> exclusion_in_front(const published_journal& journal) {
  const auto item = journal.first_kind == number(item_kind::exclusion)
                        ? exclusion_item::decode(journal.first)
                        : tl::unexpected(error{});
  return item ? std::optional(candidate{state(item_kind::exclusion, *item), {item->signatures, {}}})
              : std::nullopt;
}

/// Gathers devices, then what ends their journals.
class polls_reader {
 public:
  polls_reader(const bulletin& board, const running_election& election)
      : board_(board), election_(election) {}

  result<polling_state> read() && {
    auto done = find_devices();
    done = done ? find_endings() : std::move(done);
    done = done ? find_logs(board_, election_, incomplete_, out_) : std::move(done);
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
      if (auto own = device.journal ? exclusion_in_front(*device.journal) : std::nullopt) {
        add_exclusion(std::move(*own), endings_[place]);
      }
      if (auto done = choose_ending(device); !done) {
        return done;
      }
    }
    return {};
  }

  /// Of one that is stated too the signatures are those that were chosen for all.
  static void add_exclusion(candidate own, std::vector<candidate>& all) {
    const auto same = std::find_if(all.begin(), all.end(),
                                   [&](const candidate& each) { return each.what == own.what; });
    if (same == all.end()) {
      all.push_back(std::move(own));
    } else if (!same->so_far.complete()) {
      *same = std::move(own);
    }
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
      if (ends_as_(each.what)) {
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
    if (!device.journal && device.needs_evidence()) {
      miss(name + ": its journal, which the boards have excluded and the record keeps as evidence");
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
    if (items->empty() || !ends_journal(items->back().kind)) {
      miss(name + ": its close (sandoq booth close; sandoq journal recover if the device is lost)");
      incomplete_.insert(device.place.branch);
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
  ending_check ends_as_{board_, election_};
  devices devices_;
  std::map<device_place, std::vector<candidate>> endings_;  // that are stated
  std::set<branch_index> incomplete_;                       // a journal or its end is missing
  polling_state out_;
};

}  // namespace

bool polled_device::needs_evidence() const {
  const auto exclusion =
      is_excluded() ? decode_body<exclusion_item>(*ending) : tl::unexpected(error{});
  return exclusion && exclusion->items > 0;
}

const token_clash* polling_state::clash_of(branch_index branch) const {
  const auto found = std::find_if(clashes.begin(), clashes.end(), [&](const token_clash& each) {
    return each.first.branch == branch || each.second.branch == branch;
  });
  return found == clashes.end() ? nullptr : &*found;
}

result<polling_state> polling_of(const bulletin& board, const running_election& election) {
  return polls_reader(board, election).read();
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
  const std::size_t before = board.messages(number(exchange_kind::agreed)).size();
  for (const signed_statement& each : all) {
    if (auto done = agree(board, each.what, each.signatures, election.hashes); !done) {
      return tl::unexpected(std::move(done.error()));
    }
  }
  return board.messages(number(exchange_kind::agreed)).size() - before;
}

}  // namespace sandoq::tool
