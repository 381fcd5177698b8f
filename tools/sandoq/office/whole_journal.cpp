#include "whole_journal.hpp"

#include <optional>
#include <utility>

#include "journal_outcome.hpp"
#include "office_names.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

/// Copies of a journal may have an end already.
void keep(std::vector<journal_entry>& items, std::span<const journal_entry> part) {
  const auto first = static_cast<std::ptrdiff_t>(part.data() - items.data());
  const auto last = first + static_cast<std::ptrdiff_t>(part.size());
  items.erase(items.begin() + last, items.end());
  items.erase(items.begin(), items.begin() + first);
}

}  // namespace

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
  journal_entry end{static_cast<journal_kind>(device.ending->of),
                    complete(*device.ending, *device.signatures)};
  if (device.ending->of == item_kind::close) {  // the count compares it
    keep(items, unended(items));
    items.push_back(std::move(end));
    return items;
  }
  const journal_outcome own(election, device.place, items);
  if (auto same = own.gives(*device.ending); !same) {
    return tl::unexpected(std::move(same.error()));
  }
  if (device.ending->of == item_kind::exclusion) {
    keep(items, evidence_in(items));
    items.insert(items.begin(), std::move(end));
    return items;
  }
  keep(items, unended(items));
  const auto recovery = decode_body<recovery_item>(*device.ending);
  if (const auto last = recovery ? own.resolution(recovery->time) : std::nullopt) {
    items.push_back({journal_kind::voided, last->encode()});
  }
  items.push_back(std::move(end));
  return items;
}

}  // namespace sandoq::tool
