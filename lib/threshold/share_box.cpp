#include "sandoq/threshold/share_box.hpp"

#include <algorithm>
#include <utility>

#include "sandoq/core/aead.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/protocol.hpp"

namespace sandoq {

using group = ristretto255;

bytes share_key_prefix(const share_route& route, const wire_element& ephemeral,
                       const encoded_element<group>& receiver_key) {
  byte_writer out;
  out.var(bytes_of(suite_name));
  out.var(bytes_of("dkg/share"));
  out.fixed(route.manifest_hash.view());
  out.fixed(route.hash_of_commitments.view());
  out.u32(route.board.value());
  out.u32(route.dealer.value());
  out.u32(route.receiver.value());
  write(out, ephemeral);
  out.fixed(receiver_key.view());
  return std::move(out).take();
}

result<group::scalar> open_share_vartime(const share_route& route,
                                         const encoded_element<group>& receiver_key,
                                         const sealed_share& box, const wire_element& shared) {
  sha512 state;
  state.update(share_key_prefix(route, box.ephemeral, receiver_key)).update(shared.view());
  const digest64 wide = state.finish();
  byte_array<32> key{};
  std::copy_n(wide.octets.begin(), key.size(), key.begin());
  const auto octets = open_32_vartime(key, box.box);
  if (!octets) {
    return tl::unexpected(octets.error());
  }
  auto share = group::decode_scalar(*octets);
  if (!share) {
    return fail_within("share", std::move(share.error()));
  }
  return share;
}

}  // namespace sandoq
