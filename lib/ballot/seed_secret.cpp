#include "sandoq/ballot/seed_secret.hpp"

#include <string>
#include <utility>

#include "lib/ballot/secret_framed_hash.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

using detail::secret_framed_hash;

secret<byte_array<32>> next_kappa(const secret<byte_array<32>>& kappa) {
  return secret_framed_hash("ratchet").update(kappa).digest();
}

void write_device(byte_writer& out, const seed_context& context) {
  out.fixed(context.e1.view());
  out.u8(static_cast<std::uint8_t>(context.domain));
  out.u32(context.branch.value());
  out.u32(context.device.value());
}

/// e1, domain, branch, device, role, serial: so that one kappa_0 used in two places by mistake does
/// not give both the same seeds.
bytes place_of(const seed_context& context, seed_role role, serial number) {
  byte_writer out;
  write_device(out, context);
  out.u32(role.value());
  out.u32(number.value());
  return std::move(out).take();
}

ballot_seed seed_from(const seed_context& context, seed_role role, serial number,
                      const secret<byte_array<32>>& kappa) {
  return secret_framed_hash("seed").update(place_of(context, role, number)).update(kappa).digest();
}

}  // namespace

digest32 leaf_of_seed(const seed_context& context, seed_role role, serial number,
                      const ballot_seed& seed) {
  const auto leaf =
      secret_framed_hash("seed/leaf").update(place_of(context, role, number)).update(seed).digest();
  return {declassify<"the hash of 32 unknown bytes shows nothing of them">(leaf)};
}

seed_ratchet::seed_ratchet(const seed_context& context, seed_role role, std::uint32_t capacity,
                           secret<byte_array<32>> kappa, merkle_tree tree)
    : context_(context),
      role_(role),
      capacity_(capacity),
      kappa_(std::move(kappa)),
      tree_(std::move(tree)) {}

seed_ratchet seed_ratchet::draw(const seed_context& context, seed_role role, std::uint32_t capacity,
                                random_source& random) {
  return from_start(context, role, capacity, random_secret<32>(random));
}

seed_ratchet seed_ratchet::from_start(const seed_context& context, seed_role role,
                                      std::uint32_t capacity, secret<byte_array<32>> kappa_0) {
  SANDOQ_EXPECTS(capacity >= 1 && capacity <= max_capacity, "a capacity of 1 to max_capacity");
  std::vector<digest32> leaves;
  leaves.reserve(capacity);
  secret<byte_array<32>> kappa = kappa_0.clone();
  for (std::uint32_t s = 1; s <= capacity; ++s) {
    leaves.push_back(
        leaf_of_seed(context, role, serial(s), seed_from(context, role, serial(s), kappa)));
    kappa = next_kappa(kappa);
  }
  return {context, role, capacity, std::move(kappa_0),
          merkle_tree(seed_node_tag, std::move(leaves))};
}

result<seed_ratchet> seed_ratchet::resume(const seed_context& context, seed_role role,
                                          std::uint32_t used, secret<byte_array<32>> kappa,
                                          std::vector<digest32> leaves, const digest32& root) {
  const std::string place = "seeds of role " + std::to_string(role.value());
  if (leaves.empty() || leaves.size() > max_capacity) {
    return fail(errc::out_of_range, place,
                "there must be 1 to " + std::to_string(max_capacity) + " leaves");
  }
  const auto capacity = static_cast<std::uint32_t>(leaves.size());
  if (used > capacity) {
    return fail(
        errc::out_of_range, place,
        std::to_string(used) + " serials are used, the capacity is " + std::to_string(capacity));
  }
  if (used < capacity) {
    const serial next(used + 1);
    if (leaf_of_seed(context, role, next, seed_from(context, role, next, kappa)) != leaves[used]) {
      return fail(errc::mismatch, place,
                  "the stored secret is not the one of serial " + std::to_string(next.value()));
    }
  }
  merkle_tree tree(seed_node_tag, std::move(leaves));
  if (tree.root() != root) {
    return fail(errc::mismatch, place, "the leaves do not lead to the root of the opening");
  }
  seed_ratchet out(context, role, capacity, std::move(kappa), std::move(tree));
  out.used_ = used;
  return out;
}

result<ballot_seed> seed_ratchet::present() const {
  if (used_ == capacity_) {
    return fail(errc::out_of_range, "serial", "the capacity of the opening is used up");
  }
  return seed_from(context_, role_, next(), kappa_);
}

void seed_ratchet::advance() noexcept {
  SANDOQ_EXPECTS(used_ < capacity_, "a serial is left");
  kappa_ = next_kappa(kappa_);
  ++used_;
}

std::vector<digest32> seed_ratchet::path(serial number) const {
  SANDOQ_EXPECTS(number.value() >= 1 && number.value() <= capacity_, "a serial of the opening");
  return tree_.path(number.value() - 1);
}

ballot_seed combine_seeds(const seed_context& context, serial number,
                          const ballot_seed& device_seed,
                          std::span<const ballot_seed> board_seeds) {
  byte_writer head;
  write_device(head, context);
  head.u32(number.value());
  secret_framed_hash h("ballot/seed");
  h.update(head.view()).update(device_seed);
  for (const ballot_seed& seed : board_seeds) {
    h.update(seed);
  }
  return h.digest();
}

}  // namespace sandoq
