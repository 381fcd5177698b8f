#include "ending_check.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "message_check.hpp"
#include "office_names.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/ballot/journal_recovery.hpp"

namespace sandoq::tool {
namespace {

result<std::optional<std::vector<journal_entry>>> journal_of(const bulletin& board,
                                                             const device_place& place) {
  for (const published_journal& each : board.journals()) {
    if (each.place == place) {
      auto items = board.read_journal(each);
      if (!items) {
        return tl::unexpected(std::move(items.error()));
      }
      return std::optional(std::move(*items));
    }
  }
  return std::optional<std::vector<journal_entry>>();
}

/// The journal without what ends it. \return missing if it is not there
result<std::vector<journal_entry>> open_journal_of(const bulletin& board,
                                                   const device_place& place) {
  auto items = journal_of(board, place);
  if (!items) {
    return tl::unexpected(std::move(items.error()));
  }
  if (!*items) {
    return fail(errc::missing, name_device(board.plan(), place),
                "its journal is not in this bulletin");
  }
  if (!(*items)->empty() && (*items)->back().kind == journal_kind::close) {
    (*items)->pop_back();
  }
  return std::move(**items);
}

/// The opening that a journal begins with, as the boards have signed it: anybody can publish a
/// journal of a device that nobody has opened.                                         SPEC(85.3)
result<opening_item> sound_opening(const running_election& election, const device_place& place,
                                   const std::vector<journal_entry>& items) {
  if (items.empty() || items.front().kind != journal_kind::opening) {
    return fail(errc::missing, name_device(election.plan, place),
                "its journal does not begin with an opening");
  }
  auto opening = opening_item::decode(items.front().canonical);
  if (!opening) {
    return fail_within(name_device(election.plan, place), std::move(opening.error()));
  }
  if (auto good = check_opening_item(election, *opening); !good) {
    return tl::unexpected(std::move(good.error()));
  }
  return opening;
}

result<void> check_closing(const bulletin& board, const running_election& election,
                           const close_item& close) {
  const auto items = open_journal_of(board, close.place);
  if (!items) {
    return tl::unexpected(items.error());
  }
  const auto opening = sound_opening(election, close.place, *items);
  if (!opening) {
    return tl::unexpected(opening.error());
  }
  const auto counted = recover_journal(election.context.chain(), *items, close.time, "");
  if (!counted) {
    return fail_within(name_device(board.plan(), close.place), counted.error());
  }
  if (counted->resolution) {
    return fail(errc::mismatch, name_device(board.plan(), close.place),
                "its last ballot is neither cast nor challenged nor void");
  }
  if (auto same = check_close(close, counted->recovery.counters, counted->recovery.last_link);
      !same) {
    return fail_within(name_device(board.plan(), close.place), std::move(same.error()));
  }
  if (!check_device_close(election, *opening, close)) {
    return fail(errc::bad_signature, name_device(board.plan(), close.place),
                "the device has not signed this close");
  }
  return {};
}

/// What its own copy of the journal gives must be what is to be signed.
result<void> check_same(const bulletin& board, const device_place& place, const statement& own,
                        const statement& what) {
  return own == what ? result<void>{}
                     : fail(errc::mismatch, name_device(board.plan(), place),
                            "the journal in this bulletin gives something else");
}

result<void> check_recovery(const bulletin& board, const running_election& election,
                            const recovery_item& item, const statement& what) {
  const auto items = open_journal_of(board, item.place);
  if (!items) {
    return tl::unexpected(items.error());
  }
  if (const auto opening = sound_opening(election, item.place, *items); !opening) {
    return tl::unexpected(opening.error());
  }
  auto own = recover_journal(election.context.chain(), *items, item.time, item.remark);
  if (!own) {
    return fail_within(name_device(board.plan(), item.place), std::move(own.error()));
  }
  return check_same(board, item.place, state(item_kind::recovery, std::move(own->recovery)), what);
}

result<void> check_exclusion_of(const bulletin& board, const running_election& election,
                                const exclusion_item& item, const statement& what) {
  const auto items = journal_of(board, item.place);
  if (!items) {
    return tl::unexpected(items.error());
  }
  const auto evidence = items->value_or(std::vector<journal_entry>{});
  // What a record keeps as evidence is a journal that the boards have opened, or nothing.
  if (*items) {
    if (const auto opening = sound_opening(election, item.place, evidence); !opening) {
      return tl::unexpected(opening.error());
    }
  }
  auto own = exclude_journal(election.context.chain(), item.place, item.time, item.reason,
                             item.remark, evidence);
  if (!own) {
    return fail_within(name_device(board.plan(), item.place), std::move(own.error()));
  }
  return check_same(board, item.place, state(item_kind::exclusion, std::move(*own)), what);
}

}  // namespace

result<void> check_ending(const bulletin& board, const running_election& election,
                          const statement& what) {
  const auto of = [&](const auto& item, const auto& check) -> result<void> {
    return item ? check(*item) : result<void>(tl::unexpected(item.error()));
  };
  switch (what.of) {
    case item_kind::close:
      return of(decode_body<close_item>(what),
                [&](const close_item& item) { return check_closing(board, election, item); });
    case item_kind::recovery:
      return of(decode_body<recovery_item>(what), [&](const recovery_item& item) {
        return check_recovery(board, election, item, what);
      });
    case item_kind::exclusion:
      return of(decode_body<exclusion_item>(what), [&](const exclusion_item& item) {
        return check_exclusion_of(board, election, item, what);
      });
    default:
      return fail(errc::unsupported, name_of_message(static_cast<std::uint32_t>(what.of)),
                  "ends no journal");
  }
}

}  // namespace sandoq::tool
