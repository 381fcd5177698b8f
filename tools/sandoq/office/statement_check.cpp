#include "statement_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "office_names.hpp"
#include "sandoq/tally/lot.hpp"

namespace sandoq::tool {
namespace {

result<void> check_absence(const signing_desk& desk, const dkg_absence& absence) {
  const trustee_seat seat{absence.origin.board, absence.origin.trustee};
  const std::string name = name_trustee(desk.board.plan(), seat);
  const ceremony_state& state = desk.ceremony;
  if (state.stage == ceremony_stage::complete || state.stage == ceremony_stage::failed) {
    return fail(errc::mismatch, name, "the key ceremony is over");
  }
  if (!state.waits_for(seat)) {
    return fail(errc::mismatch, name,
                fmt::format("attempt {} does not wait for it", state.present().attempt));
  }
  const std::uint32_t asked = absence.origin.attempt;
  const std::uint32_t next = attempt_without(state);
  if (asked < next) {
    return fail(errc::out_of_range, name, fmt::format("attempt {} has begun already", asked));
  }
  if (asked > next) {
    return fail(errc::out_of_range, name,
                fmt::format("the next attempt is number {}, not {}", next, asked));
  }
  return {};
}

/// Every board has given seeds to the device, and these are their roots.
result<void> check_roots(const bulletin& board, const running_election& election,
                         const opening_item& opening) {
  const auto boards = static_cast<std::uint32_t>(election.context.keys().boards().size());
  if (opening.board_roots.size() != boards) {
    return fail(errc::mismatch, name_device(board.plan(), opening.place),
                "does not have one root a board");
  }
  for (std::uint32_t b = 0; b < boards; ++b) {
    const auto roots =
        board.all_at<seed_root>({number(exchange_kind::seed_root), opening.place.branch.value(),
                                 opening.place.device.value(), b});
    if (!roots) {
      return tl::unexpected(roots.error());
    }
    // Who has signed it was asked when the bulletin was read.
    const bool published = std::any_of(roots->begin(), roots->end(), [&](const seed_root& each) {
      return each.capacity == opening.capacity && each.root == opening.board_roots[b];
    });
    if (!published) {
      return fail(errc::missing, name_device(board.plan(), opening.place),
                  fmt::format("no trustee of {} has published the root that stands for its "
                              "seeds in the opening",
                              name_board(board.plan(), board_index(b))));
    }
  }
  return {};
}

result<void> check_opening(const bulletin& board, const running_election& election,
                           const opening_item& opening) {
  announcement said{opening};
  said.opening.board_roots.clear();
  said.opening.signatures = {};
  if (!board.holds(number(announcement::kind), said.encode())) {
    return fail(errc::mismatch, name_device(board.plan(), opening.place),
                "no announcement of this device says what the opening says");
  }
  return check_roots(board, election, opening);
}

template <class Item, class Check>
result<void> check_item(const statement& what, const Check& check) {
  const auto item = decode_body<Item>(what);
  return item ? check(*item) : result<void>(tl::unexpected(item.error()));
}

}  // namespace

std::uint32_t attempt_without(const ceremony_state& state) {
  std::uint32_t number = state.present().attempt;
  while (state.has_messages(number)) {
    ++number;
  }
  return number;
}

statement_check::statement_check(const signing_desk& desk) : desk_(desk) {
  if (desk.election) {
    ends_as_.emplace(desk.board, *desk.election);
    own_.emplace(desk.board, *desk.election, desk.workers);
  }
}

result<void> statement_check::operator()(const statement& what) {
  if (what.of == item_kind::dkg_absence) {
    return check_item<dkg_absence>(
        what, [&](const dkg_absence& item) { return check_absence(desk_, item); });
  }
  if (!desk_.election) {
    return fail(errc::missing, stem_of(what), "the key ceremony is not complete");
  }
  switch (what.of) {
    case item_kind::opening:
      return check_item<opening_item>(what, [&](const opening_item& item) {
        return check_opening(desk_.board, *desk_.election, item);
      });
    case item_kind::close:
    case item_kind::recovery:
    case item_kind::exclusion:
      return (*ends_as_)(what);
    case item_kind::lot_commit:
      return check_item<lot_commit>(what, [&](const lot_commit& item) -> result<void> {
        return item.board == desk_.seat.board
                   ? result<void>{}
                   : fail(errc::mismatch, stem_of(what), "is of another board");
      });
    case item_kind::lot_beacon:
      return own_->check_lot_is_due();
    case item_kind::eligibility:
      return own_->check_log(what);
    case item_kind::head:
      return own_->check_head(what);
    default:
      return fail(errc::unsupported, stem_of(what),
                  "is approved by sandoq trustee open, not signed here");
  }
}

void statement_check::forget() {
  if (own_) {
    own_->forget();
  }
}

std::vector<board_keys> signers_of(const ceremony_state& ceremony, const bulletin& board,
                                   const statement& what) {
  const std::vector<board_keys> keys = keys_of(ceremony.boards);
  participants who = ceremony.present().who;
  const auto own = decode_body<dkg_absence>(what);
  const auto stated = board.all<dkg_absence>(number(item_kind::dkg_absence));
  if (what.of == item_kind::dkg_absence && own) {
    who.shut_out(own->origin.board, own->origin.trustee);
    for (const dkg_absence& each : stated ? *stated : std::vector<dkg_absence>()) {
      if (each.origin.attempt == own->origin.attempt) {
        who.shut_out(each.origin.board, each.origin.trustee);
      }
    }
  }
  return without_shut_out(keys, who);
}

}  // namespace sandoq::tool
