#include "ending_check.hpp"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "message_check.hpp"
#include "office_names.hpp"

namespace sandoq::tool {
namespace {

/// The opening that a journal begins with, as the boards have signed it: anybody can publish a
/// journal of a device that nobody has opened.                                         SPEC(85.3)
result<opening_item> sound_opening(const running_election& election, const device_place& place,
                                   std::span<const journal_entry> items) {
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

}  // namespace

result<ending_check::own_copy> ending_check::read(const device_place& place) const {
  const auto all = board_.journals();
  const auto own =
      std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.place == place; });
  if (own == all.end()) {
    return own_copy{false,
                    fail(errc::missing, name_device(election_.plan, place),
                         "its journal is not in this bulletin"),
                    journal_outcome(election_, place, {})};
  }
  const auto items = board_.read_journal(*own);
  if (!items) {
    return tl::unexpected(items.error());
  }
  return own_copy{true, sound_opening(election_, place, evidence_in(*items)),
                  journal_outcome(election_, place, *items)};
}

const result<ending_check::own_copy>& ending_check::copy_of(const device_place& place) {
  auto at = copies_.find(place);
  if (at == copies_.end()) {
    at = copies_.emplace(place, read(place)).first;
  }
  return at->second;
}

result<void> ending_check::check_device(const statement& close, const opening_item& opening) const {
  const auto item = decode_body<close_item>(close);
  if (!item) {
    return tl::unexpected(item.error());
  }
  return check_device_close(election_, opening, *item)
             ? result<void>{}
             : fail(errc::bad_signature, name_device(election_.plan, item->place),
                    "the device has not signed this close");
}

result<void> ending_check::operator()(const statement& ending) {
  const auto place = place_of_item(ending.body);
  if (!place) {
    return tl::unexpected(place.error());
  }
  const result<own_copy>& own = copy_of(*place);
  if (!own) {
    return tl::unexpected(own.error());
  }
  // What a record keeps as evidence is a journal that the boards have opened, or nothing.
  const bool needs_opening = own->is_there || ending.of != item_kind::exclusion;
  if (needs_opening && !own->opening) {
    return tl::unexpected(own->opening.error());
  }
  if (auto same = own->outcome.gives(ending); !same) {
    return same;
  }
  return ending.of == item_kind::close ? check_device(ending, *own->opening) : result<void>{};
}

}  // namespace sandoq::tool
