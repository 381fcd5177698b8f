#include "sandoq/tally/tally_node.hpp"

#include <utility>

#include "sandoq/core/canonical.hpp"

namespace sandoq {

result<tally_node> tally_node::decode(byte_view data) {
  byte_reader in(data);
  tally_node out;
  const auto node = in.u32("node");
  if (!node) {
    return tl::unexpected(node.error());
  }
  out.node = node_index(*node);
  const auto lo = in.u64("lo");
  if (!lo) {
    return tl::unexpected(lo.error());
  }
  out.lo = *lo;
  const auto hi = in.u64("hi");
  if (!hi) {
    return tl::unexpected(hi.error());
  }
  out.hi = *hi;
  auto subtotals = wire_totals::read(in);
  if (!subtotals) {
    return tl::unexpected(std::move(subtotals.error()));
  }
  out.subtotals = std::move(*subtotals);
  if (auto done = in.fixed_into(out.merkle_root.octets, "Merkle root"); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  if (auto done = in.fixed_into(out.hash.octets, "hash"); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes tally_node::encode() const {
  byte_writer out;
  out.u32(node.value());
  out.u64(lo);
  out.u64(hi);
  subtotals.write(out);
  out.fixed(merkle_root.view());
  out.fixed(hash.view());
  return std::move(out).take();
}

}  // namespace sandoq
