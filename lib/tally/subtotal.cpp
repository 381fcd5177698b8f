#include "sandoq/tally/subtotal.hpp"

#include <utility>

#include "lib/ballot/structure_reader.hpp"

namespace sandoq {
namespace {

constexpr std::size_t max_subtotal_counts = 1025;

}  // namespace

result<subtotal> subtotal::decode(byte_view data) {
  detail::structure_reader in(data, "subtotal");
  subtotal out;
  out.number = in.u32("number");
  out.ballots = in.u64("ballots");
  const std::size_t counts = in.count(max_subtotal_counts, 8, "counts");
  out.counts.reserve(counts);
  for (std::size_t i = 0; i < counts && in.good(); ++i) {
    out.counts.push_back(in.u64("counts"));
  }
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes subtotal::encode() const {
  byte_writer out;
  out.u32(number);
  out.u64(ballots);
  out.count(counts.size());
  for (const std::uint64_t count : counts) {
    out.u64(count);
  }
  return std::move(out).take();
}

}  // namespace sandoq
