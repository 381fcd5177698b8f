#pragma once

// The items of a ceremony as hashes take them: var(item), one after another, in record order.

#include <span>

#include "sandoq/core/canonical.hpp"
#include "sandoq/threshold/commitments.hpp"

namespace sandoq::detail {

template <class Item>
void write_items(byte_writer& out, std::span<const Item> items) {
  for (const auto& item : items) {
    out.var(item.encode());
  }
}

inline void write_attempt(byte_writer& out, const ceremony_items& items) {
  write_items<dkg_absence>(out, items.absences);
  write_items<dkg_commit>(out, items.commits);
  write_items<dkg_reveal>(out, items.reveals);
  write_items<dkg_deal>(out, items.deals);
  write_items<dkg_complaint>(out, items.complaints);
  write_items<dkg_confirm>(out, items.confirms);
}

}  // namespace sandoq::detail
