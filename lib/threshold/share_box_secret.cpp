#include "sandoq/threshold/share_box_secret.hpp"

#include <algorithm>
#include <utility>

#include "sandoq/core/aead_secret.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/core/secret_hash.hpp"
#include "sandoq/group/ristretto255_secret.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using ops = secret_ops<group>;

// H("dkg/share"; ...) with a secret last part: the first 32 bytes of the framed SHA-512.
secret<byte_array<32>> box_key(const share_route& route, const wire_element& ephemeral,
                               const encoded_element<group>& receiver_key,
                               const secret_element<group>& shared) {
  secret_sha512 state;
  state.update(share_key_prefix(route, ephemeral, receiver_key)).update(ops::encode(shared));
  const auto wide = state.finish();
  secret<byte_array<32>> key;
  std::copy_n(expose_for_secret_ops(wide).begin(), 32, expose_for_secret_ops(key).begin());
  return key;
}

}  // namespace

sealed_share seal_share(const share_route& route, const encoded_element<group>& receiver_key,
                        const secret_scalar<group>& share, random_source& source) {
  SANDOQ_EXPECTS(!receiver_key.is_identity(), "the identity is nobody's key");
  auto nonce = ops::random_scalar(source);
  // c1 may not be the identity (55.3).
  while (declassify<"a rejected nonce is drawn again and never used">(ops::is_zero(nonce))) {
    nonce = ops::random_scalar(source);
  }
  const auto ephemeral = declassify<"eps*G hides the fresh nonce eps">(ops::mul_base(nonce));
  sealed_share out;
  out.ephemeral = {group::encode(ephemeral)};
  const auto key =
      box_key(route, out.ephemeral, receiver_key, ops::mul(nonce, receiver_key.element()));
  out.box = seal_32(key, ops::encode_scalar(share));
  return out;
}

result<secret_scalar<group>> open_share(const share_route& route,
                                        const secret_scalar<group>& decryption_key,
                                        const encoded_element<group>& receiver_key,
                                        const sealed_share& box) {
  auto ephemeral = group::decode(box.ephemeral.view());
  if (!ephemeral) {
    return fail_within("ephemeral key", std::move(ephemeral.error()));
  }
  if (group::is_identity(*ephemeral)) {
    return fail(errc::identity_element, "ephemeral key", "is the identity");
  }
  const auto key =
      box_key(route, box.ephemeral, receiver_key, ops::mul(decryption_key, *ephemeral));
  const auto octets = open_32(key, box.box);
  if (!octets) {
    return tl::unexpected(octets.error());
  }
  auto share = ops::decode_scalar(*octets);
  if (!share) {
    return fail_within("share", std::move(share.error()));
  }
  return share;
}

}  // namespace sandoq
