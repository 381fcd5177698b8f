#pragma once

#include <utility>

#include "lib/ballot/structure_reader.hpp"
#include "sandoq/ballot/journal.hpp"

namespace sandoq::detail {

/// Fields that several items of a journal have.

inline device_place read_place(structure_reader& in) {
  device_place out;
  out.branch = branch_index(in.u32("branch"));
  out.device = device_index(in.u32("device"));
  return out;
}

inline void write_place(byte_writer& out, const device_place& place) {
  out.u32(place.branch.value());
  out.u32(place.device.value());
}

inline quorum read_quorum(structure_reader& in) {
  return in.good() ? in.take(quorum::read(in.input(), "quorum")) : quorum{};
}

/// The item, if everything was read.
template <class Item>
result<Item> finished(structure_reader& in, Item item) {
  if (auto end = in.finish(); !end) {
    return tl::unexpected<error>(std::move(end.error()));
  }
  return item;
}

}  // namespace sandoq::detail
