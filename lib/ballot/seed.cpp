#include "sandoq/ballot/seed.hpp"

#include <string>
#include <utility>

#include "sandoq/core/merkle.hpp"

namespace sandoq {
namespace {

void write_device(byte_writer& out, const seed_context& context) {
  out.fixed(context.e1.view());
  out.u8(static_cast<std::uint8_t>(context.domain));
  out.u32(context.branch.value());
  out.u32(context.device.value());
}

}  // namespace

result<seed_opening> read_seed_opening(byte_reader& in, std::string_view field) {
  seed_opening out;
  if (auto seed = in.fixed_into(out.seed, field); !seed) {
    return tl::unexpected<error>(std::move(seed.error()));
  }
  auto siblings = in.count(seed_opening::max_siblings, 32, field);
  if (!siblings) {
    return tl::unexpected<error>(std::move(siblings.error()));
  }
  out.path.resize(*siblings);
  for (digest32& sibling : out.path) {
    if (auto read = in.fixed_into(sibling.octets, field); !read) {
      return tl::unexpected<error>(std::move(read.error()));
    }
  }
  return out;
}

void write(byte_writer& out, const seed_opening& opening) {
  out.fixed(opening.seed);
  out.count(opening.path.size());
  for (const digest32& sibling : opening.path) {
    out.fixed(sibling.view());
  }
}

digest32 seed_leaf(const seed_context& context, seed_role role, serial number,
                   const byte_array<32>& seed) {
  byte_writer out;
  write_device(out, context);
  out.u32(role.value());
  out.u32(number.value());
  out.fixed(seed);
  return framed_hash::of("seed/leaf", out.view());
}

result<void> check_seed(const seed_context& context, seed_role role, serial number,
                        std::uint32_t capacity, const digest32& root, const seed_opening& opening) {
  const std::string place = role == device_seed_role
                                ? std::string("seed of the device")
                                : "seed of board " + std::to_string(role.value() - 1);
  if (number.value() < 1 || number.value() > capacity) {
    return fail(errc::out_of_range, place, "the serial is not 1 to the capacity of the opening");
  }
  const digest32 leaf = seed_leaf(context, role, number, opening.seed);
  const merkle_position position{number.value() - 1, capacity};
  auto reached = merkle_root_from_path(seed_node_tag, leaf, position, opening.path);
  if (!reached) {
    return fail_within(place, std::move(reached.error()));
  }
  if (*reached != root) {
    return fail(errc::mismatch, place, "it does not lead to the root committed in the opening");
  }
  return {};
}

byte_array<32> revealed_ballot_seed(const seed_context& context, serial number,
                                    const byte_array<32>& device_seed,
                                    std::span<const byte_array<32>> board_seeds) {
  byte_writer out;
  write_device(out, context);
  out.u32(number.value());
  out.fixed(device_seed);
  for (const auto& seed : board_seeds) {
    out.fixed(seed);
  }
  return framed_hash::of("ballot/seed", out.view()).octets;
}

}  // namespace sandoq
