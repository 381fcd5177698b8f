#include "journal_judge.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>

#include "journal_outcome.hpp"
#include "message_check.hpp"
#include "office_names.hpp"
#include "sandoq/ballot/exclusion.hpp"

namespace sandoq::tool {
namespace {

/// The exclusion in front of a journal, if it holds.
result<exclusion_item> exclusion_of(const running_election& election,
                                    const published_journal& journal) {
  auto item = exclusion_item::decode(journal.first);
  const auto ok = item ? verify(election.context.keys().boards(),
                                board_message(election.context.chain(), *item), item->signatures)
                       : verification::rejected(to_string(item.error()));
  if (!ok) {
    return fail(errc::bad_signature, name_device(election.plan, journal.place),
                "its exclusion does not hold: " + ok.reason());
  }
  return item;
}

bool is_excluded_in_front(const published_journal& journal) {
  return journal.first_kind == number(item_kind::exclusion);
}

/// "the boards have excluded device 2 of branch 4 without a journal"
std::string words_of(const manifest& plan, const statement& ending, const device_place& place) {
  const auto exclusion = ending.of == item_kind::exclusion ? decode_body<exclusion_item>(ending)
                                                           : tl::unexpected(error{});
  return fmt::format(
      "the boards have {} {}{}",
      ending.of == item_kind::exclusion  ? "excluded"
      : ending.of == item_kind::recovery ? "recovered"
                                         : "closed",
      name_device(plan, place),
      exclusion && exclusion->items == 0 ? " without a journal" : " with another journal");
}

}  // namespace

/// What a copy of a journal shows.
struct journal_judge::sight {
  std::optional<digest32> content;   ///< none if it cannot be read
  std::optional<std::size_t> gives;  ///< the first of the ends that it gives
  std::string trouble;               ///< why it cannot be read
};

void journal_judge::leave(const published_journal& journal, const std::string& reason) {
  board_.leave_aside(journal.file, "journal: " + with_names(election_.plan, reason));
}

void journal_judge::keep_sound() {
  std::vector<published_journal> good;
  for (published_journal& each : board_.journals_) {
    result<void> holds;
    if (is_excluded_in_front(each)) {
      if (const auto item = exclusion_of(election_, each); !item) {
        holds = tl::unexpected(item.error());
      }
      if (each.opening && !check_opening_item(election_, *each.opening)) {
        each.opening.reset();
      }
    } else {
      holds = each.opening ? check_opening_item(election_, *each.opening)
                           : fail(errc::bad_encoding, name_device(election_.plan, each.place),
                                  "its journal begins with an opening that cannot be read");
    }
    if (!holds) {
      leave(each, to_string(holds.error()));
      continue;
    }
    if (each.opening) {
      openings_.try_emplace(each.place, each.opening);
    }
    good.push_back(std::move(each));
  }
  board_.journals_ = std::move(good);
}

const opening_item* journal_judge::opening_at(const device_place& place) {
  auto at = openings_.find(place);
  if (at == openings_.end()) {
    at = openings_.emplace(place, stated_opening(place)).first;
  }
  return at->second ? &*at->second : nullptr;
}

std::vector<statement> journal_judge::stated(item_kind of, const device_place& place) const {
  auto found = board_.all_at<statement>(
      {number(exchange_kind::statement), number(of), place.branch.value(), place.device.value()});
  return found ? std::move(*found) : std::vector<statement>();
}

std::optional<opening_item> journal_judge::stated_opening(const device_place& place) const {
  std::optional<opening_item> out;
  for (const statement& what : stated(item_kind::opening, place)) {
    const auto so_far = collect(board_, what, election_.hashes, election_.context.keys().boards());
    if (!so_far || !so_far->complete()) {
      continue;
    }
    auto opening = opening_item::decode(complete(what, so_far->valid));
    if (!opening || !check_opening_item(election_, *opening)) {
      continue;
    }
    if (out) {
      return std::nullopt;
    }
    out = std::move(*opening);
  }
  return out;
}

void journal_judge::add_signed(std::vector<statement>& out, item_kind of,
                               const device_place& place) const {
  for (statement& what : stated(of, place)) {
    const auto so_far = collect(board_, what, election_.hashes, election_.context.keys().boards());
    if (so_far && so_far->complete()) {
      out.push_back(std::move(what));
    }
  }
}

/// Of a journal that stands alone a close is not asked for: the count compares the two.
journal_judge::known_ends journal_judge::ends_of(std::span<const published_journal> all) const {
  const device_place& place = all.front().place;
  known_ends out;
  add_signed(out.by_boards, item_kind::exclusion, place);
  for (const published_journal& each : all) {
    const auto item =
        is_excluded_in_front(each) ? exclusion_of(election_, each) : tl::unexpected(error{});
    const statement what = item ? state(item_kind::exclusion, *item) : statement{};
    if (item &&
        std::find(out.by_boards.begin(), out.by_boards.end(), what) == out.by_boards.end()) {
      out.by_boards.push_back(what);
    }
  }
  if (!out.by_boards.empty()) {
    return out;
  }
  add_signed(out.by_boards, item_kind::recovery, place);
  if (all.size() > 1) {
    add_signed(out.by_boards, item_kind::close, place);
    out.by_device = stated(item_kind::close, place);
  }
  return out;
}

journal_judge::sight journal_judge::look_at(const published_journal& journal,
                                            std::span<const statement> ends) const {
  sight out;
  const auto items = board_.read_journal(journal);
  if (!items) {
    out.trouble = to_string(items.error());
    return out;
  }
  const journal_outcome own(election_, journal.place, *items);
  const auto content = own.evidence();
  if (!content) {
    out.trouble = to_string(content.error());
    return out;
  }
  out.content = *content;
  const auto given = std::find_if(
      ends.begin(), ends.end(), [&](const statement& each) { return own.gives(each).has_value(); });
  if (given != ends.end()) {
    out.gives = static_cast<std::size_t>(given - ends.begin());
  }
  return out;
}

/// The one that gives exactly the end that the boards have signed, or none.
std::optional<published_journal> journal_judge::one_that_boards_ended(
    std::span<published_journal> all, std::span<const statement> ends) {
  std::optional<published_journal> out;
  for (published_journal& each : all) {
    const sight found = look_at(each, ends);
    if (!found.gives) {
      leave(each, found.trouble.empty() ? words_of(election_.plan, ends.front(), each.place)
                                        : found.trouble);
    } else if (!out) {
      out = std::move(each);
    }
  }
  return out;
}

/// The one that its device has closed, or that all of them are.
result<std::optional<published_journal>> journal_judge::one_of_several(
    std::span<published_journal> all, std::span<const statement> closes) {
  std::vector<std::pair<published_journal*, sight>> readable;
  std::set<std::size_t> given;
  std::set<digest32> contents;
  for (published_journal& each : all) {
    sight found = look_at(each, closes);
    if (!found.content) {
      leave(each, found.trouble);
      continue;
    }
    contents.insert(*found.content);
    if (found.gives) {
      given.insert(*found.gives);
    }
    readable.emplace_back(&each, std::move(found));
  }
  if (readable.empty()) {
    return std::nullopt;
  }
  if (contents.size() > 1 && given.size() != 1) {
    const auto other = std::find_if(readable.begin(), readable.end(), [&](const auto& each) {
      return each.second.content != readable.front().second.content;
    });
    return fail(errc::duplicate, readable.front().first->file,
                "and " + other->first->file + " are both the journal of " +
                    name_device(election_.plan, all.front().place) +
                    ", and no close that the device has signed tells which; keep the one that "
                    "the branch stands by");
  }
  const auto own = std::find_if(readable.begin(), readable.end(), [&](const auto& each) {
    return contents.size() == 1 || each.second.gives.has_value();
  });
  for (const auto& [journal, found] : readable) {
    if (contents.size() > 1 && !found.gives) {
      leave(*journal, name_device(election_.plan, journal->place) + " has not closed it, but " +
                          own->first->file);
    }
  }
  return std::optional(std::move(*own->first));
}

result<void> journal_judge::claim() {
  auto& all = board_.journals_;
  std::vector<published_journal> kept;
  for (auto at = all.begin(); at != all.end();) {
    const auto end =
        std::find_if(at, all.end(), [&](const auto& each) { return each.place != at->place; });
    const std::span<published_journal> own(at, end);
    const known_ends ends = ends_of(own);
    std::optional<published_journal> one;
    if (!ends.by_boards.empty()) {
      one = one_that_boards_ended(own, ends.by_boards);
    } else if (own.size() == 1) {
      one = std::move(own.front());
    } else if (auto found = one_of_several(own, ends.by_device); found) {
      one = std::move(*found);
    } else {
      return tl::unexpected(std::move(found.error()));
    }
    if (one) {
      kept.push_back(std::move(*one));
    }
    at = end;
  }
  all = std::move(kept);
  return {};
}

}  // namespace sandoq::tool
